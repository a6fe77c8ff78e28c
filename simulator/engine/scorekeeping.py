"""Turns the ratings of a session into a scorecard and the customer's own view."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionScored
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Experience, outcome_of
from simulator.domain.scoring import Scorecard
from simulator.domain.session import SessionState, opening_mood
from simulator.domain.totals import total


@dataclass(frozen=True, slots=True)
class Judge:
    """Who rated."""

    name: str
    version: str


def score_session(state: SessionState, judge: Judge) -> SessionScored:
    """The scorecard and the outcome of an ended session."""
    totals = total(
        state.started.rubric, [reply.appraisal.ratings for reply in state.appraised], seed=state.started.seed
    )
    scorecard = Scorecard(
        judge=judge.name,
        judge_version=judge.version,
        rubric=state.started.rubric.id,
        rubric_sha256=state.started.rubric_sha256,
        ratings=tuple((reply.index, reply.appraisal.ratings) for reply in state.appraised),
        criteria=totals.criteria,
        overall=totals.overall,
        pass_mark=state.started.rubric.pass_mark,
        verdict=totals.verdict,
    )
    ending = state.ending or EndingKind.STOPPED
    experience = Experience(opening=_first_mood(state), end=state.mood, memory=state.memory, ending=ending)
    return SessionScored(scorecard=scorecard, outcome=outcome_of(experience, verbatim=_verbatim(state, ending)))


def _first_mood(state: SessionState) -> Mood:
    return state.moods[0][1] if state.moods else opening_mood(state.started)


def _verbatim(state: SessionState, ending: EndingKind) -> str:
    """A line of the survey; empty when the customer was left hanging."""
    verbatims = state.started.scenario.verbatims
    match ending:
        case EndingKind.CONNECTED:
            lines = verbatims.connected
        case EndingKind.COLD:
            lines = verbatims.cold
        case EndingKind.HEARD_UNRESOLVED:
            lines = verbatims.heard_unresolved
        case EndingKind.WALKED_OUT:
            lines = verbatims.walked_out
        case EndingKind.STOPPED | EndingKind.REPLIES_ENDED:
            return ""
    return Random(f"{state.started.seed}:survey").choice(lines)
