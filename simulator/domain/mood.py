"""The customer's mood, and how one reply changes it."""

from __future__ import annotations

from simulator.domain.base import Unit, Value


class Mood(Value):
    """What the customer feels, each from 0 (none) to 1 (full)."""

    frustration: Unit
    anxiety: Unit
    trust: Unit
