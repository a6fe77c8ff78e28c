"""Whether a text names the unspoken concern of a scenario."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

from simulator.domain.behaviours import ConcernReading
from simulator.domain.scenario import Scenario
from simulator.judging.offline.concern_likeness import NAMES, is_unkind, naming_odds
from simulator.judging.offline.integrity import speaks_to_machine
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS
from simulator.judging.offline.offers import commits
from simulator.judging.offline.patterns import compiled, has, short
from simulator.judging.offline.prepared import Prepared, content, prepare
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span, Word, all_groups, find_phrase, phrase, read

_SENTENCES_COMPARED = 12
_SURE = 1.7
"""The log-odds from which a reflection counts as naming it: there, nothing need show that it is a guess."""
_CUSTOMER = r"\b(you|your|yourself|yours)\b"
_TELLING = (
    r"\b((you (are|were|may|might|must|feel|seem|sound|worry|fear|dread|would (hate|rather|have)|could be|have|"
    r"had|want|need|care|think|can not|could not|will|do not))"
    r"|sounds?|seems?|feels?|i (\w+ )?(wonder|imagine|sense|suspect|guess|hear|gather|get the|see|understand|"
    r"think|take it|appreciate|picture)|perhaps|maybe|could it|am i right|must (be|feel|have)|reading between|"
    r"part of you|are you|is (it|the|your|that|this|part)|what (makes|worries|weighs|matters|hurts)|"
    r"(afraid|worried|scared|nervous|anxious|concerned|fear|worry|dread\w*|ashamed|embarrass\w*)|behind|"
    r"underneath|beneath|hardest|you)\b"
)


def read_concern(situation: Situation) -> ConcernReading:
    """Whether the reply names the concern, claims another worry, or does neither."""
    prepared = situation.prepared
    if prepared is None or speaks_to_machine(situation.reply):
        return ConcernReading(reading="none")
    groups = prepared.scenario.concern.words
    for window in _windows(situation.reply.sentences):
        words = _named_words(window)
        if not _speaks_of_customer(window):
            continue
        hits = all_groups(words, groups)
        if hits is not None:
            hit_starts = {words[hit].start for hit in hits}
            spans = [s for s in window if any(s.words[0].start <= at <= s.words[-1].start for at in hit_starts)]
            return ConcernReading(reading="named", quote=short(_joined(spans)))
    wrong = _wrong_guess(situation, prepared)
    return wrong if wrong.reading == "wrong" else _alike(situation, prepared)


def _alike(situation: Situation, prepared: Prepared) -> ConcernReading:
    """The concern named in words that nobody foresaw."""
    best, quote = NAMES, ""
    for window in _windows(situation.reply.sentences[:_SENTENCES_COMPARED]):
        if is_bare_list(window):
            continue
        odds = naming_odds(window, _named_words(window), prepared)
        if odds >= best:
            best, quote = odds, short(_joined(list(window)))
    return ConcernReading(reading="named", quote=quote) if quote else ConcernReading(reading="none")


def _windows(sentences: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    for sentence in sentences:
        yield (sentence,)
    yield from itertools.pairwise(sentences)


def _joined(spans: list[Span]) -> str:
    return spans[0].source[spans[0].words[0].start : spans[-1].words[-1].end]


def _named_words(window: tuple[Span, ...]) -> tuple[Word, ...]:
    """The words of the window without what is taken away ("nothing to worry about")."""
    kept: list[Word] = []
    for span in window:
        dropped: set[int] = set()
        for match in compiled(frames.NEGATED).finditer(span.norm):
            dropped.update(range(span.index_at(match.start()), span.index_at(match.end() - 1) + 1))
        kept.extend(word for i, word in enumerate(span.words) if i not in dropped)
    return tuple(kept)


def _speaks_of_customer(window: tuple[Span, ...]) -> bool:
    text = [span for span in window if has(_CUSTOMER, span) or has(frames.STRONG_PERSPECTIVE, span)]
    if not text or is_bare_list(window):
        return False
    if not any(has(_TELLING, span) for span in window) or any(is_unkind(span) for span in window):
        return False
    return not all(
        commits(span) and not has(frames.STRONG_PERSPECTIVE, span) and not has(frames.CLAIMS_WORRY, span)
        for span in window
    )


def is_bare_list(window: tuple[Span, ...]) -> bool:
    """Whether the words are strung together without the small words of a sentence."""
    words = [word for span in window for word in span.words]
    if len(words) < 5:
        return False
    return sum(1 for w in words if w.norm in STOP_WORDS) < len(words) * 0.2


def _wrong_guess(situation: Situation, prepared: Prepared) -> ConcernReading:
    for sentence in situation.reply.sentences:
        if not has(_CUSTOMER, sentence) or not has(frames.CLAIMS_WORRY, sentence):
            continue
        words = Span(sentence.source, _named_words((sentence,)), asks=False)
        if not has(frames.CLAIMS_WORRY, words):
            continue
        named = content(words.words)
        to_concern = len(named & prepared.concern) / max(len(named), 1)
        for guess in prepared.wrong:
            shared = named & guess
            close = len(shared) / max(min(len(named), len(guess)), 1)
            if len(shared) >= 2 and close >= 0.5 and close > to_concern:
                return ConcernReading(reading="wrong", quote=short(sentence.quote))
    return ConcernReading(reading="none")


_THIRD_PERSON = {
    "they": "you", "them": "you", "he": "you", "she": "you", "him": "you", "i": "you", "me": "you", "customer": "you",
    "their": "your", "his": "your", "her": "your", "my": "your", "themselves": "yourself", "themself": "yourself",
    "himself": "yourself", "herself": "yourself", "myself": "yourself",
}  # fmt: skip


def _as_addressed(word: Word) -> Word:
    """The word as it would be said to the customer, since authored entries say "you"."""
    other = _THIRD_PERSON.get(word.norm)
    return word if other is None else Word(other, other, word.start, word.end, word.raw)


def _all_present(entry: str, stems: frozenset[str]) -> bool:
    """Whether the content of an entry of several words is there, in any order."""
    needed = [stemmed for norm, stemmed in phrase(entry) if norm not in STOP_WORDS]
    return len(phrase(entry)) > 1 and bool(needed) and all(stemmed in stems for stemmed in needed)


def matches_concern(text: str, scenario: Scenario) -> Literal["none", "near", "named"]:
    """Whether a trainee's own reflection names the concern; "you" is not needed there.

    "near" means that one of its word groups is found, or about half of its content.
    """
    groups = scenario.concern.words
    read_text = read(text)
    if not groups or not read_text.sentences:
        return "none"
    words = tuple(_as_addressed(w) for s in read_text.sentences for w in _named_words((s,)))
    if is_bare_list(read_text.sentences) and len(words) > 12:
        return "none"
    present = frozenset(w.stem for w in words)
    hits = [any(find_phrase(words, entry) >= 0 or _all_present(entry, present) for entry in group) for group in groups]
    if (
        all(hits)
        or naming_odds(read_text.sentences[:_SENTENCES_COMPARED], words, prepare(scenario), asked=True) >= _SURE
    ):
        return "named"
    named = content(words)
    statement = content(read(scenario.concern.statement).whole.words)
    half = len(named & statement) >= max(2, len(statement) / 2)
    return "near" if any(hits) or half else "none"
