"""Levels of a reply from elsewhere, where no scenario says what the case is about: weighed signs and phrases.

A linear model: every sign and every phrase adds its weight, and three cuts on the sum separate the four levels. The
weights are made by `simulator.judging.training.levels`; see MODEL_CARD.md for the data and the figures.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING, Level
from simulator.judging.offline.patterns import short
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.verdict import Verdict
from simulator.judging.offline.words import Span

_LEVELS: tuple[Level, ...] = (0, 1, 2, 3)

REASONS: Mapping[str, tuple[str, str, str, str]] = {
    EMPATHY: (
        "It takes nothing of the customer's side.",
        "It is kind, or names a feeling, but what causes it for this customer is not in it.",
        "It says what this is like for the customer, with something of what they told.",
        "It goes beneath what was said, to what matters to this customer.",
    ),
    PARAPHRASING: (
        "Nothing of what the customer told is given back in the trainee's words.",
        "It gives back a fragment, or mostly the customer's own words.",
        "It gives the main point back in the trainee's words, with something of theirs.",
        "It gives the situation back with what matters in it, and checks it.",
    ),
    QUESTIONING: (
        "It asks nothing that would tell more about the customer's situation.",
        "It asks about the matter, but as for a form or with a yes or no.",
        "It asks in a way that widens the picture.",
        "It asks what matters behind the trouble, starting from what they said.",
    ),
}


PHRASE_SCALE = 5.0
FEWEST_PHRASES = 4


def phrase_value(known: int) -> float:
    """What one phrase counts among so many known ones: a longer reply has more of them, and each counts less."""
    return PHRASE_SCALE / math.sqrt(max(known, FEWEST_PHRASES))


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign and phrase adds for one criterion, and where the levels are cut."""

    bias: float
    signs: Mapping[str, float]
    phrases: Mapping[str, float]
    cuts: tuple[float, float, float]

    def score(self, signs: Mapping[str, float], phrases: frozenset[str]) -> float:
        """The sum; signs that the weights do not know add nothing."""
        told = sum(weight * signs.get(name, 0.0) for name, weight in self.signs.items())
        known = [self.phrases[phrase] for phrase in phrases if phrase in self.phrases]
        return self.bias + told + phrase_value(len(known)) * sum(known)

    def level(self, score: float) -> Level:
        """The level that the score falls into."""
        return _LEVELS[bisect_right(self.cuts, score)]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Weights]:
    """The shipped weights by criterion."""
    text = (resources.files("simulator.judging.offline") / "weights" / "levels.json").read_text(encoding="utf-8")
    return {
        criterion: Weights(
            bias=float(found["bias"]),
            signs=found["signs"],
            phrases=found["phrases"],
            cuts=(found["cuts"][0], found["cuts"][1], found["cuts"][2]),
        )
        for criterion, found in json.loads(text)["criteria"].items()
    }


def phrases_of(span: Span) -> frozenset[str]:
    """Words and pairs of neighbouring words, without the case's own names and numbers having any part in it."""
    return frozenset(_phrases(span))


def _phrases(span: Span) -> Iterator[str]:
    norms = [word.norm for word in span.words if not word.norm.isdigit()]
    yield from norms
    yield from (f"{one} {other}" for one, other in pairwise(norms))
    if span.asks:
        yield "?"


def phrases_in(situation: Situation) -> frozenset[str]:
    """The phrases of a whole reply; none runs over the end of a sentence."""
    return frozenset(phrase for sentence in situation.reply.sentences for phrase in _phrases(sentence))


@dataclass(frozen=True, slots=True)
class ReadSigns:
    """What is weighed of one reply."""

    situation: Situation
    """The part of the reply that speaks to the customer, in its context."""
    signs: Mapping[str, float]
    phrases: frozenset[str]


def weighed(criterion: str, read: ReadSigns, rule: Verdict) -> Verdict:
    """What the weights make of a reply on one criterion.

    Args:
        criterion: of the core rubric.
        read: signs and phrases of the reply.
        rule: what the rules make of it; where both come to the same level, the rule's reason says more.
    """
    model = weights()[criterion]
    level = model.level(model.score(read.signs, read.phrases))
    if level == rule.level:
        return rule
    quotes = rule.quotes if level > 0 and rule.level > 0 else ()
    if level > 0 and not quotes:
        quotes = (short(_telling(model, read.situation).quote),)
    return Verdict(level, REASONS[criterion][level], quotes)


def _telling(model: Weights, situation: Situation) -> Span:
    """The sentence that carries most."""

    def carries(sentence: Span) -> float:
        return sum(model.phrases.get(phrase, 0.0) for phrase in phrases_of(sentence))

    return max(situation.reply.sentences, key=carries)
