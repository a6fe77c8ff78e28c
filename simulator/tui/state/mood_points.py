"""The mood over a conversation as points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """The mood shown by one message of the customer."""

    turn: int
    """From 1."""
    frustration: float
    anxiety: float
    trust: float
