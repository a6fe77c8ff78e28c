"""The level of purpose-driven questioning in one reply."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.domain.rubric import Level
from simulator.domain.scenario import Aspect, Gate
from simulator.judging.offline.asks import Ask
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features
from simulator.judging.offline.knowledge import record_asks
from simulator.judging.offline.patterns import has, short
from simulator.judging.offline.prepared import content
from simulator.judging.offline.questions import ClauseFact
from simulator.judging.offline.verdict import Verdict

_AIMED = 6
"""Words from which a question that is not open says what it is after."""
_WHEN = r"^(and |so |but |also )*(when|by when|until when|by what|until what|what (day|date|time)|how soon)\b"
_WHAT_FOR = r"\b(what for|for what|and (what|why|who|how)|what would|why|matter\w*|mean|happen\w*)\b"
_DEEP = frozenset({Aspect.GOAL, Aspect.IMPACT, Aspect.FEELING, Aspect.DEADLINE, Aspect.PREFERENCE})


def questioning_level(features: Features, observations: Sequence[Observation]) -> Verdict:
    """0 none or asked again, 1 form-like or closed, 2 widening, 3 the goal behind it, built on what they said."""
    asks = features.real_asks
    if not asks:
        return Verdict(0, "It asks nothing about the customer's situation.")
    graded = [(ask, _level(ask, features)) for ask in asks]
    best_ask, best = max(graded, key=lambda pair: pair[1])
    quote = (short(best_ask.span.quote),)
    if best == 0:
        return Verdict(0, "It only asks for what was said already or stands on the record.", quote)
    stuffed = shown(observations, Behaviour.QUESTION_STUFFING) is not None
    if stuffed or features.keyword_list or len(asks) >= 4:
        return Verdict(1, "Several questions at once: the customer cannot tell which one matters.", quote)
    if shown(observations, Behaviour.HOSTILE) or shown(observations, Behaviour.BLAME):
        best = min(best, 1)
    return Verdict(_as_level(best), _REASONS[best], quote)


_REASONS = {
    1: "It asks about the matter, but as for a form or with a yes or no; what it is for stays open.",
    2: "It asks in a way that widens the picture; the goal behind it is not yet asked for from what they said.",
    3: "It asks what the customer wants to get done or what matters, starting from what they said.",
}


def _as_level(value: int) -> Level:
    levels: tuple[Level, Level, Level, Level] = (0, 1, 2, 3)
    return levels[max(0, min(value, 3))]


def _level(ask: Ask, features: Features) -> int:
    found = _fact_of(ask, features)
    if found is not None and _is_stale(found, features):
        return 0
    if ask.is_form_field and not ask.is_purpose:
        return 0 if _asks_record(ask, features) else 1
    if ask.is_purpose and _is_aimed(ask, found, features):
        deep = ask.is_open or (not ask.is_yes_no and not _only_asks_when(ask))
        return 3 if deep and _builds(ask, features) else 2
    if ask.is_open or _finds_new(ask, found, features):
        return 2
    return 1


def _only_asks_when(ask: Ask) -> bool:
    """Whether the question is for a date alone, which is not yet what matters behind it."""
    return has(_WHEN, ask.span) and not has(_WHAT_FOR, ask.span)


def _is_aimed(ask: Ask, found: ClauseFact | None, features: Features) -> bool:
    """Whether a question that sounds like one for the goal also aims at this customer."""
    prepared = features.situation.prepared
    if prepared is None:
        return True
    return found is not None or ask.is_open


def _builds(ask: Ask, features: Features) -> bool:
    """Whether the question starts from what the customer said: in its words, or in what leads up to it."""
    heard = features.situation.known
    if content(ask.span.words) & heard:
        return True
    if ask.lead is not None and content(ask.lead.words) & heard:
        return True
    return any(len(line.terms) >= 2 and not line.is_echo for line in features.restating)


def _finds_new(ask: Ask, found: ClauseFact | None, features: Features) -> bool:
    """Whether a question that is not open still draws out something worth knowing."""
    prepared = features.situation.prepared
    if found is None or prepared is None:
        return False
    fact = prepared.scenario.fact(found.fact)
    if found.form == "confirm" and not ask.is_purpose and fact.gate is not Gate.EARNED:
        return False
    if fact.gate is Gate.EARNED or fact.about in _DEEP:
        return True
    if ask.is_yes_no and fact.about is Aspect.TRIED:
        return False
    lead = ask.lead.words if ask.lead is not None else ()
    words = (*lead, *ask.span.words) if not content(ask.span.words) else ask.span.words
    return len(words) >= _AIMED and bool(content(words) & features.situation.known)


def _fact_of(ask: Ask, features: Features) -> ClauseFact | None:
    start = ask.span.words[0].start
    return next((clause for clause in features.questions.by_clause if clause.start == start), None)


def _is_stale(found: ClauseFact, features: Features) -> bool:
    prepared = features.situation.prepared
    if prepared is None or found.form == "confirm":
        return False
    return found.fact in features.situation.disclosed or prepared.scenario.fact(found.fact).on_record


def _asks_record(ask: Ask, features: Features) -> bool:
    return short(ask.span.quote) in record_asks(features)
