"""A panel rates one reply: the median of all runs, what the rules decide first, and what a failure leaves."""

from __future__ import annotations

import pytest
from builders import (
    CRITERIA,
    EMPATHY,
    PARAPHRASING,
    QUESTIONING,
    UNDERSTANDS,
    after,
    answered,
    appraisal,
    opened,
    rubric,
)
from unit.engine.judges import FakeJudge, Outcome, rated

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.events import EVENT_ADAPTER, ReplyJudged
from simulator.domain.judgements import JudgedReply
from simulator.domain.scoring import NotScored, Rating
from simulator.domain.session import SessionState, advance
from simulator.engine.judging import Panel, reply_to_judge
from simulator.errors import ModelStalledError

STALL = ModelStalledError("The model stalled.", "Nothing came for 30 seconds.")


def state_of(*reads: Appraisal, **changes: object) -> SessionState:
    return after(opened(**changes), *reads)


def levels_of(judged: JudgedReply) -> list[int | None]:
    return [rating.level if isinstance(rating, Rating) else None for rating in judged.ratings]


async def judge(state: SessionState, *judges: FakeJudge, runs: int = 1, index: int = 1) -> JudgedReply:
    return await Panel(judges, runs).judge("s", state, index)


# the median


async def test_runs_and_judges_all_count_for_the_median_and_all_are_kept() -> None:
    """Levels 3, 1, 2 and 1, 1, 1: sorted 1 1 1 1 2 3, so the lower one in the middle is 1."""
    one, two = FakeJudge([3, 1, 2], name="one"), FakeJudge([1], name="two")
    judged = await judge(state_of(UNDERSTANDS), one, two, runs=3)
    assert levels_of(judged) == [1, 1, 1]
    assert [(s.criterion, s.lowest, s.highest, s.valid, s.asked) for s in judged.spreads] == [
        (criterion, 1, 3, 6, 6) for criterion in CRITERIA
    ]
    assert [(j.judge, j.run) for j in judged.individual] == [
        ("one", 1), ("two", 1), ("one", 2), ("two", 2), ("one", 3), ("two", 3),
    ]  # fmt: skip
    assert [j.ratings[0].level for j in judged.individual if isinstance(j.ratings[0], Rating)] == [3, 1, 1, 1, 2, 1]
    assert judged.panel.runs == 3
    assert [(j.name, j.version, j.prompt_sha256) for j in judged.panel.judges] == [
        ("one", "7", "f" * 64),
        ("two", "7", "f" * 64),
    ]


async def test_one_rating_is_its_own_median() -> None:
    judged = await judge(state_of(UNDERSTANDS), FakeJudge([3]))
    assert levels_of(judged) == [3, 3, 3]
    assert judged.failures == judged.notes[1:] == ()


@pytest.mark.parametrize(
    ("outcomes", "level", "failures"),
    [
        ([2, STALL, 3], 2, 1),
        ([STALL, 2], 2, 1),
        ([STALL, STALL, 3], None, 1),
        ([STALL, STALL], None, 1),
    ],
)
async def test_a_run_that_failed_is_noted_and_too_many_leave_no_rating(
    outcomes: list[Outcome], level: int | None, failures: int
) -> None:
    judged = await judge(state_of(UNDERSTANDS), FakeJudge(outcomes), runs=len(outcomes))
    assert levels_of(judged) == [level] * 3
    assert judged.failures == ("fake/model: The model stalled. Nothing came for 30 seconds.",) * failures
    assert judged.is_unanswered is (level is None)


async def test_why_there_is_no_rating_is_the_failures_own_reason() -> None:
    judged = await judge(state_of(UNDERSTANDS), FakeJudge([STALL]))
    reasons = {rating.not_scored for rating in judged.ratings if isinstance(rating, NotScored)}
    assert reasons == {"The model stalled. Nothing came for 30 seconds."}


async def test_a_judge_that_leaves_criteria_out_or_adds_some_changes_no_other() -> None:
    partial = (
        Rating(criterion="charm", level=3, evidence=("A reply.",), reason="x"),
        Rating(criterion=PARAPHRASING, level=1, evidence=("A reply.",), reason="x"),
    )
    judged = await judge(state_of(appraisal()), FakeJudge([partial]))
    assert [rating.criterion for rating in judged.ratings] == list(CRITERIA)
    assert levels_of(judged) == [None, 1, None]


def test_a_panel_without_a_judge_or_a_run_is_none() -> None:
    with pytest.raises(ValueError, match="judge and a run"):
        Panel(())
    with pytest.raises(ValueError, match="judge and a run"):
        Panel((FakeJudge(),), runs=0)


async def test_only_a_reply_that_was_read_can_be_judged() -> None:
    with pytest.raises(KeyError):
        await judge(state_of(UNDERSTANDS), FakeJudge(), index=3)


# what the rules decide


