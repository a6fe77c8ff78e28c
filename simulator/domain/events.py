"""What happened in a session: one discriminated union, append-only and versioned."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from simulator.domain.base import Unit, Value
from simulator.domain.behaviours import Appraisal
from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.judgements import JudgedReply
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Outcome
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import Scorecard


class SessionStarted(Value):
    """The first event: a snapshot of everything that the session depends on."""

    kind: Literal["session_started"] = "session_started"
    v: Literal[1] = 1
    scenario: Scenario
    persona: Persona
    rubric: Rubric
    scenario_sha256: str
    persona_sha256: str
    rubric_sha256: str
    seed: int
    mode: Literal["practice", "demo", "run"] = "practice"
    customer_model: str = "offline"
    judge_model: str = "offline"
    app_version: str


class SpeechFaultKind(StrEnum):
    """What a model did wrong while it voiced the customer."""

    ROLE_FLIP = "role_flip"
    """Spoke as the agent, or offered help."""
    GATED_FACT = "gated_fact"
    """Said a fact that is not earned yet."""
    INVENTED = "invented"
    """A number, name or date that no fact holds."""
    OUT_OF_CHARACTER = "out_of_character"
    """Spoke as a machine, or about the role-play."""
    META = "meta"
    """Stage directions, speaker labels, markup or a made-up transcript."""
    TOO_LONG = "too_long"
    REPETITION = "repetition"
    """Said again what it had said before, or what the trainee wrote."""
    WRONG_LANGUAGE = "wrong_language"
    EMPTY = "empty"


class SpeechFault(Value):
    """One fault that was caught before it was shown."""

    kind: SpeechFaultKind
    quote: str = ""
    """The words at fault; empty where the whole message is."""


class CustomerSpoke(Value):
    kind: Literal["customer_spoke"] = "customer_spoke"
    v: Literal[1] = 1
    index: int
    """Place in the transcript, from 0."""
    text: str
    mood: Mood
    disclosed: tuple[str, ...] = ()
    """Facts told for the first time in this message."""
    lines: tuple[str, ...] = ()
    """The authored lines that it is made of, so that none is used twice."""
    interrupted: bool = False
    """Whether the trainee left while it was being said."""
    voiced_by: str = "offline"
    """Who found the words: a model's name, or `offline`."""
    faults: tuple[SpeechFault, ...] = ()
    """What was caught in words that were not shown."""


class TraineeSpoke(Value):
    kind: Literal["trainee_spoke"] = "trainee_spoke"
    v: Literal[1] = 1
    index: int
    text: str
    action: str | None = None


class ReplyAppraised(Value):
    """What was read in the trainee's reply, and what follows from it."""

    kind: Literal["reply_appraised"] = "reply_appraised"
    v: Literal[1] = 1
    index: int
    """The turn of the trainee's reply."""
    appraisal: Appraisal
    decision: Decision


class ReplyJudged(Value):
    """A panel of judges rated a reply. It may come late, and again: the last one for a reply counts."""

    kind: Literal["reply_judged"] = "reply_judged"
    v: Literal[1] = 1
    judged: JudgedReply


class SessionEnded(Value):
    kind: Literal["session_ended"] = "session_ended"
    v: Literal[1] = 1
    ending: EndingKind
    reason: str


class EmpathicAccuracy(Value):
    """How well the trainee read the customer: said before the debrief, compared with what the scenario knows."""

    feeling_said: str
    feeling_true: str
    feeling_score: Unit
    """1 the feeling itself, 0.5 a neighbour or one that they also felt, 0 another."""
    concern_said: str
    concern_true: str
    concern_score: Unit
    """1 named, 0.5 near it, 0 another worry or none."""


class Reflected(Value):
    kind: Literal["reflected"] = "reflected"
    v: Literal[1] = 1
    accuracy: EmpathicAccuracy


class SessionScored(Value):
    """A scorecard was added; earlier ones stay."""

    kind: Literal["session_scored"] = "session_scored"
    v: Literal[1] = 1
    scorecard: Scorecard
    outcome: Outcome


SessionEvent = Annotated[
    SessionStarted
    | CustomerSpoke
    | TraineeSpoke
    | ReplyAppraised
    | ReplyJudged
    | SessionEnded
    | Reflected
    | SessionScored,
    Field(discriminator="kind"),
]

EVENT_ADAPTER: TypeAdapter[SessionEvent] = TypeAdapter(SessionEvent)
"""Reads and writes events as JSON."""


class StoredEvent(Value):
    """An event in its place in the log."""

    seq: int
    """Place in the session's log, from 0, without gaps."""
    at: datetime
    """When it was recorded, UTC."""
    event: SessionEvent
