"""Which replies could have shown a skill: one with nothing to paraphrase does not count against paraphrasing."""

from __future__ import annotations

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING
from simulator.domain.scenario import Gate
from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.domain.session import SessionState

MUCH_NEWS = 3
"""New facts from which giving them back is due, whatever else the reply does."""


def with_opportunities(state: SessionState, appraisal: Appraisal) -> Appraisal:
    """The appraisal with ratings taken back where there was no opportunity.

    A rating of level 2 or 3 always stays: who shows the skill had the opportunity.

    Args:
        state: before this reply was appraised.
        appraisal: of the reply, with a rating or a reason for each criterion.
    """
    ratings = tuple(_considered(state, appraisal, rating) for rating in appraisal.ratings)
    return appraisal.model_copy(update={"ratings": ratings})


def _considered(state: SessionState, appraisal: Appraisal, rating: RatingResult) -> RatingResult:
    if isinstance(rating, NotScored) or rating.level >= 2:
        return rating
    reason = _why_none(state, appraisal, rating)
    return rating if reason is None else NotScored(criterion=rating.criterion, not_scored=reason)


def _why_none(state: SessionState, appraisal: Appraisal, rating: Rating) -> str | None:
    if _is_misuse(appraisal):
        return None
    reasons = {
        PARAPHRASING: _nothing_to_paraphrase,
        QUESTIONING: _nothing_to_ask,
        EMPATHY: _nothing_more_to_understand,
    }
    reason = reasons.get(rating.criterion)
    return None if reason is None else reason(state, appraisal)


def _is_misuse(appraisal: Appraisal) -> bool:
    """A reply that is no reply is rated for what it is, whatever the occasion."""
    misuses = (
        Behaviour.EMPTY, Behaviour.NONSENSE, Behaviour.TO_MACHINE, Behaviour.OTHER_LANGUAGE, Behaviour.REPEATED,
        Behaviour.HOSTILE, Behaviour.BLAME, Behaviour.DISMISSIVE,
    )  # fmt: skip
    return any(appraisal.shows(misuse) for misuse in misuses)


def _level_before(state: SessionState, criterion: str, at_least: int) -> int | None:
    """The last turn that reached that level."""
    for reply in reversed(state.appraised):
        if (reply.appraisal.level(criterion) or 0) >= at_least:
            return reply.index
    return None


def _nothing_to_paraphrase(state: SessionState, appraisal: Appraisal) -> str | None:
    if state.memory.need_met:
        return "the problem was settled before this reply"
    last = _level_before(state, PARAPHRASING, 2)
    if last is None:
        return None
    told_since = sum(
        answer.manner == "tell" for reply in state.appraised if reply.index >= last for answer in reply.decision.answers
    )
    if told_since == 0:
        return "the customer has told nothing new since it was last given back"
    if told_since < MUCH_NEWS and (_shows_another_skill(appraisal) or appraisal.offers):
        return "too little new to give back before going on"
    return None


def _shows_another_skill(appraisal: Appraisal) -> bool:
    return (appraisal.level(QUESTIONING) or 0) >= 2 or (appraisal.level(EMPATHY) or 0) >= 2


def _nothing_to_ask(state: SessionState, appraisal: Appraisal) -> str | None:
    scenario = state.started.scenario
    if state.memory.need_met:
        return "the problem was settled before this reply"
    untold = [fact for fact in scenario.facts if fact.id not in state.disclosed]
    if not any(fact.id == scenario.goal.fact or fact.gate is Gate.EARNED for fact in untold):
        return "the goal and what lies behind it were known"
    enough = state.memory.good_questions >= 2 or (state.memory.concern_named and scenario.goal.fact in state.disclosed)
    if appraisal.offers and enough:
        return "this was the time to offer help"
    understands = (appraisal.level(EMPATHY) or 0) >= 2 or (appraisal.level(PARAPHRASING) or 0) >= 2
    if understands and state.memory.good_questions >= 1:
        return "this reply showed understanding; a question was not called for as well"
    return None


def _nothing_more_to_understand(state: SessionState, appraisal: Appraisal) -> str | None:
    if appraisal.shows(Behaviour.STOCK_SYMPATHY):
        return None
    if state.memory.need_met and state.memory.understood:
        return "the problem was settled and the customer felt understood before this reply"
    if appraisal.offers and state.memory.understood >= 1:
        return "the customer had been shown understanding; this was the time to offer help"
    asks = (appraisal.level(QUESTIONING) or 0) >= 2
    restates = (appraisal.level(PARAPHRASING) or 0) >= 2
    if (asks and restates) or ((asks or restates) and (state.memory.understood >= 1 or state.memory.replies == 0)):
        return "this reply explored or gave back the situation; that was the task just then"
    return None
