"""What every session store promises, run on each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionEvent, SessionScored, SessionStarted, TraineeSpoke
from simulator.domain.scoring import Band
from simulator.domain.session import Phase, fold
from simulator.engine.ports import SessionStore
from simulator.errors import NotFoundError, SessionConflictError, StorageError
from simulator.storage import MemorySessionStore, SqliteSessionStore

Log = tuple[SessionEvent, ...]


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SessionStore]:
    made: SessionStore = MemorySessionStore()
    if request.param == "sqlite":
        made = SqliteSessionStore(tmp_path / "data" / "practice.db")
    yield made
    await made.close()


def starting(log: Log, *, scenario: str = "sample-case", mode: str = "practice") -> SessionStarted:
    first = log[0]
    assert isinstance(first, SessionStarted)
    changed = first.scenario.model_copy(update={"id": scenario})
    return first.model_copy(update={"scenario": changed, "mode": mode})


def scored(log: Log, overall: float | None) -> SessionScored:
    last = log[-1]
    assert isinstance(last, SessionScored)
    total = last.scorecard.overall.model_copy(update={"score": overall})
    return last.model_copy(update={"scorecard": last.scorecard.model_copy(update={"overall": total})})


async def finish(store: SessionStore, session_id: str, at: datetime, log: Log, overall: float | None) -> None:
    await store.append(session_id, 0, at, [*log[1:-1], scored(log, overall)])


async def test_what_was_appended_is_loaded_in_order_with_times(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    last = await store.append("one", 0, start + timedelta(seconds=1), log[1:3])
    last = await store.append("one", last, start + timedelta(seconds=2), log[3:])
    loaded = await store.load("one")
    assert last == len(log) - 1
    assert tuple(stored.event for stored in loaded) == log
    assert [stored.seq for stored in loaded] == list(range(len(log)))
    assert [(stored.at - start).seconds for stored in loaded] == [0, 1, 1, *[2] * (len(log) - 3)]
    assert fold(stored.event for stored in loaded).phase is Phase.ENDED


async def test_times_come_back_as_the_same_moment_to_the_microsecond(store: SessionStore, log: Log) -> None:
    eastern = datetime(2026, 7, 1, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=9)))
    await store.create("one", eastern, log[0])
    assert (await store.load("one"))[0].at == eastern
    assert (await store.summary("one")).started_at == eastern


async def test_any_unicode_text_survives(store: SessionStore, log: Log, start: datetime) -> None:
    text = 'naïve 👩‍👧 "quoted" \\ back\nslash מה 你好 \u0000 end'
    await store.create("one", start, log[0])
    await store.append("one", 0, start, [TraineeSpoke(index=1, text=text)])
    event = (await store.load("one"))[1].event
    assert isinstance(event, TraineeSpoke)
    assert event.text == text


async def test_appending_behind_an_old_place_is_a_conflict_and_changes_nothing(
    store: SessionStore, log: Log, start: datetime
) -> None:
    await store.create("one", start, log[0])
    await store.append("one", 0, start, log[1:3])
    for wrong in (0, 1, 3, 99):
        with pytest.raises(SessionConflictError) as caught:
            await store.append("one", wrong, start, log[3:4])
        assert caught.value.hint
    assert len(await store.load("one")) == 3
    assert (await store.summary("one")).replies == 1


async def test_of_two_appends_at_once_one_wins(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    results = await asyncio.gather(*(store.append("one", 0, start, log[1:3]) for _ in range(4)), return_exceptions=True)
    assert [result for result in results if isinstance(result, int)] == [2]
    assert sum(isinstance(result, SessionConflictError) for result in results) == 3
    assert len(await store.load("one")) == 3


async def test_appending_nothing_only_checks_the_place(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    assert await store.append("one", 0, start + timedelta(hours=1), []) == 0
    assert (await store.summary("one")).updated_at == start
    with pytest.raises(SessionConflictError):
        await store.append("one", 5, start, [])


async def test_an_id_is_used_once(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    with pytest.raises(StorageError, match="exists already"):
        await store.create("one", start, log[0])


async def test_a_log_begins_with_the_start(store: SessionStore, log: Log, start: datetime) -> None:
    with pytest.raises(ValueError, match="SessionStarted"):
        await store.create("one", start, log[1])
    with pytest.raises(NotFoundError):
        await store.load("one")


@pytest.mark.parametrize("is_used_before", [False, True])
async def test_what_is_not_there_is_not_found(
    store: SessionStore, log: Log, start: datetime, is_used_before: bool
) -> None:
    if is_used_before:
        await store.create("one", start, log[0])
    with pytest.raises(NotFoundError):
        await store.load("none")
    with pytest.raises(NotFoundError):
        await store.summary("none")
    with pytest.raises(NotFoundError):
        await store.append("none", 0, start, log[1:2])
    with pytest.raises(NotFoundError):
        await store.save_draft("none", "text")
    assert await store.load_draft("none") == ""
    assert await store.forget("none") == 0


async def test_an_empty_store_answers_with_nothing(store: SessionStore) -> None:
    assert await store.history(limit=10) == ()
    assert await store.best_scores() == {}
    assert await store.forget(None) == 0


async def test_the_summary_follows_the_events(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    fresh = await store.summary("one")
    assert (fresh.replies, fresh.ending, fresh.overall, fresh.band) == (0, None, None, None)
    assert (fresh.scenario_id, fresh.scenario_title) == ("sample-case", "The parcel that is not there")
    assert (fresh.persona_id, fresh.persona_name, fresh.seed) == ("sample-customer", "Robin Sample", 7)
    await store.append("one", 0, start + timedelta(minutes=5), log[1:])
    done = await store.summary("one")
    assert (done.replies, done.ending, done.overall) == (2, EndingKind.CONNECTED, 66.7)
    assert done.band == Band(low=50.0, high=80.0)
    assert (done.started_at, done.updated_at) == (start, start + timedelta(minutes=5))


async def test_history_is_newest_first_in_pages(store: SessionStore, log: Log, start: datetime) -> None:
    for n in range(5):
        await store.create(f"s{n}", start + timedelta(days=n), log[0])
    assert [row.id for row in await store.history(limit=2)] == ["s4", "s3"]
    assert [row.id for row in await store.history(limit=2, offset=2)] == ["s2", "s1"]
    assert [row.id for row in await store.history(limit=9, offset=4)] == ["s0"]
    assert await store.history(limit=9, offset=9) == ()
    assert await store.history(limit=0) == ()


async def test_history_filters_by_scenario_and_status(store: SessionStore, log: Log, start: datetime) -> None:
    for n, scenario in enumerate(["a", "b", "a", "b"]):
        await store.create(f"s{n}", start + timedelta(days=n), starting(log, scenario=scenario))
    await finish(store, "s0", start, log, 50.0)
    await finish(store, "s1", start, log, 60.0)

    async def ids(**filters: object) -> list[str]:
        return [row.id for row in await store.history(limit=9, **filters)]  # type: ignore[arg-type]

    assert await ids(status="finished") == ["s1", "s0"]
    assert await ids(status="unfinished") == ["s3", "s2"]
    assert await ids(scenario_id="a") == ["s2", "s0"]
    assert await ids(scenario_id="a", status="finished") == ["s0"]
    assert await ids(scenario_id="a", status="unfinished") == ["s2"]
    assert await ids(scenario_id="c") == []


async def test_demonstrations_are_kept_and_not_listed(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("shown", start, starting(log, mode="demo"))
    await store.create("ran", start, starting(log, mode="run"))
    assert [row.id for row in await store.history(limit=9)] == ["ran"]
    assert (await store.summary("shown")).mode == "demo"
    assert await store.find("sh") == "shown"


async def test_best_scores_are_the_highest_of_finished_practice(store: SessionStore, log: Log, start: datetime) -> None:
    cases = [("a", "practice", 40.0), ("a", "practice", 70.5), ("a", "practice", 55.0), ("b", "practice", 0.0),
             ("a", "run", 99.0), ("a", "demo", 98.0), ("c", "practice", None), ("d", "run", 50.0)]  # fmt: skip
    for n, (scenario, mode, overall) in enumerate(cases):
        await store.create(f"s{n}", start, starting(log, scenario=scenario, mode=mode))
        await finish(store, f"s{n}", start, log, overall)
    assert await store.best_scores() == {"a": 70.5, "b": 0.0}


async def test_a_new_scorecard_takes_the_place_of_the_old_one(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    await finish(store, "one", start, log, 80.0)
    last = len(await store.load("one")) - 1
    await store.append("one", last, start, [scored(log, 45.0)])
    assert (await store.summary("one")).overall == 45.0
    assert await store.best_scores() == {"sample-case": 45.0}
    await store.append("one", last + 1, start, [scored(log, None)])
    assert await store.best_scores() == {}


async def test_a_beginning_finds_the_only_session(store: SessionStore, log: Log, start: datetime) -> None:
    for session_id in ("abc1", "abc2", "abd", "ab%", "Zed", "abc"):
        await store.create(session_id, start, log[0])
    assert await store.find("abd") == "abd"
    assert await store.find("abc2") == "abc2"
    assert await store.find("abc") == "abc", "a whole id is meant, also if longer ones begin with it"
    assert await store.find("Z") == "Zed"
    assert await store.find("ab%") == "ab%"
    for nothing in ("", "x", "z", "%", "_", "abc11"):
        with pytest.raises(NotFoundError):
            await store.find(nothing)
    with pytest.raises(NotFoundError) as caught:
        await store.find("ab")
    assert "ab%" in caught.value.detail
    assert "abc" in caught.value.detail


async def test_drafts_are_kept_replaced_and_removed(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    assert await store.load_draft("one") == ""
    await store.save_draft("one", "half a\nreply")
    assert await store.load_draft("one") == "half a\nreply"
    await store.save_draft("one", "another")
    assert await store.load_draft("one") == "another"
    await store.save_draft("one", "")
    assert await store.load_draft("one") == ""


async def test_forgetting_one_leaves_the_others(store: SessionStore, log: Log, start: datetime) -> None:
    for name, overall in (("one", 90.0), ("two", 60.0)):
        await store.create(name, start, log[0])
        await finish(store, name, start, log, overall)
        await store.save_draft(name, "draft")
    assert await store.forget("one") == 1
    with pytest.raises(NotFoundError):
        await store.load("one")
    assert await store.load_draft("one") == ""
    assert [row.id for row in await store.history(limit=9)] == ["two"]
    assert await store.best_scores() == {"sample-case": 60.0}
    assert len(await store.load("two")) == len(log)
    assert await store.forget("two") == 1
    assert await store.best_scores() == {}


async def test_forgetting_all_leaves_nothing_and_the_store_goes_on(
    store: SessionStore, log: Log, start: datetime
) -> None:
    for n in range(3):
        await store.create(f"s{n}", start, log[0])
        await finish(store, f"s{n}", start, log, 50.0)
    assert await store.forget(None) == 3
    assert await store.history(limit=9) == ()
    assert await store.best_scores() == {}
    await store.create("s0", start, log[0])
    assert len(await store.load("s0")) == 1


async def test_a_closed_store_opens_again(store: SessionStore, log: Log, start: datetime) -> None:
    await store.create("one", start, log[0])
    await store.close()
    assert len(await store.load("one")) == 1
