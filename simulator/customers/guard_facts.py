"""What a message gives away: facts not earned, and details out of nowhere; and whether it told what is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from simulator.customers.guard_grounds import Barred, Grounds
from simulator.customers.guard_words import content, contents, figures, names, same_figure, sentences, words
from simulator.domain.events import SpeechFault, SpeechFaultKind
from simulator.domain.scenario import Fact

GIVES_AWAY = 2
"""Words found in one barred fact only from which a message tells it; a detail of it is enough by itself."""
LIKE_ITS_LINES = 0.6
"""Share of a barred line's content that a sentence may not reach, however common each word is."""
SMALL = 12
TOLD = 0.34
"""Share of a fact's content that a message has to hold to have told it."""
_MOST_QUOTED = 4
_IDIOMS = re.compile(
    r"\b(?:hundred|thousand)s? (?:times|per ?cent|and one|things?)\b|\b100 ?%|\b24/7\b|\b(?:one or two|two of us)\b",
    re.IGNORECASE,
)
"""Figures of speech, which state nothing."""


def gave_away(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Content of facts, or of the unspoken concern, that is not to be said yet."""
    known = contents((*grounds.known, grounds.line))
    common = contents(grounds.common) | known
    told = contents((*grounds.told, grounds.line))
    quotes = (_given_away(text, barred, known=known, common=common, told=told) for barred in grounds.barred)
    return [SpeechFault(kind=SpeechFaultKind.GATED_FACT, quote=q[:120]) for q in dict.fromkeys(quotes) if q]


def invented(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Numbers, days, months and names that stand in nothing the customer may draw on."""
    known_texts = (*grounds.known, grounds.line)
    known = contents(known_texts) | _figure_keys(known_texts)
    quotes = [d.quote for d in figures(_IDIOMS.sub(" ", text)) if not same_figure(d.key, known)]
    quotes += [
        d.quote for d in names(text) if d.key.removeprefix("name:") not in known and not _is_known(d.quote, known_texts)
    ]
    return [SpeechFault(kind=SpeechFaultKind.INVENTED, quote=quote) for quote in dict.fromkeys(quotes)][:_MOST_QUOTED]


def untold(text: str, grounds: Grounds) -> tuple[str, ...]:
    """The authored lines of facts that are due and that the message does not hold."""
    return tuple(line for fact, line in grounds.due if not tells(text, fact, line))


def tells(text: str, fact: Fact, line: str) -> bool:
    """Whether a message holds this fact: enough of its words, and of the line's figures at least half."""
    said = content(text)
    due = [detail.key for detail in figures(line)]
    if due and 2 * sum(same_figure(key, said) for key in due) < len(due):
        return False
    for source in (line, fact.statement, *fact.says, *fact.again, fact.correction or ""):
        held = content(source)
        if held and len(held & said) >= max(1, TOLD * len(held)):
            return True
    return False


def opens_with_its_facts(text: str, facts: Sequence[Fact]) -> bool:
    """Whether an opening message holds each fact that it is to tell, in whatever words."""
    said = content(text)
    return all(len(said & content(fact.statement)) >= 1 or tells(text, fact, "") for fact in facts)


def holds(text: str, line: str) -> bool:
    """Whether a message says what a line says, by its words."""
    held = content(line)
    return line in text or (bool(held) and len(held & content(text)) >= max(1, TOLD * len(held)))


def _given_away(
    text: str, barred: Barred, *, known: frozenset[str], common: frozenset[str], told: frozenset[str]
) -> str:
    """The words of the message that give it away; empty when none do."""
    details = {d.key: d.quote for d in (*figures(text), *names(text)) if not _is_small(d.key)}
    own = _details_of(barred.texts)
    if new := [q for key, q in details.items() if key in own and not same_figure(key.removeprefix("name:"), known)]:
        return ", ".join(new)
    own_words = _only_here(barred, common)
    for sentence in sentences(text):
        said = content(sentence)
        if len(told_words := said & own_words) >= GIVES_AWAY:
            return ", ".join(word for word in words(sentence) if content(word) & told_words)
        for line in barred.texts:
            held = content(line)
            shared = held & said
            if len(shared) >= max(3, LIKE_ITS_LINES * len(held)) and not shared <= told:
                return sentence
    return ""


def _only_here(barred: Barred, common: frozenset[str]) -> frozenset[str]:
    return (_content_of(barred.texts) | _content_of(barred.words) & _content_of(barred.texts)) - common


@lru_cache(maxsize=512)
def _content_of(texts: tuple[str, ...]) -> frozenset[str]:
    return contents(texts)


@lru_cache(maxsize=512)
def _details_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(d.key for source in texts for d in (*figures(source), *names(source)))


def _is_small(key: str) -> bool:
    """A figure too small to belong to one fact; if nothing holds it, it counts as invented."""
    return key.isdecimal() and int(key) <= SMALL


def _figure_keys(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(detail.key for source in texts for detail in figures(source))


def _is_known(name: str, texts: tuple[str, ...]) -> bool:
    return any(name in source for source in texts)
