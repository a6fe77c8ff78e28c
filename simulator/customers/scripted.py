"""The offline customer: authored words, chosen by what code decided."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator

from simulator.customers import composing
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone

_PIECE = re.compile(r"\S+\s*")


class ScriptedCustomer:
    """Meets the Customer port with the persona's and the scenario's own lines."""

    name = "offline"

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        """The message word by word, then as a whole. The same state gives the same words."""
        if brief.decision is None:
            done = composing.opening(brief.state, brief.index)
        else:
            done = composing.reply(brief.state, brief.decision, brief.index)
        for piece in _PIECE.findall(done.text):
            yield SpeechDelta(piece)
        yield done
