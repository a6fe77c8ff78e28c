"""Finding authored patterns in normalised text, compiled when first used."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from simulator.judging.offline.words import Span, Text


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern)


@lru_cache(maxsize=64)
def compiled_raw(pattern: str) -> re.Pattern[str]:
    """The pattern for raw text: any case, lines by themselves."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def found(pattern: str, span: Span) -> re.Match[str] | None:
    """The first match in the normalised words of a span."""
    return compiled(pattern).search(span.norm)


def has(pattern: str, span: Span) -> bool:
    return compiled(pattern).search(span.norm) is not None


def quotes(pattern: str, text: Text) -> list[str]:
    """What the pattern matches in each sentence, verbatim."""
    out: list[str] = []
    for sentence in text.sentences:
        match = found(pattern, sentence)
        if match and match.group():
            out.append(sentence.quote_of(match))
    return out


def logistic(log_odds: float) -> float:
    """A probability, rounded so that it prints the same everywhere."""
    if log_odds < -30:
        return 0.0
    return round(1.0 / (1.0 + math.exp(-min(log_odds, 30.0))), 4)


def short(quote: str, limit: int = 220) -> str:
    """The quote, cut at a word when it is long; still verbatim."""
    if len(quote) <= limit:
        return quote
    cut = quote.rfind(" ", 0, limit)
    return quote[: cut if cut > 0 else limit]
