"""The session as one JSON document, the interface that other programs rely on."""

from __future__ import annotations

import json

from pydantic import JsonValue

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.mood import Mood
from simulator.domain.scoring import CriterionScore, NotScored, RatingResult, Scorecard
from simulator.domain.session import SessionState
from simulator.domain.transcript import Speaker, Turn

Document = dict[str, JsonValue]

CORE_BEHAVIOURS = (
    Behaviour.PARAPHRASE,
    Behaviour.QUESTION,
    Behaviour.OPEN_QUESTION,
    Behaviour.COGNITIVE_EMPATHY,
    Behaviour.STOCK_SYMPATHY,
)
"""Always present, also at 0; the others appear when they were observed."""


def session_document(session_id: str, state: SessionState, *, unused_replies: int = 0) -> Document:
    """The whole session.

    Args:
        session_id: its id.
        state: at the end, or so far.
        unused_replies: prepared replies that were not consumed because the customer had left.
    """
    started = state.started
    document: Document = {
        "session": session_id,
        "scenario": started.scenario.id,
        "persona": started.persona.id,
        "model": started.customer_model,
        "judge": started.judge_model,
        "seed": started.seed,
        "turns": [_turn(state, turn) for turn in state.turns],
        "ending": None if state.ending is None else {"kind": state.ending.value, "reason": state.ending_reason},
        "unused_replies": unused_replies,
        "scorecard": scorecard_document(state.scorecards[-1]) if state.scorecards else None,
        "outcome": _outcome(state),
        "empathic_accuracy": state.accuracy.model_dump(mode="json") if state.accuracy else None,
    }
    return document


def to_json(document: JsonValue) -> str:
    """Indented JSON with a line feed at the end; text is kept as it is, not escaped."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _turn(state: SessionState, turn: Turn) -> JsonValue:
    if turn.speaker is Speaker.CUSTOMER:
        return _customer_turn(state, turn)
    return _trainee_turn(state, turn)


def _customer_turn(state: SessionState, turn: Turn) -> Document:
    mood = dict(state.moods)[turn.index]
    document: Document = {
        "index": turn.index,
        "speaker": turn.speaker.value,
        "text": turn.text,
        "mood": mood_document(mood),
        "disclosed": list(dict(state.told_at).get(turn.index, ())),
    }
    if turn.interrupted:
        document["interrupted"] = True
    for voiced in state.voiced:
        if voiced.index == turn.index:
            document["voiced_by"] = voiced.voiced_by
            document["faults"] = [fault.model_dump(mode="json") for fault in voiced.faults]
    return document


def _trainee_turn(state: SessionState, turn: Turn) -> Document:
    document: Document = {"index": turn.index, "speaker": turn.speaker.value, "text": turn.text}
    if turn.action is not None:
        document["action"] = turn.action
    reply = state.appraisal_at(turn.index)
    if reply is not None:
        document["ratings"] = _ratings(state, turn.index)
        document["behaviours"] = behaviours_document(reply.appraisal)
    return document


def _ratings(state: SessionState, index: int) -> JsonValue:
    """The ratings that count, with their spread where several judgements were asked for."""
    card = state.scorecards[-1] if state.scorecards else None
    spreads = {spread.criterion: spread for spread in dict(card.spreads if card else ()).get(index, ())}
    documents: list[JsonValue] = []
    for rating in state.ratings_at(index):
        document = rating_document(rating)
        spread = spreads.get(rating.criterion)
        if spread is not None and spread.asked > 1:
            document["spread"] = [spread.lowest, spread.highest]
        documents.append(document)
    return documents


def mood_document(mood: Mood) -> JsonValue:
    """The three figures, 0 to 1, at two decimals: no more is meant."""
    return {
        "frustration": round(mood.frustration, 2),
        "anxiety": round(mood.anxiety, 2),
        "trust": round(mood.trust, 2),
    }


def rating_document(rating: RatingResult) -> Document:
    """A level with evidence and reason, or why there is none."""
    if isinstance(rating, NotScored):
        return {"criterion": rating.criterion, "not_scored": rating.not_scored}
    return {
        "criterion": rating.criterion,
        "level": rating.level,
        "evidence": list(rating.evidence),
        "reason": rating.reason,
    }


def behaviours_document(appraisal: Appraisal) -> JsonValue:
    """Probabilities 0 to 1: the core behaviours always, others when observed."""
    values: Document = {behaviour.value: 0.0 for behaviour in CORE_BEHAVIOURS}
    for observation in appraisal.observations:
        values[observation.behaviour.value] = round(observation.probability, 2)
    return values


def scorecard_document(scorecard: Scorecard) -> JsonValue:
    """Scores with their bands, and by whom."""
    document: Document = {
        "judge": scorecard.judge,
        "judge_version": scorecard.judge_version,
        "rubric": scorecard.rubric,
        "pass_mark": scorecard.pass_mark,
        "verdict": scorecard.verdict,
        "criteria": [{"id": score.criterion, **_score(score)} for score in scorecard.criteria],
        "overall": _score(scorecard.overall),
    }
    if scorecard.judges:
        document["judges"] = [judge.model_dump(mode="json") for judge in scorecard.judges]
        document["runs"] = scorecard.runs
    if scorecard.notes:
        document["notes"] = list(scorecard.notes)
    return document


def _score(score: CriterionScore) -> Document:
    document: Document = {
        "score": score.score,
        "band": [score.band.low, score.band.high] if score.band else None,
        "opportunities": score.opportunities,
    }
    if score.not_scored is not None:
        document["not_scored"] = score.not_scored
    return document


def _outcome(state: SessionState) -> JsonValue:
    return state.outcome.model_dump(mode="json") if state.outcome else None
