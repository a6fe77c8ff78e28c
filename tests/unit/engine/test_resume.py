"""A crash after any event, or in the middle of any step, changes nothing in what follows."""

from __future__ import annotations

import pytest
from fakes import Desk, drain

from simulator.domain.events import SessionEvent
from simulator.domain.session import Phase
from simulator.engine.sessions import CustomerTyping

CONNECTED = ("ask", "understand", "name", "help")
WALKED_OUT = ("understand", "blank", "insult", "insult")


async def played(desk: Desk, replies: tuple[str, ...], *, crash_at: int | None) -> list[SessionEvent]:
    """The log of a session in which the process dies as soon as `crash_at` events are stored, and is resumed."""
    session = await desk.sessions.start("parcel", seed=11)
    left = list(replies)
    crashed = False
    while True:
        state = (await desk.sessions.resume(session.id)).state
        if state.phase is Phase.ENDED:
            return desk.store.logs[session.id]
        if state.phase is Phase.TRAINEE_TO_REPLY:
            items = desk.sessions.say(session.id, left.pop(0))
        else:
            items = desk.sessions.proceed(session.id)
        async for _ in items:
            if not crashed and len(desk.store.logs[session.id]) == crash_at:
                crashed = True
                await desk.crash(items)
                break


@pytest.mark.parametrize("replies", [CONNECTED, WALKED_OUT])
async def test_a_crash_after_any_event_gives_the_same_session(
    clock: object, desk: Desk, replies: tuple[str, ...]
) -> None:
    whole = await played(desk, replies, crash_at=None)
    assert len(whole) == 2 + 3 * len(replies) + 1
    for crash_at in range(1, len(whole)):
        again = await played(Desk(clock, desk.appraiser.reads), replies, crash_at=crash_at)
        assert again == whole, f"differs after a crash at event {crash_at}"


async def test_a_crash_while_the_customer_types_loses_no_word(clock: object, desk: Desk) -> None:
    session_id = await desk.begin(seed=3)
    expected = list(await said_by(desk, session_id))
    for words in range(1, 4):
        other = Desk(clock, desk.appraiser.reads)
        other_id = await other.begin(seed=3)
        items = other.sessions.say(other_id, "ask")
        for _ in range(2 + words):
            await anext(items)
        await other.crash(items)
        assert (await other.sessions.resume(other_id)).state.phase is Phase.CUSTOMER_TO_SPEAK
        await drain(other.sessions.proceed(other_id))
        assert other.store.logs[other_id] == expected


async def test_what_was_shown_is_kept_when_the_trainee_leaves_while_the_customer_types(desk: Desk) -> None:
    session_id = await desk.begin(seed=3)
    items = desk.sessions.say(session_id, "ask")
    shown = [await anext(items) for _ in range(4)][2:]
    await items.aclose()
    resumed = (await desk.sessions.resume(session_id)).state
    assert resumed.phase is Phase.TRAINEE_TO_REPLY
    assert resumed.turns[-1].interrupted
    assert resumed.turns[-1].text == "".join(item.text for item in shown if isinstance(item, CustomerTyping)).strip()
    assert resumed.turns[-1].text


async def said_by(desk: Desk, session_id: str) -> list[SessionEvent]:
    await desk.say(session_id, "ask")
    return desk.store.logs[session_id]
