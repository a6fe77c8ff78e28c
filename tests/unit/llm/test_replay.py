"""Recorded calls answer again in their order, and anything else is said clearly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simulator.engine.chat import CallRecord, ChatDelta, ChatDone, ChatRequest, Purpose, Usage
from simulator.errors import BadAnswerError, ContextTooLongError, ModelError, ModelStalledError, RateLimitError
from simulator.llm.recording import CANCELLED, UNFINISHED, told
from simulator.llm.replay import ReplayModel

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def asked(purpose: Purpose = "customer", prompt: str = "customer", sha256: str = "f0f0f0f0f0f0f0f0") -> ChatRequest:
    return ChatRequest(purpose, prompt, sha256, (), session="one")


def answered(text: str, request: ChatRequest | None = None) -> CallRecord:
    done = ChatDone(text, "stop", Usage(10, 4, 0.5), "someone-2026", 1.5, 0.5)
    return CallRecord("one", AT, "someone", request or asked(), done)


def failed(error: str, partial: str = "") -> CallRecord:
    return CallRecord("one", AT, "someone", asked(), None, error, partial)


async def streamed(model: ReplayModel, request: ChatRequest | None = None) -> tuple[list[str], ChatDone | None]:
    pieces: list[str] = []
    done = None
    async for item in model.stream(request or asked()):
        if isinstance(item, ChatDelta):
            assert done is None
            pieces.append(item.text)
        else:
            done = item
    return pieces, done


async def broken_off(model: ReplayModel) -> tuple[list[str], ModelError | None]:
    """What comes of an answer that fails, and how it fails."""
    pieces: list[str] = []
    try:
        async for item in model.stream(asked()):
            assert isinstance(item, ChatDelta)
            pieces.append(item.text)
    except ModelError as error:
        return pieces, error
    return pieces, None


async def test_answers_come_in_their_order_as_they_were() -> None:
    records = [answered("Hello, it is me."), answered("Again\n\n me."), answered("{}")]
    model = ReplayModel(records)
    pieces, done = await streamed(model)
    assert "".join(pieces) == "Hello, it is me."
    assert len(pieces) == 4
    assert done == records[0].answer
    assert "".join((await streamed(model))[0]) == "Again\n\n me."
    assert model.left == 1
    assert await model.complete(asked()) == records[2].answer
    assert model.left == 0


async def test_the_other_parameters_may_differ() -> None:
    model = ReplayModel([answered("Hello.")])
    assert (await model.complete(replace(asked(), temperature=0.1, max_tokens=5, session="two"))).text == "Hello."


async def test_each_purpose_has_an_order_of_its_own() -> None:
    judge = asked("judge", "judge", "aa")
    model = ReplayModel([answered("one"), answered("level 2", judge), answered("two"), answered("level 3", judge)])
    assert (await model.complete(judge)).text == "level 2"
    assert (await model.complete(asked())).text == "one"
    assert (await model.complete(asked())).text == "two"
    assert (await model.complete(judge)).text == "level 3"


@pytest.mark.parametrize(
    ("request_now", "tells"),
    [
        (asked(prompt="customer_retold"), ['"customer"', '"customer_retold"']),
        (asked(sha256="abcdefabcdefabcdef"), ["f0f0f0f0f0f0", "abcdefabcdef", "customer"]),
        (asked("judge", "judge"), ["judge"]),
    ],
)
async def test_another_call_than_the_recorded_one_says_what_differs(
    request_now: ChatRequest, tells: Iterable[str]
) -> None:
    model = ReplayModel([answered("Hello.")])
    with pytest.raises(ModelError) as caught:
        await streamed(model, request_now)
    for word in tells:
        assert word in caught.value.detail
    assert caught.value.hint
    assert not caught.value.may_pass
    assert (await model.complete(asked())).text == "Hello.", "the recorded call is still there"


async def test_behind_the_last_call_there_is_none() -> None:
    model = ReplayModel([answered("Hello.")])
    await model.complete(asked())
    with pytest.raises(ModelError, match="does not go on") as caught:
        await model.complete(asked())
    assert "no further call of the customer" in caught.value.detail
    with pytest.raises(ModelError):
        await ReplayModel([]).complete(asked())


@pytest.mark.parametrize(
    "error",
    [RateLimitError("Too many requests.", "Wait.", "Later."), ContextTooLongError("Too long."), BadAnswerError("Cut.")],
)
async def test_a_failed_call_fails_again_in_its_own_way_after_what_had_arrived(error: ModelError) -> None:
    model = ReplayModel([failed(told(error), "Hello th"), answered("Hello there.")])
    pieces, raised = await broken_off(model)
    assert type(raised) is type(error)
    assert str(raised) == str(error)
    assert "".join(pieces) == "Hello th"
    assert (await model.complete(asked())).text == "Hello there."


@pytest.mark.parametrize("error", [CANCELLED, ""])
async def test_a_call_that_was_left_breaks_off_where_it_was_left(error: str) -> None:
    pieces, raised = await broken_off(ReplayModel([failed(error, "But I ")]))
    assert pieces == ["But ", "I "]
    assert isinstance(raised, ModelStalledError)
    assert raised.may_pass


@pytest.mark.parametrize("error", [UNFINISHED, "NoSuchError: odd", "StorageError: of another kind", "annotations: x"])
async def test_an_error_of_unknown_kind_is_a_models_error(error: str) -> None:
    with pytest.raises(ModelError) as caught:
        await ReplayModel([failed(error)]).complete(asked())
    assert str(caught.value) == error


def test_it_goes_by_the_recorded_models_name() -> None:
    assert ReplayModel([answered("x")]).name == "someone"
    assert ReplayModel([answered("x")], "other").name == "other"
    assert ReplayModel([]).name