async def test_without_an_opportunity_nothing_is_scored_whatever_the_judge_says() -> None:
    """The customer told nothing new after the first reply, so there was nothing to give back in the second."""
    state = state_of(UNDERSTANDS, appraisal(paraphrase=None, question=2))
    judged = await judge(state, FakeJudge([3]), index=3)
    assert levels_of(judged) == [3, None, 3]
    assert judged.ratings[1] == NotScored(criterion=PARAPHRASING, not_scored="no opportunity")
    assert {spread.criterion for spread in judged.spreads} == {EMPATHY, QUESTIONING}
    assert len(judged.individual[0].ratings) == 3, "what the judge said is kept all the same"


async def test_a_low_level_where_nothing_was_due_is_taken_back() -> None:
    """The offline judge saw a paraphrase, so the opportunity stood; the judge saw none, so it is asked about."""
    state = state_of(UNDERSTANDS, appraisal(empathy=2, paraphrase=2))
    judged = await judge(state, FakeJudge([(*rated(0, "")[:2], *rated(2, "A reply.")[2:])]), index=3)
    assert judged.ratings[1] == NotScored(
        criterion=PARAPHRASING, not_scored="the customer has told nothing new since it was last given back"
    )


async def test_where_nothing_was_to_be_shown_no_judge_is_asked() -> None:
    one = FakeJudge()
    judged = await judge(state_of(appraisal(empathy=None, paraphrase=None, question=None)), one)
    assert levels_of(judged) == [None, None, None]
    assert one.asked == []
    assert judged.individual == ()


@pytest.mark.parametrize("misuse", [Behaviour.TO_MACHINE, Behaviour.EMPTY, Behaviour.REPEATED])
async def test_words_to_the_judge_no_words_and_the_same_words_are_not_shown_to_it(misuse: Behaviour) -> None:
    one = FakeJudge([3])
    judged = await judge(state_of(appraisal(misuse)), one)
    assert levels_of(judged) == [0, 0, 0]
    assert one.asked == []


async def test_a_misuse_that_the_rules_did_not_rate_at_0_is_left_to_the_judge() -> None:
    assert levels_of(await judge(state_of(appraisal(Behaviour.REPEATED, empathy=1)), FakeJudge([2]))) == [2, 2, 2]


async def test_a_criterion_that_only_the_rubric_knows_is_rated_by_the_judge() -> None:
    core = rubric({EMPATHY: 1.0, "clarity": 1.0})
    clear = (Rating(criterion="clarity", level=2, evidence=("A reply.",), reason="x"), *rated(1, "A reply.")[:1])
    judged = await judge(state_of(appraisal(), rubric=core), FakeJudge([clear]))
    assert [(r.criterion, getattr(r, "level", None)) for r in judged.ratings] == [(EMPATHY, 1), ("clarity", 2)]
    by_rule = await judge(state_of(appraisal(Behaviour.TO_MACHINE), rubric=core), FakeJudge([clear]))
    assert [getattr(r, "level", None) for r in by_rule.ratings] == [0, 0]


async def test_later_turns_change_nothing_in_what_is_judged() -> None:
    early = state_of(UNDERSTANDS)
    late = after(early, appraisal(asks=["tried"], question=2), UNDERSTANDS)
    assert reply_to_judge("s", late, 1) == reply_to_judge("s", early, 1)
    assert await judge(late, FakeJudge([1])) == await judge(early, FakeJudge([1]))


async def test_that_the_problem_was_settled_later_takes_no_opportunity_back() -> None:
    early = state_of(appraisal())
    late = after(early, appraisal(offers=["hand-over"]))
    assert late.memory.need_met
    assert levels_of(await judge(late, FakeJudge([1]))) == levels_of(await judge(early, FakeJudge([1]))) == [1, 1, 1]


# notes and the log


async def test_more_than_a_level_from_the_offline_judge_is_noted() -> None:
    judged = await judge(state_of(appraisal(empathy=1, paraphrase=2, question=0)), FakeJudge([3]))
    assert [note.split(".")[0] for note in judged.notes] == [
        "Cognitive empathy: level 3 here, level 1 by the offline judge",
        "Purpose driven questioning: level 3 here, level 0 by the offline judge",
    ]


async def test_a_judgement_is_an_event_that_reads_back_and_the_last_one_counts() -> None:
    state = after(state_of(UNDERSTANDS), UNDERSTANDS)
    second = await judge(state, FakeJudge([2]), index=3)
    failed = await judge(state, FakeJudge([STALL]))
    mended = await judge(state, FakeJudge([1, 3]), runs=2)
    before = state
    for one in (second, failed, mended):
        event = EVENT_ADAPTER.validate_json(EVENT_ADAPTER.dump_json(ReplyJudged(judged=one)))
        state = advance(state, event)
    assert state.judged == (mended, second)
    assert state.judged_at(1) == mended
    assert state.judged_at(5) is None
    assert state.model_copy(update={"judged": ()}) == before, "a judgement moves nothing else"


async def test_the_ratings_that_count_are_the_panels_until_there_is_a_scorecard() -> None:
    state, _ = answered(opened(), appraisal(empathy=1))
    assert state.ratings_at(1) == state.appraised[0].appraisal.ratings
    judged = await judge(state, FakeJudge([3]))
    state = advance(state, ReplyJudged(judged=judged))
    assert state.ratings_at(1) == judged.ratings
    assert state.ratings_at(2) == ()
