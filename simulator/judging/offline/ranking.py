"""How well a question fits each fact of a scenario, and how surely the best one is meant."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from simulator.domain.scenario import Aspect
from simulator.judging.offline.lexicon import asking
from simulator.judging.offline.meaning import Term, WordField, likeness, meaning, nearest
from simulator.judging.offline.patterns import has, logistic
from simulator.judging.offline.prepared import (
    Prepared,
    PreparedFact,
    content,
    holds,
    phrase_weight,
    question_concepts,
)
from simulator.judging.offline.words import Span, Word, read


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the odds of a fact among the facts of its scenario.

    A softmax regression over the authored questions (each with itself left out) and the reworded ones of the eight
    development scenarios; see MODEL_CARD.md.
    """

    asked: float = 2.15
    words: float = 4.0
    stated: float = 1.2
    like_asks: float = 1.2
    like_statement: float = 0.7
    like_words: float = 2.4
    first_aspect: float = 0.8
    any_aspect: float = 1.0
    slot: float = 0.6
    told: float = -0.4
    on_record: float = -0.2
    covered: float = 5.1


@dataclass(frozen=True, slots=True)
class Sureness:
    """Log-odds that the best fact is the one that is asked for; fitted on the same questions."""

    bias: float = -6.0
    score: float = 0.45
    margin: float = 0.34
    covered: float = 2.7
    asked: float = 0.83
    form_field: float = -1.4
    strangest: float = -2.0


WEIGHTS = Weights()
SURENESS = Sureness()
_MARGIN_COUNTS = 4.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One fact, how well the question fits it, and the two signs that tell most about sureness."""

    fact: PreparedFact
    score: float
    asked: float
    covered: float


@dataclass(frozen=True, slots=True)
class _Meanings:
    asks: tuple[array[float], ...]
    statement: tuple[array[float], ...]
    words: tuple[array[float], ...]


@dataclass(frozen=True, slots=True)
class _Field:
    meanings: tuple[_Meanings, ...]
    field: WordField


def terms_of(words: Iterable[Word]) -> list[Term]:
    """The words of a question that weigh something, each concept once."""
    kept: dict[str, Term] = {}
    for word in words:
        if word.concept not in kept and question_concepts((word,)):
            kept[word.concept] = Term(word.norm, word.concept)
    return list(kept.values())


def content_terms(words: Iterable[Word]) -> list[Term]:
    """The words that would not fit just any customer, each concept once."""
    kept: dict[str, Term] = {}
    for word in words:
        if word.concept not in kept and content((word,)):
            kept[word.concept] = Term(word.norm, word.concept)
    return list(kept.values())


def meaning_of(text: str) -> tuple[array[float], ...]:
    """The direction of an authored text; empty when none of its words is known."""
    found = meaning(word.norm for word in read(text).whole.words)
    return () if found is None else (found,)


def _field(prepared: Prepared) -> _Field:
    made = prepared.made.get("facts")
    if isinstance(made, _Field):
        return made
    facts = [prepared_fact.fact for prepared_fact in prepared.facts]
    field = _Field(
        meanings=tuple(
            _Meanings(
                asks=tuple(m for ask in fact.asks for m in meaning_of(ask)),
                statement=meaning_of(fact.statement),
                words=meaning_of(" ".join(fact.words)),
            )
            for fact in facts
        ),
        field=WordField(
            [terms_of(w for text in (*f.asks, *f.words, f.statement) for w in read(text).whole.words) for f in facts]
        ),
    )
    prepared.made["facts"] = field
    return field


def rank(span: Span, prepared: Prepared, disclosed: Collection[str]) -> list[Ranked]:
    """Every fact of the scenario, the likeliest first."""
    concepts = question_concepts(span.words)
    if not concepts:
        return []
    field = _field(prepared)
    here = meaning(word.norm for word in span.words)
    covered = field.field.cover(terms_of(span.words), prepared.weights)
    aspects = [aspect for aspect, pattern in asking.ASPECTS if has(pattern, span)]
    named = content(span.words)
    out: list[Ranked] = []
    for fact, meanings, share in zip(prepared.facts, field.meanings, covered, strict=True):
        asked = max((overlap(concepts, ask, prepared.weights) for ask in fact.asks), default=0.0)
        score = (
            WEIGHTS.asked * asked
            + WEIGHTS.words * word_share(span, fact, prepared)
            + WEIGHTS.stated * told_share(named, fact, prepared)
            + WEIGHTS.like_asks * nearest(here, meanings.asks)
            + WEIGHTS.like_statement * _like(here, meanings.statement)
            + WEIGHTS.like_words * _like(here, meanings.words)
            + WEIGHTS.first_aspect * (bool(aspects) and aspects[0] is fact.fact.about)
            + WEIGHTS.any_aspect * (fact.fact.about in aspects)
            + WEIGHTS.slot * slot_fit(span, fact)
            + WEIGHTS.told * (fact.fact.id in disclosed)
            + WEIGHTS.on_record * fact.fact.on_record
            + WEIGHTS.covered * share
        )
        out.append(Ranked(fact, score, asked, share))
    return sorted(out, key=lambda ranked: -ranked.score)


def _like(here: array[float] | None, there: tuple[array[float], ...]) -> float:
    return likeness(here, there[0]) if here is not None and there else 0.0


def strangest(span: Span, prepared: Prepared) -> float:
    """How far the question's strangest word is from all that any fact speaks of, 0 to 1."""
    field = _field(prepared).field
    return max((1.0 - max(field.closest(term), default=0.0) for term in content_terms(span.words)), default=0.0)


