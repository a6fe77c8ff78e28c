"""Holds a judge's ratings of labelled replies against the labels, name by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from simulator.domain.agreement import (
    BinaryScores,
    Confusion,
    Interval,
    NotComputable,
    Statistic,
    area_under_curve,
    binary_scores,
    bootstrap,
    cohen_kappa,
    confusion,
    icc_agreement,
    krippendorff_alpha,
    quadratic_weighted_kappa,
)
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.ceilings import Ceiling, ceilings
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING
from simulator.engine.imported import LabelledReply, ScoredReply

CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)
LEVELS = (0, 1, 2, 3)
THRESHOLD = 0.5
"""From this probability a behaviour counts as shown."""
MOST_COMPLAINTS = 5


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """How far the judge agrees with people on one criterion or behaviour."""

    label: str
    is_criterion: bool
    n: int
    """Replies that both rated."""
    not_scored: int
    """Replies that have a label and no level from the judge: left out of every figure."""
    kappa: Statistic
    """Weighted by squares for a criterion, plain for a behaviour."""
    kappa_interval: Interval | NotComputable
    alpha: Statistic
    """Krippendorff's: ordinal for a criterion, nominal for a behaviour."""
    icc: Statistic
    """ICC(2,1), absolute agreement."""
    confusion: Confusion
    ceilings: tuple[Ceiling, ...]
    binary: BinaryScores | None = None
    """Of a behaviour, at a probability of 0.5."""
    f1_interval: Interval | NotComputable | None = None
    area: Statistic | None = None
    """Under the ROC curve of the probabilities."""

    def reaches(self, bar: float) -> bool:
        """Whether the lower bound of kappa is at least `bar`; what cannot be computed reaches none."""
        return isinstance(self.kappa_interval, Interval) and self.kappa_interval.low >= bar


@dataclass(frozen=True, slots=True)
class Validation:
    """Everything that was compared."""

    judge: str
    read: int
    """Lines that could be read."""
    unread: int
    complaints: tuple[str, ...]
    """Why, of the first of them."""
    clusters: int
    """Situations or sessions that were named; 0 when none was."""
    unknown: tuple[str, ...]
    """Names of labels that the judge gives nothing for."""
    labels: tuple[LabelAgreement, ...]


@dataclass(slots=True)
class _Ratings:
    """One label over all replies, item by item."""

    people: list[int] = field(default_factory=list)
    judge: list[int] = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)
    not_scored: int = 0


@dataclass(slots=True)
class Tally:
    """Collects pairs of ratings; of a reply nothing else is kept."""

    _ratings: dict[str, _Ratings] = field(default_factory=dict)
    _unknown: Counter[str] = field(default_factory=Counter)
    _clusters: set[str] = field(default_factory=set)
    _complaints: list[str] = field(default_factory=list)
    _read: int = 0
    _unread: int = 0

    def add(self, labelled: LabelledReply, scored: ScoredReply, names: AbstractSet[str]) -> None:
        """One reply.

        Args:
            labelled: with the people's labels.
            scored: by the judge.
            names: of all its labels, also of those that are not compared.
        """
        self._read += 1
        self._unknown.update(name for name in names if name not in CRITERIA and name not in set(Behaviour))
        if labelled.cluster is not None:
            self._clusters.add(labelled.cluster)
        if isinstance(scored.appraisal, str):
            return
        cluster = labelled.cluster or f"line {self._read}"
        for label, value in labelled.labels.items():
            _note(self._ratings.setdefault(label, _Ratings()), label, value, scored.appraisal, cluster)

    def refuse(self, line: int, why: str) -> None:
        """A line that could not be read."""
        self._unread += 1
        if len(self._complaints) < MOST_COMPLAINTS:
            self._complaints.append(f"Line {line}: {why}")

    def result(self, judge: str, *, seed: int) -> Validation:
        """Every figure, the criteria first."""
        order = list(dict.fromkeys((*CRITERIA, *Behaviour)))
        labels = sorted(self._ratings, key=order.index)
        clustered = bool(self._clusters)
        return Validation(
            judge=judge,
            read=self._read,
            unread=self._unread,
            complaints=tuple(self._complaints),
            clusters=len(self._clusters),
            unknown=tuple(sorted(self._unknown)),
            labels=tuple(_agreement(label, self._ratings[label], seed, clustered=clustered) for label in labels),
        )


def _note(ratings: _Ratings, label: str, value: int, appraisal: Appraisal, cluster: str) -> None:
    if label in CRITERIA:
        level = appraisal.level(label)
        if level is None:
            ratings.not_scored += 1
            return
        ratings.judge.append(level)
    else:
        probability = appraisal.probability(Behaviour(label))
        ratings.probabilities.append(probability)
        ratings.judge.append(int(probability >= THRESHOLD))
    ratings.people.append(value)
    ratings.clusters.append(cluster)


def _agreement(label: str, ratings: _Ratings, seed: int, *, clustered: bool) -> LabelAgreement:
    is_criterion = label in CRITERIA
    people, judge = ratings.people, ratings.judge
    pairs = list(zip(people, judge, strict=True))
    clusters = ratings.clusters if clustered else None
    kappa = _weighted if is_criterion else _plain
    return LabelAgreement(
        label=label,
        is_criterion=is_criterion,
        n=len(pairs),
        not_scored=ratings.not_scored,
        kappa=kappa(pairs),
        kappa_interval=bootstrap(pairs, kappa, seed=seed, clusters=clusters),
        alpha=krippendorff_alpha(pairs, "ordinal" if is_criterion else "nominal"),
        icc=icc_agreement(pairs),
        confusion=confusion(people, judge, LEVELS if is_criterion else (0, 1)),
        ceilings=ceilings(label),
        binary=None if is_criterion else binary_scores(people, judge),
        f1_interval=None if is_criterion else bootstrap(pairs, _f1, seed=seed, clusters=clusters),
        area=None if is_criterion else area_under_curve(people, ratings.probabilities),
    )


def _sides(pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def _weighted(pairs: Sequence[tuple[int, int]]) -> Statistic:
    return quadratic_weighted_kappa(*_sides(pairs))


def _plain(pairs: Sequence[tuple[int, int]]) -> Statistic:
    return cohen_kappa(*_sides(pairs))


def _f1(pairs: Sequence[tuple[int, int]]) -> Statistic:
    return binary_scores(*_sides(pairs)).f1
