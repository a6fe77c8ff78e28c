"""Reading text: words with their places, sentences, stems, and word groups that tolerate typing slips."""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from simulator.judging.offline.lexicon.spelling import (
    CONTRACTION_ENDS,
    CONTRACTIONS,
    MENDED,
    NOT_MENDED,
    NUMBER_WORDS,
    SHORTHAND,
)
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS, SYNONYMS

_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W_])|[^\W_]+(?:['\u2019`\u00b4\u02bc][^\W_]+)*|[£$€]")
_SENTENCE_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)]*(?=\s|$|[A-Z])|\n+|;\s|[\u3002\uff1f\uff01]")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_FUZZY_FROM = 6
"""Letters from which one slip is forgiven; in shorter words one letter makes another word."""
MAX_WORDS = 4_000
"""Words that are read; a reply of 20,000 characters of text holds about 3,600."""
MAX_SENTENCES = 250
"""Sentences that are read, so that a wall of exclamations costs no more than a long letter."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared, and where it stands in the text."""

    norm: str
    stem: str
    start: int
    end: int
    raw: str

    @property
    def concept(self) -> str:
        """What is compared between texts: number, synonym group or stem."""
        return _concept(self.norm, self.stem)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words of one text: a sentence, a clause, or several."""

    source: str
    words: tuple[Word, ...]
    asks: bool
    """Whether a question mark ends it."""
    norm: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts: list[int] = []
        at = 0
        for word in self.words:
            starts.append(at)
            at += len(word.norm) + 1
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "norm", " ".join(word.norm for word in self.words))

    @property
    def quote(self) -> str:
        """The words of the source from first to last, with a closing question mark."""
        if not self.words:
            return ""
        end = self.words[-1].end
        tail = self.source[end : end + 1]
        return self.source[self.words[0].start : end + (1 if tail == "?" else 0)]

    def quote_of(self, match: re.Match[str]) -> str:
        """The words of the source that a match on `norm` covers."""
        first, last = self.index_at(match.start()), self.index_at(max(match.start(), match.end() - 1))
        return self.source[self.words[first].start : self.words[last].end]

    def index_at(self, offset: int) -> int:
        """Which word stands at an offset of `norm`."""
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] <= offset:
                low = middle
            else:
                high = middle - 1
        return low

    def part(self, first: int, last: int) -> Span:
        """The words from `first` up to, not with, `last`."""
        return Span(self.source, self.words[first:last], self.asks and last >= len(self.words))

    @property
    def concepts(self) -> frozenset[str]:
        """Concepts of its content words."""
        return frozenset(w.concept for w in self.words if w.norm not in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text, split into sentences."""

    source: str
    sentences: tuple[Span, ...]
    whole: Span

    @property
    def concepts(self) -> frozenset[str]:
        return self.whole.concepts


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # importing snowballstemmer loads every language, about a third of a second: not before it is needed
    return importlib.import_module("snowballstemmer").stemmer("english")


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The English stem of a lower-case word."""
    if not word.isascii() or len(word) < 3 or len(word) > 40:
        return word
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _synonym_of() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in SYNONYMS:
        members = group.split()
        for member in members:
            table.setdefault(stem(member), "=" + members[0])
    return table


@lru_cache(maxsize=32_768)
def _concept(norm: str, stemmed: str) -> str:
    number = NUMBER_WORDS.get(norm)
    if number:
        return number
    return _synonym_of().get(stemmed, stemmed)


def concept(word: str) -> str:
    """The concept of a lower-case word."""
    return _concept(word, stem(word))


@lru_cache(maxsize=1)
def _mended_by_key() -> dict[str, str]:
    return {key: word for word in MENDED for key in _deletions(word)}


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))} | {word}


@lru_cache(maxsize=32_768)
def _mend(word: str) -> str:
    if len(word) < _FUZZY_FROM - 1 or len(word) > 20 or word in NOT_MENDED:
        return word
    if word in _mended_by_key() and word not in MENDED:
        found = _mended_by_key()[word]
        return found if len(found) > len(word) and len(found) >= _FUZZY_FROM else word
    if word in MENDED:
        return word
    for key in _deletions(word):
        found = _mended_by_key().get(key, "")
        if len(found) >= _FUZZY_FROM and found[0] == word[0] and stem(found) != stem(word) and one_slip(word, found):
            return found
    return word


@lru_cache(maxsize=65_536)
def one_slip(a: str, b: str) -> bool:
    """Whether one typing slip (a letter more, less, other, or two swapped) makes one word the other."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return short[i:] == long[i + 1 :]


@lru_cache(maxsize=32_768)
def _normalised(token: str) -> tuple[str, ...]:
    lower = token.lower()
    for mark in "\u2019`\u00b4\u02bc":
        lower = lower.replace(mark, "'")
    if lower[0].isdigit():
        ordinal = _ORDINAL.fullmatch(lower)
        return (ordinal.group(1) if ordinal else lower.replace(",", ""),)
    if lower in SHORTHAND:
        return tuple(SHORTHAND[lower].split())
    for short, full in CONTRACTIONS:
        if lower == short:
            return tuple(full.split())
    for end, full in CONTRACTION_ENDS:
        if lower.endswith(end) and len(lower) > len(end):
            return tuple((lower[: -len(end)] + full).split())
    return (_mend(lower.replace("'", "")) or lower,)


def _words(text: str) -> Iterator[Word]:
    for count, match in enumerate(_WORD.finditer(text)):
        if count >= MAX_WORDS:
            return
        for norm in _normalised(match.group()):
            yield Word(norm, stem(norm), match.start(), match.end(), match.group())


