"""Turns the ratings of a session into a scorecard and the customer's own view."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionScored
from simulator.domain.judgements import JudgedReply, PanelRef, leaning, leaning_note
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Experience, outcome_of
from simulator.domain.scoring import NotScored, RatingResult, Scorecard
from simulator.domain.session import SessionState, opening_mood
from simulator.domain.totals import total

Ratings = tuple[tuple[int, tuple[RatingResult, ...]], ...]
"""Turn index and its ratings, in order."""

UNJUDGED = "the judge gave no answer for this reply"


@dataclass(frozen=True, slots=True)
class Judge:
    """Who rated."""

    name: str
    version: str


def score_session(state: SessionState, judge: Judge, panel: PanelRef | None = None) -> SessionScored:
    """The scorecard and the outcome of an ended session.

    Args:
        state: of the session.
        judge: who gave the appraisals' ratings.
        panel: whose ratings count instead. When it could rate nothing at all, the appraisals' count, which is noted.
    """
    if panel is None:
        scorecard = _scorecard(state, judge, _by_appraisal(state))
    elif failure := _panel_failure(state, panel):
        scorecard = _scorecard(state, judge, _by_appraisal(state)).model_copy(update={"notes": (failure,)})
    else:
        scorecard = _panel_scorecard(state, panel)
    ending = state.ending or EndingKind.STOPPED
    experience = Experience(opening=_first_mood(state), end=state.mood, memory=state.memory, ending=ending)
    return SessionScored(scorecard=scorecard, outcome=outcome_of(experience, verbatim=_verbatim(state, ending)))


def _scorecard(state: SessionState, judge: Judge, ratings: Ratings) -> Scorecard:
    totals = total(state.started.rubric, [results for _, results in ratings], seed=state.started.seed)
    return Scorecard(
        judge=judge.name,
        judge_version=judge.version,
        rubric=state.started.rubric.id,
        rubric_sha256=state.started.rubric_sha256,
        ratings=ratings,
        criteria=totals.criteria,
        overall=totals.overall,
        pass_mark=state.started.rubric.pass_mark,
        verdict=totals.verdict,
    )


def _by_appraisal(state: SessionState) -> Ratings:
    return tuple((reply.index, reply.appraisal.ratings) for reply in state.appraised)


def _judged_by(state: SessionState, panel: PanelRef, index: int) -> JudgedReply | None:
    """What this panel made of the reply; another's judgement is none of its own."""
    judged = state.judged_at(index)
    return judged if judged is not None and judged.panel == panel else None


def _panel_failure(state: SessionState, panel: PanelRef) -> str:
    """Why the panel could rate nothing that it was to rate; empty when it could, or when there was nothing."""
    judged = [_judged_by(state, panel, reply.index) for reply in state.appraised]
    asked = [reply for reply in judged if reply is None or reply.individual]
    if not asked or any(reply is not None and reply.is_rated for reply in asked):
        return ""
    failures = [failure for reply in asked if reply is not None for failure in reply.failures]
    why = failures[0] if failures else f"{panel.name}: none of its answers could be used."
    return f"The judge could not score this session, so the offline judge did. {why}"


def _panel_scorecard(state: SessionState, panel: PanelRef) -> Scorecard:
    judged = [(reply, _judged_by(state, panel, reply.index)) for reply in state.appraised]
    ratings = tuple((reply.index, found.ratings if found else _unjudged(state)) for reply, found in judged)
    asked = [(found.ratings, reply.appraisal.ratings) for reply, found in judged if found and found.individual]
    unanswered = [reply.index for reply, found in judged if found is None or found.is_unanswered]
    failures = dict.fromkeys(failure for _, found in judged if found for failure in found.failures)
    notes = [leaning_note(leaning(asked))]
    if unanswered:
        notes.append(f"{len(unanswered)} of {len(judged)} replies could not be judged.")
    notes += [f"A judge failed. {failure}" for failure in failures]
    return _scorecard(state, Judge(panel.name, panel.version), ratings).model_copy(
        update={
            "judges": panel.judges,
            "runs": panel.runs,
            "spreads": tuple((reply.index, found.spreads) for reply, found in judged if found and found.spreads),
            "notes": tuple(note for note in notes if note),
        }
    )


def _unjudged(state: SessionState) -> tuple[RatingResult, ...]:
    return tuple(NotScored(criterion=c.id, not_scored=UNJUDGED) for c in state.started.rubric.criteria)


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
