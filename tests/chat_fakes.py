"""A language model that says what a test wrote down, keeps what it was asked, and breaks when told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field

from simulator.engine.chat import ChatDelta, ChatDone, ChatRequest, Usage


@dataclass(frozen=True, slots=True)
class Says:
    """An answer. Streamed, it comes word by word unless `pieces` says how."""

    text: str = ""
    pieces: tuple[str, ...] = ()
    usage: Usage = field(default_factory=lambda: Usage(prompt_tokens=12, completion_tokens=5))
    finish_reason: str = "stop"

    def parts(self) -> tuple[str, ...]:
        return self.pieces or in_words(self.text)


@dataclass(frozen=True, slots=True)
class Breaks:
    """Says these pieces, and then fails. `complete` fails at once."""

    error: Exception
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hangs:
    """Says these pieces, and then nothing more until it is cancelled or closed; `ScriptedModel.hanging` tells when."""

    pieces: tuple[str, ...] = ()


Answer = str | Exception | Says | Breaks | Hangs
Answers = Sequence[Answer] | Callable[[ChatRequest], Answer]


class ScriptedModel:
    """Meets ChatModel with answers from a list (the last is said again and again), or from a function of the request.

    An answer is a text, an error to raise, or `Says`, `Breaks` or `Hangs`:

        model = ScriptedModel(["Hello there.", RateLimitError("Too many"), Says(pieces=("a", "b"))])

    `requests` holds what was asked, in order; `closed` counts streams that were left before their end.
    """

    def __init__(self, answers: Answers = ("Fine.",), *, name: str = "scripted/one") -> None:
        self.name = name
        self.requests: list[ChatRequest] = []
        self.closed = 0
        self.hanging = asyncio.Event()
        self._answers = answers

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        answer = self._next(request)
        began = time.monotonic()
        first: float | None = None
        finished = False
        try:
            for piece in _pieces(answer):
                await asyncio.sleep(0)
                first = time.monotonic() - began if first is None else first
                yield ChatDelta(piece)
            said = await self._ended(answer)
            finished = True
            yield ChatDone(
                "".join(said.parts()), said.finish_reason, said.usage, self.name, time.monotonic() - began, first
            )
        except (GeneratorExit, asyncio.CancelledError):
            self.closed += not finished
            raise

    async def complete(self, request: ChatRequest) -> ChatDone:
        answer = self._next(request)
        await asyncio.sleep(0)
        try:
            said = await self._ended(answer)
        except asyncio.CancelledError:
            self.closed += 1
            raise
        return ChatDone("".join(said.parts()), said.finish_reason, said.usage, self.name)

    def _next(self, request: ChatRequest) -> Says | Breaks | Hangs:
        self.requests.append(request)
        if callable(self._answers):
            answer = self._answers(request)
        else:
            answer = self._answers[min(len(self.requests), len(self._answers)) - 1]
        if isinstance(answer, str):
            return Says(answer)
        return Breaks(answer) if isinstance(answer, Exception) else answer

    async def _ended(self, answer: Says | Breaks | Hangs) -> Says:
        if isinstance(answer, Breaks):
            raise answer.error
        while not isinstance(answer, Says):
            self.hanging.set()
            await asyncio.Event().wait()
        return answer


def in_words(text: str) -> tuple[str, ...]:
    """The text in pieces that end after each space; joined they are the text again."""
    words = text.split(" ")
    return tuple(piece for piece in (*(f"{word} " for word in words[:-1]), words[-1]) if piece)


def _pieces(answer: Says | Breaks | Hangs) -> tuple[str, ...]:
    return answer.parts() if isinstance(answer, Says) else answer.pieces