@lru_cache(maxsize=512)
def read(text: str) -> Text:
    """The words and sentences of a text."""
    words = tuple(_words(text))
    sentences: list[Span] = []
    at = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = len(text) if match is None else match.end()
        upto = at
        while upto < len(words) and words[upto].start < end:
            upto += 1
        if len(sentences) >= MAX_SENTENCES:
            break
        if upto > at:
            asks = match is not None and any(mark in match.group() for mark in "?\uff1f")
            sentences.append(Span(text, words[at:upto], asks))
        at = upto
    return Text(text, tuple(sentences), Span(text, words, asks=False))


@lru_cache(maxsize=65_536)
def phrase(text: str) -> tuple[tuple[str, str], ...]:
    """An authored word or phrase as (norm, stem) pairs, without a currency sign before a number."""
    words = [(w.norm, w.stem) for w in _words(text)]
    if len(words) > 1 and words[0][0] in "£$€":
        words = words[1:]
    return tuple(words)


def _same(word: Word, norm: str, stemmed: str) -> bool:
    if word.norm == norm or word.stem == stemmed:
        return True
    if NUMBER_WORDS.get(word.norm, word.norm) == NUMBER_WORDS.get(norm, norm):
        return True
    if len(norm) < _FUZZY_FROM or len(word.norm) < _FUZZY_FROM - 1 or word.norm[0] != norm[0]:
        return False
    return one_slip(word.norm, norm) or (len(stemmed) >= _FUZZY_FROM - 1 and one_slip(word.stem, stemmed))


def find_phrase(words: Sequence[Word], wanted: str) -> int:
    """Where the phrase begins among the words; -1 when it is not there. One filler word may stand in between."""
    return _find(_places(words), phrase(wanted))


def _find(places: _Places, pairs: Sequence[tuple[str, str]]) -> int:
    if not pairs:
        return -1
    words = places.words
    for i in places.of(*pairs[0]):
        if len(pairs) == 1 or _follows(words, i + 1, pairs[1:]):
            return i
    return -1


class _Places:
    """Where each word stands, so that hundreds of authored phrases need not be held against every word."""

    __slots__ = ("_at", "_long", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._at: dict[str, list[int]] = {}
        self._long: dict[str, list[int]] = {}
        for i, word in enumerate(words):
            for key in {word.norm, word.stem, NUMBER_WORDS.get(word.norm, word.norm)}:
                self._at.setdefault(key, []).append(i)
            if len(word.norm) >= _FUZZY_FROM - 1:
                self._long.setdefault(word.norm[0], []).append(i)

    def of(self, norm: str, stemmed: str) -> Sequence[int]:
        """The places of words that are the same, first to last."""
        at = self._at
        same = at.get(norm) or at.get(stemmed) or at.get(NUMBER_WORDS.get(norm, norm))
        near = self._long.get(norm[0]) if len(norm) >= _FUZZY_FROM else None
        if same is None and near is None:
            return ()
        places = {*at.get(norm, ()), *at.get(stemmed, ()), *(same or ()), *(near or ())}
        return [i for i in sorted(places) if _same(self.words[i], norm, stemmed)]


_PLACES_KEPT = 32
_latest: dict[int, _Places] = {}


def _places(words: Sequence[Word]) -> _Places:
    # many phrases are looked for in the same words in turn; only the very same object is taken for it
    known = _latest.get(id(words))
    if known is not None and known.words is words:
        return known
    if len(_latest) >= _PLACES_KEPT:
        _latest.clear()
    made = _latest[id(words)] = _Places(words)
    return made


_FILLERS = frozenset(
    {"the", "a", "an", "your", "you", "my", "our", "really", "very", "any", "all", "this", "that", "to"}
)


def _follows(words: Sequence[Word], at: int, pairs: Sequence[tuple[str, str]]) -> bool:
    for norm, stemmed in pairs:
        if at < len(words) and not _same(words[at], norm, stemmed) and words[at].norm in _FILLERS:
            at += 1
        if at >= len(words) or not _same(words[at], norm, stemmed):
            return norm in _FILLERS and _follows(words, at, pairs[1:]) if (norm, stemmed) == pairs[0] else False
        at += 1
    return True


def group_hits(words: Sequence[Word], groups: Sequence[Sequence[str]]) -> list[int]:
    """For each group, where its first entry stands among the words, or -1."""
    places = _places(words)
    return [_first(places, group) for group in groups]


def _first(places: _Places, group: Sequence[str]) -> int:
    return min((at for entry in group if (at := _find(places, phrase(entry))) >= 0), default=-1)


def all_groups(words: Sequence[Word], groups: Sequence[Sequence[str]]) -> list[int] | None:
    """Where the first entry of each group stands; None when one of them is not there, or there are none."""
    places = _places(words)
    hits: list[int] = []
    for group in groups:
        at = _first(places, group)
        if at < 0:
            return None
        hits.append(at)
    return hits or None


def group_match(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether one sentence of the text, or two neighbouring ones, holds an entry of every group.

    Words match by stem, and longer ones in spite of one typing slip. No groups match nothing.
    """
    if not groups:
        return False
    sentences = read(text).sentences
    return any(all_groups(window, groups) is not None for window in windows(sentences))


def windows(sentences: Sequence[Span]) -> Iterator[tuple[Word, ...]]:
    """The words of every sentence, then of every two neighbours."""
    for sentence in sentences:
        yield sentence.words
    for first, second in itertools.pairwise(sentences):
        yield first.words + second.words
