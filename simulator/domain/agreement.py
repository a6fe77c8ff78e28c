"""How far two or more raters agree: kappa, ICC, alpha, F1, the area under the ROC curve, and their intervals.

Whatever cannot be computed is `NotComputable` with the reason, a type of its own: no NaN, no 0, no exception.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from random import Random
from typing import Literal, TypeVar

from simulator.domain.base import Unit, Value

Scale = Literal["nominal", "ordinal", "interval"]
Item = TypeVar("Item")

FEWEST_ITEMS = 2
RESAMPLES = 1000
COVERAGE = 0.9
"""Share of the resamplings that an interval holds."""
FEWEST_COMPUTABLE = 0.8
"""Share of the resamplings in which a statistic must exist for its interval to mean anything."""
_NOTHING = 1e-12
"""Below this a sum of squares is zero but for rounding."""


class NotComputable(Value):
    """A statistic that these ratings do not give, and why."""

    reason: str


Statistic = float | NotComputable

TOO_FEW = NotComputable(reason="fewer than two items")
ONE_LEVEL = NotComputable(reason="only one level occurs")


class Interval(Value):
    """Where a statistic lies in most resamplings (percentile bootstrap)."""

    low: float
    high: float
    coverage: Unit
    clusters: int
    """How many units were resampled: situations or sessions where they are known, items otherwise."""


class Confusion(Value):
    """How often each level of the reference met each level of the other."""

    levels: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row for each level of the reference, a column for each of the other."""


class BinaryScores(Value):
    """How well one finds what the other says is there."""

    precision: Statistic
    recall: Statistic
    f1: Statistic


def confusion(reference: Sequence[int], other: Sequence[int], levels: Sequence[int]) -> Confusion:
    """The table of both, item by item.

    Args:
        reference: one level an item.
        other: likewise, of the same items.
        levels: all that may occur, in order.

    Raises:
        ValueError: the two are not of one length.
    """
    pairs = Counter(zip(reference, other, strict=True))
    return Confusion(
        levels=tuple(levels), counts=tuple(tuple(pairs[row, column] for column in levels) for row in levels)
    )


def cohen_kappa(reference: Sequence[int], other: Sequence[int]) -> Statistic:
    """Cohen's kappa (1960): agreement beyond chance, 1 at the most.

    Not computable when the reference holds one level only: kappa would then be 0 whatever the other said.
    """
    return _kappa(reference, other, lambda a, b: float(a != b))


def quadratic_weighted_kappa(reference: Sequence[int], other: Sequence[int]) -> Statistic:
    """Cohen's weighted kappa (1968), a disagreement counting by the square of its distance; see `cohen_kappa`."""
    return _kappa(reference, other, lambda a, b: float((a - b) ** 2))


def _kappa(reference: Sequence[int], other: Sequence[int], distance: Callable[[int, int], float]) -> Statistic:
    pairs = Counter(zip(reference, other, strict=True))
    n = len(reference)
    if n < FEWEST_ITEMS:
        return TOO_FEW
    rows, columns = Counter(reference), Counter(other)
    if len(rows) == 1:
        return ONE_LEVEL
    observed = sum(count * distance(a, b) for (a, b), count in pairs.items())
    expected = sum(rows[a] * columns[b] * distance(a, b) for a in rows for b in columns) / n
    return 1.0 - observed / expected


def icc_agreement(ratings: Sequence[Sequence[float]]) -> Statistic:
    """ICC(2,1) of Shrout and Fleiss (1979): two-way random effects, absolute agreement, a single rater.

    Args:
        ratings: a row for each item, a column for each rater, nothing missing.
    """
    squares = _mean_squares(ratings)
    if isinstance(squares, NotComputable):
        return squares
    n, k = len(ratings), len(ratings[0])
    between, raters, error = squares
    return _share(between - error, between + (k - 1) * error + k * (raters - error) / n)


def icc_consistency(ratings: Sequence[Sequence[float]]) -> Statistic:
    """ICC(3,1) of Shrout and Fleiss (1979): two-way mixed effects, consistency, a single rater."""
    squares = _mean_squares(ratings)
    if isinstance(squares, NotComputable):
        return squares
    between, _, error = squares
    return _share(between - error, between + (len(ratings[0]) - 1) * error)


def _share(part: float, whole: float) -> Statistic:
    return part / whole if whole > _NOTHING else NotComputable(reason="the ratings do not vary")


def _mean_squares(ratings: Sequence[Sequence[float]]) -> tuple[float, float, float] | NotComputable:
    """Between items, between raters, and residual, of a two-way analysis of variance."""
    n = len(ratings)
    if n < FEWEST_ITEMS:
        return TOO_FEW
    k = len(ratings[0])
    if k < 2 or any(len(row) != k for row in ratings):
        return NotComputable(reason="every item needs a rating by each of two or more raters")
    grand = sum(map(sum, ratings)) / (n * k)
    items = k * sum((sum(row) / k - grand) ** 2 for row in ratings)
    raters = n * sum((sum(column) / n - grand) ** 2 for column in zip(*ratings, strict=True))
    whole = sum((value - grand) ** 2 for row in ratings for value in row)
    if whole <= _NOTHING:
        return ONE_LEVEL
    residual = max(0.0, whole - items - raters)
    return items / (n - 1), raters / (k - 1), residual / ((n - 1) * (k - 1))


