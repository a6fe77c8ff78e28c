"""The questions of a reply: which clauses ask, and what kind of question each is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simulator.domain.behaviours import Behaviour
from simulator.judging.offline.lexicon import asking
from simulator.judging.offline.lexicon.marks import MARKS
from simulator.judging.offline.patterns import compiled, has
from simulator.judging.offline.words import Span, Text

_CHECKS = tuple(pattern for weight, pattern in MARKS[Behaviour.CHECKS_UNDERSTANDING] if weight >= 4.0)
_PLAIN_START = (
    r"^(and |but |so |or |also |then )?(did|have|has|do|does|are|is|was|were) (you|it|there|this|that|your|they|u)\b"
)
_INVERTED = (
    rf"^(and |but |so |or |also |then |okay |please |not )*({asking.WH}\b|{asking.AUX} (you|i|it|this|that|there|"
    rf"the|we|they|your|he|she|any|someone|somebody|anyone|anybody|everything|all|these|those|\w+)\b)"
)
_WH_QUESTION = rf"^(and |but |so |or |also |then )*{asking.WH}\b(?<!how about)(?! (about|if (i|we)))"
_MAX_PLAIN = 40
"""Words of a question that has no question mark; what is longer is a statement."""


class AskKind(StrEnum):
    REAL = "real"
    OFFER = "offer"
    CHECK = "check"
    CLOSING = "closing"
    RHETORICAL = "rhetorical"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question clause."""

    span: Span
    kind: AskKind
    lead: Span | None
    """What stands before it in the same sentence."""
    is_open: bool
    is_purpose: bool
    is_form_field: bool
    is_yes_no: bool
    is_declarative: bool
    """A statement with a question mark."""


@lru_cache(maxsize=256)
def asks_in(text: Text) -> tuple[Ask, ...]:
    """Every question clause of the text, in order."""
    return tuple(ask for sentence in text.sentences for ask in _asks_of(sentence))


def clauses(span: Span) -> list[Span]:
    """The span cut before each clause that begins like a question."""
    end = len(span.words)
    cuts = [0, *(i for i in range(2, end) if _may_cut(span, i) and _begins(span.part(i, end))), end]
    return [span.part(a, b) for a, b in itertools.pairwise(cuts)]


def _may_cut(span: Span, i: int) -> bool:
    gap = span.source[span.words[i - 1].end : span.words[i].start]
    return (
        any(mark in gap for mark in ",:;(\u2013\u2014")
        or " - " in gap
        or span.words[i].norm in {"and", "but", "or", "so"}
    )


def _begins(span: Span) -> bool:
    return has(asking.STARTS, span) or (has(_INVERTED, span) and span.asks)


def _asks_of(sentence: Span) -> Iterator[Ask]:
    parts = clauses(sentence)
    asking_parts = [p for p in parts if _is_question(p, marked=sentence.asks)]
    if not asking_parts:
        if sentence.asks and len(sentence.words) > 0:
            yield _ask(sentence, None, declarative=True)
        return
    at = 0
    for part in parts:
        if part in asking_parts:
            yield _ask(part, sentence.part(0, at) if at else None, declarative=False)
        at += len(part.words)


def _is_question(part: Span, *, marked: bool) -> bool:
    if marked:
        return _begins(part) or has(asking.STARTS, part) or has(_INVERTED, part)
    if len(part.words) > _MAX_PLAIN:
        return False
    if has(asking.STARTS, part) and not has(asking.NOT_ASKING, part):
        return True
    return has(_PLAIN_START, part)


def _ask(span: Span, lead: Span | None, *, declarative: bool) -> Ask:
    yes_no = (
        declarative or compiled(rf"^(and |but |so |or |also |then |okay )*{asking.AUX}\b").search(span.norm) is not None
    )
    requests = has(r"^(\w+ ){0,3}(could|can|would|will|may|might) (you|i|u)\b", span) and has(asking.STARTS, span)
    kind = _kind(span)
    is_open = kind is AskKind.REAL and has(asking.OPEN, span) and not (yes_no and not requests)
    form_field = has(asking.FORM_FIELD, span)
    return Ask(
        span=span,
        kind=kind,
        lead=lead,
        is_open=is_open and not form_field,
        is_purpose=kind is AskKind.REAL and has(asking.PURPOSE, span),
        is_form_field=form_field,
        is_yes_no=yes_no and not requests,
        is_declarative=declarative,
    )


def _tag_asks(span: Span) -> bool:
    """Whether a statement ends with "right?" or the like."""
    if not span.asks or len(span.words) < 3 or has(_INVERTED, span):
        return False
    return span.words[-1].norm in {"right", "correct", "yes", "no"} or has(
        r"\b(is it not|are you not|did it not|is not it)$", span
    )


def _kind(span: Span) -> AskKind:
    if has(asking.CLOSING, span):
        return AskKind.CLOSING
    if _tag_asks(span) or any(has(pattern, span) for pattern in _CHECKS):
        return AskKind.CHECK
    if has(asking.OFFER, span) and not has(_WH_QUESTION, span):
        return AskKind.OFFER
    if has(asking.RHETORICAL, span) and (len(span.words) <= 12):
        return AskKind.RHETORICAL
    return AskKind.REAL


def statements(text: Text) -> list[Span]:
    """The stretches of the text that state something: sentences without their real question clauses."""
    out: list[Span] = []
    for sentence in text.sentences:
        asks = list(_asks_of(sentence))
        if not asks or asks[0].is_declarative or all(a.kind is AskKind.CHECK for a in asks):
            out.append(sentence)
        elif asks[0].lead is not None:
            out.append(asks[0].lead)
    return out
