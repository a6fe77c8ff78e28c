"""A model server of our own on loopback that speaks the OpenAI chat protocol, and misbehaves on command.

    async with ModelServer() as server:
        server.behave(Answer("Hello there."))                 # every request from now on
        server.schedule(rate_limited(retry_after_s=2), Cut())  # the next two; then `behave` again
        server.decide(lambda call: Answer(call.last_text))     # by request
        model = ...(model="openai/small-1", api_base=server.base_url)

Behaviours: `Answer` (streamed or not, as asked; slow, cut, stalled, empty), `Refuse` (any status; the functions
below know the usual ones), `Raw` (bytes as they are: half a JSON, an HTML page) and `RefuseFormats` (no json_schema).
`server.calls` keeps what was asked; `await call.hung_up.wait()` returns when the client left before the answer's end.
It also answers `GET /v1/models`, and `GET /api/tags` as Ollama does if `ollama` is true.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

from chat_fakes import in_words


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of 200."""

    text: str = "I have waited for two weeks now."
    pieces: tuple[str, ...] = ()
    """How the text is cut when it streams; by words if empty."""
    usage: tuple[int, int] | None = (20, 7)
    """Tokens of the prompt and of the answer; None says nothing about them."""
    finish_reason: str | None = "stop"
    """None never says that it is finished."""
    pause_s: float = 0.0
    """Seconds before each piece."""
    first_pause_s: float = 0.0
    """Seconds before the first piece, beside those."""
    stall_after: int | None = None
    """Pieces after which nothing more comes, with the connection open; 0 stalls before the first."""
    cut_after: int | None = None
    """Pieces after which the connection is closed."""
    cut_cleanly: bool = False
    """Whether the cut looks like an ordinary end of the response, without finish reason."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> tuple[str, ...]:
        return self.pieces or in_words(self.text)

    def whole(self) -> str:
        return "".join(self.parts())


@dataclass(frozen=True, slots=True)
class Refuse:
    """An error as the protocol words it."""

    status: int
    message: str
    code: str | None = None
    kind: str = "invalid_request_error"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """These bytes, as they are."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class RefuseFormats:
    """Refuses requests with one of these response formats ("json_schema", "json_object"), answers the others."""

    formats: tuple[str, ...] = ("json_schema",)
    otherwise: Answer = Answer()


Behaviour = Answer | Refuse | Raw | RefuseFormats


def no_key() -> Refuse:
    return Refuse(401, "You didn't provide an API key.", None, "invalid_request_error")


def bad_key(key: str = "sk-abcdefghijklmnopqrstuvwxyz123456") -> Refuse:
    """Says the key again, as some providers do."""
    return Refuse(401, f"Incorrect API key provided: {key}.", "invalid_api_key")


def forbidden() -> Refuse:
    return Refuse(403, "Your project does not have access to this model.", "model_not_allowed")


def no_such_model(name: str = "small-1") -> Refuse:
    return Refuse(404, f"The model `{name}` does not exist or you do not have access to it.", "model_not_found")


def rate_limited(retry_after_s: float | None = None) -> Refuse:
    headers = {} if retry_after_s is None else {"Retry-After": f"{retry_after_s:g}"}
    return Refuse(429, "Rate limit reached for requests.", "rate_limit_exceeded", "requests", headers)


def out_of_quota() -> Refuse:
    return Refuse(
        429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota"
    )


def server_error() -> Refuse:
    return Refuse(500, "The server had an error while processing your request.", None, "server_error")


def overloaded() -> Refuse:
    return Refuse(529, "Overloaded", None, "overloaded_error")


def context_too_long() -> Refuse:
    return Refuse(
        400,
        "This model's maximum context length is 4096 tokens. However, your messages resulted in 9001 tokens. "
        "Please reduce the length of the messages.",
        "context_length_exceeded",
    )


def content_filtered() -> Refuse:
    return Refuse(
        400,
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. "
        "Please modify your prompt and retry.",
        "content_filter",
    )


