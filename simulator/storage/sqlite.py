"""Keeps sessions in a SQLite file, without holding up the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from simulator.domain.events import SessionEvent, StoredEvent
from simulator.engine.chat import CallRecord
from simulator.engine.ports import SessionSummary
from simulator.engine.settling import settled
from simulator.storage.places import is_there

if TYPE_CHECKING:
    from simulator.storage.records import SessionRecords

T = TypeVar("T")


class SqliteSessionStore:
    """Meets the SessionStore and CallLog ports with a file: an event is on the disk when `append` returns.

    Every call runs in a thread. A cancelled call is waited for, so that cancellation reaches the caller only
    once a write has either happened or not.

    Args:
        path: the database file; it and its directory are created by the first write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.expanduser().absolute()
        self._lock = threading.Lock()
        self._records: SessionRecords | None = None

    @property
    def records(self) -> SessionRecords:
        """What does the work. The first use loads SQLAlchemy, which takes most of a second: never on the event loop."""
        with self._lock:
            if self._records is None:
                from simulator.storage.database import Database  # noqa: PLC0415 - see above
                from simulator.storage.records import SessionRecords  # noqa: PLC0415

                self._records = SessionRecords(Database(self._path))
            return self._records

    async def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        await _in_thread(lambda: self.records.create(session_id, at, event))

    async def append(self, session_id: str, after_seq: int, at: datetime, events: Sequence[SessionEvent]) -> int:
        new = tuple(events)
        return await _in_thread(lambda: self.records.append(session_id, after_seq, at, new))

    async def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        return await _in_thread(lambda: self.records.load(session_id))

    async def summary(self, session_id: str) -> SessionSummary:
        return await _in_thread(lambda: self.records.summary(session_id))

    async def find(self, prefix: str) -> str:
        return await _in_thread(lambda: self.records.find(prefix))

    async def history(
        self,
        *,
        limit: int,
        offset: int = 0,
        scenario_id: str | None = None,
        status: Literal["all", "finished", "unfinished"] = "all",
    ) -> tuple[SessionSummary, ...]:
        none: tuple[SessionSummary, ...] = ()
        return await _in_thread(lambda: self._ask(lambda r: r.history(limit, offset, scenario_id, status), none))

    async def best_scores(self) -> Mapping[str, float]:
        none: Mapping[str, float] = {}
        return await _in_thread(lambda: self._ask(lambda records: records.best_scores(), none))

    async def save_draft(self, session_id: str, text: str) -> None:
        await _in_thread(lambda: self.records.save_draft(session_id, text))

    async def load_draft(self, session_id: str) -> str:
        return await _in_thread(lambda: self._ask(lambda records: records.load_draft(session_id), ""))

    async def add_call(self, record: CallRecord) -> None:
        await _in_thread(lambda: self.records.add_call(record))

    async def calls(self, session_id: str) -> tuple[CallRecord, ...]:
        none: tuple[CallRecord, ...] = ()
        return await _in_thread(lambda: self._ask(lambda records: records.calls(session_id), none))

    async def forget(self, session_id: str | None) -> int:
        return await _in_thread(lambda: self._ask(lambda records: records.forget(session_id), 0))

    async def close(self) -> None:
        if self._records is not None:
            await _in_thread(self._records.close)

    def _ask(self, question: Callable[[SessionRecords], T], otherwise: T) -> T:
        """The answer; at once when there is no file yet, so that a first start loads no database."""
        return question(self.records) if is_there(self._path) else otherwise


async def _in_thread(work: Callable[[], T]) -> T:
    return await settled(asyncio.to_thread(work))
