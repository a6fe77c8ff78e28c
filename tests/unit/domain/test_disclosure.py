from __future__ import annotations

import pytest
from builders import appraisal, scenario

from simulator.domain.behaviours import Appraisal, Behaviour, FactQuestion
from simulator.domain.disclosure import Disclosure, disclose, is_open, unlocked_by_naming

CASE = scenario()


def disclosed(
    read: Appraisal, *, told: tuple[str, ...] = ("late",), trust: float = 0.4, named: bool = False
) -> Disclosure:
    return disclose(CASE, read, told, trust=trust, concern_named=named)


def manners(result: Disclosure) -> list[tuple[str, str]]:
    return [(answer.fact, answer.manner) for answer in result.answers]


def test_nothing_is_told_that_was_not_asked() -> None:
    assert disclosed(appraisal()) == Disclosure()


def test_an_asked_fact_is_told_when_a_question_asks_for_it() -> None:
    assert manners(disclosed(appraisal(asks=["tried"]))) == [("tried", "tell")]


def test_a_question_of_low_confidence_asks_for_nothing() -> None:
    doubtful = FactQuestion(fact="tried", form="open", quote="?", confidence=0.49)
    assert disclosed(Appraisal(questions=(doubtful,))).answers == []
    sure = doubtful.model_copy(update={"confidence": 0.5})
    assert manners(disclosed(Appraisal(questions=(sure,)))) == [("tried", "tell")]


def test_an_earned_fact_is_held_back_without_trust() -> None:
    result = disclosed(appraisal(asks=["promise"]), trust=0.49)
    assert result.answers == []
    assert result.deflected == ["promise"]


def test_an_earned_fact_is_told_from_its_own_trust_on() -> None:
    assert manners(disclosed(appraisal(asks=["promise"]), trust=0.5)) == [("promise", "tell")]
    assert disclosed(appraisal(asks=["last-year"]), trust=0.5).deflected == ["last-year"]


def test_naming_the_concern_opens_only_what_it_unlocks() -> None:
    assert manners(disclosed(appraisal(asks=["last-year"]), trust=0.0, named=True)) == [("last-year", "tell")]
    assert disclosed(appraisal(asks=["promise"]), trust=0.0, named=True).deflected == ["promise"]


@pytest.mark.parametrize("form", ["asks", "confirms"])
@pytest.mark.parametrize("fact", ["promise", "last-year"])
def test_no_form_of_question_gets_an_earned_fact_early(form: str, fact: str) -> None:
    assert disclosed(appraisal(**{form: [fact]}), trust=0.4).answers == []


def test_a_wrong_guess_at_an_earned_fact_is_not_corrected_before_it_is_told() -> None:
    assert disclosed(appraisal(wrong=["promise"]), trust=0.4).answers == []
    known = disclosed(appraisal(wrong=["promise"]), told=("late", "promise"))
    assert manners(known) == [("promise", "correct")]
    assert known.corrected


def test_a_wrong_restatement_is_put_right() -> None:
    result = disclosed(appraisal(wrong=["deadline"]))
    assert manners(result) == [("deadline", "correct")]
    assert result.corrected


def test_a_right_restatement_needs_no_answer() -> None:
    assert disclosed(appraisal(right=["late"])) == Disclosure()


def test_asking_for_what_was_told_gets_it_again_and_is_minded() -> None:
    result = disclosed(appraisal(asks=["late"]))
    assert manners(result) == [("late", "again")]
    assert result.asked_again


def test_asking_for_what_is_on_the_record_is_asking_again() -> None:
    opening = disclosed(appraisal(asks=["order-number"]))
    assert (manners(opening), opening.asked_again) == ([("order-number", "again")], True)
    asked = disclosed(appraisal(asks=["address"]))
    assert (manners(asked), asked.asked_again) == ([("address", "tell")], True)


def test_a_question_with_a_purpose_may_touch_on_what_was_told() -> None:
    assert not disclosed(appraisal(Behaviour.PURPOSE_QUESTION, asks=["late"])).asked_again


@pytest.mark.parametrize("fact", ["late", "order-number"])
def test_a_confirmation_of_what_is_known_gets_a_yes_and_is_not_minded(fact: str) -> None:
    result = disclosed(appraisal(confirms=[fact]))
    assert manners(result) == [(fact, "confirm")]
    assert result.confirmed
    assert not result.asked_again


def test_a_lucky_confirmation_of_something_new_is_told_and_confirmed() -> None:
    result = disclosed(appraisal(confirms=["tried"]))
    assert manners(result) == [("tried", "tell")]
    assert result.confirmed


def test_at_most_two_answers_corrections_before_news_before_repetition() -> None:
    read = appraisal(asks=["late", "tried", "goal"], wrong=["deadline"])
    assert manners(disclosed(read)) == [("deadline", "correct"), ("tried", "tell")]


def test_a_fact_that_is_corrected_is_not_told_as_well() -> None:
    assert manners(disclosed(appraisal(asks=["deadline"], wrong=["deadline"]))) == [("deadline", "correct")]


def test_an_earned_fact_asked_for_twice_is_held_back_once() -> None:
    assert disclosed(appraisal(asks=["promise"], confirms=["promise"])).deflected == ["promise"]


def test_a_question_without_a_fact_is_met_with_not_knowing() -> None:
    assert disclosed(appraisal(unanswered=["What colour?"])).dont_know
    assert not disclosed(appraisal(asks=["tried"], unanswered=["What colour?"])).dont_know
    assert not disclosed(appraisal(asks=["promise"], unanswered=["What colour?"])).dont_know


def test_only_earned_facts_have_a_lock() -> None:
    open_facts = {f.id for f in CASE.facts if is_open(f, trust=0.0, concern_named=False, unlocked=())}
    assert open_facts == {"late", "order-number", "tried", "deadline", "goal", "address"}


def test_naming_brings_out_the_first_unlocked_fact_that_is_not_told() -> None:
    assert [a.fact for a in unlocked_by_naming(CASE, ("late",))] == ["last-year"]
    assert unlocked_by_naming(CASE, ("late", "last-year")) == []