def stopped_by_filter(text: str = "I am") -> Answer:
    return Answer(text, finish_reason="content_filter")


def empty() -> Answer:
    return Answer("", usage=(20, 0))


def half_json() -> Raw:
    return Raw(b'{"id": "chatcmpl-1", "object": "chat.completion", "choices": [{"index": 0, "mess')


def half_event() -> Raw:
    """A stream whose first event is half a JSON."""
    return Raw(b'data: {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choi\n\n', 200, "text/event-stream")


def error_event(code: int = 503, message: str = "Loading model") -> Raw:
    """A stream of 200 that tells of an error."""
    told = _json({"error": {"message": message, "code": code, "type": "server_error"}})
    return Raw(b"data: " + told + b"\n\n", 200, "text/event-stream")


def html_page() -> Raw:
    return Raw(b"<!doctype html><title>Sign in</title><p>Sign in to go on.</p>", 200, "text/html; charset=utf-8")


@dataclass(slots=True, eq=False)
class Call:
    """One request for a chat completion."""

    body: dict[str, Any]
    headers: Mapping[str, str]
    """Names in lower case."""
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """The client left before the end of the answer."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """The whole answer (or refusal) was sent."""
    sent: int = 0
    """Pieces sent so far."""

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def texts(self) -> list[str]:
        return [str(message["content"]) for message in self.body["messages"]]

    @property
    def last_text(self) -> str:
        return self.texts[-1]

    @property
    def format(self) -> str | None:
        return (self.body.get("response_format") or {}).get("type")


class ModelServer:
    """The server; `async with` starts and stops it on the running loop.

    Args:
        models: names that it lists.
        ollama: whether it also lists them as Ollama does.
        key: the key that requests must bear; None takes any, or none.
        port: 0 takes a free one.
    """

    def __init__(
        self, *, models: tuple[str, ...] = ("small-1",), ollama: bool = False, key: str | None = None, port: int = 0
    ) -> None:
        self.models = models
        self.ollama = ollama
        self.key = key
        self.port = port
        self.calls: list[Call] = []
        self._arrived = asyncio.Condition()
        self._always: Behaviour = Answer()
        self._next: list[Behaviour] = []
        self._decide: Callable[[Call], Behaviour] | None = None
        self._server: asyncio.Server | None = None
        self._handlers: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for handler in self._handlers:
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    @property
    def root_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What `api_base` has to be."""
        return f"{self.root_url}/v1"

    def behave(self, behaviour: Behaviour) -> None:
        """Every request from now on that nothing is scheduled for."""
        self._always, self._decide = behaviour, None

    def decide(self, rule: Callable[[Call], Behaviour]) -> None:
        """As `behave`, by what is asked."""
        self._decide = rule

    def schedule(self, *behaviours: Behaviour) -> None:
        """The next requests, one each, after those already scheduled."""
        self._next += behaviours

    async def call(self, number: int = 0) -> Call:
        """The request of that number, waiting until it arrives."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.calls) > number)
        return self.calls[number]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._exchange(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        method, path, _ = head[0].split(" ")
        if method == "GET":
            await self._list_models(writer, path)
            return
        call = Call(json.loads(body), headers)
        async with self._arrived:
            self.calls.append(call)
            self._arrived.notify_all()
        answering = asyncio.ensure_future(self._answer(call, writer))
        leaving = asyncio.ensure_future(reader.read())
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done() or isinstance(answering.exception(), ConnectionError):
                call.hung_up.set()
            else:
                answering.result()
                call.answered.set()
        finally:
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _list_models(self, writer: asyncio.StreamWriter, path: str) -> None:
        if path == "/v1/models":
            listed: object = {"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]}
            await _send(writer, 200, _json(listed))
        elif path == "/api/tags" and self.ollama:
            await _send(writer, 200, _json({"models": [{"name": name, "model": name} for name in self.models]}))
        else:
            await _send(writer, 404, _json({"error": "not found"}))

    async def _answer(self, call: Call, writer: asyncio.StreamWriter) -> None:
        behaviour = self._behaviour(call)
        if isinstance(behaviour, RefuseFormats):
            behaviour = unsupported(call.format) if call.format in behaviour.formats else behaviour.otherwise
        match behaviour:
            case Raw():
                await _send(writer, behaviour.status, behaviour.body, behaviour.content_type)
            case Refuse():
                told = {"message": behaviour.message, "type": behaviour.kind, "param": None, "code": behaviour.code}
                await _send(writer, behaviour.status, _json({"error": told}), headers=behaviour.headers)
            case Answer() if call.streams:
                await self._stream(call, behaviour, writer)
            case Answer():
                await self._complete(call, behaviour, writer)

    def _behaviour(self, call: Call) -> Behaviour:
        if self.key is not None and call.headers.get("authorization") != f"Bearer {self.key}":
            return bad_key()
        if self._next:
            return self._next.pop(0)
        return self._decide(call) if self._decide else self._always

    async def _complete(self, call: Call, answer: Answer, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(answer.first_pause_s + answer.pause_s)
        if answer.stall_after is not None:
            await asyncio.Event().wait()
        message = {"role": "assistant", "content": answer.whole()}
        choice = {"index": 0, "message": message, "finish_reason": answer.finish_reason}
        told = {**_envelope(call, "chat.completion"), "choices": [choice]} | _usage(answer)
        body = _json(told)
        if answer.cut_after is not None:
            writer.write(_head(200, "application/json", {"Content-Length": str(len(body))}) + body[: len(body) // 2])
            await writer.drain()
            return
        await _send(writer, 200, body, headers=answer.headers)

    async def _stream(self, call: Call, answer: Answer, writer: asyncio.StreamWriter) -> None:
        chunk = _envelope(call, "chat.completion.chunk")
        writer.write(_head(200, "text/event-stream", {"Transfer-Encoding": "chunked", **answer.headers}))
        await writer.drain()
        parts = answer.parts()
        for number, piece in enumerate((*parts, None)):
            if answer.stall_after == number:
                await asyncio.Event().wait()
            if answer.cut_after == number:
                writer.write(b"0\r\n\r\n" if answer.cut_cleanly else b"")
                await writer.drain()
                return
            if piece is not None:
                await asyncio.sleep(answer.pause_s + (answer.first_pause_s if number == 0 else 0.0))
                delta = {"content": piece} | ({"role": "assistant"} if number == 0 else {})
                await _event(writer, {**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
                call.sent += 1
        if answer.finish_reason is not None:
            last = {"index": 0, "delta": {}, "finish_reason": answer.finish_reason}
            await _event(writer, {**chunk, "choices": [last]})
        if (call.body.get("stream_options") or {}).get("include_usage") and answer.usage:
            await _event(writer, {**chunk, "choices": []} | _usage(answer))
        writer.write(_chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")
        await writer.drain()


def unsupported(format_type: str | None) -> Refuse:
    """What servers say that do not know a response format."""
    return Refuse(
        400,
        f"Invalid parameter: 'response_format' of type '{format_type}' is not supported with this model.",
        "unsupported_parameter",
    )


def slow(answer: Answer, pause_s: float) -> Answer:
    return replace(answer, pause_s=pause_s)


def _envelope(call: Call, kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1772440200, "model": call.body.get("model", "small-1")}


def _usage(answer: Answer) -> dict[str, object]:
    if answer.usage is None:
        return {}
    asked, said = answer.usage
    return {"usage": {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _head(status: int, content_type: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Told", f"Content-Type: {content_type}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def _event(writer: asyncio.StreamWriter, value: object) -> None:
    writer.write(_chunk(b"data: " + _json(value) + b"\n\n"))
    await writer.drain()


async def _send(
    writer: asyncio.StreamWriter,
    status: int,
    body: bytes,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> None:
    writer.write(_head(status, content_type, {"Content-Length": str(len(body)), **(headers or {})}) + body)
    await writer.drain()
