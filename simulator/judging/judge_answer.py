"""Reads what a judge answered, and believes nothing: ids, levels and every quote are checked against the reply."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.domain.rubric import Criterion, Level, Rubric
from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.domain.transcript import clean_text
from simulator.judging.judge_evidence import own_words, speaks_to_a_judge

UNREADABLE = "the judge's answer could not be read"
LEFT_OUT = "the judge left this criterion out"
TWICE = "the judge rated this criterion more than once"
NO_LEVEL = "the judge gave no level from 0 to 3"
NO_REASON = "the judge gave no reason"
NO_QUOTES = "the judge gave its evidence in a form that cannot be read"
NOT_IN_REPLY = "the judge quoted words that are not in this reply"
TO_A_JUDGE = "the judge quoted words that speak to a judge and not to the customer"
NO_EVIDENCE = "the judge gave no words of this reply as evidence"

_LONGEST_ANSWER = 40_000
"""Signs that are read, from the end: what a model thinks before it answers may be long, the answer is not."""
_MOST_STARTS = 300
"""Places at which JSON is looked for."""
_LONGEST_REASON = 600
_MOST_QUOTES_READ = 30
_MOST_QUOTES_KEPT = 5

_Json = object
_LEVELS: Mapping[int, Level] = {0: 0, 1: 1, 2: 2, 3: 3}


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A JSON object as it was written, with keys that came twice."""

    values: Mapping[str, _Json]
    twice: frozenset[str]


def read_answer(answer: str, rubric: Rubric, reply: str) -> tuple[RatingResult, ...]:
    """One rating, or the reason for none, for each criterion in order. Never raises, whatever the answer is.

    Args:
        answer: of the model; the JSON may stand among other words, and the last that fits counts.
        rubric: whose criteria are rated.
        reply: the words that may be quoted.
    """
    found = _last_object(answer, frozenset(criterion.id for criterion in rubric.criteria))
    if found is None:
        return tuple(NotScored(criterion=c.id, not_scored=UNREADABLE) for c in rubric.criteria)
    return tuple(_result(criterion, found, reply) for criterion in rubric.criteria)


def _last_object(answer: str, ids: frozenset[str]) -> _Pairs | None:
    """The last JSON object in the answer that has a criterion's id as a key."""
    text = answer[-_LONGEST_ANSWER:]
    decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_refused)
    start = text.rfind("{")
    for _ in range(_MOST_STARTS):
        if start < 0:
            break
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):  # no JSON here, figures beyond all bounds, or nested without end
            value = None
        if isinstance(value, _Pairs) and not ids.isdisjoint(value.values):
            return value
        start = text.rfind("{", 0, start)
    return None


def _pairs(pairs: Iterable[tuple[str, _Json]]) -> _Pairs:
    values: dict[str, _Json] = {}
    twice: set[str] = set()
    for key, value in pairs:
        if key in values:
            twice.add(key)
        values[key] = value
    return _Pairs(values, frozenset(twice))


def _refused(constant: str) -> _Json:
    """NaN and its like are no JSON."""
    raise ValueError(constant)


def _result(criterion: Criterion, found: _Pairs, reply: str) -> RatingResult:
    if criterion.id in found.twice:
        return NotScored(criterion=criterion.id, not_scored=TWICE)
    if criterion.id not in found.values:
        return NotScored(criterion=criterion.id, not_scored=LEFT_OUT)
    entry = found.values[criterion.id]
    if not isinstance(entry, _Pairs) or entry.twice:
        return NotScored(criterion=criterion.id, not_scored=UNREADABLE)
    return _checked(criterion, entry.values, reply)


def _checked(criterion: Criterion, entry: Mapping[str, _Json], reply: str) -> RatingResult:
    level, reason, quotes = _level(entry.get("level")), _reason(entry.get("reason")), _quotes(entry.get("evidence"))
    words = None if quotes is None else [own_words(quote, reply) for quote in quotes]
    fault = ""
    if level is None:
        fault = NO_LEVEL
    elif words is None:
        fault = NO_QUOTES
    elif None in words:
        fault = NOT_IN_REPLY
    elif any(speaks_to_a_judge(found) for found in words if found):
        fault = TO_A_JUDGE
    elif level > 0 and not words:
        fault = NO_EVIDENCE
    elif not reason:
        fault = NO_REASON
    if fault or level is None or words is None:
        return NotScored(criterion=criterion.id, not_scored=fault)
    evidence = tuple(dict.fromkeys(found for found in words if found))[:_MOST_QUOTES_KEPT]
    return Rating(criterion=criterion.id, level=level, evidence=evidence, reason=reason)


def _level(value: _Json) -> Level | None:
    """A whole number from 0 to 3; `true` is none, nor is "2"."""
    return _LEVELS.get(value) if type(value) is int else None


def _reason(value: _Json) -> str:
    return " ".join(clean_text(value, _LONGEST_REASON).split()) if isinstance(value, str) else ""


def _quotes(value: _Json) -> list[str] | None:
    """The quotes that say something; None when it is no list of texts, or one without end."""
    if not isinstance(value, list) or len(value) > _MOST_QUOTES_READ:
        return None
    quotes = [quote for quote in value if isinstance(quote, str)]
    return [quote for quote in quotes if quote.strip()] if len(quotes) == len(value) else None
