"""Marks where connection happened in a session, and where it was missed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.domain.behaviours import Behaviour
from simulator.domain.rubric import EMPATHY
from simulator.domain.scoring import Rating
from simulator.domain.session import AppraisedReply, SessionState
from simulator.engine.debrief import Moment

_MISSES: tuple[tuple[Behaviour, str], ...] = (
    (Behaviour.HOSTILE, "The customer was attacked; from here on they defend themselves instead of talking."),
    (Behaviour.BLAME, "The customer heard that it is their own fault. Whoever is right, nobody opens up after that."),
    (
        Behaviour.CALM_DOWN,
        "Being told to calm down says that the feeling is the problem. It is a sign; ask what is behind.",
    ),
    (Behaviour.DISMISSIVE, "The customer was brushed off at a point where they still hoped for help."),
    (
        Behaviour.POLICY_TALK,
        "Policy was the answer. Say what you can do for them; the rule explains itself afterwards.",
    ),
    (Behaviour.REPEATED, "The same message came again. To the customer that means nobody read theirs."),
    (Behaviour.SCRIPTED, "This could have gone to anybody. One detail of theirs would have shown that you read it."),
    (Behaviour.PREMATURE_SOLUTION, "A solution came before the customer could see that you know what it is about."),
    (Behaviour.INTERROGATION, "Several questions at once feel like a form. One, with the reason for it, gets more."),
)


def moments_of(state: SessionState) -> tuple[Moment, ...]:
    """All moments, in order of the conversation."""
    return tuple(moment for reply in state.appraised for moment in _of_reply(state, reply))


def _of_reply(state: SessionState, reply: AppraisedReply) -> Iterator[Moment]:
    text = state.turns[reply.index].text
    found = list(_connections(state, reply))
    yield from found
    for behaviour, why in _MISSES:
        if reply.appraisal.shows(behaviour):
            yield Moment(kind="missed", turn=reply.index, quote=_evidence(reply, behaviour, text), why=why)
            break
    else:
        if not found:
            yield from _passed_over(state, reply, text)


def _connections(state: SessionState, reply: AppraisedReply) -> Iterator[Moment]:
    decision, appraisal = reply.decision, reply.appraisal
    if decision.concern_named:
        why = "You named what they had not said. That is the moment the conversation turned."
        yield Moment(kind="connection", turn=reply.index, quote=appraisal.concern.quote, why=why)
        return
    rated = [r for r in state.ratings_at(reply.index) if isinstance(r, Rating) and r.evidence]
    best = max(rated, key=lambda rating: rating.level, default=None)
    if best is not None and (best.level == 3 or (best.level == 2 and best.criterion == EMPATHY)):
        yield Moment(kind="connection", turn=reply.index, quote=best.evidence[0], why=best.reason)


def _evidence(reply: AppraisedReply, behaviour: Behaviour, text: str) -> str:
    for observation in reply.appraisal.observations:
        if observation.behaviour is behaviour and observation.evidence:
            return observation.evidence[0]
    return text


def _passed_over(state: SessionState, reply: AppraisedReply, text: str) -> Iterator[Moment]:
    """What the customer gave away or asked for, and the reply walked past."""
    if reply.index == 0:
        return
    if _asked_again(reply):
        why = "They had told this, or it is in their record. Being asked again is what wears people out most."
        yield Moment(kind="missed", turn=reply.index, quote=text, why=why)
    elif reply.index - 1 in state.cued_at and not state.memory_before(reply.index).concern_named:
        quote = _last_sentence(state.turns[reply.index - 1].text)
        why = "They let something slip here. Asking about it, or saying what it may mean to them, opens the real worry."
        yield Moment(kind="missed", turn=reply.index, quote=quote, why=why)
    elif reply.appraisal.shows(Behaviour.STOCK_SYMPATHY):
        why = "Kind, but it would fit any customer. Say what this is like for them and why."
        yield Moment(kind="missed", turn=reply.index, quote=_evidence(reply, Behaviour.STOCK_SYMPATHY, text), why=why)


def _asked_again(reply: AppraisedReply) -> bool:
    return any(answer.manner == "again" for answer in reply.decision.answers) and reply.appraisal.shows(
        Behaviour.ASKS_AGAIN
    )


def _last_sentence(text: str) -> str:
    """The last one with a word in it; an emoji alone is none."""
    sentences = [s for s in re.split(r"(?<=[.!?…])\s+", text.strip()) if re.search(r"\w", s)]
    return sentences[-1] if sentences else text
