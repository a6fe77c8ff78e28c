"""The file under two processes at once, and under processes that are killed."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from simulator.domain.events import SessionEvent, TraineeSpoke
from simulator.domain.session import fold
from simulator.storage import SqliteSessionStore

APPENDER = Path(__file__).parent / "appender.py"
Log = tuple[SessionEvent, ...]


def appender(path: Path, session_id: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(APPENDER), str(path), session_id, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("second", ["same", "other"])
async def test_two_processes_append_at_once_without_loss(
    tmp_path: Path, log: Log, start: datetime, second: str
) -> None:
    path = tmp_path / "practice.db"
    store = SqliteSessionStore(path)
    for name in ("same", "other"):
        await store.create(name, start, log[0])
    running = [appender(path, "same", 30), appender(path, second, 30)]
    outputs = [(await asyncio.to_thread(process.communicate))[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [len(output) for output in outputs] == [30, 30]
    same, other = await store.load("same"), await store.load("other")
    assert len(same) + len(other) == 2 + 60 * 2
    assert (await store.summary("same")).replies == len(same) - 1
    await store.close()


async def test_two_processes_may_create_the_file_at_once(tmp_path: Path, log: Log, start: datetime) -> None:
    stores = [SqliteSessionStore(tmp_path / "new" / "practice.db") for _ in range(8)]
    await asyncio.gather(*(store.create(f"s{n}", start, log[0]) for n, store in enumerate(stores)))
    assert len(await stores[0].history(limit=20)) == 8
    for store in stores:
        await store.close()


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_what_was_reported_durable_survives_kill_9_at_any_moment(
    tmp_path: Path, log: Log, start: datetime
) -> None:
    path = tmp_path / "practice.db"
    chance = random.Random(20260302)
    store = SqliteSessionStore(path)
    await store.create("one", start, log[0])
    await store.close()
    for _ in range(5):
        process = appender(path, "one", 1_000_000)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 25)):
            reported = int(process.stdout.readline())
        await asyncio.sleep(chance.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        stored = await store.load("one")
        assert stored[-1].seq >= reported
        assert [event.seq for event in stored] == list(range(len(stored)))
        assert len(stored) % 2 == 1, "a pair of events is stored whole or not at all"
        state = fold(event.event for event in stored)
        assert state.reply_count == (await store.summary("one")).replies == len(stored) - 1
        await store.append(
            "one", stored[-1].seq, start, [TraineeSpoke(index=1, text="go"), TraineeSpoke(index=2, text="on")]
        )
        await store.close()
