"""A session's models stop when its budget of money or tokens is used up, and say so."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from chat_fakes import Breaks, Hangs, Says, ScriptedModel

from simulator.engine.chat import CallRecord, ChatDelta, ChatDone, ChatRequest, Message, Role, Usage
from simulator.errors import BadAnswerError, BudgetError, ModelUnavailableError
from simulator.llm.budget import Budget, BudgetedModel, BudgetLimits, Spent

REQUEST = ChatRequest(
    purpose="customer", prompt="customer", prompt_sha256="", session="one", messages=(Message(Role.USER, "x" * 40),)
)
PRICED = Says("Hello.", usage=Usage(80, 20, 0.01))
UNPRICED = Says("Hello.", usage=Usage(80, 20))
UNCOUNTED = Says("y" * 60, usage=Usage())
ESTIMATE = 29
"""40 letters asked and 60 answered at 4 a token, and 4 for the one message."""


def budgeted(answer: object, usd: float | None = None, tokens: int | None = None) -> BudgetedModel:
    answers = answer if isinstance(answer, list) else [answer]
    return BudgetedModel(ScriptedModel(answers), Budget(BudgetLimits(usd, tokens)))


async def streamed(model: BudgetedModel, request: ChatRequest = REQUEST) -> list[ChatDelta | ChatDone]:
    async with aclosing(model.stream(request)) as stream:
        return [item async for item in stream]


async def test_what_was_used_adds_up_over_streams_and_whole_answers() -> None:
    model = budgeted(PRICED)
    items = await streamed(model)
    assert isinstance(items[-1], ChatDone)
    assert items[-1].text == "Hello."
    await model.complete(REQUEST)
    assert model.budget.spent("one") == Spent(calls=2, tokens=200, cost_usd=pytest.approx(0.02))
    assert model.name == "scripted/one"


async def test_sessions_are_counted_apart() -> None:
    model = budgeted(PRICED)
    await model.complete(REQUEST)
    await model.complete(replace(REQUEST, session="two"))
    assert model.budget.spent("one") == model.budget.spent("two") == Spent(1, 100, cost_usd=0.01)
    assert model.budget.spent("three") == Spent()


async def test_models_that_share_a_budget_count_together() -> None:
    customer = budgeted(PRICED, tokens=150)
    judge = BudgetedModel(ScriptedModel([UNPRICED]), customer.budget)
    await customer.complete(REQUEST)
    await judge.complete(REQUEST)
    assert customer.budget.spent("one") == Spent(calls=2, tokens=200, cost_usd=0.01, unpriced_calls=1)
    with pytest.raises(BudgetError):
        await customer.complete(REQUEST)


async def test_an_unknown_cost_is_not_nothing() -> None:
    model = budgeted(UNPRICED)
    await model.complete(REQUEST)
    assert model.budget.spent("one").cost_usd is None


@pytest.mark.parametrize("streams", [True, False])
async def test_a_call_beyond_the_tokens_does_not_begin(streams: bool) -> None:
    model = budgeted(PRICED, tokens=200)
    await model.complete(REQUEST)
    await model.complete(REQUEST)
    with pytest.raises(BudgetError) as caught:
        await (streamed(model) if streams else model.complete(REQUEST))
    assert model.budget.spent("one").calls == 2
    assert "200 tokens a session, and 200 are used" in caught.value.detail
    assert "budget.tokens" in caught.value.hint
    assert "offline customer" in caught.value.hint
    assert not caught.value.may_pass


async def test_a_call_beyond_the_money_does_not_begin() -> None:
    model = budgeted([PRICED, UNPRICED, PRICED], usd=0.02)
    for _ in range(3):
        await model.complete(REQUEST)
    with pytest.raises(BudgetError) as caught:
        await model.complete(REQUEST)
    assert "$0.02 a session, and at least $0.0200 is spent" in caught.value.detail
    assert "budget.usd" in caught.value.hint


async def test_a_call_that_began_within_the_budget_is_finished() -> None:
    model = budgeted(PRICED, tokens=1)
    assert (await model.complete(REQUEST)).text == "Hello."


async def test_a_budget_of_nothing_lets_nothing_begin() -> None:
    for limits in ((0.0, None), (None, 0)):
        with pytest.raises(BudgetError):
            await budgeted(PRICED, *limits).complete(REQUEST)


async def test_calls_outside_of_sessions_have_no_budget() -> None:
    model = budgeted(PRICED, tokens=0)
    assert (await model.complete(replace(REQUEST, session=""))).text == "Hello."


async def test_tokens_that_nobody_counted_are_estimated_and_said_to_be() -> None:
    model = budgeted(UNCOUNTED, tokens=20)
    await model.complete(REQUEST)
    assert model.budget.spent("one") == Spent(calls=1, tokens=ESTIMATE, is_estimate=True, unpriced_calls=1)
    with pytest.raises(BudgetError) as caught:
        await model.complete(REQUEST)
    assert f"about {ESTIMATE} are used" in caught.value.detail


async def test_a_stream_that_is_left_counts_with_what_had_come() -> None:
    model = budgeted(Hangs(("y" * 60,)))
    async with aclosing(model.stream(REQUEST)) as stream:
        await anext(stream)
    assert model.budget.spent("one") == Spent(calls=1, tokens=ESTIMATE, is_estimate=True, unpriced_calls=1)


async def test_a_cancelled_stream_counts_with_what_had_come() -> None:
    inner = ScriptedModel([Hangs(("y" * 60,))])
    model = BudgetedModel(inner, Budget())
    task = asyncio.create_task(streamed(model))
    await inner.hanging.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.budget.spent("one").tokens == ESTIMATE
    assert inner.closed == 1


@pytest.mark.parametrize("streams", [True, False])
@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (ModelUnavailableError("Later."), 0),
        (BadAnswerError("Empty."), 1),
        (Breaks(BadAnswerError("Cut."), pieces=("Hel",)), 1),
    ],
)
async def test_a_failed_call_counts_if_it_was_answered(answer: object, calls: int, streams: bool) -> None:
    model = budgeted(answer)
    with pytest.raises((ModelUnavailableError, BadAnswerError)):
        await (streamed(model) if streams else model.complete(REQUEST))
    assert model.budget.spent("one").calls == calls


async def test_a_resumed_session_begins_with_what_its_kept_calls_used() -> None:
    answered = ChatDone("Hello.", usage=Usage(80, 20, 0.01))
    at = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    records = [
        CallRecord("one", at, "m", REQUEST, answered),
        CallRecord("one", at, "m", REQUEST, None, error="cancelled", partial="y" * 60),
        CallRecord("one", at, "m", REQUEST, None, error="The model's server does not answer."),
    ]
    budget = Budget()
    expected = Spent(calls=2, tokens=100 + ESTIMATE, is_estimate=True, cost_usd=0.01, unpriced_calls=1)
    assert budget.recall("one", records) == expected
    assert budget.recall("one", records) == expected, "recalling twice counts once"
