"""Sets the weakest reply beside a better one, made of this scenario's own material."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.domain.behaviours import Behaviour
from simulator.domain.scoring import Rating
from simulator.domain.session import AppraisedReply, SessionState
from simulator.domain.transcript import Speaker
from simulator.engine.debrief import StrongerVersion

_HARM = (
    Behaviour.HOSTILE, Behaviour.BLAME, Behaviour.CALM_DOWN, Behaviour.DISMISSIVE, Behaviour.POLICY_TALK,
    Behaviour.SCRIPTED, Behaviour.REPEATED, Behaviour.TO_MACHINE, Behaviour.NONSENSE, Behaviour.EMPTY,
)  # fmt: skip


def stronger_version(state: SessionState) -> StrongerVersion | None:
    """The weakest reply and how it might have gone; None when nothing was weak."""
    weakest = min(state.appraised, key=lambda reply: _strength(state, reply), default=None)
    if weakest is None or _strength(state, weakest) >= 2:
        return None
    text, why = _better(state, weakest)
    turns = {turn.index: turn for turn in state.turns}
    before = turns.get(weakest.index - 1)
    return StrongerVersion(
        turn=weakest.index,
        customer_said=before.text if before and before.speaker is Speaker.CUSTOMER else "",
        weak=turns[weakest.index].text,
        strong=text,
        why=why,
    )


def _strength(state: SessionState, reply: AppraisedReply) -> float:
    """The best level reached; harm counts below nothing."""
    levels = [r.level for r in state.ratings_at(reply.index) if isinstance(r, Rating)]
    offered = any(offer.verdict == "fully" for offer in reply.decision.offers)
    harm = sum(reply.appraisal.shows(behaviour) for behaviour in _HARM)
    mean = sum(levels) / len(levels) if levels else 3.0
    return max(levels, default=3) + 0.1 * mean + 2 * offered - 2 * harm


def _better(state: SessionState, weakest: AppraisedReply) -> tuple[str, str]:
    """A better reply for that point of the conversation, and which words do the work."""
    scenario = state.started.scenario
    before = [reply for reply in state.appraised if reply.index < weakest.index]
    told = _told_before(state, weakest.index)
    wrote = [turn.text for turn in state.turns if turn.speaker is Speaker.TRAINEE]
    question = _fresh(_askable(state, told), wrote)
    if not any(reply.decision.memory.paraphrased for reply in before):
        asks = " The question then asks for what lies behind it, not for a number or a code." if question else ""
        why = f"It begins with their own case, {_GIVEN_BACK}.{asks}"
        return f"{_fresh(scenario.exemplars.paraphrase, wrote)} {question}".strip(), why
    if any(turn < weakest.index for turn in state.cued_at) and not any(r.decision.concern_named for r in before):
        guess = "It takes up what they had let slip and puts it as a guess that they may correct."
        return _fresh(scenario.concern.naming, wrote), f"{guess} {scenario.concern.changes}"
    if any(reply.decision.concern_named for reply in before):
        why = "It ties the help to what they want to get done, and says what happens next and by when."
        return _fresh(scenario.exemplars.solution, wrote), why
    why = "It says what this is like for them and why, in this case and no other; then one question that helps."
    return f"{_fresh(scenario.exemplars.empathy, wrote)} {question}".strip(), why


_GIVEN_BACK = "given back in other words and checked, so that they need not say it twice"


def _told_before(state: SessionState, index: int) -> set[str]:
    told = set(state.started.scenario.opening.tells)
    for reply in state.appraised:
        if reply.index < index:
            told |= {answer.fact for answer in reply.decision.answers}
    return told


def _askable(state: SessionState, told: set[str]) -> list[str]:
    """Good questions for facts not told by then; all of them when that cannot be seen."""
    scenario = state.started.scenario
    open_words = [word.lower() for fact in scenario.facts if fact.id not in told for word in fact.words]
    fitting = [q for q in scenario.exemplars.questions if any(word in q.lower() for word in open_words)]
    return fitting or list(scenario.exemplars.questions)


def _fresh(options: Iterable[str], wrote: Iterable[str]) -> str:
    """The first option that the trainee did not write themselves."""
    options = list(options)
    written = " ".join(wrote)
    return next((option for option in options if option not in written), options[0] if options else "")
