"""Which actions a reply offers, promises or reports as done, and the sum that it names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from simulator.domain.behaviours import OfferMade
from simulator.domain.scenario import Action, ActionKind
from simulator.judging.offline.asks import AskKind, asks_in
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.offer_likeness import offered_alike
from simulator.judging.offline.patterns import compiled, has, short
from simulator.judging.offline.prepared import Prepared
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span, Text, Word, all_groups, group_hits

_MONEY = re.compile(
    r"(?:[£$€]|\b(?:eur|gbp|usd|chf)\s?)\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:[£$€]|(?:euros?|eur|pounds?|gbp|quid|dollars?|usd|bucks?|chf)\b)",
    re.IGNORECASE,
)
_Windows = Sequence[tuple[tuple[Span, ...], tuple[Word, ...]]]
_PARTS_COMPARED = 16
_BREAKS = frozenset({"but", "however", "instead", "though", "although"})
_PAST_ASK = r"\b(did|have|had|do|were|was|are|is) you\b(?! (like|okay|happy|available|free|want me))"


def read_offers(situation: Situation) -> tuple[OfferMade, ...]:
    """The actions offered, each once, in the scenario's order; an action taken is an offer too."""
    prepared = situation.prepared
    if prepared is None:
        return ()
    read_together = [
        (spans, tuple(word for span in spans for word in span.words)) for spans in _windows(situation.reply)
    ]
    found = {offer.action: offer for action in prepared.scenario.actions if (offer := _offer(action, read_together))}
    for offer in _alike(situation.reply, prepared, found):
        found.setdefault(offer.action, offer)
    taken = situation.context.action
    if taken is not None and taken not in found:
        sums = [value for _, value in sums_in(situation.reply.source)]
        found[taken] = OfferMade(action=taken, quote="", amount=sums[0] if len(sums) == 1 else None)
    return tuple(found[action.id] for action in prepared.scenario.actions if action.id in found)


def _alike(reply: Text, prepared: Prepared, found: dict[str, OfferMade]) -> Iterator[OfferMade]:
    """Offers in parts of the reply that hold none of the foreseen words."""
    understood = [offer.quote for offer in found.values()]
    for part in _parts(reply)[:_PARTS_COMPARED]:
        if any(quote in part.quote or part.quote in quote for quote in understood if quote):
            continue
        action = offered_alike(part, prepared, commits=commits(part))
        if action is not None:
            yield OfferMade(action=action, quote=short(part.quote), amount=_only_sum(part))


def _only_sum(part: Span) -> float | None:
    start, end = part.words[0].start, part.words[-1].end
    sums = [value for at, value in sums_in(part.source) if start <= at <= end]
    return sums[0] if sums else None


def _offer(action: Action, read_together: _Windows) -> OfferMade | None:
    if not action.offered_by:
        return None
    for window, words in read_together:
        hits = all_groups(words, action.offered_by)
        if hits is None or not _commits(window, action):
            continue
        first = words[min(hits)]
        quoted = next(span for span in window if first in span.words)
        return OfferMade(action=action.id, quote=short(quoted.quote), amount=_amount(window, words, hits))
    return None


@lru_cache(maxsize=64)
def _parts(reply: Text) -> tuple[Span, ...]:
    """Sentences, cut at "but" and the like, without questions that are no offers."""
    silent = {
        ask.span.words[0].start
        for ask in asks_in(reply)
        if ask.kind in {AskKind.REAL, AskKind.RHETORICAL, AskKind.CLOSING} and not has(frames.COMMITMENT, ask.span)
    }
    out: list[Span] = []
    for sentence in reply.sentences:
        for part in _cut(sentence):
            asked = sentence.asks and has(_PAST_ASK, part)
            if not asked and not (part.words and part.words[0].start in silent):
                out.append(part)
    return tuple(out)


def _cut(sentence: Span) -> Iterator[Span]:
    at = 0
    for i, word in enumerate(sentence.words):
        if i > at and word.norm in _BREAKS:
            yield sentence.part(at, i)
            at = i
    yield sentence.part(at, len(sentence.words))


def _windows(reply: Text) -> Iterator[tuple[Span, ...]]:
    parts = _parts(reply)
    for part in parts:
        yield (part,)
    yield from itertools.pairwise(parts)


def _commits(window: tuple[Span, ...], action: Action) -> bool:
    if any(_refuses(span, action) for span in window):
        return False
    return any(commits(span) or _instructs(span, action) for span in window)


def commits(span: Span) -> bool:
    """Whether the words offer, promise, propose or report something done."""
    without = compiled(frames.NO_COMMITMENT).sub(" ", span.norm)
    return compiled(frames.COMMITMENT).search(without) is not None


def _instructs(span: Span, action: Action) -> bool:
    return action.kind in {ActionKind.FIX, ActionKind.EXPLAIN, ActionKind.OTHER} and has(frames.IMPERATIVE, span)


def _refuses(span: Span, action: Action) -> bool:
    match = compiled(frames.REFUSAL).search(span.norm)
    if match is None:
        return False
    at = span.index_at(match.start())
    rest = span.words[at:]
    hits = [hit for hit in group_hits(rest, action.offered_by) if hit >= 0]
    before = span.part(0, at)
    if before.words and commits(before) and any(h >= 0 for h in group_hits(before.words, action.offered_by)):
        return False
    return bool(hits) and min(hits) <= 9


def sums_in(text: str) -> list[tuple[int, float]]:
    """Sums of money with the place where each stands."""
    out: list[tuple[int, float]] = []
    for match in _MONEY.finditer(text):
        digits = (match.group(1) or match.group(2)).replace(",", "")
        if len(digits) <= 12:
            out.append((match.start(), float(digits)))
    return out


def _amount(window: tuple[Span, ...], words: tuple[Word, ...], hits: list[int]) -> float | None:
    start, end = words[0].start, words[-1].end
    sums = [(at, value) for at, value in sums_in(window[0].source) if start <= at <= end]
    if not sums:
        return None
    places = [words[hit].start for hit in hits]
    return min(sums, key=lambda pair: min(abs(pair[0] - place) for place in places))[1]
