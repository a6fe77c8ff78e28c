"""Every shipped scenario's own material is read as its author meant it, and so are rewordings of our own."""

from __future__ import annotations

import pytest
from unit.judging import rewordings
from unit.judging.support import names, opened, scenario

from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.judging.offline.questions import read_questions
from simulator.judging.offline.situation import situation

APPRAISER = OfflineAppraiser()
SHIPPED = names()


def missed_asks(name: str) -> list[tuple[str, str]]:
    context = opened(name)
    return [
        (fact.id, ask)
        for fact in scenario(name).facts
        for ask in fact.asks
        if fact.id not in {q.fact for q in read_questions(situation(ask, context)).found if q.confidence >= 0.5}
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_authored_questions_find_their_fact(name: str) -> None:
    missed = missed_asks(name)
    total = sum(len(fact.asks) for fact in scenario(name).facts)
    assert len(missed) <= 0.05 * total, missed


def test_own_rewordings_find_their_fact() -> None:
    missed = []
    for name, question, facts in rewordings.REWORDINGS:
        found = {q.fact for q in APPRAISER.appraise(question, opened(name)).questions}
        if not found & set(facts.split()):
            missed.append((name, question, found))
    assert len(missed) <= 0.15 * len(rewordings.REWORDINGS), missed


@pytest.mark.parametrize(("name", "question"), rewordings.UNANSWERED)
def test_question_that_no_fact_answers_is_unanswered(name: str, question: str) -> None:
    appraisal = APPRAISER.appraise(question, opened(name))
    assert not appraisal.questions
    assert appraisal.unanswered == (question,)


@pytest.mark.parametrize(("name", "question"), rewordings.NEITHER)
def test_offers_checks_and_rhetoric_ask_for_no_fact(name: str, question: str) -> None:
    appraisal = APPRAISER.appraise(question, opened(name))
    assert not appraisal.questions
    assert not appraisal.unanswered


def test_exemplars_reach_their_level() -> None:
    low: list[tuple[str, str]] = []
    count = 0
    for name in SHIPPED:
        case, context = scenario(name), opened(name)
        for criterion, lines in (
            ("paraphrasing", case.exemplars.paraphrase),
            ("cognitive_empathy", case.exemplars.empathy),
            ("purpose_driven_questioning", case.exemplars.questions),
        ):
            for line in lines:
                count += 1
                if (APPRAISER.appraise(line, context).level(criterion) or 0) < 2:
                    low.append((criterion, line))
    assert len(low) <= 0.03 * count, low


@pytest.mark.parametrize("name", SHIPPED)
def test_naming_the_concern_is_read_as_naming_it(name: str) -> None:
    for line in scenario(name).concern.naming:
        appraisal = APPRAISER.appraise(line, opened(name))
        assert appraisal.concern.reading == "named", line
        assert appraisal.level("cognitive_empathy") == 3, line
        assert matches_concern(line, scenario(name)) == "named", line


@pytest.mark.parametrize("name", SHIPPED)
def test_wrong_guesses_are_never_taken_for_the_concern(name: str) -> None:
    for guess in scenario(name).concern.wrong_guesses:
        text = guess if "you" in guess.lower() else f"It sounds like you are {guess}"
        assert APPRAISER.appraise(text, opened(name)).concern.reading != "named", guess


def test_most_wrong_guesses_are_read_as_wrong() -> None:
    readings = []
    for name in SHIPPED:
        for guess in scenario(name).concern.wrong_guesses:
            text = guess if "you" in guess.lower() else f"It sounds like you are {guess}"
            readings.append(APPRAISER.appraise(text, opened(name)).concern.reading)
    assert readings.count("wrong") >= 0.7 * len(readings)


@pytest.mark.parametrize("name", SHIPPED)
def test_exemplar_solutions_are_offers_that_meet_the_need(name: str) -> None:
    case = scenario(name)
    full = {action.id for action in case.actions if action.meets == "fully"}
    for line in case.exemplars.solution:
        assert full & {offer.action for offer in APPRAISER.appraise(line, opened(name)).offers}, line


@pytest.mark.parametrize("name", SHIPPED)
def test_true_paraphrases_are_never_called_wrong(name: str) -> None:
    for line in (*scenario(name).exemplars.paraphrase, *scenario(name).exemplars.empathy):
        wrong = [r for r in APPRAISER.appraise(line, opened(name)).restatements if not r.right]
        assert not wrong, (line, wrong)


@pytest.mark.parametrize("name", SHIPPED)
def test_parroting_the_opening_never_exceeds_level_one(name: str) -> None:
    for opening in scenario(name).opening.lines[:1]:
        for line in (opening, opening.replace("I ", "you ").replace(" my ", " your "), f"So you say: {opening}"):
            assert (APPRAISER.appraise(line, opened(name)).level("paraphrasing") or 0) <= 1, line
