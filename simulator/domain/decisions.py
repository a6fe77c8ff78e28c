"""What code decided after one reply: what the customer feels, may say, reacts to, and whether they leave."""

from __future__ import annotations

from typing import Literal

from simulator.domain.base import Value
from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.persona import ReactionKind


class FactAnswer(Value):
    """One fact that the customer says now, and in what manner."""

    fact: str
    manner: Literal["tell", "again", "confirm", "correct"]


class OfferVerdict(Value):
    """How an offer sits with the need."""

    action: str
    verdict: Literal["fully", "partly", "no", "too_early", "over_limit"]


class MoodMove(Value):
    """One cause that moved the mood, for the debrief."""

    cause: str
    """A behaviour, or a rule such as "third unhelpful reply"."""
    frustration: float
    anxiety: float
    trust: float


class Decision(Value):
    """All that follows from one reply, before a word of the answer is chosen."""

    mood: Mood
    """The mood after this reply."""
    moves: tuple[MoodMove, ...] = ()
    reactions: tuple[ReactionKind, ...] = ()
    """What the customer reacts to, most pressing first; the first is voiced."""
    answers: tuple[FactAnswer, ...] = ()
    deflected: tuple[str, ...] = ()
    """Earned facts that were asked for too early."""
    dont_know: bool = False
    """Whether a question found no fact."""
    offers: tuple[OfferVerdict, ...] = ()
    concern_named: bool = False
    """Whether this reply named the unspoken concern for the first time."""
    drop_cue: bool = False
    need_met: bool = False
    """Whether the need is met by now."""
    heard: bool = False
    """Whether the customer feels heard by now."""
    memory: Memory = Memory()
    """What the customer remembers from now on."""
    ending: EndingKind | None = None
    ending_reason: str = ""
