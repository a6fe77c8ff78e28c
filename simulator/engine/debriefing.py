"""Builds the debrief of an ended session from its state."""

from __future__ import annotations

from collections import Counter

from simulator.domain.behaviours import Behaviour
from simulator.domain.endings import EndingKind
from simulator.domain.rubric import Criterion
from simulator.domain.scoring import CriterionScore, Rating, Scorecard
from simulator.domain.session import SessionState
from simulator.domain.totals import METHOD
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.debrief import AnnotatedTurn, CriterionView, Debrief, Moment
from simulator.engine.moments import moments_of
from simulator.engine.phrases import NOTICED
from simulator.engine.stronger import stronger_version
from simulator.errors import ScoringError


def build_debrief(session_id: str, state: SessionState) -> Debrief:
    """The whole debrief.

    Raises:
        ScoringError: the session was not scored.
    """
    if not state.scorecards or state.outcome is None:
        raise ScoringError("This session has not been scored.", "", "Open its debrief to have it scored.")
    scenario, scorecard, moments = state.started.scenario, state.scorecards[-1], moments_of(state)
    return Debrief(
        session=session_id,
        scenario_title=scenario.title,
        persona_name=state.started.persona.name,
        channel=scenario.channel.value,
        ending=state.ending or EndingKind.STOPPED,
        ending_reason=state.ending_reason,
        scorecard=scorecard,
        criteria=tuple(_criterion_view(c, scorecard) for c in state.started.rubric.criteria),
        method=METHOD,
        outcome=state.outcome,
        accuracy=state.accuracy,
        concern=scenario.concern.statement,
        concern_changes=scenario.concern.changes,
        concern_named_at=next((r.index for r in state.appraised if r.decision.concern_named), None),
        goal=scenario.goal.statement,
        need=scenario.need.statement,
        untold=tuple(f.statement for f in scenario.facts if f.id not in state.disclosed and not f.on_record),
        turns=_annotated(state, moments),
        moments=moments,
        stronger=stronger_version(state),
        notes=scorecard.notes,
    )


def _criterion_view(criterion: Criterion, scorecard: Scorecard) -> CriterionView:
    counts = _level_counts(criterion.id, scorecard)
    score = next(
        (s for s in scorecard.criteria if s.criterion == criterion.id),
        CriterionScore(criterion=criterion.id, score=None, not_scored="not in the scorecard"),
    )
    typical = _typical(counts)
    return CriterionView(
        id=criterion.id,
        name=criterion.name,
        score=score.score,
        low=score.band.low if score.band else None,
        high=score.band.high if score.band else None,
        opportunities=score.opportunities,
        not_scored=score.not_scored,
        level_counts=(counts[0], counts[1], counts[2], counts[3]),
        typical_level=typical,
        anchor="" if typical is None else criterion.levels[typical].anchor,
        next_anchor="" if typical in (None, 3) else criterion.levels[typical + 1].anchor,
    )


def _level_counts(criterion: str, scorecard: Scorecard) -> Counter[int]:
    return Counter(
        rating.level
        for _, ratings in scorecard.ratings
        for rating in ratings
        if isinstance(rating, Rating) and rating.criterion == criterion
    )


def _typical(counts: Counter[int]) -> int | None:
    """The median level (the lower one of two); None without ratings."""
    levels = sorted(counts.elements())
    return levels[(len(levels) - 1) // 2] if levels else None


def _annotated(state: SessionState, moments: tuple[Moment, ...]) -> tuple[AnnotatedTurn, ...]:
    moods, told_at = dict(state.moods), dict(state.told_at)
    annotated: list[AnnotatedTurn] = []
    for turn in state.turns:
        if turn.speaker is Speaker.CUSTOMER:
            statements = tuple(state.started.scenario.fact(fact).statement for fact in told_at.get(turn.index, ()))
            annotated.append(AnnotatedTurn(turn=turn, mood=moods.get(turn.index), disclosed=statements))
        else:
            annotated.append(_annotated_reply(state, turn, moments))
    return tuple(annotated)


def _annotated_reply(state: SessionState, turn: Turn, moments: tuple[Moment, ...]) -> AnnotatedTurn:
    reply = state.appraisal_at(turn.index)
    if reply is None:
        return AnnotatedTurn(turn=turn)
    shown = [o.behaviour for o in reply.appraisal.observations if o.probability >= 0.5]
    return AnnotatedTurn(
        turn=turn,
        ratings=state.ratings_at(turn.index),
        spreads=dict(state.scorecards[-1].spreads).get(turn.index, ()),
        judge_notes=_judge_notes(state, turn.index),
        noticed=tuple(NOTICED[b] for b in _without_doubles(shown) if b in NOTICED),
        moves=reply.decision.moves,
        moments=tuple(moment for moment in moments if moment.turn == turn.index),
    )


def _judge_notes(state: SessionState, index: int) -> tuple[str, ...]:
    """What the judges' ratings of that turn should be read with; none when they do not count."""
    judged = state.judged_at(index)
    return judged.notes if judged is not None and state.scorecards[-1].judges == judged.panel.judges else ()


def _without_doubles(shown: list[Behaviour]) -> list[Behaviour]:
    """A purpose question is an open question; saying so once is enough."""
    doubled = {Behaviour.OPEN_QUESTION} if Behaviour.PURPOSE_QUESTION in shown else set()
    if Behaviour.COGNITIVE_EMPATHY in shown:
        doubled.add(Behaviour.STOCK_SYMPATHY)
    return [behaviour for behaviour in shown if behaviour not in doubled]
