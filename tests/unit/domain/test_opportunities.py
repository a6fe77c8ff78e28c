from __future__ import annotations

from typing import Any

import pytest
from builders import EMPATHY, PARAPHRASING, QUESTIONING, after, appraisal, opened, replied

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.opportunities import with_opportunities
from simulator.domain.session import SessionState

TELLS_ONE = appraisal(asks=["tried"], question=1)
GIVES_BACK = appraisal(paraphrase=2)


def counted(state: SessionState, read: Appraisal) -> dict[str, int | None]:
    kept = with_opportunities(replied(state), read)
    return {criterion: kept.level(criterion) for criterion in (EMPATHY, PARAPHRASING, QUESTIONING)}


def why(state: SessionState, read: Appraisal, criterion: str) -> str:
    kept = with_opportunities(replied(state), read)
    return next(getattr(r, "not_scored", "scored") for r in kept.ratings if r.criterion == criterion)


def test_a_first_reply_that_does_nothing_had_every_opportunity() -> None:
    assert counted(opened(), appraisal()) == {EMPATHY: 0, PARAPHRASING: 0, QUESTIONING: 0}


@pytest.mark.parametrize("skill", ["empathy", "paraphrase", "question"])
def test_who_shows_a_skill_had_the_opportunity(skill: str) -> None:
    settled = after(opened(), appraisal(empathy=2, paraphrase=1), appraisal(offers=["hand-over"]))
    assert settled.memory.need_met
    shown: dict[str, Any] = {skill: 2}
    kept = counted(settled, appraisal(**shown))
    assert kept[{"empathy": EMPATHY, "paraphrase": PARAPHRASING, "question": QUESTIONING}[skill]] == 2


def test_what_the_judge_did_not_rate_stays_so_with_its_reason() -> None:
    assert why(opened(), appraisal(paraphrase=None), PARAPHRASING) == "no opportunity"


def test_nothing_new_to_give_back_is_no_opportunity() -> None:
    state = after(opened(), GIVES_BACK)
    assert "nothing new" in why(state, appraisal(), PARAPHRASING)


def test_news_since_the_last_paraphrase_is_an_opportunity_again() -> None:
    state = after(opened(), GIVES_BACK, appraisal(asks=["tried", "goal"]), appraisal(asks=["deadline"]))
    assert counted(state, appraisal(empathy=2))[PARAPHRASING] == 0


def test_a_little_news_may_wait_while_another_skill_is_shown_or_help_offered() -> None:
    state = after(opened(), GIVES_BACK, TELLS_ONE)
    assert counted(state, appraisal())[PARAPHRASING] == 0
    assert counted(state, appraisal(question=2))[PARAPHRASING] is None
    assert counted(state, appraisal(offers=["trace"]))[PARAPHRASING] is None


def test_who_never_gave_anything_back_is_not_excused_by_asking_well() -> None:
    state = after(opened(), TELLS_ONE)
    assert counted(state, appraisal(question=3))[PARAPHRASING] == 0


def test_after_the_problem_is_settled_nothing_is_left_to_ask_or_give_back() -> None:
    state = after(opened(), appraisal(offers=["hand-over"]))
    kept = counted(state, appraisal())
    assert kept == {EMPATHY: 0, PARAPHRASING: None, QUESTIONING: None}


def test_when_everything_behind_it_is_known_a_question_is_not_due() -> None:
    asks = [appraisal(asks=["goal", "promise"], empathy=3, concern="named"), appraisal(asks=["last-year", "promise"])]
    state = after(opened(), *asks)
    assert {"goal", "promise", "last-year"} <= set(state.disclosed)
    assert "were known" in why(state, appraisal(), QUESTIONING)


def test_it_is_time_to_help_once_enough_was_asked() -> None:
    state = after(opened(), appraisal(question=2, asks=["tried"]), appraisal(question=2, asks=["deadline"]))
    assert counted(state, appraisal(offers=["trace"]))[QUESTIONING] is None
    assert counted(state, appraisal())[QUESTIONING] == 0


def test_a_reply_of_understanding_after_a_good_question_need_not_ask_as_well() -> None:
    state = after(opened(), appraisal(question=2, asks=["tried"]))
    assert counted(state, appraisal(empathy=2))[QUESTIONING] is None
    assert counted(opened(), appraisal(empathy=2))[QUESTIONING] == 0


def test_empathy_is_not_due_in_a_first_reply_that_explores_or_gives_back() -> None:
    assert counted(opened(), appraisal(question=2))[EMPATHY] is None
    assert counted(opened(), appraisal(paraphrase=2))[EMPATHY] is None


def test_empathy_stays_due_until_it_was_shown_once() -> None:
    never = after(opened(), appraisal())
    assert counted(never, appraisal(question=3))[EMPATHY] == 0
    assert counted(never, appraisal(offers=["trace"]))[EMPATHY] == 0
    shown = after(opened(), appraisal(empathy=2))
    assert counted(shown, appraisal(question=3))[EMPATHY] is None
    assert counted(shown, appraisal(offers=["trace"]))[EMPATHY] is None


def test_stock_sympathy_is_always_rated_for_what_it_is() -> None:
    state = after(opened(), appraisal(empathy=2), appraisal(offers=["hand-over"]))
    read = appraisal(Behaviour.STOCK_SYMPATHY, empathy=1, question=2)
    assert counted(state, read)[EMPATHY] == 1


@pytest.mark.parametrize(
    "behaviour", [Behaviour.EMPTY, Behaviour.TO_MACHINE, Behaviour.REPEATED, Behaviour.HOSTILE, Behaviour.BLAME]
)
def test_misuse_has_no_excuse(behaviour: Behaviour) -> None:
    settled = after(opened(), appraisal(offers=["hand-over"], empathy=2))
    assert counted(settled, appraisal(behaviour)) == {EMPATHY: 0, PARAPHRASING: 0, QUESTIONING: 0}
