"""What every language model promises, run on the scripted one and on LiteLLM with a server over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import pytest
from chat_fakes import Breaks, Hangs, Says, ScriptedModel
from model_server import Answer, ModelServer, bad_key, overloaded

from simulator.engine.chat import ChatDelta, ChatDone, ChatModel, ChatRequest, Message, Role, Usage
from simulator.errors import ModelAccessError, ModelError, ModelUnavailableError
from simulator.llm.litellm_model import LiteLLMModel, ModelOptions

REQUEST = ChatRequest(
    purpose="customer",
    prompt="customer",
    prompt_sha256="0" * 64,
    messages=(Message(Role.SYSTEM, "You are Ana."), Message(Role.USER, "How can I help?")),
)
PIECES = ("Where", " is my ", "order? ", "È già ", "tardi.")


@dataclass
class Rig:
    """A model, and how to tell it what to answer."""

    model: ChatModel
    says: Callable[..., None]
    breaks: Callable[[str], None]
    hangs: Callable[[tuple[str, ...]], None]
    was_left: Callable[[], Any]


def scripted() -> Rig:
    answers: list[Any] = [Says("Fine.")]
    model = ScriptedModel(lambda _: answers[0])
    errors = {"access": ModelAccessError("No."), "overloaded": ModelUnavailableError("Later.")}

    def put(answer: Any) -> None:
        answers[0] = answer

    async def left() -> bool:
        return model.closed == 1

    return Rig(
        model,
        says=lambda *pieces, finish_reason="stop": put(
            Says(pieces=pieces, usage=Usage(20, 7), finish_reason=finish_reason)
        ),
        breaks=lambda kind: put(Breaks(errors[kind])),
        hangs=lambda pieces: put(Hangs(pieces)),
        was_left=left,
    )


def over_loopback(server: ModelServer) -> Rig:
    refusals = {"access": bad_key(), "overloaded": overloaded()}

    async def left() -> bool:
        async with asyncio.timeout(5):
            return await server.calls[-1].hung_up.wait()

    return Rig(
        LiteLLMModel(ModelOptions("openai/small-1", server.base_url, timeout_s=30)),
        says=lambda *pieces, finish_reason="stop": server.behave(Answer(pieces=pieces, finish_reason=finish_reason)),
        breaks=lambda kind: server.behave(refusals[kind]),
        hangs=lambda pieces: server.behave(Answer(pieces=(*pieces, "never"), stall_after=len(pieces))),
        was_left=left,
    )


@pytest.fixture(params=["scripted", "litellm"])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    if request.param == "scripted":
        yield scripted()
        return
    async with ModelServer() as server:
        yield over_loopback(server)


async def streamed(rig: Rig, request: ChatRequest = REQUEST) -> list[ChatDelta | ChatDone]:
    async with aclosing(rig.model.stream(request)) as stream:
        return [item async for item in stream]


async def test_a_stream_is_pieces_and_then_the_whole(rig: Rig) -> None:
    rig.says(*PIECES)
    *deltas, done = await streamed(rig)
    assert [delta.text for delta in deltas if isinstance(delta, ChatDelta)] == list(PIECES)
    assert isinstance(done, ChatDone)
    assert (done.text, done.finish_reason, done.model) == ("".join(PIECES), "stop", rig.model.name)
    assert done.first_text_s is not None
    assert 0 <= done.first_text_s <= done.latency_s


async def test_a_whole_answer_comes_at_once(rig: Rig) -> None:
    rig.says(*PIECES)
    done = await rig.model.complete(REQUEST)
    assert (done.text, done.finish_reason, done.model) == ("".join(PIECES), "stop", rig.model.name)
    assert done.first_text_s is None


async def test_usage_is_told_and_an_unknown_cost_is_none(rig: Rig) -> None:
    rig.says("Hello.")
    done = (await streamed(rig))[-1]
    assert isinstance(done, ChatDone)
    assert done.usage == Usage(20, 7, None)
    assert (await rig.model.complete(REQUEST)).usage == Usage(20, 7, None)


async def test_an_answer_that_reached_its_longest_length_says_so(rig: Rig) -> None:
    rig.says("Hello the", finish_reason="length")
    done = (await streamed(rig))[-1]
    assert isinstance(done, ChatDone)
    assert done.finish_reason == "length"
    assert (await rig.model.complete(REQUEST)).finish_reason == "length"


@pytest.mark.parametrize(
    ("kind", "error", "may_pass"), [("access", ModelAccessError, False), ("overloaded", ModelUnavailableError, True)]
)
async def test_failures_are_model_errors(rig: Rig, kind: str, error: type[ModelError], may_pass: bool) -> None:
    rig.breaks(kind)
    with pytest.raises(error) as caught:
        await streamed(rig)
    assert caught.value.may_pass is may_pass
    with pytest.raises(error):
        await rig.model.complete(REQUEST)


async def test_leaving_a_stream_closes_the_request(rig: Rig) -> None:
    rig.hangs(("Well, ",))
    async with aclosing(rig.model.stream(REQUEST)) as stream:
        assert await anext(stream) == ChatDelta("Well, ")
    assert await rig.was_left()


async def test_cancelling_a_stream_closes_the_request(rig: Rig) -> None:
    rig.hangs(("Well, ",))
    heard = asyncio.Event()

    async def listen() -> None:
        async with aclosing(rig.model.stream(REQUEST)) as stream:
            async for _ in stream:
                heard.set()

    listening = asyncio.create_task(listen())
    await heard.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert await rig.was_left()


async def test_calls_at_the_same_time_do_not_mix(rig: Rig) -> None:
    rig.says("Hello.")
    requests = [replace(REQUEST, messages=(Message(Role.USER, f"Number {number}"),)) for number in range(8)]
    answers = await asyncio.gather(*(rig.model.complete(request) for request in requests))
    assert [answer.text for answer in answers] == ["Hello."] * 8
