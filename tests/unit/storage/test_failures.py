"""What a person reads when the file cannot be used."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from simulator.domain.events import SessionEvent, TraineeSpoke
from simulator.errors import StorageError
from simulator.storage import SqliteSessionStore

Log = tuple[SessionEvent, ...]
NOBODY = 65534


async def fill(store: SqliteSessionStore, start: datetime) -> int:
    """Append until it fails; the last seq that was reported durable."""
    last = 0
    for n in range(10_000):
        last = await store.append("one", last, start, [TraineeSpoke(index=n, text="x" * 20_000)])
    return last


async def stored_after_filling(store: SqliteSessionStore, start: datetime) -> tuple[StorageError, int]:
    with pytest.raises(StorageError) as caught:
        await fill(store, start)
    events = await store.load("one")
    assert [stored.seq for stored in events] == list(range(len(events)))
    return caught.value, len(events)


async def test_a_full_database_says_so_and_keeps_what_was_stored(tmp_path: Path, log: Log, start: datetime) -> None:
    store = SqliteSessionStore(tmp_path / "practice.db")
    await store.create("one", start, log[0])
    event.listen(
        store.records.database._opened(),
        "begin",
        lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=60"),
    )
    error, stored = await stored_after_filling(store, start)
    assert error.title == "The disk is full"
    assert str(tmp_path / "practice.db") in error.detail
    assert error.hint
    assert stored > 1
    await store.close()


@contextmanager
def tiny_disk(directory: Path) -> Iterator[Path]:
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "none", str(directory)], check=False)
    if done.returncode != 0:
        pytest.skip("no small disk may be mounted here")
    try:
        yield directory
    finally:
        subprocess.run(["umount", str(directory)], check=True)


async def test_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path, log: Log, start: datetime) -> None:
    with tiny_disk(tmp_path) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(b"0" * 100_000)
        store = SqliteSessionStore(disk / "practice.db")
        await store.create("one", start, log[0])
        error, stored = await stored_after_filling(store, start)
        assert error.title == "The disk is full"
        ballast.unlink()
        assert await store.append("one", stored - 1, start, [TraineeSpoke(index=9, text="room again")]) == stored
        await store.close()


def fill_with_zeros(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"0" * 4096)


async def test_a_disk_without_any_room_says_so(tmp_path: Path, log: Log, start: datetime) -> None:
    with tiny_disk(tmp_path) as disk:
        fill_with_zeros(disk / "ballast")
        store = SqliteSessionStore(disk / "practice.db")
        with pytest.raises(StorageError, match="The disk is full"):
            await store.create("one", start, log[0])
        await store.close()


@contextmanager
def as_ordinary_user() -> Iterator[Path]:
    """A directory outside of root's own, used without root's right to ignore permissions."""
    directory = Path(tempfile.mkdtemp(prefix="simulator-test-"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(directory, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield directory
    finally:
        directory.chmod(0o700)
        if is_root:
            os.seteuid(0)
        shutil.rmtree(directory)


async def test_a_read_only_directory_is_explained(log: Log, start: datetime) -> None:
    with as_ordinary_user() as directory:
        directory.chmod(0o500)
        for path in (directory / "practice.db", directory / "below" / "practice.db"):
            store = SqliteSessionStore(path)
            with pytest.raises(StorageError) as caught:
                await store.create("one", start, log[0])
            assert caught.value.title == "The practice file cannot be written"
            assert str(directory) in caught.value.detail
            assert "SIMULATOR_DATA_DIR" in caught.value.hint
            await store.close()


async def test_a_read_only_file_is_explained(log: Log, start: datetime) -> None:
    with as_ordinary_user() as directory:
        path = directory / "practice.db"
        store = SqliteSessionStore(path)
        await store.create("one", start, log[0])
        await store.close()
        path.chmod(0o400)
        with pytest.raises(StorageError, match="cannot be written"):
            await store.append("one", 0, start, log[1:2])
        await store.close()


async def test_a_data_directory_that_is_a_file_is_explained(tmp_path: Path, log: Log, start: datetime) -> None:
    (tmp_path / "data").write_text("not a directory")
    store = SqliteSessionStore(tmp_path / "data" / "practice.db")
    with pytest.raises(StorageError, match="cannot be opened"):
        await store.create("one", start, log[0])
    directory = SqliteSessionStore(tmp_path)
    with pytest.raises(StorageError, match="cannot be opened"):
        await directory.history(limit=1)


@pytest.mark.parametrize("content", [b"This is a letter, not a database. " * 40, b"SQLite format 3\0" + b"\xa5" * 9000])
async def test_a_file_that_is_no_database_is_left_alone_and_explained(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(content)
    store = SqliteSessionStore(path)
    with pytest.raises(StorageError) as caught:
        await store.history(limit=1)
    assert caught.value.title == "The practice file is damaged"
    assert str(path) in caught.value.detail
    assert path.read_bytes() == content
    await store.close()


async def load_all(store: SqliteSessionStore) -> None:
    for n in range(5):
        await store.load(f"s{n}")


async def test_damage_in_the_middle_of_the_file_is_explained(tmp_path: Path, log: Log, start: datetime) -> None:
    path = tmp_path / "practice.db"
    store = SqliteSessionStore(path)
    for n in range(5):
        await store.create(f"s{n}", start, log[0])
    await store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\x5a" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        await load_all(store)
    await store.close()


async def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    store = SqliteSessionStore(path)
    with pytest.raises(StorageError, match="not a practice file"):
        await store.history(limit=1)
    await store.close()


async def test_a_locked_file_is_explained(
    tmp_path: Path, log: Log, start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.storage.database.BUSY_TIMEOUT_S", 0.05)
    path = tmp_path / "practice.db"
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="in use"):
            await store.append("one", 0, start, log[1:2])
        assert len(await store.load("one")) == 1, "reading goes on while another writes"
        other.execute("ROLLBACK")
    assert await store.append("one", 0, start, log[1:2]) == 1
    await store.close()
