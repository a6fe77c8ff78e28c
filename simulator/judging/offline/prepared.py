"""What a scenario means to the appraiser, worked out once: weighed words of facts, actions and the concern."""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from simulator.domain.scenario import Aspect, Fact, Gate, Scenario
from simulator.judging.offline.lexicon.vocabulary import GENERIC, STOP_WORDS
from simulator.judging.offline.words import Word, find_phrase, phrase, read, stem

_KEPT = 64
"""Scenarios whose preparation is kept; every session that is held at the same time has one of its own."""

QUESTION_STOPS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "so",
        "if",
        "then",
        "as",
        "by",
        "be",
        "is",
        "are",
        "was",
        "were",
        "am",
        "been",
        "do",
        "does",
        "did",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "may",
        "might",
        "should",
        "i",
        "me",
        "my",
        "we",
        "us",
        "our",
        "you",
        "your",
        "please",
        "there",
        "here",
        "just",
        "also",
        "very",
        "really",
        "any",
        "some",
        "now",
        "exactly",
        "let",
        "tell",
        "know",
        "say",
        "like",
    ]
)
"""Words that weigh nothing in a question; question words stay."""


@dataclass(frozen=True, slots=True)
class PreparedFact:
    """One fact with its words as sets of concepts."""

    fact: Fact
    asks: tuple[frozenset[str], ...]
    told: frozenset[str]
    """Content concepts of the statement and of how the customer says it."""
    core: frozenset[str]
    """Content concepts of the statement."""
    words: tuple[str, ...]
    numbers: frozenset[str]


@dataclass(slots=True)
class Prepared:
    """A scenario made ready for reading replies."""

    scenario: Scenario
    facts: tuple[PreparedFact, ...]
    weights: Mapping[str, float]
    """Inverse document frequency over the facts, by question concept."""
    told_weights: Mapping[str, float]
    vocabulary: frozenset[str]
    """Content concepts of the whole case."""
    record: frozenset[str]
    labels: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    """Every number, weekday and month that stands anywhere in the case."""
    concern: frozenset[str]
    wrong: tuple[frozenset[str], ...]
    goal: frozenset[str]
    jargon: tuple[str, ...]
    phrase_weight: dict[str, float] = field(default_factory=dict)
    made: dict[str, object] = field(default_factory=dict)
    """What other modules work out from the scenario when they first need it, by their name."""

    def fact(self, fact_id: str) -> PreparedFact:
        """The prepared fact with that id; KeyError if there is none."""
        for fact in self.facts:
            if fact.fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def by_aspect(self, aspect: Aspect) -> list[PreparedFact]:
        return [f for f in self.facts if f.fact.about is aspect]


DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())  # noqa: SIM905
MONTHS = frozenset(
    "january february march april june july august september october november december".split()  # noqa: SIM905
)

_cache: OrderedDict[int, Prepared] = OrderedDict()


def prepare(scenario: Scenario) -> Prepared:
    """The preparation of this very scenario object; the last few are kept."""
    found = _cache.get(id(scenario))
    # the preparation holds its scenario, so an id in the cache cannot belong to another object
    if found is not None and found.scenario is scenario:
        _cache.move_to_end(id(scenario))
        return found
    made = _prepare(scenario)
    _cache[id(scenario)] = made
    while len(_cache) > _KEPT:
        _cache.popitem(last=False)
    return made


def question_concepts(words: Iterable[Word]) -> frozenset[str]:
    """Concepts of a question, question words kept, with "how many" and the like as one."""
    out: set[str] = set()
    before = ""
    for word in words:
        pair = f"{before}_{word.norm}"
        if pair in {"how_many", "how_much", "how_long", "by_when", "since_when", "until_when"}:
            out.discard(concept_of(before))
            out.add(pair)
        elif word.norm not in QUESTION_STOPS:
            out.add(word.concept)
        before = word.norm
    return frozenset(out)


def concept_of(norm: str) -> str:
    words = read(norm).whole.words
    return words[0].concept if words else norm


