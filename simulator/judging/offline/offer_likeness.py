"""Which action a sentence offers when it does so in words that nobody foresaw."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.domain.scenario import Action
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.meaning import Term, WordField, likeness, meaning, nearest
from simulator.judging.offline.patterns import has
from simulator.judging.offline.prepared import Prepared
from simulator.judging.offline.ranking import content_terms, meaning_of
from simulator.judging.offline.words import Span, group_hits, read

OFFERS = 0.5
"""The log-odds from which a sentence counts as an offer of its likeliest action."""
_APOLOGY = r"^(\w+ ){0,2}(sorry|apologi[sz]e|apologies|be assured|rest assured)\b"
_TALKS_BACK = r"^(so|sounds|maybe|perhaps|i (imagine|suspect|guess|wonder)|you (asked|said|told|wrote|mentioned))\b"


@dataclass(frozen=True, slots=True)
class Weights:
    """A softmax regression over the reworded offers of the eight development scenarios; see MODEL_CARD.md."""

    covered: float = 4.0
    label_covered: float = 1.5
    like_label: float = 1.0
    like_entries: float = 1.2
    like_reactions: float = 0.3
    groups: float = 3.2


@dataclass(frozen=True, slots=True)
class Sureness:
    """Log-odds that the sentence offers its likeliest action; fitted against everything else in these scenarios."""

    bias: float = -10.4
    score: float = 0.47
    margin: float = 0.73
    covered: float = 2.2
    groups: float = 1.8
    commits: float = 2.2
    reflects: float = -1.7
    length: float = 0.4
    asks: float = -1.9


WEIGHTS = Weights()
SURENESS = Sureness()
_MARGIN_COUNTS = 4.0
_LENGTH_COUNTS = 8


@dataclass(frozen=True, slots=True)
class _Ground:
    weights: dict[str, float]
    all_words: WordField
    labels: WordField
    label: tuple[tuple[array[float], ...], ...]
    entries: tuple[tuple[array[float], ...], ...]
    reactions: tuple[tuple[array[float], ...], ...]


def _terms(texts: Iterable[str]) -> list[Term]:
    return [term for text in texts for term in content_terms(read(text).whole.words)]


def _entries(action: Action) -> list[str]:
    return [entry for group in action.offered_by for entry in group]


def _ground(prepared: Prepared) -> _Ground:
    made = prepared.made.get("offers")
    if isinstance(made, _Ground):
        return made
    actions = prepared.scenario.actions
    documents = [_terms([action.label, *_entries(action)]) for action in actions]
    counts = Counter(concept for document in documents for concept in {term.concept for term in document})
    ground = _Ground(
        weights={concept: math.log(1 + len(actions) / count) for concept, count in counts.items()},
        all_words=WordField(documents),
        labels=WordField([_terms([action.label]) for action in actions]),
        label=tuple(meaning_of(action.label) for action in actions),
        entries=tuple(meaning_of(" ".join(_entries(action))) for action in actions),
        reactions=tuple(tuple(m for text in action.reactions for m in meaning_of(text)) for action in actions),
    )
    prepared.made["offers"] = ground
    return ground


def offered_alike(part: Span, prepared: Prepared, *, commits: bool) -> str | None:
    """The id of the action that the words offer; None when they offer none surely enough."""
    terms = content_terms(part.words)
    if not terms or has(_APOLOGY, part) or has(_TALKS_BACK, part) or has(frames.REFUSAL, part):
        return None
    ground = _ground(prepared)
    covered = ground.all_words.cover(terms, ground.weights)
    labels = ground.labels.cover(terms, ground.weights)
    here = meaning(word.norm for word in part.words)
    scored: list[tuple[float, int, float]] = []
    for at, action in enumerate(prepared.scenario.actions):
        hits = group_hits(part.words, action.offered_by)
        groups = sum(hit >= 0 for hit in hits) / max(len(hits), 1)
        score = (
            WEIGHTS.covered * covered[at]
            + WEIGHTS.label_covered * labels[at]
            + WEIGHTS.like_label * _like(here, ground.label[at])
            + WEIGHTS.like_entries * _like(here, ground.entries[at])
            + WEIGHTS.like_reactions * nearest(here, ground.reactions[at])
            + WEIGHTS.groups * groups
        )
        scored.append((score, at, groups))
    scored.sort(reverse=True)
    score, at, groups = scored[0]
    margin = min(score - scored[1][0], _MARGIN_COUNTS) if len(scored) > 1 else _MARGIN_COUNTS
    reflects = has(frames.STRONG_RESTATING, part) or has(frames.STRONG_PERSPECTIVE, part)
    odds = (
        SURENESS.bias
        + SURENESS.score * score
        + SURENESS.margin * margin
        + SURENESS.covered * covered[at]
        + SURENESS.groups * groups
        + SURENESS.commits * commits
        + SURENESS.reflects * reflects
        + SURENESS.length * min(len(terms), _LENGTH_COUNTS)
        + SURENESS.asks * part.asks
    )
    return prepared.scenario.actions[at].id if odds >= OFFERS else None


def _like(here: array[float] | None, there: tuple[array[float], ...]) -> float:
    return likeness(here, there[0]) if here is not None and there else 0.0
