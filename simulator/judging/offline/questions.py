"""Which fact each question asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from simulator.domain.behaviours import FactQuestion
from simulator.domain.scenario import Aspect, Gate
from simulator.judging.offline.asks import Ask, AskKind
from simulator.judging.offline.integrity import speaks_to_machine
from simulator.judging.offline.lexicon import asking
from simulator.judging.offline.patterns import has, short
from simulator.judging.offline.prepared import (
    Prepared,
    PreparedFact,
    content,
    holds,
    question_concepts,
    told_already,
)
from simulator.judging.offline.ranking import (
    Ranked,
    overlap,
    rank,
    slot_fit,
    strangest,
    sureness,
    told_share,
    word_share,
)
from simulator.judging.offline.restatements import best_given
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span

THRESHOLD = 0.5
"""The sureness, 0 to 1, from which a question is taken to ask for a fact."""
_OFFER_OVERLAP = 2
"""Concepts that a question phrased as an offer must share with an authored one."""
_UNSURE = 0.75
"""Below it, a fact that was told already gives way to one that the wording asks for."""
CLEAR = 0.6
"""The sureness above which the wording need not be consulted."""
_STRANGE = 0.6
"""The distance of its strangest word from which a question is not one for anything in general."""
_ASKED_TOO = 0.75
"""The overlap with an authored question from which a second fact in the same clause counts too."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well one question fits one fact."""

    fact: PreparedFact
    score: float


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """A question clause, by where it begins, and the fact that it asks for."""

    start: int
    fact: str
    form: Literal["open", "confirm"]


@dataclass(frozen=True, slots=True)
class ReadQuestions:
    """The questions of a reply, sorted out."""

    found: tuple[FactQuestion, ...] = ()
    unanswered: tuple[str, ...] = ()
    by_clause: tuple[ClauseFact, ...] = ()


def read_questions(situation: Situation) -> ReadQuestions:
    """Which facts the reply asks for, and which of its questions no fact answers."""
    prepared = situation.prepared
    if prepared is None or speaks_to_machine(situation.reply):
        return ReadQuestions()
    found: dict[str, FactQuestion] = {}
    unanswered: list[str] = []
    by_clause: list[ClauseFact] = []
    for ask in situation.asks:
        if ask.kind is AskKind.RHETORICAL:
            continue
        matches = facts_asked(ask, situation, prepared)
        if not matches and by_clause and _leans_on_previous(ask):
            previous = prepared.fact(by_clause[-1].fact)
            matches = [Match(previous, found[previous.fact.id].confidence)]
        for match in matches:
            question = _question(ask, match)
            by_clause.append(ClauseFact(ask.span.words[0].start, question.fact, question.form))
            known = found.get(question.fact)
            if known is None or question.confidence > known.confidence or known.form == "confirm":
                found[question.fact] = question
        if not matches and ask.kind is AskKind.REAL and not ask.is_declarative and len(ask.span.words) > 1:
            unanswered.append(short(ask.span.quote))
    return ReadQuestions(tuple(found.values()), tuple(unanswered), tuple(by_clause))


def _question(ask: Ask, match: Match) -> FactQuestion:
    return FactQuestion(
        fact=match.fact.fact.id,
        form=form_of(ask, match.fact),
        quote=short(ask.span.quote),
        confidence=round(min(match.score, 1.0), 3),
    )


def _leans_on_previous(ask: Ask) -> bool:
    """Whether a question has no content of its own, like "how many are there?" after another question."""
    return ask.kind is AskKind.REAL and not ask.is_form_field and not content(ask.span.words)


def facts_asked(ask: Ask, situation: Situation, prepared: Prepared) -> list[Match]:
    """The facts that one question clause asks for, likeliest first; mostly one, seldom two."""
    span = ask.span
    if ask.kind is AskKind.CHECK:
        restated = span if ask.lead is None or _holds_content(span, situation) else ask.lead
        if not _holds_content(restated, situation):
            return []
        given = best_given(restated, situation)
        if given is not None:
            return [Match(given, 0.8)]
        span = restated
    if ask.kind in {AskKind.OFFER, AskKind.CLOSING}:
        return _asked_as_offer(span, situation, prepared)
    ranked = rank(span, prepared, situation.disclosed)
    if not ranked:
        return _general(span, None, situation, prepared)
    strange = strangest(span, prepared)
    sure = sureness(ranked, form_field=ask.is_form_field, strange=strange)
    best = Match(ranked[0].fact, sure)
    if sure >= CLEAR or ask.is_form_field:
        return _one_or_two(ranked, best, span) if sure >= THRESHOLD else []
    general = _general(span, best, situation, prepared) if strange < _STRANGE else []
    if general:
        return general
    return [best] if sure >= THRESHOLD else []


def _asked_as_offer(span: Span, situation: Situation, prepared: Prepared) -> list[Match]:
    """A question phrased as an offer asks for a fact only when it is nearly an authored one."""
    best = max(
        (Match(fact, likeness(span, fact, prepared, situation.disclosed)) for fact in prepared.facts),
        key=lambda match: match.score,
    )
    shared = max(len(question_concepts(span.words) & asked) for asked in best.fact.asks)
    return [best] if best.score >= CLEAR and shared >= _OFFER_OVERLAP else []


def _one_or_two(ranked: list[Ranked], best: Match, span: Span) -> list[Match]:
    second = ranked[1] if len(ranked) > 1 else None
    if second is not None and second.asked >= _ASKED_TOO and second.asked >= 0.9 * ranked[0].asked and _joins_two(span):
        return [best, Match(second.fact, best.score)]
    return [best]


