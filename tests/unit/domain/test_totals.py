from __future__ import annotations

import random
from itertools import pairwise
from statistics import mean, stdev

import pytest
from builders import EMPATHY, PARAPHRASING, QUESTIONING, levels, rating, rubric

from simulator.domain.scoring import CriterionScore, NotScored, RatingResult
from simulator.domain.totals import Totals, total


def scored(
    *ratings: tuple[RatingResult, ...], weights: dict[str, float] | None = None, pass_mark: float = 60.0
) -> Totals:
    return total(rubric(weights, pass_mark), ratings, seed=7)


def only(level_list: list[int | None], **kwargs: float) -> CriterionScore:
    """The empathy score of replies rated so; None means no opportunity."""
    replies = [
        (rating(EMPATHY, level) if level is not None else NotScored(criterion=EMPATHY, not_scored="none"),)  # type: ignore[arg-type]
        for level in level_list
    ]
    return total(rubric({EMPATHY: 1.0}), replies, seed=7, **kwargs).criteria[0]


@pytest.mark.parametrize(
    ("level_list", "score"),
    [([0, 0], 0.0), ([3, 3], 100.0), ([1, 2], 50.0), ([0, 1, 3], 44.4), ([2, 2, 3, 1, 2], 66.7)],
)
def test_a_score_is_the_mean_level_as_a_share_of_the_top(level_list: list[int | None], score: float) -> None:
    assert only(level_list).score == score


def test_replies_without_an_opportunity_count_neither_way() -> None:
    score = only([2, None, None, 3, None])
    assert (score.score, score.opportunities) == (83.3, 2)


def test_one_opportunity_is_no_sample_and_none_is_none() -> None:
    once, never = only([3, None]), only([None, None])
    assert (once.score, once.band, once.opportunities, once.not_scored) == (
        None,
        None,
        1,
        "only one reply had an opportunity",
    )
    assert (never.score, never.opportunities, never.not_scored) == (None, 0, "no reply had an opportunity")


def test_no_replies_at_all_score_nothing() -> None:
    totals = scored()
    assert [c.score for c in totals.criteria] == [None, None, None]
    assert totals.overall.score is None
    assert totals.verdict == "insufficient data"


def test_the_overall_score_is_the_mean_weighted_by_the_rubric() -> None:
    """Empathy 100, paraphrasing 0, questioning 50 with weights 2, 1, 1: (200 + 0 + 50) / 4 = 62.5."""
    reply = levels(empathy=3, paraphrase=0, question=1), levels(empathy=3, paraphrase=0, question=2)
    totals = scored(*reply, weights={EMPATHY: 2.0, PARAPHRASING: 1.0, QUESTIONING: 1.0})
    assert [c.score for c in totals.criteria] == [100.0, 0.0, 50.0]
    assert totals.overall.score == 62.5
    assert totals.overall.opportunities == 6


def test_a_criterion_that_is_not_scored_leaves_the_overall_score_to_the_others() -> None:
    """Without questioning: (2 x 100 + 1 x 0) / 3 = 66.7."""
    replies = [levels(empathy=3, paraphrase=0), levels(empathy=3, paraphrase=0)]
    totals = scored(*replies, weights={EMPATHY: 2.0, PARAPHRASING: 1.0, QUESTIONING: 1.0})
    assert totals.overall.score == 66.7


def test_half_the_weight_is_not_enough_for_an_overall_score() -> None:
    replies = [levels(empathy=3), levels(empathy=3)]
    weights = {EMPATHY: 2.0, PARAPHRASING: 1.0, QUESTIONING: 1.0}
    assert scored(*replies, weights=weights).overall.score is None
    assert scored(*replies, weights={**weights, EMPATHY: 2.1}).overall.score == 100.0


@pytest.mark.parametrize("level_list", [[0, 0], [3, 3], [1, 2], [0, 3, 0, 3], [2] * 10, [0, 1, 2, 3, 3, 3]])
def test_the_band_holds_the_score_and_stays_within_the_scale(level_list: list[int | None]) -> None:
    score = only(level_list)
    assert score.band is not None
    assert score.score is not None
    assert 0.0 <= score.band.low <= score.score <= score.band.high <= 100.0


def width(score: CriterionScore) -> float:
    assert score.band is not None
    return score.band.high - score.band.low


def test_the_band_is_wider_with_fewer_replies() -> None:
    widths = [width(only([1, 3] * n)) for n in (1, 2, 4, 8)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 1.5 * widths[-1]


def test_replies_that_all_agree_still_leave_doubt() -> None:
    assert width(only([3, 3])) > 10.0
    assert width(only([3] * 12)) < width(only([3, 3]))


def test_the_same_seed_gives_the_same_band() -> None:
    replies = [levels(empathy=1, paraphrase=2, question=3), levels(empathy=2, paraphrase=1, question=0)]
    assert total(rubric(), replies, seed=3) == total(rubric(), replies, seed=3)
    assert total(rubric(), replies, seed=3) != total(rubric(), replies, seed=4)


def independent_band(level_list: list[int], draws: int = 20_000) -> tuple[float, float]:
    """Bayesian bootstrap another way: a Dirichlet draw as gaps between sorted uniforms, one unknown reply added."""
    rng = random.Random(12345)
    means = []
    for _ in range(draws):
        cuts = sorted([0.0, 1.0, *(rng.random() for _ in level_list)])
        shares = [high - low for low, high in pairwise(cuts)]
        values = [*level_list, 3 * rng.random()]
        means.append(100 / 3 * sum(share * value for share, value in zip(shares, values, strict=True)))
    means.sort()
    return means[draws // 20], means[-draws // 20]


@pytest.mark.parametrize("level_list", [[1, 2], [0, 3, 1, 2, 2], [2, 2, 2, 3, 3, 1, 2, 2]])
def test_the_band_agrees_with_an_independent_bootstrap(level_list: list[int]) -> None:
    low, high = independent_band(level_list)
    bands = [total(rubric({EMPATHY: 1.0}), [(rating(EMPATHY, n),) for n in level_list], seed=s) for s in range(32)]  # type: ignore[arg-type]
    lows = [t.criteria[0].band.low for t in bands if t.criteria[0].band]
    highs = [t.criteria[0].band.high for t in bands if t.criteria[0].band]
    assert mean(lows) == pytest.approx(low, abs=1.5)
    assert mean(highs) == pytest.approx(high, abs=1.5)
    assert stdev(lows) < 4.0


@pytest.mark.parametrize(("pass_mark", "verdict"), [(10.0, "pass"), (66.0, "borderline"), (99.0, "fail")])
def test_the_verdict_goes_by_the_whole_band(pass_mark: float, verdict: str) -> None:
    replies = [levels(empathy=2, paraphrase=2, question=2)] * 4
    totals = scored(*replies, pass_mark=pass_mark)
    assert totals.overall.score == 66.7
    assert totals.verdict == verdict


def test_a_band_that_ends_on_the_pass_mark_passes_and_one_that_stops_short_fails() -> None:
    replies = [levels(empathy=2, paraphrase=2, question=2)] * 4
    band = scored(*replies).overall.band
    assert band is not None
    assert scored(*replies, pass_mark=band.low).verdict == "pass"
    assert scored(*replies, pass_mark=band.high).verdict == "borderline"
