from __future__ import annotations

from builders import PROCEDURE, opened, replied, started

from simulator.customers import ScriptedCustomer
from simulator.domain.decisions import Decision
from simulator.domain.events import ReplyAppraised
from simulator.domain.mood import Mood
from simulator.domain.session import advance, fold
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone


async def test_the_opening_comes_word_by_word_and_then_as_a_whole() -> None:
    brief = SpeechBrief(state=fold([started()]), decision=None, index=0)
    items = [item async for item in ScriptedCustomer().speak(brief)]
    *pieces, done = items
    assert isinstance(done, SpeechDone)
    assert done.text in {"My parcel is late.", "The parcel is late."}
    assert "".join(piece.text for piece in pieces if isinstance(piece, SpeechDelta)) == done.text
    assert len(pieces) == 4


async def test_an_answer_voices_the_decision() -> None:
    decision = Decision(mood=Mood(frustration=0.5, anxiety=0.3, trust=0.3), dont_know=True)
    state = advance(replied(opened()), ReplyAppraised(index=1, appraisal=PROCEDURE, decision=decision))
    done = [item async for item in ScriptedCustomer().speak(SpeechBrief(state, decision, 2))][-1]
    assert isinstance(done, SpeechDone)
    assert done.text.startswith("Persona dont_know")
