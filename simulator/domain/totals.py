"""Scores of a session with their bands, from the ratings of its replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from simulator.domain.rubric import Rubric
from simulator.domain.scoring import Band, CriterionScore, Rating, RatingResult

RESAMPLES = 500
LOW, HIGH = 0.05, 0.95
TOP_LEVEL = 3
FEWEST_OPPORTUNITIES = 2
"""Below this a criterion is not scored: one reply is no sample."""

METHOD = (
    "Each score is the mean level of the replies that had an opportunity, from 0 (level 0) to 100 (level 3). "
    "The band holds the middle 90 of 100 resamplings of those replies (Bayesian bootstrap with one unknown reply "
    "added, so that few replies give a wide band)."
)


@dataclass(frozen=True, slots=True)
class Totals:
    criteria: tuple[CriterionScore, ...]
    overall: CriterionScore
    verdict: str
    """pass, borderline, fail or insufficient data."""


def total(rubric: Rubric, ratings: Sequence[Sequence[RatingResult]], *, seed: int) -> Totals:
    """Scores per criterion and overall.

    Args:
        rubric: criteria with weights and the pass mark.
        ratings: per reply, in order.
        seed: makes the resampling repeatable.
    """
    levels = {c.id: _levels(c.id, ratings) for c in rubric.criteria}
    scored = {cid: found for cid, found in levels.items() if len(found) >= FEWEST_OPPORTUNITIES}
    draws = _draws(scored, len(ratings), Random(f"{seed}:bands"))
    criteria = tuple(_criterion_score(c.id, levels[c.id], draws.get(c.id)) for c in rubric.criteria)
    overall = _overall(rubric, criteria, draws)
    return Totals(criteria, overall, _verdict(overall, rubric.pass_mark))


def _levels(criterion: str, ratings: Sequence[Sequence[RatingResult]]) -> dict[int, int]:
    """Level by reply number, where there was an opportunity."""
    return {
        n: rating.level
        for n, results in enumerate(ratings)
        for rating in results
        if isinstance(rating, Rating) and rating.criterion == criterion
    }


def _percent(level: float) -> float:
    return 100.0 * level / TOP_LEVEL


def _draws(levels: Mapping[str, dict[int, int]], replies: int, rng: Random) -> dict[str, list[float]]:
    """Resampled scores per criterion; the same reply weights serve all criteria of one draw."""
    draws: dict[str, list[float]] = {cid: [] for cid in levels}
    for _ in range(RESAMPLES):
        weights = [rng.expovariate(1.0) for _ in range(replies)]
        for cid, found in levels.items():
            unknown = rng.expovariate(1.0)
            guess = rng.uniform(0.0, TOP_LEVEL)
            mass = unknown + sum(weights[n] for n in found)
            mean = (unknown * guess + sum(weights[n] * level for n, level in found.items())) / mass
            draws[cid].append(_percent(mean))
    return draws


def _band(draws: Sequence[float], score: float) -> Band:
    ranked = sorted(draws)
    low = ranked[int(LOW * (len(ranked) - 1))]
    high = ranked[int(HIGH * (len(ranked) - 1))]
    return Band(low=round(min(low, score), 1), high=round(max(high, score), 1))


def _criterion_score(cid: str, levels: Mapping[int, int], draws: Sequence[float] | None) -> CriterionScore:
    if draws is None:
        why = "no reply had an opportunity" if not levels else "only one reply had an opportunity"
        return CriterionScore(criterion=cid, score=None, opportunities=len(levels), not_scored=why)
    score = _percent(sum(levels.values()) / len(levels))
    return CriterionScore(
        criterion=cid, score=round(score, 1), band=_band(draws, round(score, 1)), opportunities=len(levels)
    )


def _overall(rubric: Rubric, criteria: Sequence[CriterionScore], draws: Mapping[str, list[float]]) -> CriterionScore:
    """The weighted mean of the criteria; not scored unless most of the rubric's weight is."""
    weights = {c.id: c.weight for c in rubric.criteria if c.id in draws}
    opportunities = sum(c.opportunities for c in criteria)
    if sum(weights.values()) <= 0.5 * sum(c.weight for c in rubric.criteria):
        return CriterionScore(
            criterion="overall",
            score=None,
            opportunities=opportunities,
            not_scored="too few criteria had enough opportunities",
        )
    whole = sum(weights.values())
    score = sum(c.score * weights[c.criterion] for c in criteria if c.score is not None) / whole
    mixed = [sum(draws[cid][n] * w for cid, w in weights.items()) / whole for n in range(RESAMPLES)]
    return CriterionScore(
        criterion="overall", score=round(score, 1), band=_band(mixed, round(score, 1)), opportunities=opportunities
    )


def _verdict(overall: CriterionScore, pass_mark: float) -> str:
    """By the whole band: a band that crosses the pass mark is borderline."""
    if overall.score is None or overall.band is None:
        return "insufficient data"
    if overall.band.low >= pass_mark:
        return "pass"
    if overall.band.high < pass_mark:
        return "fail"
    return "borderline"
