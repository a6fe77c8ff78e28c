"""The practice file itself: who may read it, how it is written, and what forgetting leaves."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from simulator.domain.events import SessionEvent, TraineeSpoke
from simulator.engine.chat import CallRecord, ChatDone, ChatRequest, Message, Role
from simulator.errors import SessionConflictError, StorageError
from simulator.storage import SqliteSessionStore
from simulator.storage.database import Database

Log = tuple[SessionEvent, ...]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "practice.db"


async def test_reading_creates_nothing(path: Path) -> None:
    store = SqliteSessionStore(path)
    assert await store.history(limit=5) == ()
    assert await store.best_scores() == {}
    assert await store.forget(None) == 0
    await store.close()
    assert not path.parent.exists()


async def test_only_the_owner_can_read_the_file_and_its_companions(path: Path, log: Log, start: datetime) -> None:
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    found = {file.name: mode(file) for file in path.parent.iterdir()}
    assert found == {"practice.db": 0o600, "practice.db-wal": 0o600, "practice.db-shm": 0o600}
    assert mode(path.parent) == 0o700
    await store.close()


def open_to_all(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    path.chmod(0o644)


async def test_a_file_that_others_could_read_is_closed_to_them(path: Path, log: Log, start: datetime) -> None:
    open_to_all(path)
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    await store.close()
    assert mode(path) == 0o600


async def test_every_connection_is_durable_and_checked(path: Path, log: Log, start: datetime) -> None:
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    with store.records.database.reading() as connection:
        assert connection is not None
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    full = 2
    assert found == {
        "journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000
    }  # fmt: skip
    await store.close()


async def test_a_cancelled_append_is_settled_before_the_caller_hears_of_it(
    path: Path, log: Log, start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    is_inside, may_go_on = threading.Event(), threading.Event()
    append = store.records.append

    def held_up(*args: object) -> int:
        is_inside.set()
        assert may_go_on.wait(10)
        return append(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(store.records, "append", held_up)
    task = asyncio.create_task(store.append("one", 0, start, log[1:2]))
    await asyncio.to_thread(is_inside.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await store.load("one")) == 2
    await store.close()


def call(session_id: str, at: datetime, text: str) -> CallRecord:
    request = ChatRequest("customer", "customer", "f0", (Message(Role.USER, text),), session=session_id)
    return CallRecord(session_id, at, "someone", request, ChatDone(text), text, text)


def bytes_on_disk(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir())


@pytest.mark.parametrize("forgotten", ["secret", None])
async def test_forgotten_text_is_in_no_file(path: Path, log: Log, start: datetime, forgotten: str | None) -> None:
    store = SqliteSessionStore(path)
    needle = b"WORDS-NOBODY-MAY-FIND"
    path.parent.mkdir()
    (path.parent / "practice.db.bak-v0").write_bytes(needle)
    for name in ("kept", "secret"):
        await store.create(name, start, log[0])
    for n in range(40):
        text = f"{needle.decode()} {n} " + "y" * (n * 150)
        await store.append("secret", n, start, [TraineeSpoke(index=n, text=text)])
        await store.append("kept", n, start, [TraineeSpoke(index=n, text="z" * (n * 120))])
        await store.save_draft("secret", text)
        await store.add_call(call("secret", start, text))
        await store.add_call(call("kept", start, "x" * (n * 110)))
    assert needle in bytes_on_disk(path.parent)
    assert await store.forget(forgotten) == (1 if forgotten else 2)
    assert needle not in bytes_on_disk(path.parent)
    await store.close()
    assert needle not in bytes_on_disk(path.parent)


async def test_text_that_another_reader_holds_in_the_log_is_said_and_wiped_later(
    path: Path, log: Log, start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.storage.database.BUSY_TIMEOUT_S", 0.05)
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        await store.append("one", 0, start, [TraineeSpoke(index=1, text="LEFT-IN-THE-LOG")])
        with pytest.raises(StorageError, match="Traces"):
            await store.forget("one")
        reader.execute("COMMIT")
    assert await store.forget("one") == 0
    assert b"LEFT-IN-THE-LOG" not in bytes_on_disk(path.parent)
    await store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE events SET payload = '{\"kind\": \"trainee_sp' WHERE session_id = 'bad' AND seq = 2",
        'UPDATE events SET payload = \'{"kind": "from_the_future", "v": 9}\' WHERE session_id = \'bad\' AND seq = 2',
        "UPDATE events SET payload = CAST(x'ff00ff' AS TEXT) WHERE session_id = 'bad' AND seq = 2",
        "UPDATE events SET payload = x'00' WHERE session_id = 'bad' AND seq = 2",
        "UPDATE events SET at = 'yesterday' WHERE session_id = 'bad' AND seq = 2",
        "DELETE FROM events WHERE session_id = 'bad' AND seq = 2",
    ],
)
async def test_a_damaged_event_is_named_and_other_sessions_go_on(
    path: Path, log: Log, start: datetime, damage: str
) -> None:
    store = SqliteSessionStore(path)
    for name in ("bad", "good"):
        await store.create(name, start, log[0])
        await store.append(name, 0, start, log[1:])
    with closing(sqlite3.connect(path)) as other, other:
        assert other.execute(damage).rowcount == 1
    with pytest.raises(StorageError) as caught:
        await store.load("bad")
    assert not isinstance(caught.value, SessionConflictError)
    assert "Event 2 of session bad" in caught.value.detail
    assert len(await store.load("good")) == len(log)
    assert len(await store.history(limit=5)) == 2
    assert await store.forget("bad") == 1
    await store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE calls SET request = '{\"purpose\": \"cust' WHERE session_id = 'bad' AND seq = 1",
        "UPDATE calls SET request = '{\"purpose\": \"gardener\"}' WHERE session_id = 'bad' AND seq = 1",
        "UPDATE calls SET answer = '[]' WHERE session_id = 'bad' AND seq = 1",
        "UPDATE calls SET partial = CAST(x'ff00ff' AS TEXT) WHERE session_id = 'bad' AND seq = 1",
        "UPDATE calls SET at = 'yesterday' WHERE session_id = 'bad' AND seq = 1",
        "DELETE FROM calls WHERE session_id = 'bad' AND seq = 1",
    ],
)
async def test_a_damaged_call_is_named_and_leaves_the_conversation_readable(
    path: Path, log: Log, start: datetime, damage: str
) -> None:
    store = SqliteSessionStore(path)
    for name in ("bad", "good"):
        await store.create(name, start, log[0])
        for n in range(3):
            await store.add_call(call(name, start, f"call {n}"))
    with closing(sqlite3.connect(path)) as other, other:
        assert other.execute(damage).rowcount == 1
    with pytest.raises(StorageError) as caught:
        await store.calls("bad")
    assert "Call 1 of session bad" in caught.value.detail
    assert len(await store.load("bad")) == 1
    assert len(await store.calls("good")) == 3
    await store.close()


@pytest.mark.parametrize(
    "orphan",
    [
        "INSERT INTO drafts VALUES ('nobody', 'text')",
        "INSERT INTO calls VALUES ('nobody', 0, '2026-03-02', 'someone', '{}', NULL, '', '')",
    ],
)
def test_nothing_can_outlive_its_session(path: Path, orphan: str) -> None:
    database = Database(path)
    with database.writing() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    with pytest.raises(Exception, match="FOREIGN KEY"), database.writing() as connection:
        connection.exec_driver_sql(orphan)
    database.close()
