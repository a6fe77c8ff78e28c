"""Interpretable features of a reply: what it restates, whose perspective it takes, what it copies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simulator.domain.behaviours import ConcernReading, OfferMade, Restatement
from simulator.judging.offline.asks import Ask, AskKind
from simulator.judging.offline.concern import is_bare_list, read_concern
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.lexicon.marks import STOCK
from simulator.judging.offline.offers import commits, read_offers
from simulator.judging.offline.patterns import compiled, has
from simulator.judging.offline.prepared import content
from simulator.judging.offline.questions import ReadQuestions, read_questions
from simulator.judging.offline.restatements import read_restatements
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span, Text

_YOU = r"\b(you|your|yours|yourself)\b"
_CHECK_REACH = 160
"""Characters between a restatement and the question that checks it."""
_FRAGMENT = 25
"""Words of a sentence that may give something back without any frame."""
_RUN = 4
"""Words in a row, pronouns aside, from which a stretch counts as copied."""
_PRONOUNS = {
    "i": "p", "you": "p", "me": "p", "my": "q", "your": "q", "mine": "q", "yours": "q", "am": "be", "are": "be",
    "was": "be", "were": "be", "myself": "r", "yourself": "r", "we": "p", "our": "q", "us": "p",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of a reply and what it shows."""

    span: Span
    terms: frozenset[str]
    """Content of this case that it holds."""
    copied: float
    """Share of its words taken over from the customer in longer runs, 0 to 1."""
    strong_frame: bool
    """Whether it is framed as understanding ("so you", "sounds like")."""
    perspective: bool
    feeling: bool
    stake: bool
    stock: bool
    you: bool
    restates: bool
    """Whether it speaks of the customer's situation, neither promise nor instruction."""
    promises: bool
    """Whether it offers, promises or instructs."""

    @property
    def restates_or_frames(self) -> bool:
        return self.restates or self.perspective or self.feeling

    @property
    def is_echo(self) -> bool:
        return self.copied >= 0.6


@dataclass(frozen=True)
class Features:
    """Everything that behaviours and levels are made of."""

    situation: Situation
    repeats: float
    """How much of the reply was said by the trainee before, 0 to 1."""
    lines: tuple[Line, ...]
    """Stretches that state something, without those said before."""
    concern: ConcernReading
    questions: ReadQuestions
    restatements: tuple[Restatement, ...]
    offers: tuple[OfferMade, ...]

    @property
    def reply(self) -> Text:
        return self.situation.reply

    @cached_property
    def real_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.situation.asks if ask.kind is AskKind.REAL and not _in(ask.span, self._stale))

    @cached_property
    def checks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.situation.asks if ask.kind is AskKind.CHECK)

    @cached_property
    def _stale(self) -> frozenset[int]:
        return stale_starts(self.situation)

    @cached_property
    def right(self) -> tuple[Restatement, ...]:
        return tuple(r for r in self.restatements if r.right)

    @cached_property
    def restating(self) -> tuple[Line, ...]:
        """Stretches that give the customer's situation back."""
        return tuple(line for line in self.lines if line.restates)

    @cached_property
    def keyword_list(self) -> bool:
        """Whether the reply strings words together instead of saying something."""
        return looks_like_list(self.reply)

    @cached_property
    def solves_first(self) -> bool:
        """Whether a promise or an instruction comes before anything is given back."""
        first_given = min((line.span.words[0].start for line in self.restating if line.terms), default=None)
        for sentence in self.reply.sentences:
            if (commits(sentence) or has(frames.IMPERATIVE, sentence)) and has(frames.FIX_TALK, sentence):
                return first_given is None or sentence.words[0].start < first_given
        return False


def read_features(situation: Situation) -> Features:
    """The features of one reply in its context."""
    stale = stale_starts(situation)
    repeated = repeat_share(situation)
    known = situation.known
    pool = _runs(situation)
    lines = tuple(
        _line(span, situation, known, pool)
        for span in situation.statements
        if span.words and span.words[0].start not in stale
    )
    return Features(
        situation=situation,
        repeats=repeated,
        lines=lines,
        concern=read_concern(situation),
        questions=read_questions(situation),
        restatements=read_restatements(situation),
        offers=read_offers(situation),
    )


