from __future__ import annotations

import pytest
from builders import ACTIONS, action, appraisal, scenario

from simulator.domain.behaviours import Appraisal
from simulator.domain.memory import Memory
from simulator.domain.offers import judge_offers
from simulator.domain.scenario import Scenario

CASE = scenario()
STRICT = scenario(actions=[action("courier", "fully", after=["deadline", "goal"]), *ACTIONS[2:]])
"""Here the courier takes two facts."""
NEW = Memory()
UNDERSTOOD = Memory(understood=1)


def verdicts(
    read: Appraisal, told: tuple[str, ...] = ("late",), *, case: Scenario = CASE, memory: Memory = NEW
) -> list[tuple[str, str]]:
    return [(verdict.action, verdict.verdict) for verdict in judge_offers(case, read, told, memory)]


def test_no_offer_no_verdict() -> None:
    assert verdicts(appraisal()) == []


def test_the_right_offer_is_a_guess_until_its_facts_are_known() -> None:
    assert verdicts(appraisal(offers=["courier"])) == [("courier", "too_early")]
    assert verdicts(appraisal(offers=["courier"]), told=("late", "deadline")) == [("courier", "fully")]


def test_to_somebody_understood_one_missing_fact_of_several_makes_no_guess() -> None:
    courier = appraisal(offers=["courier"])
    assert verdicts(courier, ("deadline",), case=STRICT, memory=UNDERSTOOD) == [("courier", "fully")]
    assert verdicts(courier, ("deadline",), case=STRICT) == [("courier", "too_early")]
    assert verdicts(courier, (), case=STRICT, memory=UNDERSTOOD) == [("courier", "too_early")]
    assert verdicts(courier, (), memory=UNDERSTOOD) == [("courier", "too_early")]


def test_after_the_worry_was_named_one_missing_fact_makes_no_guess() -> None:
    """Nor where it is the only fact that the offer asks for, which understanding alone does not make up for."""
    courier, named = appraisal(offers=["courier"]), Memory(concern_named=True)
    assert verdicts(courier, (), memory=named) == [("courier", "fully")]
    assert verdicts(courier, ("deadline",), case=STRICT, memory=named) == [("courier", "fully")]
    assert verdicts(courier, ("goal",), case=STRICT, memory=named) == [("courier", "fully")]


@pytest.mark.parametrize(
    "memory", [NEW, UNDERSTOOD, Memory(concern_named=True), Memory(understood=3, concern_named=True)]
)
def test_two_missing_facts_stay_a_guess_whatever_was_understood_or_named(memory: Memory) -> None:
    courier = appraisal(offers=["courier"])
    assert verdicts(courier, (), case=STRICT, memory=memory) == [("courier", "too_early")]
    longer = scenario(actions=[action("courier", "fully", after=["deadline", "goal", "tried"]), *ACTIONS[2:]])
    assert verdicts(courier, ("goal",), case=longer, memory=memory) == [("courier", "too_early")]


def test_a_fact_on_the_record_is_none_of_the_missing_ones() -> None:
    case = scenario(actions=[action("courier", "fully", after=["deadline", "address"]), *ACTIONS[2:]])
    courier = appraisal(offers=["courier"])
    assert verdicts(courier, (), case=case) == [("courier", "too_early")]
    assert verdicts(courier, (), case=case, memory=Memory(concern_named=True)) == [("courier", "fully")]
    assert verdicts(courier, (), case=case, memory=UNDERSTOOD) == [("courier", "fully")]


def test_a_fact_given_back_rightly_counts_as_known_and_a_wrong_one_does_not() -> None:
    assert verdicts(appraisal(offers=["courier"], right=["deadline"])) == [("courier", "fully")]
    assert verdicts(appraisal(offers=["courier"], wrong=["deadline"])) == [("courier", "too_early")]


def test_what_is_on_the_record_counts_as_known() -> None:
    assert verdicts(appraisal(offers=["hand-over"]), told=()) == [("hand-over", "fully")]


def test_partly_and_no_come_from_the_scenario() -> None:
    assert verdicts(appraisal(offers=["trace"])) == [("trace", "partly")]
    assert verdicts(appraisal(offers=["voucher"])) == [("voucher", "no")]


def test_a_sum_over_the_limit_meets_nothing_and_the_limit_itself_is_allowed() -> None:
    told = ("late", "deadline")
    assert verdicts(appraisal(offers=[("courier", 50.01)]), told) == [("courier", "over_limit")]
    assert verdicts(appraisal(offers=[("courier", 50.0)]), told) == [("courier", "fully")]
    assert verdicts(appraisal(offers=[("hand-over", 1_000_000.0)]), told) == [("hand-over", "fully")]


def test_the_offer_that_counts_most_comes_first() -> None:
    read = appraisal(offers=["voucher", "trace", "hand-over", "courier"])
    assert verdicts(read) == [
        ("hand-over", "fully"),
        ("courier", "too_early"),
        ("trace", "partly"),
        ("voucher", "no"),
    ]


def test_the_same_offer_twice_has_one_verdict_and_the_broken_limit_is_not_hidden_by_saying_it_again() -> None:
    read = appraisal(offers=[("courier", 80.0), "courier"])
    assert verdicts(read, ("late", "deadline")) == [("courier", "over_limit")]
