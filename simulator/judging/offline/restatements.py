"""Which facts a reply gives back, rightly or wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.domain.behaviours import Restatement
from simulator.domain.scenario import Aspect
from simulator.judging.offline.asks import AskKind
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.patterns import compiled, found, has, short
from simulator.judging.offline.prepared import DAYS, MONTHS, Prepared, PreparedFact, content, holds
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span, Word, concept, read

ENOUGH = 0.34
"""The weighed share of a fact's statement from which it counts as given back."""
_ADDRESS = r"\b(you|your|yours|yourself|the|it|this|that|since|after|there|and|is|on|at)\b"


def restating_spans(situation: Situation) -> Iterator[Span]:
    """Stretches that could give a fact back: statements and yes/no restatements, not promises and instructions."""
    for span in situation.statements:
        if gives_back(span):
            yield span
    for ask in situation.asks:
        if ask.is_declarative:
            continue
        if ask.kind is AskKind.CHECK or (ask.is_yes_no and ask.kind is AskKind.REAL and not has(r"\bor\b", ask.span)):
            yield ask.span


def gives_back(span: Span) -> bool:
    """Whether a statement speaks of the customer's situation rather than of what will be done."""
    if not has(_ADDRESS, span) or has(frames.IMPERATIVE, span) or has(frames.TELLS_TO, span):
        return False
    committed = has(frames.COMMITMENT, span) and not has(frames.NO_COMMITMENT, span)
    return not committed or has(frames.STRONG_RESTATING, span)


def read_restatements(situation: Situation) -> tuple[Restatement, ...]:
    """The facts given back, each once; a wrong one outweighs a right one."""
    prepared = situation.prepared
    if prepared is None:
        return ()
    found_facts: dict[str, Restatement] = {}
    for span in restating_spans(situation):
        for fact in prepared.facts:
            reading = _reading(span, fact, prepared, situation)
            if reading is not None:
                known = found_facts.get(fact.fact.id)
                if known is None or (known.right and not reading.right):
                    found_facts[fact.fact.id] = reading
    return tuple(found_facts.values())


def _reading(span: Span, fact: PreparedFact, prepared: Prepared, situation: Situation) -> Restatement | None:
    share = _share(span, fact, prepared)
    quote = short(span.quote)
    if _is_wrong(span, fact, prepared, situation, share):
        return Restatement(fact=fact.fact.id, right=False, quote=quote)
    if share >= ENOUGH and len(content(span.words) & fact.told) >= min(2, len(fact.told)):
        return Restatement(fact=fact.fact.id, right=True, quote=quote)
    return None


def best_given(span: Span, situation: Situation) -> PreparedFact | None:
    """The fact that a stretch gives back best; None when it gives none back, or all wrong."""
    prepared = situation.prepared
    if prepared is None:
        return None
    given = [f for f in prepared.facts if (r := _reading(span, f, prepared, situation)) is not None and r.right]
    return max(given, key=lambda fact: _share(span, fact, prepared), default=None)


def _share(span: Span, fact: PreparedFact, prepared: Prepared) -> float:
    weights = prepared.told_weights
    named = content(span.words)

    def mass(terms: frozenset[str]) -> float:
        return sum(weights.get(term, 1.0) for term in terms)

    whole = max(mass(fact.core), 1.0)
    # what the customer adds when they say it counts half: it is not the fact itself
    given = mass(named & fact.core) + 0.5 * mass((named & fact.told) - fact.core)
    return given / whole


def _is_wrong(span: Span, fact: PreparedFact, prepared: Prepared, situation: Situation, share: float) -> bool:
    for entry in fact.fact.not_words:
        if holds(span.words, entry) and not _denied(span, entry):
            others = content(span.words) - content(_entry_words(entry))
            shared = others & (fact.told | frozenset(concept(w) for e in fact.words for w in e.lower().split()))
            on_topic = share >= 0.2 or sum(holds(span.words, entry) for entry in fact.words) >= 2
            if (on_topic and shared) or len(entry.split()) > 1:
                return not _said_before(entry, situation)
    return share >= 0.3 and _number_conflict(span, fact, prepared, situation)


def _entry_words(entry: str) -> tuple[Word, ...]:
    return read(entry).whole.words


def _said_before(entry: str, situation: Situation) -> bool:
    return any(holds(text.whole.words, entry) for text in situation.customer)


def _denied(span: Span, entry: str) -> bool:
    words = re.escape(entry.lower().split()[0])
    return (
        compiled(rf"\b(not|no|never|instead of|rather than|nor|without|than) (\w+ ){{0,2}}{words}").search(span.norm)
        is not None
    )


def _slots(words: tuple[Word, ...]) -> dict[str, set[str]]:
    """Typed specifics: weekdays, months, and numbers by the noun that they count."""
    slots: dict[str, set[str]] = {}
    for i, word in enumerate(words):
        if word.norm in DAYS:
            slots.setdefault("day", set()).add(word.norm)
        elif word.norm in MONTHS and not (word.norm in {"may", "march"} and word.raw[0].islower()):
            slots.setdefault("month", set()).add(word.norm)
        elif word.concept.replace(".", "").isdigit():
            slots.setdefault(_unit(words, i), set()).add(word.concept)
    return slots


_NOON = frozenset({"noon", "midday"})
_BEFORE_AN_HOUR = frozenset({"at", "by", "before", "until", "till", "from", "around"})
_AFTER_AN_HOUR = frozenset({"tomorrow", "today", "tonight", "on", "in", "am", "pm", "oclock", "this", "sharp"})


def _unit(words: tuple[Word, ...], i: int) -> str:
    if i > 0 and words[i - 1].norm in "£$€":
        return "money"
    before, following = (words[i - 1].norm if i else ""), (words[i + 1].norm if i + 1 < len(words) else "tomorrow")
    if words[i].norm in _NOON or (before in _BEFORE_AN_HOUR and following in _AFTER_AN_HOUR):
        return "hour"
    if i + 1 < len(words):
        after = words[i + 1]
        if after.norm in {"pounds", "euros", "dollars", "eur", "gbp", "usd", "euro"}:
            return "money"
        if after.norm in MONTHS or after.norm == "of":
            return "date"
        if after.norm.isalpha():
            return "count " + after.stem
    return "number"


def _number_conflict(span: Span, fact: PreparedFact, prepared: Prepared, situation: Situation) -> bool:
    stated = _slots(read(fact.fact.statement).whole.words)
    named = _slots(span.words)
    said = {w.concept for text in situation.customer for w in text.whole.words}
    for slot, values in named.items():
        if slot == "number" or slot not in stated or values & stated[slot] or values & fact.numbers:
            continue
        # a value that stands somewhere in the case, or that the customer said, may belong to another fact
        if not values & prepared.numbers and not values & said:
            return True
        timed = fact.fact.about in {Aspect.WHEN, Aspect.DEADLINE}
        if timed and slot in {"day", "month"} and not values & said and _best(span, fact, prepared):
            return True
    return False


def _best(span: Span, fact: PreparedFact, prepared: Prepared) -> bool:
    return all(_share(span, other, prepared) <= _share(span, fact, prepared) for other in prepared.facts)


def quote_of_frame(span: Span) -> str:
    """The restating words of a span, from its frame on."""
    match = found(frames.STRONG_RESTATING, span)
    if match is None:
        return short(span.quote)
    return short(span.part(span.index_at(match.start()), len(span.words)).quote)
