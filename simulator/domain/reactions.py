"""What in a reply the customer reacts to, most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.persona import ReactionKind as Kind


@dataclass(frozen=True, slots=True)
class Landing:
    """How a reply landed."""

    appraisal: Appraisal
    before: Memory
    after: Memory
    empathy: int
    paraphrase: int
    question: int
    stock: bool
    cold: bool
    names_concern: bool
    offer: str | None
    """The verdict on the offer that counts most; None without an offer."""
    asked_again: bool
    confirmed: bool
    corrected: bool
    deflected: bool
    dont_know: bool
    answered: bool
    warns: bool
    ending: EndingKind | None


CLOSING_KINDS = {
    EndingKind.CONNECTED: Kind.CLOSE_CONNECTED,
    EndingKind.COLD: Kind.CLOSE_COLD,
    EndingKind.HEARD_UNRESOLVED: Kind.CLOSE_UNRESOLVED,
    EndingKind.WALKED_OUT: Kind.WALK_OUT,
}

_PRESSING: tuple[tuple[Behaviour, Kind], ...] = (
    (Behaviour.HOSTILE, Kind.INSULTED),
    (Behaviour.EMPTY, Kind.EMPTY),
    (Behaviour.NONSENSE, Kind.NONSENSE),
    (Behaviour.OTHER_LANGUAGE, Kind.OTHER_LANGUAGE),
    (Behaviour.TO_MACHINE, Kind.TO_MACHINE),
    (Behaviour.CALM_DOWN, Kind.CALM_DOWN),
    (Behaviour.BLAME, Kind.BLAMED),
    (Behaviour.REPEATED, Kind.REPEATED),
    (Behaviour.SCRIPTED, Kind.SCRIPTED),
)


def reactions_to(landing: Landing) -> tuple[Kind, ...]:
    """The kinds of reaction that fit, most pressing first; empty when the reply calls for an answer only."""
    if landing.ending in CLOSING_KINDS:
        return (CLOSING_KINDS[landing.ending],)
    return tuple(dict.fromkeys((*_hurt(landing), *_met(landing), *_mild(landing))))


def _hurt(landing: Landing) -> Iterator[Kind]:
    """What one cannot pass over."""
    shows = landing.appraisal.shows
    for behaviour, kind in _PRESSING:
        if shows(behaviour):
            yield kind
    if landing.warns:
        yield Kind.WARNING
    if landing.asked_again:
        yield Kind.ASKED_AGAIN
    if shows(Behaviour.DISMISSIVE):
        yield Kind.COLD
    if shows(Behaviour.POLICY_TALK):
        yield Kind.POLICY
    if landing.corrected:
        yield Kind.CORRECTED
    if shows(Behaviour.HAND_OFF) and not shows(Behaviour.CONTEXT_KEPT):
        yield Kind.HANDED_OFF


def _met(landing: Landing) -> Iterator[Kind]:
    """Help and understanding."""
    if landing.names_concern:
        yield Kind.CONCERN_NAMED
    if landing.after.need_met and not landing.ending and landing.after.settling >= 1:
        yield Kind.IS_THAT_ALL
    match landing.offer:
        case "fully":
            yield Kind.OFFER_WELCOME
        case "too_early":
            yield Kind.RUSHED
        case "partly" | "over_limit":
            yield Kind.OFFER_PARTIAL
        case "no":
            yield Kind.OFFER_WRONG
        case _:
            pass
    if landing.appraisal.shows(Behaviour.INTERROGATION):
        yield Kind.INTERROGATED
    if landing.paraphrase >= 1 and (landing.confirmed or _checked(landing)):
        yield Kind.CONFIRMED
    if landing.empathy >= 2:
        yield Kind.UNDERSTOOD
    if landing.paraphrase >= 2:
        yield Kind.CONFIRMED
    if landing.question >= 3 and landing.before.good_questions < 3:
        yield Kind.GOOD_QUESTION


def _checked(landing: Landing) -> bool:
    """Whether a restatement was put to the customer, and nothing in it was wrong."""
    return landing.appraisal.shows(Behaviour.CHECKS_UNDERSTANDING) and not landing.corrected


def _mild(landing: Landing) -> Iterator[Kind]:
    """What is said only when nothing weighs more."""
    shows = landing.appraisal.shows
    if landing.deflected:
        yield Kind.DEFLECT
    if landing.dont_know:
        yield Kind.DONT_KNOW
    if shows(Behaviour.JARGON):
        yield Kind.JARGON
    if landing.stock:
        yield Kind.STOCK_SYMPATHY if landing.before.stock_sympathy == 0 else Kind.STOCK_SYMPATHY_AGAIN
    if shows(Behaviour.PREMATURE_SOLUTION) and landing.offer is None:
        yield Kind.RUSHED
    if shows(Behaviour.OWNERSHIP) and not landing.stock:
        yield Kind.OWNED
    if shows(Behaviour.WAIT_REQUEST):
        yield Kind.WAIT
    if shows(Behaviour.GREETING) and not landing.answered:
        yield Kind.GREETED
    if landing.cold and (landing.after.neutral >= 2 or not landing.answered):
        yield Kind.COLD
    if not landing.answered:
        yield Kind.NUDGE
