"""Talking to a language model: what is asked, what comes back, and the ports that adapters meet."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

Purpose = Literal["customer", "judge", "coach", "doctor"]


class Role(StrEnum):
    """Roles as the models' protocol names them; the domain knows speakers instead."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """JSON that the answer has to be.

    `schema` asks the server to hold the answer to the JSON schema, `object` only to make it a JSON object.
    """

    mode: Literal["schema", "object"]
    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One call of a model."""

    purpose: Purpose
    prompt: str
    """The prompt's name."""
    prompt_sha256: str
    messages: tuple[Message, ...]
    session: str = ""
    """The session whose budget pays; empty outside of sessions."""
    response_format: ResponseFormat | None = None
    stop: tuple[str, ...] = ()
    max_tokens: int | None = None
    """The longest answer, in tokens; None takes the settings'."""
    temperature: float | None = None
    """None takes the settings'."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call cost; None is unknown, never 0."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a session has used so far."""

    calls: int = 0
    tokens: int = 0
    """Read and written."""
    is_estimate: bool = False
    """Whether some of the tokens were reckoned from the length of the texts, as nobody had counted them."""
    cost_usd: float | None = None
    """What the calls cost whose price is known; None if no price is known."""
    unpriced_calls: int = 0
    """Calls whose price is not known, so that the true cost may be higher."""

    def plus(self, usage: Usage, *, estimated_tokens: int) -> Spent:
        """With one more call."""
        counted = (usage.prompt_tokens, usage.completion_tokens)
        known = sum(tokens for tokens in counted if tokens is not None)
        is_known = None not in counted
        cost = self.cost_usd if usage.cost_usd is None else (self.cost_usd or 0.0) + usage.cost_usd
        return Spent(
            calls=self.calls + 1,
            tokens=self.tokens + (known if is_known else max(known, estimated_tokens)),
            is_estimate=self.is_estimate or not is_known,
            cost_usd=cost,
            unpriced_calls=self.unpriced_calls + (usage.cost_usd is None),
        )


@dataclass(frozen=True, slots=True)
class ChatDelta:
    """Some more of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class ChatDone:
    """The whole answer."""

    text: str
    finish_reason: str = "stop"
    """`stop`, or `length` when it was cut."""
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    latency_s: float = 0.0
    first_text_s: float | None = None
    """Seconds until the first words; None when it did not stream."""


class ChatModel(Protocol):
    """A language model behind one name. Every failure is a ModelError."""

    name: str

    def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        """The answer in pieces, then as a whole. Closing the generator closes the request at the server."""
        ...

    async def complete(self, request: ChatRequest) -> ChatDone:
        """The whole answer at once."""
        ...


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as it is kept: enough to see what was asked, and to play it again."""

    session: str
    at: datetime
    model: str
    request: ChatRequest
    answer: ChatDone | None
    """None when it failed or was cancelled."""
    error: str = ""
    """What went wrong, without keys; "cancelled" when it was cancelled."""
    partial: str = ""
    """What had arrived of an answer that was not finished."""


class CallLog(Protocol):
    """Keeps the calls of sessions."""

    async def add_call(self, record: CallRecord) -> None:
        """Keep one more.

        Raises:
            NotFoundError: no such session.
            StorageError: it cannot be written.
        """
        ...

    async def calls(self, session_id: str) -> tuple[CallRecord, ...]:
        """All calls of a session, in order; none if it made none."""
        ...