def _line(span: Span, situation: Situation, known: frozenset[str], pool: frozenset[tuple[str, ...]]) -> Line:
    return Line(
        span=span,
        terms=content(span.words) & known,
        copied=_copied(span, pool),
        strong_frame=has(frames.STRONG_RESTATING, span),
        perspective=has(frames.STRONG_PERSPECTIVE, span),
        feeling=has(frames.FEELING, span),
        stake=has(frames.STAKE, span),
        stock=any(has(pattern, span) for _, pattern in STOCK),
        you=has(_YOU, span),
        restates=_restates(span, situation),
        promises=commits(span) or has(frames.IMPERATIVE, span),
    )


def _restates(span: Span, situation: Situation) -> bool:
    if commits(span) and not has(frames.STRONG_RESTATING, span):
        return False
    if has(frames.IMPERATIVE, span) or has(frames.TELLS_TO, span):
        return False
    if has(frames.RESTATING, span) and (has(_YOU, span) or has(frames.STRONG_RESTATING, span)):
        return True
    heard = content(span.words) & situation.heard
    numbers = sum(1 for term in heard if term.isdigit())
    given = len(heard) >= 2 and len(content(span.words) & situation.known) >= 3
    if (given or numbers >= 2) and len(span.words) <= _FRAGMENT and not has(r"\b(i|we|our|my)\b", span):
        return True
    # what stands right before "is that right?" is offered as a restatement, however it is framed
    checks = [ask.span.words[0].start for ask in situation.asks if ask.kind is AskKind.CHECK]
    return any(0 <= at - span.words[-1].end <= _CHECK_REACH for at in checks)


def _plain(span: Span) -> list[str]:
    return [_PRONOUNS.get(word.norm, word.norm) for word in span.words]


def _runs(situation: Situation) -> frozenset[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for text in situation.customer:
        words = _plain(text.whole)
        runs.update(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return frozenset(runs)


def _copied(span: Span, pool: frozenset[tuple[str, ...]]) -> float:
    words = _plain(span)
    if len(words) < _RUN:
        return 0.0
    covered: set[int] = set()
    for i in range(len(words) - _RUN + 1):
        if tuple(words[i : i + _RUN]) in pool:
            covered.update(range(i, i + _RUN))
    frame = compiled(frames.STRONG_RESTATING).search(span.norm)
    framing = frame.group().count(" ") + 1 if frame else 0
    return len(covered) / max(len(words) - framing, 1)


def _similar(a: Span, b: Span) -> bool:
    one, two = [w.stem for w in a.words], [w.stem for w in b.words]
    if not one or not two or min(len(one), len(two)) / max(len(one), len(two)) < 0.6:
        return False
    if one == two:
        return True
    shared = len(set(one) & set(two))
    return min(len(one), len(two)) >= 4 and shared / max(len(set(one) | set(two)), 1) >= 0.8


def stale_starts(situation: Situation) -> frozenset[int]:
    """Where sentences begin that the trainee has said before, so that they do not score twice."""
    before = [s for text in situation.earlier for s in text.sentences if len(s.words) >= 5]
    return frozenset(
        sentence.words[0].start
        for sentence in situation.reply.sentences
        if len(sentence.words) >= 5 and any(_similar(sentence, old) for old in before)
    )


def repeat_share(situation: Situation) -> float:
    """How much of the reply the trainee has said before, 0 to 1."""
    reply = situation.reply
    if not reply.whole.words:
        return 0.0
    if len(reply.whole.words) >= 4 and any(_similar(reply.whole, old.whole) for old in situation.earlier):
        return 1.0
    stale = stale_starts(situation)
    said = sum(len(s.words) for s in reply.sentences if s.words[0].start in stale)
    return said / len(reply.whole.words)


def _in(span: Span, starts: frozenset[int]) -> bool:
    return bool(span.words) and any(start <= span.words[0].start for start in starts) and span.words[0].start in starts


def looks_like_list(reply: Text) -> bool:
    """Whether most of the reply is words in a row, without the small words that make sentences."""
    long_ones = [s for s in reply.sentences if len(s.words) >= 5]
    bare = sum(len(s.words) for s in long_ones if is_bare_list((s,)))
    tiny = [s for s in reply.sentences if len(s.words) <= 2]
    fragments = len(tiny) >= 5 and len(tiny) >= 0.7 * len(reply.sentences)
    return fragments or bare > 0.5 * max(len(reply.whole.words), 1)
