"""The statistics of agreement against scikit-learn, krippendorff, published tables and hand calculations."""

from __future__ import annotations

import math
from random import Random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    cohen_kappa_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

from simulator.domain.agreement import (
    Interval,
    NotComputable,
    Scale,
    area_under_curve,
    binary_scores,
    bootstrap,
    cohen_kappa,
    confusion,
    icc_agreement,
    icc_consistency,
    krippendorff_alpha,
    quadratic_weighted_kappa,
)

LEVELS = (0, 1, 2, 3)
level_pairs = st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=2, max_size=60)
binary_pairs = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=60)
SHROUT_AND_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
"""Table 2 of Shrout and Fleiss (1979): six targets by four judges."""


def split(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def reason(value: object) -> str:
    assert isinstance(value, NotComputable)
    return value.reason


@given(level_pairs)
def test_weighted_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = split(pairs)
    ours = quadratic_weighted_kappa(first, second)
    if len(set(first)) == 1:
        assert reason(ours) == "only one level occurs"
    else:
        theirs = cohen_kappa_score(first, second, labels=LEVELS, weights="quadratic")
        assert ours == pytest.approx(theirs, abs=1e-9)


@given(level_pairs)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = split(pairs)
    if len(set(first)) > 1:
        assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second, labels=LEVELS), abs=1e-9)


@given(level_pairs)
def test_the_confusion_table_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = split(pairs)
    theirs = confusion_matrix(first, second, labels=LEVELS)
    assert [list(row) for row in confusion(first, second, LEVELS).counts] == theirs.tolist()


@given(binary_pairs)
def test_f1_precision_and_recall_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = split(pairs)
    ours = binary_scores(first, second)
    precision, recall, f1, _ = precision_recall_fscore_support(first, second, average="binary", zero_division=0.0)
    if sum(second):
        assert ours.precision == pytest.approx(precision)
    else:
        assert reason(ours.precision) == "none was found"
    if sum(first):
        assert ours.recall == pytest.approx(recall)
        assert ours.f1 == pytest.approx(f1)
    else:
        assert reason(ours.f1) == reason(ours.recall) == "there is none to find"


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from((0.0, 0.1, 0.25, 0.5, 0.9))), min_size=2, max_size=60))
def test_the_area_under_the_curve_is_that_of_scikit_learn(pairs: list[tuple[int, float]]) -> None:
    truth, scores = [a for a, _ in pairs], [b for _, b in pairs]
    ours = area_under_curve(truth, scores)
    if len(set(truth)) == 1:
        assert reason(ours) == "only one level occurs"
    else:
        assert ours == pytest.approx(roc_auc_score(truth, scores), abs=1e-9)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
@given(st.lists(st.lists(st.sampled_from((None, 0, 1, 2, 3)), min_size=3, max_size=3), min_size=2, max_size=40))
def test_alpha_is_that_of_the_krippendorff_package(scale: Scale, rows: list[list[int | None]]) -> None:
    ours = krippendorff_alpha(rows, scale)
    pairable = [v for row in rows if sum(v is not None for v in row) > 1 for v in row if v is not None]
    rated_twice = sum(sum(v is not None for v in row) > 1 for row in rows)
    if rated_twice < 2:
        assert reason(ours) == "fewer than two items have two ratings"
    elif len(set(pairable)) == 1:
        assert reason(ours) == "only one level occurs"
    else:
        data = np.array([[np.nan if v is None else float(v) for v in row] for row in rows]).T
        theirs = krippendorff.alpha(reliability_data=data, value_domain=LEVELS, level_of_measurement=scale)
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_the_intraclass_correlations_are_those_published() -> None:
    assert icc_agreement(SHROUT_AND_FLEISS) == pytest.approx(0.29, abs=0.005)
    assert icc_consistency(SHROUT_AND_FLEISS) == pytest.approx(0.71, abs=0.005)


