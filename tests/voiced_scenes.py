"""Briefs and scenes for tests of the customer who is voiced by a model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import PROCEDURE, fact, opened, replied, scenario
from chat_fakes import ScriptedModel

from simulator.customers import ScriptedCustomer, VoicedCustomer, composing
from simulator.customers.guard_grounds import Grounds
from simulator.customers.stage import Scene, scene_of
from simulator.domain.decisions import Decision, FactAnswer
from simulator.domain.events import ReplyAppraised
from simulator.domain.mood import Mood
from simulator.domain.session import SessionState, advance
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone

MOOD = Mood(frustration=0.5, anxiety=0.3, trust=0.3)

TOLD = (
    fact(
        "late",
        "opening",
        statement="The parcel with the puppet is late.",
        says=["The parcel with the puppet is late.", "My parcel, the puppet, is late."],
    ),
    fact("order-number", "opening", on_record=True),
    fact(
        "deadline",
        "asked",
        statement="They need the puppet by Saturday at four.",
        says=["By Saturday, four o'clock.", "I need that puppet by Saturday at four."],
        again=["Saturday at four, as I said.", "Saturday, four."],
        correction="Not Sunday. Saturday.",
        words=["deadline", "by when"],
    ),
    fact(
        "tried",
        "asked",
        statement="They rang the depot in Leith and were hung up on.",
        says=["I rang the depot in Leith and they hung up.", "The depot in Leith hung up on me."],
        again=["I rang Leith. They hung up.", "Leith hung up on me."],
    ),
    fact("goal", "asked", about="goal"),
    fact("address", "asked", on_record=True),
    fact(
        "promise",
        "earned",
        statement="They promised the granddaughter a birthday theatre.",
        says=["I promised my granddaughter a theatre for her birthday.", "She was promised a birthday theatre."],
        again=["A birthday theatre, I promised it.", "I promised her a theatre."],
        trust=0.5,
    ),
    fact("last-year", "earned", trust=0.9),
)
"""A case whose facts have figures, names and words of their own."""


def case(**changes: Any) -> SessionState:
    """The state after the opening."""
    return opened(scenario=scenario(facts=list(TOLD), **changes))


def brief_for(
    state: SessionState | None = None, *, text: str = "By when do you need it?", **decided: Any
) -> SpeechBrief:
    """What the customer is asked to voice when this was decided about that reply."""
    waiting = replied(state or case(), text)
    decision = Decision(**{"mood": MOOD, "dont_know": not decided, **decided})
    index = len(waiting.turns)
    waiting = advance(waiting, ReplyAppraised(index=index - 1, appraisal=PROCEDURE, decision=decision))
    return SpeechBrief(state=waiting, decision=decision, index=index, session="s-1")


def tells(*facts: str, manner: str = "tell") -> tuple[FactAnswer, ...]:
    return tuple(FactAnswer.model_validate({"fact": fact_id, "manner": manner}) for fact_id in facts)


def scene(brief: SpeechBrief | None = None) -> Scene:
    brief = brief or brief_for()
    assert brief.decision is not None
    return scene_of(brief, composing.reply(brief.state, brief.decision, brief.index))


def grounds(**changes: Any) -> Grounds:
    """Those of a turn in which nothing is told, with changes."""
    return replace(scene().grounds, **changes)


async def speech(model: ScriptedModel, brief: SpeechBrief) -> tuple[str, SpeechDone]:
    """What was shown, and what is recorded."""
    items = [item async for item in VoicedCustomer(model, ScriptedCustomer()).speak(brief)]
    *pieces, done = items
    assert isinstance(done, SpeechDone)
    return "".join(piece.text for piece in pieces if isinstance(piece, SpeechDelta)), done