def sureness(ranked: list[Ranked], *, form_field: bool, strange: float) -> float:
    """The probability that the first of the ranked facts is the one asked for.

    Args:
        ranked: the facts, likeliest first; at least one.
        form_field: whether the question could stand on a form, like "What is your order number?".
        strange: what `strangest` says of the question.
    """
    best = ranked[0]
    margin = best.score - ranked[1].score if len(ranked) > 1 else _MARGIN_COUNTS
    return logistic(
        SURENESS.bias
        + SURENESS.score * best.score
        + SURENESS.margin * min(margin, _MARGIN_COUNTS)
        + SURENESS.covered * best.covered
        + SURENESS.asked * best.asked
        + SURENESS.form_field * form_field
        + SURENESS.strangest * strange
    )


def word_share(span: Span, fact: PreparedFact, prepared: Prepared) -> float:
    """How many of the fact's telling words the question holds, weighed, 0 to 1."""
    hits = sum(phrase_weight(prepared, entry) for entry in fact.words if holds(span.words, entry))
    return 1.0 - math.exp(-hits / 3.0)


def told_share(named: frozenset[str], fact: PreparedFact, prepared: Prepared) -> float:
    """How much of what the customer says about the fact the question holds, weighed, 0 to 1."""
    return 1.0 - math.exp(-sum(prepared.told_weights.get(t, 1.0) for t in named & fact.told) / 4.0)


def overlap(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float]) -> float:
    """The likeness of two sets of concepts, 0 to 1."""
    top = max(weights.values(), default=1.0)
    both = sum(weights.get(t, top) for t in a & b)
    if not both:
        return 0.0
    # a word the scenario never uses says little about which fact is meant
    mass_a = sum(weights.get(t, 0.5) for t in a)
    mass_b = sum(weights.get(t, top) for t in b)
    return both / math.sqrt(mass_a * mass_b)


_TIME = frozenset({Aspect.WHEN, Aspect.DEADLINE})


def slot_fit(span: Span, fact: PreparedFact) -> float:
    """A bonus or malus for the kind of answer that the question word wants: a time, or a number."""
    if has(r"^(\w+ ){0,2}(when|(by|until|since|on|at|from) (when|what|which)|what (day|date|time))\b", span):
        if fact.fact.about in _TIME:
            return 0.1
        return 0.0 if any(ask & {"when", "by_when", "until_when", "since_when"} for ask in fact.asks) else -0.15
    if has(r"\b(what|which) (?!(day|date|time)\b)(\w+ ){1,9}for( exactly| then)?$|\bwhat .{0,40}\bwhat for$", span):
        return 3.0 if fact.fact.about is Aspect.GOAL else -3.0 if fact.fact.about in _TIME else 0.0
    if has(r"^(\w+ ){0,2}how (many|much|large|big|high)\b", span):
        return 0.04 if fact.numbers else -0.12
    return 0.0
