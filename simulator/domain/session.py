"""The state of a session, folded from its events, and which moves are legal in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from simulator.domain.base import Value
from simulator.domain.behaviours import Appraisal
from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.events import (
    CustomerSpoke,
    EmpathicAccuracy,
    Reflected,
    ReplyAppraised,
    ReplyJudged,
    SessionEnded,
    SessionEvent,
    SessionScored,
    SessionStarted,
    SpeechFault,
    TraineeSpoke,
)
from simulator.domain.judgements import JudgedReply
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Outcome
from simulator.domain.scoring import RatingResult, Scorecard
from simulator.domain.transcript import Speaker, Turn


class Phase(StrEnum):
    """What the session waits for."""

    CUSTOMER_TO_SPEAK = "customer_to_speak"
    """Also after a crash between a reply and its answer."""
    REPLY_TO_APPRAISE = "reply_to_appraise"
    TRAINEE_TO_REPLY = "trainee_to_reply"
    ENDING = "ending"
    """The last words are said, the end is not recorded yet."""
    ENDED = "ended"


class AppraisedReply(Value):
    """What was read in the trainee's reply at that turn, and what followed."""

    index: int
    appraisal: Appraisal
    decision: Decision


class Voiced(Value):
    """A model's part in a customer turn."""

    index: int
    voiced_by: str
    """Whose words were shown: a model's name, or `offline` after its faults."""
    faults: tuple[SpeechFault, ...] = ()
    """What was caught in words that were not shown."""


class SessionState(Value):
    """Everything that follows from the events so far."""

    started: SessionStarted
    phase: Phase
    turns: tuple[Turn, ...] = ()
    mood: Mood
    moods: tuple[tuple[int, Mood], ...] = ()
    """The mood shown by each customer turn: turn index and mood."""
    disclosed: tuple[str, ...] = ()
    """Facts told so far, in the order of telling."""
    told_at: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The facts first told in each customer turn: turn index and facts."""
    voiced: tuple[Voiced, ...] = ()
    """The customer turns in which a model had a part, in order."""
    cued_at: tuple[int, ...] = ()
    """The customer turns that hold a cue of the unspoken concern."""
    used_lines: frozenset[str] = frozenset()
    appraised: tuple[AppraisedReply, ...] = ()
    judged: tuple[JudgedReply, ...] = ()
    """What a panel of judges made of the replies, in order of the replies; the last word on each."""
    memory: Memory = Memory()
    ending: EndingKind | None = None
    ending_reason: str = ""
    accuracy: EmpathicAccuracy | None = None
    scorecards: tuple[Scorecard, ...] = ()
    outcome: Outcome | None = None

    @property
    def reply_count(self) -> int:
        """How many replies the trainee has written."""
        return sum(turn.speaker is Speaker.TRAINEE for turn in self.turns)

    def appraisal_at(self, index: int) -> AppraisedReply | None:
        """What was read in the trainee's turn with that index."""
        for reply in self.appraised:
            if reply.index == index:
                return reply
        return None

    def judged_at(self, index: int) -> JudgedReply | None:
        """What a panel of judges made of the trainee's turn with that index."""
        for reply in self.judged:
            if reply.index == index:
                return reply
        return None

    def ratings_at(self, index: int) -> tuple[RatingResult, ...]:
        """The ratings that count for the trainee's turn with that index.

        Those of the last scorecard; before there is one, the panel's, and else the appraisal's.
        """
        if self.scorecards:
            return dict(self.scorecards[-1].ratings).get(index, ())
        if (judged := self.judged_at(index)) is not None:
            return judged.ratings
        appraised = self.appraisal_at(index)
        return () if appraised is None else appraised.appraisal.ratings

    def memory_before(self, index: int) -> Memory:
        """What the customer remembered before the trainee's turn with that index."""
        before = [reply for reply in self.appraised if reply.index < index]
        return before[-1].decision.memory if before else Memory()


def opening_mood(started: SessionStarted) -> Mood:
    """The persona's baseline with the scenario's own weight added."""
    base, extra = started.persona.temperament.baseline, started.scenario.opening
    return Mood(
        frustration=_clamp(base.frustration + extra.frustration),
        anxiety=_clamp(base.anxiety + extra.anxiety),
        trust=_clamp(base.trust + extra.trust),
    )


def _clamp(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)


def fold(events: Iterable[SessionEvent]) -> SessionState:
    """The state after these events.

    Raises:
        ValueError: the first event is not SessionStarted, or there is none.
    """
    iterator = iter(events)
    first = next(iterator, None)
    if not isinstance(first, SessionStarted):
        msg = "A session begins with SessionStarted"
        raise ValueError(msg)  # noqa: TRY004 - the value is wrong, not its type
    state = SessionState(started=first, phase=Phase.CUSTOMER_TO_SPEAK, mood=opening_mood(first))
    for event in iterator:
        state = advance(state, event)
    return state


def advance(state: SessionState, event: SessionEvent) -> SessionState:
    """The state after one more event."""
    match event:
        case SessionStarted():
            msg = "A session starts once"
            raise ValueError(msg)
        case CustomerSpoke():
            return _after_customer(state, event)
        case TraineeSpoke():
            turn = Turn(index=event.index, speaker=Speaker.TRAINEE, text=event.text, action=event.action)
            return _with(state, turns=(*state.turns, turn), phase=Phase.REPLY_TO_APPRAISE)
        case ReplyAppraised():
            reply = AppraisedReply(index=event.index, appraisal=event.appraisal, decision=event.decision)
            return _with(
                state,
                appraised=(*state.appraised, reply),
                mood=event.decision.mood,
                memory=event.decision.memory,
                phase=Phase.CUSTOMER_TO_SPEAK,
            )
        case ReplyJudged():
            others = [reply for reply in state.judged if reply.index != event.judged.index]
            return _with(state, judged=tuple(sorted((*others, event.judged), key=lambda reply: reply.index)))
        case SessionEnded():
            return _with(state, ending=event.ending, ending_reason=event.reason, phase=Phase.ENDED)
        case Reflected():
            return _with(state, accuracy=event.accuracy)
        case SessionScored():
            return _with(state, scorecards=(*state.scorecards, event.scorecard), outcome=event.outcome)
        case _:
            assert_never(event)


def _voiced(event: CustomerSpoke) -> tuple[Voiced, ...]:
    if event.voiced_by == "offline" and not event.faults:
        return ()
    return (Voiced(index=event.index, voiced_by=event.voiced_by, faults=event.faults),)


def _after_customer(state: SessionState, event: CustomerSpoke) -> SessionState:
    turn = Turn(index=event.index, speaker=Speaker.CUSTOMER, text=event.text, interrupted=event.interrupted)
    leaving = bool(state.appraised) and state.appraised[-1].decision.ending is not None
    cued = not set(event.lines).isdisjoint(state.started.scenario.concern.cues)
    return _with(
        state,
        turns=(*state.turns, turn),
        mood=event.mood,
        moods=(*state.moods, (event.index, event.mood)),
        disclosed=(*state.disclosed, *(fact for fact in event.disclosed if fact not in state.disclosed)),
        told_at=(*state.told_at, (event.index, event.disclosed)),
        voiced=(*state.voiced, *_voiced(event)),
        cued_at=(*state.cued_at, event.index) if cued else state.cued_at,
        used_lines=state.used_lines | set(event.lines),
        phase=Phase.ENDING if leaving else Phase.TRAINEE_TO_REPLY,
    )


def _with(state: SessionState, **changes: object) -> SessionState:
    return state.model_copy(update=changes)