def _general(span: Span, best: Match | None, situation: Situation, prepared: Prepared) -> list[Match]:
    """The fact that the wording asks for ("what happened?") when the words alone leave it open."""
    aspect = general_aspect(span)
    if aspect is None:
        return []
    fact = _fact_for(aspect, span, situation, prepared)
    if fact is None:
        return []
    weak = best is None or (best.score < THRESHOLD and len(content(span.words) - situation.known) == 0)
    stale = best is not None and told_already(best.fact.fact, situation.disclosed) and best.score < _UNSURE
    fresh = not told_already(fact.fact, situation.disclosed)
    same = best is not None and fact is best.fact
    if weak or same or (stale and fresh and aspect in _PLAIN) or _lacks_content(span, situation):
        return [Match(fact, 0.55)]
    return []


def likeness(span: Span, fact: PreparedFact, prepared: Prepared, disclosed: Iterable[str]) -> float:
    """How well a question fits a fact by its words alone, 0 to about 1."""
    concepts = question_concepts(span.words)
    if not concepts:
        return 0.0
    asked = max((overlap(concepts, ask, prepared.weights) for ask in fact.asks), default=0.0)
    matching = [aspect for aspect, pattern in asking.ASPECTS if has(pattern, span)]
    bonus = slot_fit(span, fact)
    if fact.fact.about in matching:
        bonus += 0.18 if matching[0] is fact.fact.about else 0.1
    score = 0.62 * asked + 0.33 * word_share(span, fact, prepared) + bonus
    score += 0.12 * told_share(content(span.words), fact, prepared)
    if fact.fact.id not in disclosed and not fact.fact.on_record:
        score += 0.03
    return score


def general_aspect(span: Span) -> Aspect | None:
    """What kind of fact the wording asks for; None when the wording does not tell."""
    for aspect, pattern in asking.ASPECTS:
        if has(pattern, span):
            return aspect
    return None


_GENERAL = (
    Aspect.WHAT_HAPPENED, Aspect.GOAL, Aspect.IMPACT, Aspect.TRIED, Aspect.DEADLINE, Aspect.PREFERENCE,
    Aspect.FEELING, Aspect.HISTORY,
)  # fmt: skip


_PLAIN = frozenset({Aspect.GOAL, Aspect.IMPACT, Aspect.TRIED, Aspect.DEADLINE})
"""Kinds of fact that the wording of a question gives away."""


def _fact_for(aspect: Aspect, span: Span, situation: Situation, prepared: Prepared) -> PreparedFact | None:
    if aspect not in _GENERAL:
        return None
    pool = _pool(aspect, prepared, situation.disclosed)
    if not pool:
        return None
    disclosed = situation.disclosed

    def rank(fact: PreparedFact) -> tuple[bool, bool, float]:
        told = fact.fact.id in disclosed or fact.fact.on_record
        return told, fact.fact.gate is Gate.EARNED, -likeness(span, fact, prepared, disclosed)

    return min(pool, key=rank)


_TELLING = frozenset({Aspect.WHAT_HAPPENED, Aspect.TRIED, Aspect.IMPACT, Aspect.WHEN, Aspect.HISTORY, Aspect.OTHER})
"""What a customer may go on to tell when they are asked for more."""


def _untold(pool: list[PreparedFact], disclosed: Collection[str]) -> bool:
    return any(f.fact.id not in disclosed for f in pool)


def _pool(aspect: Aspect, prepared: Prepared, disclosed: Collection[str]) -> list[PreparedFact]:
    match aspect:
        case Aspect.GOAL:
            return [prepared.fact(prepared.scenario.goal.fact)]
        case Aspect.WHAT_HAPPENED:
            happened = [f for f in prepared.by_aspect(aspect) if f.fact.gate is not Gate.EARNED]
            opening = [f for f in prepared.facts if f.fact.gate is Gate.OPENING]
            asked = [f for f in prepared.facts if f.fact.gate is Gate.ASKED and f.fact.about in _TELLING]
            return next((pool for pool in (happened, opening, asked) if _untold(pool, disclosed)), happened or opening)
        case Aspect.FEELING:
            return prepared.by_aspect(aspect) or prepared.by_aspect(Aspect.IMPACT)
        case _:
            return prepared.by_aspect(aspect)


def _lacks_content(span: Span, situation: Situation) -> bool:
    return not content(span.words) & situation.known


def _holds_content(span: Span, situation: Situation) -> bool:
    return len(content(span.words) & situation.known) >= 1


def _joins_two(span: Span) -> bool:
    return has(r"\b(and|or)\b", span) and len(span.words) >= 6


_SEEKS = (
    r"\b(or|any|anything|anyone|anybody|somebody|someone|something|there|know|ever|else|yourself|still|"
    r"by any chance|perhaps)\b"
)
"""Words of a yes/no question that looks for something instead of restating it."""


def form_of(ask: Ask, fact: PreparedFact) -> Literal["open", "confirm"]:
    """`confirm` when the question restates a detail of the fact and wants a yes or no, else `open`."""
    if ask.is_declarative or ask.kind is AskKind.CHECK:
        return "confirm"
    if not ask.is_yes_no or has(_SEEKS, ask.span):
        return "open"
    named = content(ask.span.words)
    wrong = any(holds(ask.span.words, entry) for entry in fact.fact.not_words)
    share = len(named & fact.core) / max(len(named), 1)
    return "confirm" if (len(named & fact.core) >= 2 and share >= 0.5) or wrong else "open"
