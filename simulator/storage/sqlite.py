"""Keeps sessions in a SQLite file, without holding up the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

from simulator.domain.events import SessionEvent, StoredEvent
from simulator.engine.ports import SessionSummary
from simulator.storage.database import Database
from simulator.storage.records import SessionRecords

P = ParamSpec("P")
T = TypeVar("T")


class SqliteSessionStore:
    """Meets the SessionStore port with a file: an event is on the disk when `append` returns.

    Every call runs in a thread. A cancelled call is waited for, so that cancellation reaches the caller only
    once a write has either happened or not.

    Args:
        path: the database file; it and its directory are created by the first write.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._records = SessionRecords(self._database)

    async def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        await _settled(self._records.create, session_id, at, event)

    async def append(self, session_id: str, after_seq: int, at: datetime, events: Sequence[SessionEvent]) -> int:
        return await _settled(self._records.append, session_id, after_seq, at, tuple(events))

    async def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        return await _settled(self._records.load, session_id)

    async def summary(self, session_id: str) -> SessionSummary:
        return await _settled(self._records.summary, session_id)

    async def find(self, prefix: str) -> str:
        return await _settled(self._records.find, prefix)

    async def history(
        self,
        *,
        limit: int,
        offset: int = 0,
        scenario_id: str | None = None,
        status: Literal["all", "finished", "unfinished"] = "all",
    ) -> tuple[SessionSummary, ...]:
        return await _settled(self._records.history, limit, offset, scenario_id, status)

    async def best_scores(self) -> Mapping[str, float]:
        return await _settled(self._records.best_scores)

    async def save_draft(self, session_id: str, text: str) -> None:
        await _settled(self._records.save_draft, session_id, text)

    async def load_draft(self, session_id: str) -> str:
        return await _settled(self._records.load_draft, session_id)

    async def forget(self, session_id: str | None) -> int:
        return await _settled(self._records.forget, session_id)

    async def close(self) -> None:
        await _settled(self._database.close)


async def _settled(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # the caller is gone; without this it would be reported as never retrieved
        raise cancelled
    return task.result()
