"""When the customer leaves, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.persona import Temperament


class EndingKind(StrEnum):
    CONNECTED = "connected"
    """The need is met and the customer felt heard."""
    COLD = "cold"
    """The need is met, and that is all."""
    HEARD_UNRESOLVED = "heard_unresolved"
    WALKED_OUT = "walked_out"
    STOPPED = "stopped"
    """The trainee left."""
    REPLIES_ENDED = "replies_ended"
    """The prepared replies of a headless run were used up."""


@dataclass(frozen=True, slots=True)
class Ending:
    kind: EndingKind
    reason: str


MOST_BAD_TREATMENT = 3
"""Replies that blame, dismiss or hide behind policy, after which anybody leaves."""


SCAR = 2
"""Bad treatment from which nobody feels heard any more in this conversation. An insult weighs that much by itself."""


def is_heard(memory: Memory, mood: Mood) -> bool:
    """Whether the customer feels heard.

    It takes understanding of what this is like for them, more than one attentive reply, and some trust; one perfect
    sentence is not enough, and after bad treatment nothing is.
    """
    if memory.bad_treatment >= SCAR or memory.attentive < 2:
        return False
    depth = 2 * memory.understood + memory.paraphrased + 2 * memory.concern_named + 0.5 * memory.good_questions
    return depth >= 3 and (memory.understood >= 1 or memory.concern_named) and mood.trust >= 0.4


def near_leaving(memory: Memory, mood: Mood, temperament: Temperament) -> bool:
    """Whether the customer is about to leave and would say so."""
    return (
        mood.frustration >= temperament.walk_out - 0.08
        or memory.unhelpful >= temperament.patience - 1
        or memory.bad_treatment >= MOST_BAD_TREATMENT - 1
    )


def ending_after(
    memory: Memory, mood: Mood, temperament: Temperament, *, max_turns: int, closing: bool, insulted: bool
) -> Ending | None:
    """How it ends after this reply, or None while it goes on.

    Args:
        memory: including this reply.
        mood: after this reply.
        temperament: of this customer.
        max_turns: replies after which the customer has to go.
        closing: whether the trainee says goodbye.
        insulted: whether this reply was hostile.
    """
    heard = is_heard(memory, mood)
    if insulted and memory.bad_treatment >= MOST_BAD_TREATMENT:
        return Ending(EndingKind.WALKED_OUT, "The customer was insulted and left.")
    if memory.bad_treatment >= MOST_BAD_TREATMENT:
        return Ending(EndingKind.WALKED_OUT, "The customer was blamed, dismissed or put off once too often.")
    if memory.need_met:
        return _after_need_met(memory, heard=heard and not insulted)
    if mood.frustration >= temperament.walk_out and memory.warned:
        return Ending(EndingKind.WALKED_OUT, "Frustration rose past what this customer puts up with.")
    if memory.unhelpful >= temperament.patience:
        return _out_of_patience(heard=heard)
    if closing and memory.closings >= 2:
        return _out_of_patience(heard=heard)
    if memory.replies >= max_turns:
        return _out_of_time(heard=heard)
    return None


def _after_need_met(memory: Memory, *, heard: bool) -> Ending | None:
    if heard:
        return Ending(EndingKind.CONNECTED, "What the customer needed is settled, and they felt understood.")
    if memory.settling >= 2:
        return Ending(EndingKind.COLD, "The problem is solved, but the customer never felt understood.")
    return None


def _out_of_patience(*, heard: bool) -> Ending:
    if heard:
        return Ending(EndingKind.HEARD_UNRESOLVED, "The customer felt understood, but nothing was solved.")
    return Ending(EndingKind.WALKED_OUT, "Too many replies brought neither understanding nor help.")


def _out_of_time(*, heard: bool) -> Ending:
    if heard:
        return Ending(EndingKind.HEARD_UNRESOLVED, "The customer had to go before anything was solved.")
    return Ending(EndingKind.WALKED_OUT, "The customer ran out of time without being helped.")
