"""Which facts the customer may say now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.decisions import FactAnswer
from simulator.domain.scenario import Fact, Gate, Scenario

MOST_ANSWERS = 2
"""Facts told in one message at the most; people do not answer a questionnaire."""

QUESTION_CONFIDENCE = 0.5
"""The confidence from which a question counts as asking for a fact."""


@dataclass(slots=True)
class Disclosure:
    """What will be said, held back, or corrected."""

    answers: list[FactAnswer] = field(default_factory=list)
    deflected: list[str] = field(default_factory=list)
    asked_again: bool = False
    confirmed: bool = False
    corrected: bool = False
    dont_know: bool = False


def is_open(fact: Fact, *, trust: float, concern_named: bool, unlocked: Collection[str]) -> bool:
    """Whether the customer would tell this fact if asked."""
    if fact.gate is not Gate.EARNED:
        return True
    return trust >= fact.trust or (concern_named and fact.id in unlocked)


def disclose(
    scenario: Scenario, appraisal: Appraisal, told: Collection[str], *, trust: float, concern_named: bool
) -> Disclosure:
    """Answer what the reply asked, within the gates.

    Args:
        scenario: with the facts.
        appraisal: with the questions and restatements found in the reply.
        told: ids of the facts told before.
        trust: after this reply, 0 to 1.
        concern_named: whether the unspoken concern is named by now.
    """
    result = Disclosure()
    unlocked = scenario.concern.unlocks
    _correct(scenario, appraisal, told, result)
    purposeful = appraisal.shows(Behaviour.PURPOSE_QUESTION)
    for question in sorted(appraisal.questions, key=lambda q: -q.confidence):
        if question.confidence < QUESTION_CONFIDENCE or _is_answered(result, question.fact):
            continue
        fact = scenario.fact(question.fact)
        known = fact.id in told
        if question.form == "confirm" and (known or fact.on_record):
            result.confirmed = True
            result.answers.append(FactAnswer(fact=fact.id, manner="confirm"))
        elif known or (fact.on_record and fact.gate is Gate.OPENING):
            result.asked_again = result.asked_again or not purposeful
            result.answers.append(FactAnswer(fact=fact.id, manner="again"))
        elif is_open(fact, trust=trust, concern_named=concern_named, unlocked=unlocked):
            result.confirmed = result.confirmed or question.form == "confirm"
            result.asked_again = result.asked_again or fact.on_record
            result.answers.append(FactAnswer(fact=fact.id, manner="tell"))
        elif fact.id not in result.deflected:
            result.deflected.append(fact.id)
    result.answers = _within_reason(result.answers)
    result.dont_know = bool(appraisal.unanswered) and not result.answers and not result.deflected
    return result


def _correct(scenario: Scenario, appraisal: Appraisal, told: Collection[str], result: Disclosure) -> None:
    """A wrong restatement gets the right detail, unless that is not earned yet."""
    for restatement in appraisal.restatements:
        if restatement.right or _is_answered(result, restatement.fact):
            continue
        fact = scenario.fact(restatement.fact)
        if fact.id in told or fact.gate is not Gate.EARNED:
            result.corrected = True
            result.answers.append(FactAnswer(fact=fact.id, manner="correct"))


def _is_answered(result: Disclosure, fact_id: str) -> bool:
    return any(answer.fact == fact_id for answer in result.answers)


def _within_reason(answers: list[FactAnswer]) -> list[FactAnswer]:
    """Corrections first, then news, then what was said before; at most two that carry words."""
    order = {"correct": 0, "tell": 1, "again": 2, "confirm": 3}
    ranked = sorted(answers, key=lambda answer: order[answer.manner])
    return ranked[:MOST_ANSWERS]


def unlocked_by_naming(scenario: Scenario, told: Collection[str]) -> list[FactAnswer]:
    """The first fact that comes out by itself once the concern was named."""
    for fact_id in scenario.concern.unlocks:
        if fact_id not in told:
            return [FactAnswer(fact=fact_id, manner="tell")]
    return []
