"""From old files to the newest schema, with a copy made before."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionEvent
from simulator.engine.chat import CallRecord, ChatDone, ChatRequest, Message, Role
from simulator.errors import StorageError
from simulator.storage import SqliteSessionStore, migrations
from simulator.storage.tables import metadata

DATA = Path(__file__).parents[2] / "data"
Log = tuple[SessionEvent, ...]
NEWEST = len(migrations.MIGRATIONS)


@pytest.fixture
def v1(tmp_path: Path) -> Path:
    """A file as the first version wrote it."""
    path = tmp_path / "practice.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "practice-v1.sql").read_text(encoding="utf-8"))
    return path


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    return found


async def test_a_file_of_the_first_version_is_read_and_gone_on_with(v1: Path, log: Log, start: datetime) -> None:
    store = SqliteSessionStore(v1)
    assert [row.id for row in await store.history(limit=9)] == ["02-unfinished", "01-old-session"]
    done = await store.summary("01-old-session")
    assert (done.replies, done.ending, done.overall) == (2, EndingKind.CONNECTED, 66.7)
    assert tuple(stored.event for stored in await store.load("01-old-session")) == log
    assert await store.best_scores() == {"sample-case": 66.7}
    assert await store.load_draft("02-unfinished") == "half a rep"
    assert await store.append("02-unfinished", 2, start, log[3:]) == len(log) - 1
    await store.close()


async def test_the_migrated_schema_is_what_the_code_expects(tmp_path: Path) -> None:
    store = SqliteSessionStore(tmp_path / "practice.db")
    with store.records.database.writing() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]
        assert set(found.get_table_names()) == set(metadata.tables)
    await store.close()


def add_a_note(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN note TEXT")


def fail_halfway(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN note TEXT")
    connection.exec_driver_sql("ALTER TABLE nothing ADD COLUMN note TEXT")


async def test_the_file_is_copied_before_a_migration_runs(v1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_a_note))
    store = SqliteSessionStore(v1)
    assert len(await store.history(limit=9)) == 2
    await store.close()
    copy = v1.with_name("practice.db.bak-v1")
    assert (version_of(v1), version_of(copy)) == (NEWEST + 1, 1)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (13,)


async def test_a_failed_migration_changes_nothing(v1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, fail_halfway))
        store = SqliteSessionStore(v1)
        with pytest.raises(StorageError):
            await store.history(limit=9)
        await store.close()
    assert version_of(v1) == 1
    again = SqliteSessionStore(v1)
    assert len(await again.history(limit=9)) == 2
    with again.records.database.reading() as connection:
        assert connection is not None
        assert "note" not in {column["name"] for column in inspect(connection).get_columns("sessions")}
    await again.close()


async def test_an_up_to_date_file_is_not_copied(tmp_path: Path, log: Log, start: datetime) -> None:
    path = tmp_path / "practice.db"
    for session_id in ("one", "two"):
        store = SqliteSessionStore(path)
        await store.create(session_id, start, log[0])
        await store.close()
    assert version_of(path) == NEWEST
    assert [file.name for file in path.parent.iterdir()] == ["practice.db"]


async def test_calls_can_be_kept_in_a_file_of_the_first_version(v1: Path, start: datetime) -> None:
    store = SqliteSessionStore(v1)
    assert await store.calls("01-old-session") == ()
    request = ChatRequest("customer", "customer", "f0", (Message(Role.USER, "Speak."),), session="02-unfinished")
    record = CallRecord("02-unfinished", start, "someone", request, ChatDone("Well."))
    await store.add_call(record)
    assert await store.calls("02-unfinished") == (record,)
    assert await store.load_draft("02-unfinished") == "half a rep"
    await store.close()
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in v1.parent.iterdir()} == {
        "practice.db": 0o600,
        "practice.db.bak-v1": 0o600,
    }
    with closing(sqlite3.connect(v1)) as connection:
        versions = connection.execute("SELECT version FROM schema_version ORDER BY version").fetchall()
    assert versions == [(number,) for number in range(1, NEWEST + 1)]


async def test_a_file_from_a_newer_version_is_refused_untouched(v1: Path) -> None:
    with closing(sqlite3.connect(v1)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (7, '2030-01-01T00:00:00.000000+00:00')")
    store = SqliteSessionStore(v1)
    with pytest.raises(StorageError) as caught:
        await store.history(limit=9)
    assert "newer version" in caught.value.title
    assert "version 7" in caught.value.detail
    assert version_of(v1) == 7
    await store.close()
