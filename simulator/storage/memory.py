"""A session store that lives as long as the process: for tests, and for looking around without leaving a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from simulator.domain.events import SessionEvent, StoredEvent
from simulator.engine.chat import CallRecord
from simulator.engine.ports import SessionSummary
from simulator.storage.refusals import already_there, ambiguous, conflict, not_found
from simulator.storage.summaries import COUNTED_MODE, HIDDEN_MODE, begun, continued


@dataclass(slots=True)
class _Log:
    summary: SessionSummary
    events: list[StoredEvent] = field(default_factory=list)
    draft: str = ""
    calls: list[CallRecord] = field(default_factory=list)


class MemorySessionStore:
    """Meets the SessionStore and CallLog ports without a file."""

    def __init__(self) -> None:
        self._logs: dict[str, _Log] = {}

    async def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        if session_id in self._logs:
            raise already_there(session_id)
        summary = begun(session_id, at, event)
        self._logs[session_id] = _Log(summary, [StoredEvent(seq=0, at=at, event=event)])

    async def append(self, session_id: str, after_seq: int, at: datetime, events: Sequence[SessionEvent]) -> int:
        log = self._log(session_id)
        last = log.events[-1].seq
        if last != after_seq:
            raise conflict(session_id)
        if events:
            log.events += [StoredEvent(seq=last + n, at=at, event=event) for n, event in enumerate(events, 1)]
            log.summary = continued(log.summary, at, events)
        return last + len(events)

    async def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        return tuple(self._log(session_id).events)

    async def summary(self, session_id: str) -> SessionSummary:
        return self._log(session_id).summary

    async def find(self, prefix: str) -> str:
        if prefix in self._logs:
            return prefix
        fitting = sorted(key for key in self._logs if prefix and key.startswith(prefix))
        if not fitting:
            raise not_found(prefix)
        if len(fitting) > 1:
            raise ambiguous(prefix, fitting[:3])
        return fitting[0]

    async def history(
        self,
        *,
        limit: int,
        offset: int = 0,
        scenario_id: str | None = None,
        status: Literal["all", "finished", "unfinished"] = "all",
    ) -> tuple[SessionSummary, ...]:
        rows = [log.summary for log in self._logs.values() if log.summary.mode != HIDDEN_MODE]
        if scenario_id is not None:
            rows = [row for row in rows if row.scenario_id == scenario_id]
        if status != "all":
            rows = [row for row in rows if (row.ending is not None) == (status == "finished")]
        rows.sort(key=lambda row: (row.started_at, row.id), reverse=True)
        return tuple(rows[max(0, offset) :][: max(0, limit)])

    async def best_scores(self) -> Mapping[str, float]:
        best: dict[str, float] = {}
        for log in self._logs.values():
            row = log.summary
            if row.mode == COUNTED_MODE and row.overall is not None:
                best[row.scenario_id] = max(row.overall, best.get(row.scenario_id, row.overall))
        return best

    async def save_draft(self, session_id: str, text: str) -> None:
        self._log(session_id).draft = text

    async def load_draft(self, session_id: str) -> str:
        log = self._logs.get(session_id)
        return log.draft if log else ""

    async def add_call(self, record: CallRecord) -> None:
        self._log(record.session).calls.append(record)

    async def calls(self, session_id: str) -> tuple[CallRecord, ...]:
        log = self._logs.get(session_id)
        return tuple(log.calls) if log else ()

    async def forget(self, session_id: str | None) -> int:
        if session_id is None:
            count = len(self._logs)
            self._logs.clear()
            return count
        return 0 if self._logs.pop(session_id, None) is None else 1

    async def close(self) -> None:
        """Nothing is held open."""

    def _log(self, session_id: str) -> _Log:
        try:
            return self._logs[session_id]
        except KeyError:
            raise not_found(session_id) from None
