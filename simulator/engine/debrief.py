"""What the trainee gets to see afterwards, as plain data."""

from __future__ import annotations

from typing import Literal

from simulator.domain.base import Value
from simulator.domain.decisions import MoodMove
from simulator.domain.endings import EndingKind
from simulator.domain.events import EmpathicAccuracy
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Outcome
from simulator.domain.scoring import RatingResult, Scorecard, Spread
from simulator.domain.transcript import Turn


class Moment(Value):
    """A point where connection happened, or where it was missed."""

    kind: Literal["connection", "missed"]
    turn: int
    """The trainee's turn."""
    quote: str
    """What the trainee wrote (connection) or what the customer had said that was passed over (missed)."""
    why: str


class AnnotatedTurn(Value):
    """One turn of the transcript with everything that was read in it."""

    turn: Turn
    mood: Mood | None = None
    """The customer's mood with this message; None for the trainee's turns."""
    disclosed: tuple[str, ...] = ()
    """Statements of the facts first told in this message."""
    ratings: tuple[RatingResult, ...] = ()
    """Those of the scorecard."""
    spreads: tuple[Spread, ...] = ()
    """How far the judges' ratings of this reply lie apart, where there were judges."""
    judge_notes: tuple[str, ...] = ()
    """Where the judges and the offline judge are far apart."""
    noticed: tuple[str, ...] = ()
    """Behaviours observed in this reply, in plain words, most telling first."""
    moves: tuple[MoodMove, ...] = ()
    """What moved the customer's mood after this reply, and by how much."""
    moments: tuple[Moment, ...] = ()


class StrongerVersion(Value):
    """The weakest reply beside a better one."""

    turn: int
    customer_said: str
    weak: str
    strong: str
    why: str
    """Which words do the work."""


class CriterionView(Value):
    """One criterion with the anchors around the level that was typical."""

    id: str
    name: str
    score: float | None
    low: float | None
    high: float | None
    opportunities: int
    not_scored: str | None
    level_counts: tuple[int, int, int, int]
    """How many replies reached level 0, 1, 2 and 3."""
    typical_level: int | None
    anchor: str
    """The anchor of the typical level; empty if none."""
    next_anchor: str
    """The anchor of the level above; empty at the top."""


class Debrief(Value):
    """The whole debrief of one finished session."""

    session: str
    scenario_title: str
    persona_name: str
    channel: str
    ending: EndingKind
    ending_reason: str
    scorecard: Scorecard
    criteria: tuple[CriterionView, ...]
    method: str
    """How scores and bands were computed, in a sentence or two."""
    outcome: Outcome
    accuracy: EmpathicAccuracy | None
    concern: str
    concern_changes: str
    """What changes when it is named."""
    concern_named_at: int | None
    """The trainee's turn that named it; None if none did."""
    goal: str
    need: str
    untold: tuple[str, ...]
    """Statements of facts that the customer never got to tell."""
    turns: tuple[AnnotatedTurn, ...]
    moments: tuple[Moment, ...]
    stronger: StrongerVersion | None
    notes: tuple[str, ...] = ()
    """What the reader should know about how the scores came about."""
