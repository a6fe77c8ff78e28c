"""Keeps every call of a model: what was asked, what came back, what it cost, and what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from simulator.engine.chat import CallLog, CallRecord, ChatDelta, ChatDone, ChatModel, ChatRequest, Message
from simulator.engine.ports import Clock
from simulator.engine.settling import settled
from simulator.errors import ModelError, NotFoundError, StorageError
from simulator.llm.redaction import redact

Redact = Callable[[str], str]

CANCELLED: Final = "cancelled"
UNFINISHED: Final = "The answer stopped without being finished."


class RecordingModel:
    """Meets ChatModel with another model's answers, and keeps each call in a log.

    Calls outside of sessions are not kept: nobody could find them again, or forget them.
    A call that cannot be kept does not disturb the conversation; it is counted in `missed`.

    Args:
        model: who answers.
        log: where calls are kept.
        clock: tells when a call began.
        without_secrets: takes keys out of a text.
    """

    def __init__(self, model: ChatModel, log: CallLog, clock: Clock, without_secrets: Redact = redact) -> None:
        self.name = model.name
        self.missed = 0
        """Calls that could not be kept."""
        self.last_miss: StorageError | NotFoundError | None = None
        """Why the last of them could not."""
        self._model = model
        self._log = log
        self._clock = clock
        self._redact = without_secrets

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        """The other model's answer in pieces; it is kept before the whole answer is handed on."""
        call = self._begun(request)
        arrived, is_kept = "", False
        try:
            async with aclosing(self._model.stream(request)) as answer:
                async for item in answer:
                    if isinstance(item, ChatDone):
                        is_kept = True
                        await self._keep(replace(call, answer=item))
                    else:
                        arrived += item.text
                    yield item
        except ModelError as error:
            await self._keep(replace(call, error=told(error), partial=arrived))
            raise
        except (asyncio.CancelledError, GeneratorExit):
            if not is_kept:
                await self._keep(replace(call, error=CANCELLED, partial=arrived))
            raise
        if not is_kept:
            await self._keep(replace(call, error=UNFINISHED, partial=arrived))

    async def complete(self, request: ChatRequest) -> ChatDone:
        """The other model's answer, once it is kept."""
        call = self._begun(request)
        try:
            answer = await self._model.complete(request)
        except ModelError as error:
            await self._keep(replace(call, error=told(error)))
            raise
        except asyncio.CancelledError:
            await self._keep(replace(call, error=CANCELLED))
            raise
        await self._keep(replace(call, answer=answer))
        return answer

    def _begun(self, request: ChatRequest) -> CallRecord:
        return CallRecord(session=request.session, at=self._clock.now(), model=self.name, request=request, answer=None)

    async def _keep(self, record: CallRecord) -> None:
        if record.session:
            await settled(self._try_to_keep(self._redacted(record)))

    async def _try_to_keep(self, record: CallRecord) -> None:
        try:
            await self._log.add_call(record)
        except (StorageError, NotFoundError) as error:  # NotFoundError: the session was forgotten meanwhile
            self.missed += 1
            self.last_miss = error

    def _redacted(self, record: CallRecord) -> CallRecord:
        request, answer = record.request, record.answer
        messages = tuple(Message(message.role, self._clean(message.text)) for message in request.messages)
        return replace(
            record,
            request=replace(request, messages=messages),
            answer=None if answer is None else replace(answer, text=self._clean(answer.text)),
            error=self._clean(record.error),
            partial=self._clean(record.partial),
        )

    def _clean(self, text: str) -> str:
        """Without secrets, and without the half characters that a cut stream can end in, which no file can hold."""
        return self._redact(text).encode("utf-8", "replace").decode()


def told(error: ModelError) -> str:
    """The error with its kind first, by which a replay can raise it again."""
    return f"{type(error).__name__}: {error}"
