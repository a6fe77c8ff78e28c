"""Likeness of meaning between sentences, from small word vectors that ship with the package.

A sentence is the sum of its words' vectors; see MODEL_CARD.md for where they come from. Nothing is read from disk
before the first likeness is asked for.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import islice
from operator import mul

DIMENSIONS = 128
_LETTERS_OF_A_STEM = 3
_WORDS_READ = 80
"""Words from which a direction is made; a sentence of more says no more."""


class _Table:
    """The words and their vectors: bytes, scaled word by word."""

    __slots__ = ("index", "rows", "scales")

    def __init__(self) -> None:
        folder = resources.files("simulator.judging.offline") / "vectors"
        words = (folder / "words.txt").read_text(encoding="utf-8").split()
        self.index = {word: i for i, word in enumerate(words)}
        self.rows = memoryview((folder / "vectors.i8").read_bytes()).cast("b")
        scales = array("f")
        scales.frombytes((folder / "scales.f4").read_bytes())
        self.scales = scales


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def _row(word: str) -> int | None:
    index = _table().index
    found = index.get(word)
    if found is not None or len(word) <= _LETTERS_OF_A_STEM:
        return found
    for end, other in (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")):
        if word.endswith(end) and len(word) - len(end) >= _LETTERS_OF_A_STEM:
            found = index.get(word[: -len(end)] + other)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=1024)
def _vector(word: str) -> array[float] | None:
    at = _row(word)
    if at is None:
        return None
    table = _table()
    scale = table.scales[at]
    return array("f", [scale * x for x in table.rows[at * DIMENSIONS : (at + 1) * DIMENSIONS]])


def meaning(words: Iterable[str]) -> array[float] | None:
    """The direction of a sentence, of length one; None when none of its words is known.

    Args:
        words: lower-case words without apostrophes.
    """
    known = [vector for word in islice(words, _WORDS_READ) if (vector := _vector(word)) is not None]
    if not known:
        return None
    total = [sum(column) for column in zip(*known, strict=True)]
    length = math.sqrt(sum(x * x for x in total))
    return array("f", [x / length for x in total]) if length else None


def likeness(a: array[float], b: array[float]) -> float:
    """How alike two directions are, -1 to 1."""
    return float(sum(map(mul, a, b)))


def nearest(a: array[float] | None, others: Sequence[array[float]]) -> float:
    """The mean likeness to the two that are most alike; 0 when there is nothing to compare."""
    if a is None or not others:
        return 0.0
    best = sorted((sum(map(mul, a, other)) for other in others), reverse=True)[:2]
    return float(sum(best) / len(best))


_SHORT_DIMENSIONS = 64
"""Leading components by which single words are compared; the rest adds nothing measurable there."""
_FAINT = 0.3
"""Likeness of two words that says nothing."""
_REMEMBERED = 1500


@dataclass(frozen=True, slots=True)
class _Short:
    """A word's leading components as they are stored, moved up by `_UP` so that none is negative."""

    parts: tuple[int, ...]
    total: int
    length: float


_UP = 128


@lru_cache(maxsize=2048)
def _short(word: str) -> _Short | None:
    at = _row(word)
    if at is None:
        return None
    raw = _table().rows[at * DIMENSIONS : at * DIMENSIONS + _SHORT_DIMENSIONS].tolist()
    length = math.sqrt(sum(x * x for x in raw))
    return _Short(tuple(x + _UP for x in raw), sum(raw), length) if length else None


class _Columns:
    """Many words, so that another one is compared with all of them at once.

    Each component of all words is one long integer with 32 bits a word. Multiplied by the other word's component and
    summed, its lanes are the dot products: at most 64 * 255 * 255, so that none runs over into the next.
    """

    __slots__ = ("_columns", "_lengths", "_offsets", "_size")

    def __init__(self, words: Sequence[_Short]) -> None:
        self._size = len(words)
        self._columns = [
            int.from_bytes(array("I", column).tobytes(), sys.byteorder)
            for column in zip(*(word.parts for word in words), strict=True)
        ]
        self._offsets = [_UP * word.total + _UP * _UP * _SHORT_DIMENSIONS for word in words]
        self._lengths = [word.length for word in words]

    def likeness(self, other: _Short) -> Iterator[tuple[int, float]]:
        """The words that are more than faintly like the other one: place and likeness."""
        lanes = sum(map(mul, other.parts, self._columns))
        own = _UP * other.total
        dots = memoryview(lanes.to_bytes(4 * self._size, sys.byteorder)).cast("I")
        for at, (dot, offset, length) in enumerate(zip(dots, self._offsets, self._lengths, strict=True)):
            near = (dot - offset - own) / (length * other.length)
            if near > _FAINT:
                yield at, near


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it is looked up, and the concept by which equal meanings are known."""

    norm: str
    concept: str


class WordField:
    """Several groups of words, and how well other words are covered by each group.

    A word counts in full where the group holds its concept, and in part where it holds a word of like meaning.
    """

    def __init__(self, groups: Sequence[Iterable[Term]]) -> None:
        self._size = len(groups)
        self._holders: dict[str, list[int]] = {}
        norms: dict[str, str] = {}
        for at, group in enumerate(groups):
            for term in group:
                holders = self._holders.setdefault(term.concept, [])
                if not holders or holders[-1] != at:
                    holders.append(at)
                norms.setdefault(term.concept, term.norm)
        self._norms = norms
        self._columns: _Columns | None = None
        self._holders_of: list[list[int]] = []
        self._seen: dict[Term, tuple[float, ...]] = {}

    def _compared(self) -> _Columns:
        if self._columns is None:
            known = [
                (short, self._holders[c]) for c, norm in self._norms.items() if (short := _short(norm)) is not None
            ]
            self._holders_of = [holders for _, holders in known]
            self._columns = _Columns([short for short, _ in known])
        return self._columns

    def closest(self, term: Term) -> tuple[float, ...]:
        """For each group, how near its nearest word is, 0 to 1."""
        known = self._seen.get(term)
        if known is not None:
            return known
        best = [0.0] * self._size
        mine = _short(term.norm)
        if mine is not None:
            for place, near in self._compared().likeness(mine):
                for at in self._holders_of[place]:
                    best[at] = max(best[at], near)
        for at in self._holders.get(term.concept, ()):
            best[at] = 1.0
        out = tuple(max(0.0, (near - _FAINT) / (1 - _FAINT)) for near in best)
        if len(self._seen) < _REMEMBERED:
            self._seen[term] = out
        return out

    def cover(self, terms: Iterable[Term], weights: Mapping[str, float], default: float = 1.0) -> list[float]:
        """For each group, the weighed share of the terms that it covers, 0 to 1."""
        total = 0.0
        sums = [0.0] * self._size
        for term in terms:
            weight = weights.get(term.concept, default)
            total += weight
            for at, near in enumerate(self.closest(term)):
                if near:
                    sums[at] += weight * near
        return [s / total for s in sums] if total else sums
