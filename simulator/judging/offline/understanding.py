"""Which lines of a reply understand this customer, and which give their situation back."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from simulator.judging.offline.concern_likeness import terms_near
from simulator.judging.offline.features import Features, Line
from simulator.judging.offline.words import Span


def understanding_lines(features: Features) -> list[Line]:
    """Lines, or two neighbours as one, that say what this is like for this customer with something of theirs."""
    if features.keyword_list:
        return []
    situation = features.situation
    near = partial(terms_near, prepared=situation.prepared)
    return [
        line for line in _with_neighbours(features.lines) if _understands(line, situation.heard) or _meant(line, near)
    ]


_LONG = 14
_NEAR_ENOUGH = 3


def _meant(line: Line, near: Callable[[Span], int]) -> bool:
    """Whether a longer line understands this customer with pronouns and other words instead of theirs."""
    if line.is_echo or line.stock or line.promises or not (line.perspective and line.you):
        return False
    brought = line.stake or line.feeling or line.restates
    return len(line.span.words) >= _LONG and brought and near(line.span) >= _NEAR_ENOUGH


def restating_lines(features: Features) -> list[Line]:
    """Lines that give the situation back in the trainee's words; none when most of it is the customer's."""
    words = sum(len(line.span.words) for line in features.restating)
    copied = sum(len(line.span.words) for line in features.restating if line.is_echo)
    if copied > 0.6 * words:
        return []
    return [
        line
        for line in features.restating
        if not line.is_echo and line.terms and not (line.stock and len(line.terms) <= 1)
    ]


def _with_neighbours(lines: tuple[Line, ...]) -> list[Line]:
    """The lines, and where a frame stands in one and its cause in the next, the two as one."""
    out = list(lines)
    for first, second in itertools.pairwise(lines):
        framed = second if second.perspective or second.feeling else first
        cause = first if framed is second else second
        if not (framed.perspective or framed.feeling) or framed.stock or cause.stock or cause.promises:
            continue
        if cause.is_echo or (framed.is_echo and len(framed.terms) >= 2):
            continue
        both = Span(first.span.source, first.span.words + second.span.words, asks=False)
        out.append(
            replace(
                framed, span=both, terms=first.terms | second.terms, you=first.you or second.you, copied=cause.copied,
                stake=first.stake or second.stake, restates=True,
            )
        )  # fmt: skip
    return out


def _understands(line: Line, heard: frozenset[str]) -> bool:
    """Whether a line says what this is like for this customer, with something of theirs in it."""
    if line.is_echo or not line.restates_or_frames:
        return False
    needed = 2
    if line.stock:
        needed = 3
    if line.perspective and (line.feeling or line.stake) and line.you:
        needed -= 1 if not line.stock else 0
    return len(line.terms) >= needed and (
        line.perspective or (line.feeling and (line.you or (len(line.terms) >= 3 and len(line.terms & heard) >= 2)))
    )