def test_a_rater_who_is_always_one_level_higher_is_consistent_and_does_not_agree() -> None:
    shifted = [(a, a + 1) for a in (0, 1, 2, 1, 0, 2)]
    assert icc_consistency(shifted) == pytest.approx(1.0)
    agreement = icc_agreement(shifted)
    assert isinstance(agreement, float)
    assert agreement < 0.7


def test_kappa_by_hand() -> None:
    """Cohen's own sums: 20 yes-yes, 5 and 10 apart, 15 no-no give 0.4."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohen_kappa(*split(pairs)) == pytest.approx(0.4)


@pytest.mark.parametrize("kappa", [cohen_kappa, quadratic_weighted_kappa])
def test_kappa_of_too_little_is_not_computable(kappa) -> None:
    assert reason(kappa([], [])) == "fewer than two items"
    assert reason(kappa([1], [1])) == "fewer than two items"
    assert reason(kappa([2, 2, 2], [2, 2, 2])) == "only one level occurs"
    assert reason(kappa([2, 2, 2], [1, 2, 3])) == "only one level occurs"


def test_a_judge_that_always_says_the_same_agrees_no_better_than_chance() -> None:
    assert quadratic_weighted_kappa([0, 1, 2, 3], [1, 1, 1, 1]) == pytest.approx(0.0)


def test_the_intraclass_correlation_of_too_little_is_not_computable() -> None:
    for icc in (icc_agreement, icc_consistency):
        assert reason(icc([])) == "fewer than two items"
        assert reason(icc([(1, 2)])) == "fewer than two items"
        assert reason(icc([(1, 1), (1, 1)])) == "only one level occurs"
        assert "each of two or more raters" in reason(icc([(1,), (2,)]))
        assert "each of two or more raters" in reason(icc([(1, 2), (2,)]))


def test_raters_without_an_item_in_common_have_no_alpha() -> None:
    assert "two ratings" in reason(krippendorff_alpha([(1, None), (None, 2), (3, None)], "ordinal"))


def test_two_of_unequal_length_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError):
        cohen_kappa([0, 1], [0])


def mean(values) -> float:
    return sum(values) / len(values)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.3, 0.3, 0.8, 0.1, 0.5, 0.9, 0.2]
    first = bootstrap(values, mean, seed=3)
    assert first == bootstrap(values, mean, seed=3)
    assert first != bootstrap(values, mean, seed=4)


def test_the_interval_of_a_mean_is_near_the_textbook_one() -> None:
    rng = Random("normal")
    values = [rng.gauss(0.0, 1.0) for _ in range(400)]
    found = bootstrap(values, mean, seed=1)
    assert isinstance(found, Interval)
    half = 1.645 / math.sqrt(400)
    assert found.low == pytest.approx(mean(values) - half, abs=0.02)
    assert found.high == pytest.approx(mean(values) + half, abs=0.02)
    assert found.clusters == 400


def test_replies_alike_within_a_situation_widen_the_interval() -> None:
    rng = Random("situations")
    centres = [rng.gauss(0.0, 1.0) for _ in range(20)]
    values = [centre + rng.gauss(0.0, 0.1) for centre in centres for _ in range(20)]
    single = bootstrap(values, mean, seed=1)
    grouped = bootstrap(values, mean, seed=1, clusters=[n // 20 for n in range(400)])
    assert isinstance(single, Interval)
    assert isinstance(grouped, Interval)
    assert grouped.clusters == 20
    assert grouped.high - grouped.low > 3 * (single.high - single.low)


def test_an_interval_of_too_little_is_not_computable() -> None:
    assert "fewer than two items" in reason(bootstrap([1.0], mean, seed=1))
    assert "situations or sessions" in reason(bootstrap([1.0, 2.0], mean, seed=1, clusters=["a", "a"]))
    rare = [(0, 0)] * 50 + [(1, 1)]
    assert "only one level" in reason(bootstrap(rare, lambda s: cohen_kappa(*split(list(s))), seed=1))