def krippendorff_alpha(ratings: Sequence[Sequence[int | None]], scale: Scale) -> Statistic:
    """Krippendorff's alpha (2011): 1 minus observed over expected disagreement.

    Args:
        ratings: a row for each item, a column for each rater; None where a rater gave nothing.
        scale: how far two levels lie apart.
    """
    units = [[value for value in row if value is not None] for row in ratings]
    units = [values for values in units if len(values) > 1]
    if len(units) < FEWEST_ITEMS:
        return NotComputable(reason="fewer than two items have two ratings")
    weights: dict[tuple[int, int], float] = {}
    for values in units:
        counts = Counter(values)
        for a, how_often in counts.items():
            for b, as_often in counts.items():
                pairs = how_often * (as_often - (a == b))
                weights[a, b] = weights.get((a, b), 0.0) + pairs / (len(values) - 1)
    totals = Counter(value for values in units for value in values)
    if len(totals) == 1:
        return ONE_LEVEL
    apart = _distances(totals, scale)
    n = totals.total()
    observed = sum(weight * apart[pair] for pair, weight in weights.items())
    expected = sum(totals[a] * totals[b] * apart[a, b] for a in totals for b in totals) / (n - 1)
    return 1.0 - observed / expected


def _distances(totals: Counter[int], scale: Scale) -> dict[tuple[int, int], float]:
    """The squared distance of each two levels that occur."""
    match scale:
        case "nominal":
            return {(a, b): float(a != b) for a in totals for b in totals}
        case "interval":
            return {(a, b): float((a - b) ** 2) for a in totals for b in totals}
        case "ordinal":
            return {(a, b): _ranks_between(totals, a, b) ** 2 for a in totals for b in totals}


def _ranks_between(totals: Counter[int], a: int, b: int) -> float:
    if a == b:
        return 0.0
    low, high = min(a, b), max(a, b)
    return sum(count for level, count in totals.items() if low <= level <= high) - (totals[a] + totals[b]) / 2


def binary_scores(reference: Sequence[int], other: Sequence[int]) -> BinaryScores:
    """Precision, recall and F1 of the 1s in `other`, where 1 in `reference` is right."""
    pairs = Counter(zip(reference, other, strict=True))
    hits, false, missed = pairs[1, 1], pairs[0, 1], pairs[1, 0]
    return BinaryScores(
        precision=hits / (hits + false) if hits + false else NotComputable(reason="none was found"),
        recall=hits / (hits + missed) if hits + missed else NotComputable(reason="there is none to find"),
        f1=2 * hits / (2 * hits + false + missed) if hits + missed else NotComputable(reason="there is none to find"),
    )


def area_under_curve(reference: Sequence[int], scores: Sequence[float]) -> Statistic:
    """Area under the ROC curve: how often a 1 scores above a 0, ties counting half."""
    pairs = sorted(zip(scores, reference, strict=True))
    there = sum(reference)
    absent = len(pairs) - there
    if not there or not absent:
        return ONE_LEVEL if pairs else TOO_FEW
    below, area, start = 0, 0.0, 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and pairs[end][0] == pairs[start][0]:
            end += 1
        tied = sum(label for _, label in pairs[start:end])
        others = end - start - tied
        area += tied * (below + others / 2)
        below += others
        start = end
    return area / (there * absent)


def bootstrap(
    items: Sequence[Item],
    statistic: Callable[[Sequence[Item]], Statistic],
    *,
    seed: int,
    clusters: Sequence[Hashable] | None = None,
    resamples: int = RESAMPLES,
    coverage: float = COVERAGE,
) -> Interval | NotComputable:
    """The percentile interval of a statistic.

    Args:
        items: whatever the statistic takes.
        statistic: of a sample of items.
        seed: the same seed gives the same interval.
        clusters: to which situation or session each item belongs; they are drawn as a whole, because replies in one
            situation are more alike than others. None draws items.
        resamples: how many are drawn.
        coverage: the share of them that the interval holds.
    """
    groups = _groups(items, clusters)
    if len(groups) < FEWEST_ITEMS:
        what = "items" if clusters is None else "situations or sessions"
        return NotComputable(reason=f"fewer than two {what} to resample")
    rng = Random(f"{seed}:bootstrap")
    found: list[float] = []
    for _ in range(resamples):
        value = statistic([item for group in rng.choices(groups, k=len(groups)) for item in group])
        if not isinstance(value, NotComputable):
            found.append(value)
    if len(found) < FEWEST_COMPUTABLE * resamples:
        return NotComputable(reason="in too many resamplings only one level occurs")
    found.sort()
    edge = (1.0 - coverage) / 2
    return Interval(
        low=_quantile(found, edge), high=_quantile(found, 1.0 - edge), coverage=coverage, clusters=len(groups)
    )


def _groups(items: Sequence[Item], clusters: Sequence[Hashable] | None) -> list[list[Item]]:
    if clusters is None:
        return [[item] for item in items]
    found: dict[Hashable, list[Item]] = {}
    for item, cluster in zip(items, clusters, strict=True):
        found.setdefault(cluster, []).append(item)
    return list(found.values())


def _quantile(ranked: Sequence[float], share: float) -> float:
    """Between the two nearest values, in proportion."""
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])