def content(words: Iterable[Word]) -> frozenset[str]:
    """Concepts that would not fit just any customer."""
    generic = _generic()
    return frozenset(
        w.concept
        for w in words
        if w.norm.isdigit() or (w.norm not in generic and w.stem not in generic and len(w.norm) > 1)
    )


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return GENERIC | STOP_WORDS | {stem(word) for word in GENERIC}


def text_content(*texts: str) -> frozenset[str]:
    """Content concepts of several texts."""
    return frozenset().union(*(content(read(text).whole.words) for text in texts)) if texts else frozenset()


def _numbers(*texts: str) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        for word in read(text).whole.words:
            if word.concept.isdigit() or re.fullmatch(r"\d[\d.,:]*", word.norm) or word.norm in DAYS | MONTHS:
                found.update((word.concept, word.norm))
    return frozenset(found)


def _weights(documents: list[frozenset[str]]) -> dict[str, float]:
    counts = Counter(term for document in documents for term in document)
    total = len(documents)
    return {term: math.log(1 + total / count) for term, count in counts.items()}


def _prepare_fact(fact: Fact) -> PreparedFact:
    return PreparedFact(
        fact=fact,
        asks=tuple(question_concepts(read(ask).whole.words) for ask in fact.asks),
        told=text_content(fact.statement, *fact.says),
        core=text_content(fact.statement),
        words=fact.words,
        numbers=_numbers(fact.statement, *fact.says, *fact.again),
    )


def _label(text: str) -> frozenset[str]:
    return frozenset(w.concept for w in read(text).whole.words if w.norm not in STOP_WORDS | {"number", "file"})


def _prepare(scenario: Scenario) -> Prepared:
    facts = tuple(_prepare_fact(fact) for fact in scenario.facts)
    question_documents = [
        frozenset().union(*f.asks, question_concepts(read(" ".join(f.words)).whole.words)) for f in facts
    ]
    told_documents = [f.told | text_content(*f.words) for f in facts]
    record_texts = [f"{field.label} {field.value}" for field in scenario.record.fields]
    record_texts += [entry.note for entry in scenario.record.history]
    knowledge = [article.text for article in scenario.knowledge]
    concern = scenario.concern
    case = [*scenario.opening.lines, concern.statement, *concern.cues, scenario.goal.statement, scenario.need.statement]
    solutions = [*scenario.exemplars.solution, *(a.guardrail for a in scenario.actions)]
    return Prepared(
        scenario=scenario,
        facts=facts,
        weights=_weights(question_documents),
        told_weights=_weights(told_documents),
        vocabulary=frozenset().union(*told_documents, text_content(*case), text_content(*record_texts)),
        record=text_content(*record_texts),
        labels=tuple(_label(f.label) for f in scenario.record.fields),
        numbers=_numbers(
            *case,
            *record_texts,
            *knowledge,
            *solutions,
            *(t for f in scenario.facts for t in (f.statement, *f.says, *f.again)),
        ),
        concern=text_content(concern.statement, *concern.naming),
        wrong=tuple(text_content(guess) for guess in concern.wrong_guesses),
        goal=text_content(
            scenario.goal.statement, *(f.statement for f in scenario.facts if f.id == scenario.goal.fact)
        ),
        jargon=scenario.jargon,
    )


def phrase_weight(prepared: Prepared, entry: str) -> float:
    """How telling an authored word or phrase is: the weight of its rarest content word."""
    known = prepared.phrase_weight.get(entry)
    if known is None:
        terms = question_concepts(read(entry).whole.words)
        known = sum(prepared.weights.get(term, 0.7) for term in terms) / math.sqrt(max(len(terms), 1))
        prepared.phrase_weight[entry] = known
    return known


def holds(words: tuple[Word, ...], entry: str) -> bool:
    """Whether the words hold an authored word or phrase."""
    return bool(phrase(entry)) and find_phrase(words, entry) >= 0


def told_already(fact: Fact, disclosed: Iterable[str]) -> bool:
    """Whether the trainee can know the fact without asking."""
    return fact.id in disclosed or fact.on_record


def is_open_gate(fact: Fact) -> bool:
    return fact.gate is Gate.OPENING
