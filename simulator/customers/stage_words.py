"""How a stage direction puts moods, reactions, offers, endings and faults."""

from __future__ import annotations

from simulator.domain.endings import EndingKind
from simulator.domain.events import SpeechFaultKind as Fault
from simulator.domain.mood import Mood
from simulator.domain.persona import ReactionKind as Kind

_LITTLE, _SOME, _MUCH, _VERY = 0.2, 0.4, 0.6, 0.8
_NOTABLE = 0.04
"""A change of mood below which nothing is said of it."""

LANDED: dict[Kind, str] = {
    Kind.UNDERSTOOD: "The agent grasped what this is like for them. It does them good.",
    Kind.CONCERN_NAMED: "The agent put their unspoken worry into words. That is a relief, and a little embarrassing.",
    Kind.CONFIRMED: "The agent gave back their situation rightly. They confirm it.",
    Kind.CORRECTED: "The agent got something wrong. They put it right.",
    Kind.GOOD_QUESTION: "The agent asked something that matters to them.",
    Kind.OWNED: "The agent took it on personally. They notice it.",
    Kind.GREETED: "The agent only said hello so far.",
    Kind.STOCK_SYMPATHY: "The agent offered sympathy that anybody could get. It means nothing to them.",
    Kind.STOCK_SYMPATHY_AGAIN: "The agent offered the same hollow sympathy again. It grates.",
    Kind.COLD: "The agent treated them as a case, not as a person.",
    Kind.ASKED_AGAIN: "They are asked for what they have said already, or what the agent can see. It irritates them.",
    Kind.JARGON: "The agent used words of the trade that they do not know.",
    Kind.BLAMED: "The agent made it their fault.",
    Kind.CALM_DOWN: "The agent told them to calm down. It has the opposite effect.",
    Kind.POLICY: "The agent hid behind rules.",
    Kind.SCRIPTED: "The agent's message reads like a template.",
    Kind.RUSHED: "The agent came with a solution before finding out what it is about.",
    Kind.INTERROGATED: "The agent asked too many things at once.",
    Kind.INSULTED: "The agent was rude to them.",
    Kind.EMPTY: "The agent's message holds nothing.",
    Kind.OTHER_LANGUAGE: "The agent wrote in a language they cannot read.",
    Kind.NONSENSE: "The agent's message makes no sense to them.",
    Kind.TO_MACHINE: "The agent's message is not meant for a customer at all. It puzzles them; they stay themselves.",
    Kind.REPEATED: "The agent sent the same message again.",
    Kind.HANDED_OFF: "They are being passed on to somebody else.",
    Kind.WAIT: "They are asked to wait.",
    Kind.OFFER_WELCOME: "The offer would really settle it.",
    Kind.OFFER_PARTIAL: "The offer helps only in part.",
    Kind.OFFER_WRONG: "The offer does not help with what they need.",
    Kind.DONT_KNOW: "They are asked something that they do not know, or that is beside the point.",
    Kind.DEFLECT: "They are asked something that they would rather not tell this person yet. They avoid it.",
    Kind.NUDGE: "They want to get on with it.",
    Kind.WARNING: "They are close to giving up and say so.",
    Kind.IS_THAT_ALL: "It would be settled now, but they do not feel heard. They linger, somewhat flat.",
}
"""Kinds of closing have words of their own, in LAST_WORDS."""

OFFERS = {
    "fully": "An offer: this settles what they need. They take it, in their way, without gushing.",
    "partly": "An offer: it helps only in part. They say what is still open.",
    "no": "An offer: it is of no use to them. They turn it down.",
    "too_early": "An offer that comes before the agent knows what they need. They do not take it.",
    "over_limit": "An offer that they take for half a help at best.",
}

LAST_WORDS: dict[EndingKind, str] = {
    EndingKind.CONNECTED: "They leave, helped and understood. They thank like a person, not like a form.",
    EndingKind.COLD: "They leave. The matter is settled, but nobody understood them; polite at most, not warm.",
    EndingKind.HEARD_UNRESOLVED: "They leave. They felt understood, but nothing was solved.",
    EndingKind.WALKED_OUT: "They leave now, unhelped, and mean it.",
}

FAULTS: dict[Fault, str] = {
    Fault.ROLE_FLIP: "it spoke as the agent",
    Fault.GATED_FACT: "it told something that they do not tell yet",
    Fault.INVENTED: "it made up a detail",
    Fault.OUT_OF_CHARACTER: "it stepped out of the part",
    Fault.META: "it held a label, a description or markup",
    Fault.TOO_LONG: "it was too long",
    Fault.REPETITION: "it repeated what was already written",
    Fault.WRONG_LANGUAGE: "it was not in English",
    Fault.EMPTY: "it was empty",
}


def mood_words(mood: Mood, before: Mood | None) -> str:
    """How they feel now, and what has changed since their last message."""
    feels = f"{_degree(mood.frustration, 'frustrated')}, {_degree(mood.anxiety, 'anxious')}"
    trusts = ("does not trust", "hardly trusts", "half trusts", "mostly trusts", "trusts")[_step(mood.trust)]
    said = f"Mood: {feels}; {trusts} the agent."
    if before is None:
        return said
    changes = [
        word
        for now, then, up, down in (
            (mood.frustration, before.frustration, "angrier", "calmer"),
            (mood.anxiety, before.anxiety, "more worried", "less worried"),
            (mood.trust, before.trust, "more trusting", "more wary"),
        )
        if (word := up if now - then > _NOTABLE else down if then - now > _NOTABLE else "")
    ]
    return f"{said} Since their last message: {', '.join(changes)}." if changes else said


def _degree(value: float, word: str) -> str:
    return f"{('not', 'a little', 'rather', 'very', 'extremely')[_step(value)]} {word}"


def _step(value: float) -> int:
    return sum(value >= bound for bound in (_LITTLE, _SOME, _MUCH, _VERY))
