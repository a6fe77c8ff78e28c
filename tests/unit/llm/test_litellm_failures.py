"""Everything that a server can do wrong, through LiteLLM over loopback: its own sentence, a way on, and no key."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import model_server as serving
import pytest
from model_server import Answer, ModelServer

from simulator.engine.chat import ChatDelta, ChatDone, ChatRequest, Message, ResponseFormat, Role, Usage
from simulator.errors import (
    BadAnswerError,
    ContentRefusedError,
    ContextTooLongError,
    FormatUnsupportedError,
    ModelAccessError,
    ModelError,
    ModelStalledError,
    ModelUnavailableError,
    RateLimitError,
    UnknownModelError,
)
from simulator.llm.litellm_model import LiteLLMModel, ModelOptions, is_loopback

KEY = "sk-ant-0123456789-very-private"
REQUEST = ChatRequest(
    purpose="customer", prompt="customer", prompt_sha256="", messages=(Message(Role.USER, "How can I help?"),)
)
SCHEMA = ResponseFormat("schema", "ratings", {"type": "object", "properties": {"level": {"type": "integer"}}})
OBJECT = ResponseFormat("object", "ratings", {})


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "LITELLM_LOG", "OPENAI_API_BASE", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        yield running


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """models.example is this machine, every other name is unknown."""
    real = socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        if host in {"127.0.0.1", "localhost"}:
            return real(host, *arguments, **named)
        if host == "models.example":
            return real("127.0.0.1", *arguments, **named)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def model(server: ModelServer, **options: Any) -> LiteLLMModel:
    return LiteLLMModel(ModelOptions(**({"model": "openai/small-1", "api_base": server.base_url} | options)))


async def streamed(asked: LiteLLMModel, request: ChatRequest = REQUEST) -> ChatDone:
    async with aclosing(asked.stream(request)) as stream:
        items = [item async for item in stream]
    assert isinstance(items[-1], ChatDone)
    return items[-1]


async def failure(asked: LiteLLMModel, *, streams: bool, request: ChatRequest = REQUEST) -> ModelError:
    """The failure, of which everything a person may see has been looked at."""
    with pytest.raises(ModelError) as caught:
        await (streamed(asked, request) if streams else asked.complete(request))
    error = caught.value
    assert error.title.endswith(".")
    assert error.detail.endswith((".", '"'))
    assert error.hint.endswith(".")
    assert error.__cause__ is None
    assert error.__context__ is None, "nothing of the library hangs on to it"
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    assert KEY not in shown
    assert "litellm." not in str(error)
    assert not any(word in str(error) for word in ("Exception", "NoneType", "Traceback"))
    return error


@dataclass(frozen=True)
class Case:
    behaviour: Any
    kind: type[ModelError]
    title: str
    detail: str
    hint: str


CASES = {
    "no key": Case(serving.no_key(), ModelAccessError, "no key", "wants a key", "OPENAI_API_KEY"),
    "bad key": Case(serving.bad_key(KEY), ModelAccessError, "key was refused", "Incorrect API key", "still valid"),
    "forbidden": Case(serving.forbidden(), ModelAccessError, "may not use", "does not have access", "Ask for access"),
    "no such model": Case(
        serving.no_such_model(), UnknownModelError, "no such model", "openai/small-1", "Look at the name"
    ),
    "rate limit": Case(serving.rate_limited(), RateLimitError, "Too many", "in a little while", "Wait"),
    "rate limit for a time": Case(serving.rate_limited(7), RateLimitError, "Too many", "in 7 seconds", "Wait"),
    "no credit": Case(serving.out_of_quota(), ModelAccessError, "no credit", "current quota", "plan"),
    "server error": Case(serving.server_error(), ModelUnavailableError, "server failed", "(500)", "Try again"),
    "overloaded": Case(serving.overloaded(), ModelUnavailableError, "overloaded", "(529)", "Try again"),
    "too long": Case(serving.context_too_long(), ContextTooLongError, "too long", "4096 tokens", "longer memory"),
    "filtered": Case(serving.content_filtered(), ContentRefusedError, "content filter", "was filtered", "other words"),
    "stopped by filter": Case(
        serving.stopped_by_filter(), ContentRefusedError, "content filter", "did not let", "other words"
    ),
    "empty": Case(serving.empty(), BadAnswerError, "empty", "without a word", "Try again"),
    "only thought": Case(
        Answer("", finish_reason="length"), BadAnswerError, "empty", "longest answer", "models.max_tokens"
    ),
    "half a JSON": Case(serving.half_json(), BadAnswerError, "could not be read", "broken", "models.api_base"),
    "half an event": Case(serving.half_event(), BadAnswerError, "could not be read", "broken", "models.api_base"),
    "web page": Case(serving.html_page(), BadAnswerError, "web page", "page for people", "/v1"),
    "cut": Case(Answer(cut_after=2), BadAnswerError, "cut off", "closed the connection", "Try again"),
    "odd refusal": Case(
        serving.Refuse(400, "top_k is not a number"), ModelError, "request was refused", "top_k", "models.temperature"
    ),
}


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_failure_has_a_sentence_of_its_own(server: ModelServer, case: Case, streams: bool) -> None:
    server.behave(case.behaviour)
    error = await failure(model(server), streams=streams)
    assert type(error) is case.kind
    assert case.title in error.title
    assert case.detail in error.detail
    assert case.hint in error.hint
    assert len(server.calls) == 1, "whoever asks again is ours to decide"


def test_no_two_failures_say_the_same() -> None:
    assert len({case.title for case in CASES.values()}) >= 14


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize(("sent", "seconds"), [("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("soon", None), (None, None)])
async def test_the_wait_that_a_provider_asks_for_is_kept(
    server: ModelServer, sent: str | None, seconds: float | None, streams: bool
) -> None:
    server.behave(replace(serving.rate_limited(), headers={} if sent is None else {"Retry-After": sent}))
    error = await failure(model(server), streams=streams)
    assert isinstance(error, RateLimitError)
    assert error.retry_after_s == seconds


async def test_a_wait_can_be_a_date(server: ModelServer) -> None:
    for date, is_past in (("Wed, 21 Oct 2015 07:28:00 GMT", True), ("Wed, 21 Oct 2115 07:28:00 GMT", False)):
        server.behave(replace(serving.rate_limited(), headers={"Retry-After": date}))
        error = await failure(model(server), streams=False)
        assert isinstance(error, RateLimitError)
        assert error.retry_after_s is not None
        assert (error.retry_after_s == 0) is is_past


@pytest.mark.parametrize(
    "how", [Answer(cut_after=0), Answer(cut_after=2, cut_cleanly=True), Answer(finish_reason=None)]
)
async def test_a_stream_that_ends_before_its_end_is_cut_off(server: ModelServer, how: Answer) -> None:
    server.behave(how)
    error = await failure(model(server), streams=True)
    assert type(error) is BadAnswerError
    assert "cut off" in error.title


async def test_what_came_before_a_cut_was_shown(server: ModelServer) -> None:
    server.behave(Answer(cut_after=2))
    async with aclosing(model(server).stream(REQUEST)) as stream:
        assert [await anext(stream), await anext(stream)] == [ChatDelta("I "), ChatDelta("have ")]
        with pytest.raises(BadAnswerError):
            await anext(stream)


@pytest.mark.parametrize(("after", "said"), [(0, "did not begin"), (1, "in the middle")])
async def test_a_silent_stream_is_given_up_and_closed(server: ModelServer, after: int, said: str) -> None:
    server.behave(Answer(stall_after=after))
    error = await failure(model(server, timeout_s=0.4), streams=True)
    assert type(error) is ModelStalledError
    assert said in error.detail
    assert "0.4 seconds" in error.detail
    assert "models.timeout_s" in error.hint
    await server.calls[0].hung_up.wait()


async def test_a_whole_answer_that_does_not_come_is_given_up(server: ModelServer) -> None:
    server.behave(Answer(stall_after=0))
    error = await failure(model(server, timeout_s=0.3), streams=False)
    assert type(error) is ModelStalledError
    await server.calls[0].hung_up.wait()


async def test_a_slow_stream_is_not_a_silent_one(server: ModelServer) -> None:
    server.behave(Answer(pieces=tuple("abcdefgh"), pause_s=0.1))
    done = await streamed(model(server, timeout_s=0.5))
    assert done.text == "abcdefgh"
    assert done.latency_s > 0.5


async def test_an_error_told_in_the_stream_is_understood(server: ModelServer) -> None:
    server.behave(serving.error_event(503, "Loading model"))
    error = await failure(model(server), streams=True)
    assert type(error) is ModelUnavailableError
    assert "Loading model" in error.detail


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_a_server_that_is_not_there(streams: bool) -> None:
    async with ModelServer() as gone:
        asked = model(gone)
    error = await failure(asked, streams=streams)
    assert type(error) is ModelUnavailableError
    assert "does not answer" in error.title
    assert gone.base_url in error.detail
    assert "Start the server" in error.hint


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_a_name_that_nobody_knows(names: None, monkeypatch: pytest.MonkeyPatch, streams: bool) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    asked = LiteLLMModel(ModelOptions("openai/small-1", "http://nowhere.example/v1"))
    error = await failure(asked, streams=streams)
    assert type(error) is ModelUnavailableError
    assert "could not be found" in error.title
    assert "nowhere.example" in error.detail


@pytest.mark.parametrize("address", ["nowhere:99/v1", "http://[::1/v1", f"http://ana:{KEY}@nowhere.example/v1"])
async def test_an_address_that_is_none(names: None, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    error = await failure(LiteLLMModel(ModelOptions("openai/small-1", address)), streams=False)
    assert "address cannot be used" in error.title
    assert "models.api_base" in error.hint
    assert not error.may_pass


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize(
    ("name", "variable"), [("openai/gpt-4o-mini", "OPENAI_API_KEY"), ("anthropic/claude-3-haiku", "ANTHROPIC_API_KEY")]
)
async def test_the_variable_of_a_missing_key_is_named(name: str, variable: str, streams: bool) -> None:
    error = await failure(LiteLLMModel(ModelOptions(name)), streams=streams)
    assert type(error) is ModelAccessError
    assert "no key" in error.title
    assert variable in error.hint


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_a_name_without_its_provider_is_explained(streams: bool) -> None:
    error = await failure(LiteLLMModel(ModelOptions("nonsense-7")), streams=streams)
    assert type(error) is UnknownModelError
    assert "nonsense-7" in error.detail
    assert "openai/NAME" in error.hint


@pytest.mark.parametrize(("wanted", "refused"), [(SCHEMA, "json_schema"), (OBJECT, "json_object")])
@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_a_refused_format_is_told_from_other_refusals(
    server: ModelServer, wanted: ResponseFormat, refused: str, streams: bool
) -> None:
    server.behave(serving.RefuseFormats((refused,)))
    error = await failure(model(server), streams=streams, request=replace(REQUEST, response_format=wanted))
    assert type(error) is FormatUnsupportedError
    assert refused in error.detail
    assert (await model(server).complete(REQUEST)).text == "I have waited for two weeks now."


async def test_a_format_that_the_provider_is_known_not_to_take_is_not_even_asked_for(server: ModelServer) -> None:
    asked = model(server, model="replicate/meta/small-1", api_base=server.root_url)
    error = await failure(asked, streams=False, request=replace(REQUEST, response_format=SCHEMA))
    assert type(error) is FormatUnsupportedError
    assert server.calls == []


async def test_the_request_says_what_was_asked_for(server: ModelServer) -> None:
    asked = model(server, temperature=0.2, max_tokens=90)
    messages = (Message(Role.SYSTEM, "You are Ana."), Message(Role.USER, "Hi"), Message(Role.ASSISTANT, "Yes?"))
    own = replace(REQUEST, messages=messages, stop=("END",), max_tokens=30, temperature=0.0, response_format=SCHEMA)
    await asked.complete(own)
    await asked.complete(replace(REQUEST, response_format=OBJECT))
    await streamed(asked)
    first, second, third = (call.body for call in server.calls)
    assert first["messages"] == [
        {"role": "system", "content": "You are Ana."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Yes?"},
    ]
    assert (first["model"], first["stop"], first["max_tokens"], first["temperature"]) == ("small-1", ["END"], 30, 0.0)
    held = first["response_format"]
    assert (held["type"], held["json_schema"]["name"]) == ("json_schema", "ratings")
    assert held["json_schema"]["schema"] == SCHEMA.schema
    assert second["response_format"] == {"type": "json_object"}
    assert (second["max_tokens"], second["temperature"], "stop" in second) == (90, 0.2, False)
    assert (third["stream"], third["stream_options"]) == (True, {"include_usage": True})
    assert "stream" not in first or first["stream"] is False


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_usage_that_nobody_told_is_unknown(server: ModelServer, streams: bool) -> None:
    server.behave(Answer(usage=None))
    done = await (streamed(model(server)) if streams else model(server).complete(REQUEST))
    assert done.usage == Usage(None, None, None)


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize(
    ("name", "cost_usd"),
    # 0.15 and 0.60 dollars a million tokens, 20 tokens asked and 7 answered
    [("openai/gpt-4o-mini", pytest.approx(20 * 0.15e-6 + 7 * 0.60e-6)), ("openai/nobody-knows-it", None)],
)
async def test_the_cost_is_of_the_price_list_or_unknown(
    names: None, server: ModelServer, monkeypatch: pytest.MonkeyPatch, name: str, cost_usd: Any, streams: bool
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    asked = model(server, model=name, api_base=f"http://models.example:{server.port}/v1")
    done = await (streamed(asked) if streams else asked.complete(REQUEST))
    assert done.usage == Usage(20, 7, cost_usd)
    assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_server_on_this_machine_needs_no_key_and_has_no_price(server: ModelServer) -> None:
    done = await model(server, model="openai/gpt-4o-mini").complete(REQUEST)
    assert done.usage == Usage(20, 7, None)
    assert server.calls[0].headers["authorization"] == "Bearer none"


OLLAMA_END = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}


def ollama_lines(*values: dict[str, Any]) -> serving.Raw:
    lines = [
        json.dumps({"model": "x", "created_at": "2026-03-02T08:30:00Z", "done": False} | value) for value in values
    ]
    return serving.Raw("\n".join(lines).encode(), 200, "application/x-ndjson")


def ollama_says(text: str) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text}}


async def test_an_ollama_is_spoken_to_in_its_own_words(server: ModelServer) -> None:
    counted = OLLAMA_END | {"prompt_eval_count": 20, "eval_count": 7}
    asked = model(server, model="ollama_chat/x", api_base=server.root_url)
    server.behave(ollama_lines(ollama_says("Hello "), ollama_says("there."), counted))
    done = await streamed(asked)
    assert (done.text, done.finish_reason, done.usage) == ("Hello there.", "stop", Usage(20, 7, None))
    server.behave(ollama_lines(counted | ollama_says("Hello there.")))
    assert (await asked.complete(replace(REQUEST, response_format=SCHEMA))).usage == Usage(20, 7, None)
    assert server.calls[1].body["format"] == SCHEMA.schema
    assert len(server.calls) == 2, "nothing is asked behind our back"
    server.behave(ollama_lines(ollama_says("Hello ")))
    assert "cut off" in (await failure(asked, streams=True)).title
    server.behave(serving.Raw(b'{"error":"model \'x\' not found"}', 404))
    error = await failure(asked, streams=True)
    assert type(error) is UnknownModelError
    assert "It says: \"model 'x' not found\"" in error.detail


async def test_an_overload_told_in_another_protocol_is_understood(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    told = {"type": "error", "error": {"type": "overloaded_error", "message": f"Overloaded, {KEY}"}}
    asked = model(server, model="anthropic/claude-3-haiku-20240307", api_base=server.root_url)
    for behaviour in (
        serving.Raw(json.dumps(told).encode(), 529),
        serving.Raw(b"event: error\ndata: " + json.dumps(told).encode() + b"\n\n", 200, "text/event-stream"),
    ):
        server.behave(behaviour)
        error = await failure(asked, streams=True)
        assert type(error) is ModelUnavailableError
        assert "overloaded" in error.title
        assert 'It says: "Overloaded, ' in error.detail


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
async def test_a_call_that_is_cancelled_before_its_first_word_is_closed(server: ModelServer, streams: bool) -> None:
    server.behave(Answer(stall_after=0))
    asked = model(server)
    calling = asyncio.ensure_future(streamed(asked) if streams else asked.complete(REQUEST))
    call = await server.call()
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    await call.hung_up.wait()


def test_knowing_the_model_does_not_load_its_library() -> None:
    code = (
        "import sys, simulator.llm.litellm_model, simulator.llm.budget, simulator.llm.discovery\n"
        "print([name for name in ('litellm', 'openai', 'httpx', 'aiohttp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("streams", "behaviour"), [(True, serving.bad_key()), (False, serving.half_json())])
async def test_nothing_is_printed_over_the_screen(
    server: ModelServer, capfd: pytest.CaptureFixture[str], streams: bool, behaviour: Any
) -> None:
    server.behave(behaviour)
    await failure(model(server), streams=streams)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("http://127.0.0.1:1234/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:8080", True),
        ("https://api.example.com/v1", False),
        ("http://10.0.0.7:8000/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(address: str, is_here: bool) -> None:
    assert is_loopback(address) is is_here
