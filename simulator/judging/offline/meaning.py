"""Likeness of meaning between sentences, from small word vectors that ship with the package.

A sentence is the sum of its words' vectors; see MODEL_CARD.md for where they come from. Nothing is read from disk
before the first likeness is asked for.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from operator import mul

DIMENSIONS = 128
_LETTERS_OF_A_STEM = 3


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
    known = [vector for word in words if (vector := _vector(word)) is not None]
    if not known:
        return None
    total = [sum(column) for column in zip(*known, strict=True)]
    length = math.sqrt(sum(x * x for x in total))
    return array("f", [x / length for x in total]) if length else None


def likeness(a: array[float], b: array[float]) -> float:
    """How alike two directions are, -1 to 1."""
    return sum(map(mul, a, b))


def nearest(a: array[float] | None, others: Sequence[array[float]]) -> float:
    """The mean likeness to the two that are most alike; 0 when there is nothing to compare."""
    if a is None or not others:
        return 0.0
    best = sorted((sum(map(mul, a, other)) for other in others), reverse=True)[:2]
    return sum(best) / len(best)
