"""The customer in a language model's words: code decides, the model speaks, and the author's words stand by."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from random import Random

from simulator.customers.guard_facts import holds, untold
from simulator.customers.stage import Scene, request_for, scene_of
from simulator.customers.take import Take
from simulator.customers.wording import in_voice
from simulator.domain.events import SpeechFault
from simulator.engine.chat import ChatDelta, ChatDone, ChatModel, ChatRequest
from simulator.engine.ports import Customer, SpeechBrief, SpeechDelta, SpeechDone
from simulator.errors import ModelError

TRIES = 2
"""Calls for one message: after a fault the model is asked once more, then the authored line is said."""
_PIECE = re.compile(r"\S+\s*")


class VoicedCustomer:
    """Meets the Customer port with a model's words, sentence by sentence, each checked before it is shown.

    What was shown is never taken back. A fault, or a stream that breaks, after that ends the message where it
    stands. A fact that was to be told and is not in it is then said in its author's words, so that the record of what
    was told stays true; and so is the whole authored message, where hardly anything of it came. Before anything is
    shown a fault leads to one more try, and an error of the model is raised.

    Args:
        model: who finds the words.
        fallback: whose message says what is to be said, and is said itself when the model cannot.
    """

    def __init__(self, model: ChatModel, fallback: Customer) -> None:
        self.name = model.name
        self._model = model
        self._fallback = fallback

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        """The message, a sentence at a time, and then as a whole.

        Raises:
            ModelError: the model failed before anything was shown.
        """
        scene = scene_of(brief, await _authored(self._fallback, brief))
        caught: tuple[SpeechFault, ...] = ()
        for _ in range(TRIES):
            take, broke = Take(scene), False
            try:
                async with aclosing(self._said(request_for(scene, caught), take)) as pieces:
                    async for piece in pieces:
                        yield SpeechDelta(piece)
            except ModelError:
                if not take.shown:
                    raise
                broke = True
            caught += take.faults
            if take.shown:
                if missing := _missing(scene, take.shown, broke=broke or bool(take.faults)):
                    yield SpeechDelta(take.close(missing))
                lines = _lines(scene, take.shown)
                yield SpeechDone(take.shown, lines, voiced_by=self.name, faults=caught)
                return
            if not take.faults:
                break
        for piece in _PIECE.findall(scene.authored.text):
            yield SpeechDelta(piece)
        yield replace(scene.authored, faults=caught)

    async def _said(self, request: ChatRequest, take: Take) -> AsyncGenerator[str, None]:
        """What may be shown of one answer. The request is closed as soon as something is wrong with it."""
        cut, streamed = False, False
        async with aclosing(self._model.stream(request)) as answer:
            async for item in answer:
                match item:
                    case ChatDelta():
                        streamed, more = True, item.text
                    case ChatDone():
                        cut, more = item.finish_reason == "length", "" if streamed else item.text
                if passed := take.add(more):
                    yield passed
                if take.faults:
                    return
        if passed := take.finish(cut=cut):
            yield passed


async def _authored(fallback: Customer, brief: SpeechBrief) -> SpeechDone:
    """The offline customer's whole message."""
    async with aclosing(fallback.speak(brief)) as speech:
        async for item in speech:
            if isinstance(item, SpeechDone):
                return item
    msg = f"{fallback.name} did not finish its message"
    raise ValueError(msg)


def _missing(scene: Scene, text: str, *, broke: bool) -> str:
    """What is added in the author's words: facts that were to be told and are not in the text, as this customer types.

    A message that broke off before it came to the point ("Hello.") gets the whole authored one.
    """
    if broke and not holds(text, scene.authored.text):
        return scene.authored.text
    state = scene.brief.state
    rng = Random(f"{state.started.seed}:{scene.brief.index}:missing")
    lines = untold(text, scene.grounds)
    return " ".join(in_voice(line, state.started.persona.voice, state.mood, rng) for line in lines)


def _lines(scene: Scene, text: str) -> tuple[str, ...]:
    """The authored lines that were used. A cue that did not come out counts as unsaid, so that it can come later."""
    cues = scene.brief.state.started.scenario.concern.cues
    return tuple(line for line in scene.authored.lines if line not in cues or holds(text, line))
