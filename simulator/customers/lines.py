"""Picks authored lines so that none is said twice in a session."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from random import Random

from simulator.domain.events import SessionStarted
from simulator.domain.persona import ReactionKind as Kind

FALLBACKS: dict[Kind, tuple[Kind, ...]] = {
    Kind.STOCK_SYMPATHY: (Kind.STOCK_SYMPATHY_AGAIN, Kind.NUDGE),
    Kind.STOCK_SYMPATHY_AGAIN: (Kind.STOCK_SYMPATHY, Kind.COLD),
    Kind.COLD: (Kind.NUDGE,),
    Kind.REPEATED: (Kind.SCRIPTED, Kind.NUDGE),
    Kind.SCRIPTED: (Kind.COLD, Kind.NUDGE),
    Kind.EMPTY: (Kind.NUDGE,),
    Kind.NONSENSE: (Kind.EMPTY, Kind.NUDGE),
    Kind.OTHER_LANGUAGE: (Kind.NONSENSE, Kind.NUDGE),
    Kind.TO_MACHINE: (Kind.NONSENSE, Kind.NUDGE),
    Kind.INSULTED: (Kind.BLAMED, Kind.WARNING),
    Kind.CALM_DOWN: (Kind.BLAMED, Kind.COLD),
    Kind.BLAMED: (Kind.COLD, Kind.NUDGE),
    Kind.POLICY: (Kind.COLD, Kind.NUDGE),
    Kind.ASKED_AGAIN: (Kind.COLD,),
    Kind.RUSHED: (Kind.OFFER_WRONG, Kind.NUDGE),
    Kind.OFFER_WRONG: (Kind.RUSHED, Kind.NUDGE),
    Kind.OFFER_PARTIAL: (Kind.NUDGE,),
    Kind.DONT_KNOW: (Kind.NUDGE,),
    Kind.DEFLECT: (Kind.DONT_KNOW,),
    Kind.IS_THAT_ALL: (Kind.CLOSE_COLD,),
    Kind.WAIT: (Kind.NUDGE,),
    Kind.HANDED_OFF: (Kind.COLD, Kind.NUDGE),
    Kind.GREETED: (Kind.NUDGE,),
    Kind.WARNING: (Kind.COLD, Kind.NUDGE),
    Kind.NUDGE: (Kind.COLD, Kind.DONT_KNOW),
}
"""What is said instead when all lines of a kind are used. A kind of approval has none: silence is better than more."""


class LinePicker:
    """Hands out authored lines of one session.

    Args:
        started: persona and scenario with their lines.
        used: lines said before.
        rng: decides among what is left.
        off_the_case: kinds for which the scenario's own lines do not fit this time, since they repeat what the case
            is about and the reply did not speak of it.
    """

    def __init__(
        self, started: SessionStarted, used: Iterable[str], rng: Random, off_the_case: Container[Kind] = ()
    ) -> None:
        self._started = started
        self._used = set(used)
        self._rng = rng
        self._off_the_case = off_the_case
        self.taken: list[str] = []

    def reaction(self, kind: Kind) -> str | None:
        """A line of that kind, or of one that stands in for it; None when all are used."""
        for candidate in (kind, *FALLBACKS.get(kind, ())):
            own = () if candidate in self._off_the_case else self._started.scenario.lines.get(candidate, ())
            general = self._started.persona.lines.get(candidate, ())
            pools = (own, general) if self._rng.random() < 0.5 else (general, own)
            for pool in pools:
                if (line := self.one_of(pool)) is not None:
                    return line
        return None

    def one_of(self, pool: Sequence[str]) -> str | None:
        """An unused line of the pool, kept as used; None when there is none."""
        free = [line for line in pool if line not in self._used]
        if not free:
            return None
        return self.take(self._rng.choice(free))

    def in_order(self, pool: Sequence[str]) -> str | None:
        """The first unused line of the pool."""
        return next((self.take(line) for line in pool if line not in self._used), None)

    def take(self, line: str) -> str:
        """Mark a line as said."""
        self._used.add(line)
        self.taken.append(line)
        return line
