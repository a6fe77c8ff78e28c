"""What every log of model calls promises, run on each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from simulator.domain.events import SessionEvent
from simulator.engine.chat import CallRecord, ChatDone, ChatRequest, Message, ResponseFormat, Role, Usage
from simulator.errors import NotFoundError
from simulator.storage import MemorySessionStore, SqliteSessionStore

Log = tuple[SessionEvent, ...]
Store = MemorySessionStore | SqliteSessionStore

AT = datetime(2026, 3, 2, 17, 30, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
FULL = CallRecord(
    session="one",
    at=AT,
    model="openai/someone",
    request=ChatRequest(
        purpose="judge",
        prompt="judge",
        prompt_sha256="ab" * 32,
        messages=(
            Message(Role.SYSTEM, "Rate."),
            Message(Role.USER, 'naïve 👩‍👧 "quoted" \\ back\nslash 你好 \u0000 end'),
        ),
        session="one",
        response_format=ResponseFormat(
            "schema", "ratings", {"type": "object", "required": ["level"], "deep": {"n": 1}}
        ),
        stop=("\nAgent:", "###"),
        max_tokens=300,
        temperature=0.0,
    ),
    answer=ChatDone("{}", "length", Usage(812, 7, 0.00125), "someone-2026", 1.75, 0.25),
)
BARE = CallRecord(
    session="one",
    at=AT,
    model="m",
    request=ChatRequest(purpose="customer", prompt="customer", prompt_sha256="", messages=(), session="one"),
    answer=None,
)


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made: Store = MemorySessionStore()
    if request.param == "sqlite":
        made = SqliteSessionStore(tmp_path / "data" / "practice.db")
    yield made
    await made.close()


@pytest.fixture
async def begun(store: Store, log: Log, start: datetime) -> Store:
    await store.create("one", start, log[0])
    return store


@pytest.mark.parametrize(
    "record",
    [
        FULL,
        BARE,
        replace(BARE, answer=ChatDone("")),
        replace(BARE, error="RateLimitError: Too many requests.", partial="Half a 👩‍👧 sen\u0000tence"),
    ],
    ids=["full", "bare", "an empty answer", "failed"],
)
async def test_a_call_comes_back_as_it_was(begun: Store, record: CallRecord) -> None:
    await begun.add_call(record)
    (kept,) = await begun.calls("one")
    assert kept == record
    assert kept.answer is None or kept.answer.usage == record.answer.usage  # type: ignore[union-attr]
    assert kept.at == AT


async def test_what_is_unknown_stays_unknown_and_is_not_zero(begun: Store) -> None:
    await begun.add_call(replace(BARE, answer=ChatDone("words", usage=Usage(None, 0, None))))
    answer = (await begun.calls("one"))[0].answer
    assert answer is not None
    assert answer.usage == Usage(None, 0, None)
    assert answer.first_text_s is None


async def test_calls_keep_their_order_by_session(begun: Store, log: Log, start: datetime) -> None:
    await begun.create("two", start, log[0])
    for n in range(3):
        await begun.add_call(replace(BARE, partial=f"one {n}"))
        await begun.add_call(replace(BARE, session="two", partial=f"two {n}"))
    assert [call.partial for call in await begun.calls("one")] == ["one 0", "one 1", "one 2"]
    assert [call.partial for call in await begun.calls("two")] == ["two 0", "two 1", "two 2"]


async def test_calls_at_the_same_time_are_all_kept(begun: Store) -> None:
    await asyncio.gather(*(begun.add_call(replace(BARE, partial=str(n))) for n in range(8)))
    assert sorted(call.partial for call in await begun.calls("one")) == [str(n) for n in range(8)]


async def test_calls_do_not_touch_the_events(begun: Store, log: Log, start: datetime) -> None:
    await begun.add_call(FULL)
    assert await begun.append("one", 0, start, log[1:]) == len(log) - 1
    await begun.add_call(FULL)
    assert tuple(stored.event for stored in await begun.load("one")) == log
    assert (await begun.summary("one")).updated_at == start


async def test_a_session_without_calls_has_none(begun: Store) -> None:
    assert await begun.calls("one") == ()
    assert await begun.calls("none") == ()


async def test_an_empty_log_has_no_calls(store: Store) -> None:
    assert await store.calls("one") == ()


async def test_a_call_needs_its_session(begun: Store) -> None:
    for nobody in ("", "none", "on"):
        with pytest.raises(NotFoundError):
            await begun.add_call(replace(BARE, session=nobody))
    assert await begun.calls("none") == ()


@pytest.mark.parametrize("forgotten", ["one", None])
async def test_forgetting_a_session_forgets_its_calls(
    begun: Store, log: Log, start: datetime, forgotten: str | None
) -> None:
    await begun.create("two", start, log[0])
    await begun.add_call(FULL)
    await begun.add_call(replace(FULL, session="two"))
    await begun.forget(forgotten)
    assert await begun.calls("one") == ()
    assert len(await begun.calls("two")) == (1 if forgotten else 0)
    await begun.create("one" if forgotten else "two", start, log[0])
    assert await begun.calls("one") == ()


async def test_calls_survive_closing(begun: Store) -> None:
    await begun.add_call(FULL)
    await begun.close()
    assert await begun.calls("one") == (FULL,)
