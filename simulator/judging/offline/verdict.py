"""What a criterion's reading comes to before opportunities are considered."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.rubric import Level


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level, the words that carry it, and why, in a sentence that a trainer would sign."""

    level: Level
    reason: str
    quotes: tuple[str, ...] = ()
