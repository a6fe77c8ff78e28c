"""Answers with the calls that were recorded in a session, so that it can be played again without any model."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Iterable
from typing import Final

from simulator import errors
from simulator.engine.chat import CallRecord, ChatDelta, ChatDone, ChatRequest, Purpose
from simulator.engine.replaying import in_pieces
from simulator.errors import ModelError, ModelStalledError
from simulator.llm.recording import CANCELLED

_TITLE: Final = "The recording does not go on like this"
_HINT: Final = "Play the session with the version of the simulator that recorded it, or start it anew."


class ReplayModel:
    """Meets ChatModel with recorded answers, in the order in which they were given.

    The calls of each purpose have an order of their own: a judge that rates while the customer speaks may be asked
    a little earlier or later than it was then. A call that failed fails again, after what had arrived of its answer.

    Args:
        records: the calls of one session, oldest first.
        name: who is said to answer; the recorded model if empty.
    """

    def __init__(self, records: Iterable[CallRecord], name: str = "") -> None:
        kept = tuple(records)
        self.name = name or (kept[0].model if kept else "recording")
        self._left: dict[Purpose, deque[CallRecord]] = {}
        for record in kept:
            self._left.setdefault(record.request.purpose, deque()).append(record)

    @property
    def left(self) -> int:
        """How many recorded calls have not been asked for yet."""
        return sum(len(records) for records in self._left.values())

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        """The recorded answer word by word, then as a whole.

        Raises:
            ModelError: another call was recorded here, or none; or the recorded call failed.
        """
        record = self._next(request)
        text = record.partial if record.answer is None else record.answer.text
        for piece in in_pieces(text):
            yield ChatDelta(piece)
        yield _answer(record)

    async def complete(self, request: ChatRequest) -> ChatDone:
        """The recorded answer.

        Raises:
            ModelError: another call was recorded here, or none; or the recorded call failed.
        """
        return _answer(self._next(request))

    def _next(self, request: ChatRequest) -> CallRecord:
        left = self._left.get(request.purpose)
        if not left:
            raise ModelError(_TITLE, f"It holds no further call of the {request.purpose}.", _HINT)
        difference = _difference(left[0].request, request)
        if difference:
            raise ModelError(_TITLE, difference, _HINT)
        return left.popleft()


def _difference(recorded: ChatRequest, asked: ChatRequest) -> str:
    if recorded.prompt != asked.prompt:
        return (
            f'Its next call of the {asked.purpose} was made with the prompt "{recorded.prompt}"; '
            f'now "{asked.prompt}" is used.'
        )
    if recorded.prompt_sha256 != asked.prompt_sha256:
        return (
            f'The wording of the prompt "{asked.prompt}" has changed since: '
            f"{recorded.prompt_sha256[:12]} was recorded, {asked.prompt_sha256[:12]} is used now."
        )
    return ""


def _answer(record: CallRecord) -> ChatDone:
    if record.answer is not None:
        return record.answer
    if record.error in {CANCELLED, ""}:
        raise ModelStalledError("The recorded answer was broken off", "Nobody waited for the rest of it.", "Try again.")
    kind, separator, told = record.error.partition(": ")
    known = getattr(errors, kind, None) if separator else None
    if isinstance(known, type) and issubclass(known, ModelError):
        raise known(told)
    raise ModelError(record.error)
