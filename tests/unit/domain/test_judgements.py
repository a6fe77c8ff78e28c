"""The median of a panel, its spread, and where it is far from the offline judge; every figure by hand."""

from __future__ import annotations

import pytest
from builders import EMPATHY, PARAPHRASING, levels, rating

from simulator.domain.judgements import (
    JudgedReply,
    Judgement,
    PanelRef,
    disagreements,
    leaning,
    leaning_note,
    median_ratings,
)
from simulator.domain.scoring import JudgeRef, NotScored, Rating, Spread

PANEL = PanelRef(judges=(JudgeRef(name="one", version="1"), JudgeRef(name="two", version="4")), runs=3)


def judged(level: int | None, evidence: str = "", judge: str = "one") -> Judgement:
    """A judgement of empathy; None is one that could not be used."""
    if level is None:
        return Judgement(judge=judge, run=1, ratings=(NotScored(criterion=EMPATHY, not_scored="no evidence"),))
    return Judgement(judge=judge, run=1, ratings=(rating(EMPATHY, level, evidence),))  # type: ignore[arg-type]


FAILED = Judgement(judge="one", run=1, failure="It is overloaded.")


@pytest.mark.parametrize(
    ("given", "median", "lowest", "highest"),
    [
        ([2], 2, 2, 2),
        ([0, 3], 0, 0, 3),
        ([3, 1], 1, 1, 3),
        ([1, 3, 2], 2, 1, 3),
        ([0, 0, 3], 0, 0, 3),
        ([3, 2, 1, 2], 2, 1, 3),
        ([3, 3, 1, 0], 1, 0, 3),
        ([0, 1, 2, 3, 3], 2, 0, 3),
        ([1, None], 1, 1, 1),
        ([2, 3, None], 2, 2, 3),
        ([3, None, 2, None], 2, 2, 3),
    ],
)
def test_the_level_is_the_median_and_of_two_the_lower(
    given: list[int | None], median: int, lowest: int, highest: int
) -> None:
    (result,), (spread,) = median_ratings([EMPATHY], [judged(level) for level in given])
    assert isinstance(result, Rating)
    assert result.level == median
    assert spread == Spread(
        criterion=EMPATHY,
        lowest=lowest,
        highest=highest,
        valid=sum(level is not None for level in given),
        asked=len(given),
    )


@pytest.mark.parametrize("given", [[None], [1, None, None], [2, 2, None, None, None], [None, None]])
def test_fewer_than_half_is_no_rating_and_no_spread(given: list[int | None]) -> None:
    (result,), spreads = median_ratings([EMPATHY], [judged(level) for level in given])
    assert isinstance(result, NotScored)
    assert "no evidence" in result.not_scored
    assert spreads == ()


def test_why_there_is_no_rating_says_how_many_there_were() -> None:
    (one,), _ = median_ratings([EMPATHY], [judged(None)])
    (some,), _ = median_ratings([EMPATHY], [judged(1), judged(None), FAILED, FAILED])
    (none,), _ = median_ratings([EMPATHY], [FAILED, FAILED])
    (nobody,), _ = median_ratings([EMPATHY], [])
    assert [r.not_scored for r in (one, some, none, nobody) if isinstance(r, NotScored)] == [
        "no evidence",
        "1 of 4 ratings could be used; mostly: It is overloaded.",
        "none of 2 ratings could be used; mostly: It is overloaded.",
        "no judge was asked",
    ]


def test_evidence_and_reason_come_from_the_first_rating_at_the_median() -> None:
    (result,), _ = median_ratings([EMPATHY], [judged(3, "c"), judged(1, "a"), judged(2, "b"), judged(2, "other")])
    assert result == rating(EMPATHY, 2, "b")


def test_criteria_are_taken_each_by_itself_and_in_order() -> None:
    both = Judgement(judge="one", run=1, ratings=(rating(PARAPHRASING, 1, "x"), rating(EMPATHY, 3, "y")))
    ratings, _ = median_ratings([EMPATHY, PARAPHRASING, "other"], [both])
    assert [r.criterion for r in ratings] == [EMPATHY, PARAPHRASING, "other"]
    assert [getattr(r, "level", None) for r in ratings] == [3, 1, None]


@pytest.mark.parametrize(
    ("individual", "unanswered"),
    [
        ((), False),
        ((FAILED,), True),
        ((judged(None),), False),
        ((FAILED, judged(1)), False),
        ((FAILED, FAILED, judged(1)), True),
    ],
)
def test_a_reply_is_unanswered_when_fewer_than_half_of_the_judgements_came(
    individual: tuple[Judgement, ...], unanswered: bool
) -> None:
    reply = JudgedReply(index=1, panel=PANEL, ratings=levels(), individual=individual)
    assert reply.is_unanswered is unanswered


def test_a_reply_is_rated_when_a_median_came_of_it() -> None:
    def rated(*individual: Judgement) -> bool:
        return JudgedReply(index=1, panel=PANEL, ratings=levels(), individual=individual).is_rated

    assert rated(judged(0))
    assert not rated(judged(None), judged(None), judged(3))
    assert not rated()


@pytest.mark.parametrize(("mine", "theirs", "notes"), [(3, 1, 1), (0, 2, 1), (2, 1, 0), (1, 1, 0), (3, None, 0)])
def test_more_than_one_level_apart_is_said(mine: int, theirs: int | None, notes: int) -> None:
    found = disagreements(levels(empathy=mine), levels(empathy=theirs))
    assert len(found) == notes
    assert all(f"level {mine} here, level {theirs} by the offline judge" in note for note in found)


def test_the_leaning_is_the_signed_mean_of_what_both_rated() -> None:
    """Differences 2, -1 and 1 make 2/3; the question that one of the two did not rate does not count."""
    replies = [
        (levels(empathy=3, paraphrase=1, question=3), levels(empathy=1, paraphrase=2)),
        (levels(empathy=2), levels(empathy=1, paraphrase=0)),
    ]
    assert leaning(replies) == pytest.approx(2 / 3)
    assert leaning([(levels(empathy=3), levels(question=3))]) is None


@pytest.mark.parametrize(
    ("mean", "word"), [(None, ""), (0.5, ""), (-0.5, ""), (0.51, "more generous"), (-0.75, "stricter")]
)
def test_leaning_by_more_than_half_a_level_is_said(mean: float | None, word: str) -> None:
    note = leaning_note(mean)
    assert bool(note) == bool(word)
    assert word in note


def test_a_panel_names_all_its_judges() -> None:
    assert (PANEL.name, PANEL.version) == ("one, two", "1, 4")
