"""What is asked of the practice file, in SQL: sessions, their events, drafts and best scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    Select,
    String,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or

from simulator.domain.endings import EndingKind
from simulator.domain.events import EVENT_ADAPTER, SessionEvent, StoredEvent
from simulator.domain.scoring import Band
from simulator.engine.chat import CallRecord
from simulator.engine.ports import SessionSummary
from simulator.storage.calls import add_call, calls_of
from simulator.storage.database import Database
from simulator.storage.refusals import already_there, ambiguous, conflict, damaged_event, not_found
from simulator.storage.summaries import COUNTED_MODE, HIDDEN_MODE, begun, continued
from simulator.storage.tables import drafts, events, scenario_best, sessions

Status = Literal["all", "finished", "unfinished"]

_LAST_CHARACTER = chr(0x10FFFF)
# Written out, not bound: SQLite uses a partial index only when it can read the condition in the statement.
_LISTED = sessions.c.mode != literal_column(f"'{HIDDEN_MODE}'")
_COUNTED = sessions.c.mode == literal_column(f"'{COUNTED_MODE}'")


class SessionRecords:
    """The store's operations, each in one transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def close(self) -> None:
        self.database.close()

    def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        summary = begun(session_id, at, event)
        with self.database.writing() as connection:
            if _find_summary(connection, session_id) is not None:
                raise already_there(session_id)
            connection.execute(insert(sessions).values(_session_row(summary)))
            connection.execute(insert(events).values(_event_row(session_id, 0, at, event)))

    def append(self, session_id: str, after_seq: int, at: datetime, new: Sequence[SessionEvent]) -> int:
        rows = [_event_row(session_id, after_seq + n, at, event) for n, event in enumerate(new, 1)]
        with self.database.writing() as connection:
            before = _find_summary(connection, session_id)
            if before is None:
                raise not_found(session_id)
            if _last_seq(connection, session_id) != after_seq:
                raise conflict(session_id)
            if rows:
                connection.execute(insert(events), rows)
                after = continued(before, at, new)
                change = update(sessions).where(sessions.c.id == session_id).values(_changing_columns(after))
                connection.execute(change)
                if after.overall != before.overall:
                    _recompute_best(connection, after.scenario_id)
        return after_seq + len(rows)

    def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        query = (
            # As plain text and bytes: what is damaged is found by the check below, row by row.
            select(events.c.seq, type_coerce(events.c.at, String), cast(events.c.payload, LargeBinary))
            .where(events.c.session_id == session_id)
            .order_by(events.c.seq)
        )
        with self.database.reading() as connection:
            rows = [] if connection is None else connection.execute(query).all()
        if not rows:
            raise not_found(session_id)
        return tuple(self._decoded(session_id, place, row) for place, row in enumerate(rows))

    def _decoded(self, session_id: str, place: int, row: Row[int, str, bytes]) -> StoredEvent:
        seq, at, payload = row
        if seq != place:
            raise damaged_event(session_id, place, self.database.path)
        try:
            event = EVENT_ADAPTER.validate_json(payload)
            return StoredEvent.model_validate({"seq": seq, "at": at, "event": event})
        except ValidationError as error:
            raise damaged_event(session_id, place, self.database.path) from error

    def summary(self, session_id: str) -> SessionSummary:
        with self.database.reading() as connection:
            found = None if connection is None else _find_summary(connection, session_id)
        if found is None:
            raise not_found(session_id)
        return found

    def find(self, prefix: str) -> str:
        query = (
            select(sessions.c.id)
            .where(sessions.c.id >= prefix, sessions.c.id <= prefix + _LAST_CHARACTER)
            .order_by(sessions.c.id)
            .limit(3)
        )
        with self.database.reading() as connection:
            fitting = list(connection.execute(query).scalars()) if connection is not None and prefix else []
        if not fitting:
            raise not_found(prefix)
        # The whole id sorts before all longer ones that begin with it.
        if len(fitting) > 1 and fitting[0] != prefix:
            raise ambiguous(prefix, fitting)
        return fitting[0]

    def history(self, limit: int, offset: int, scenario_id: str | None, status: Status) -> tuple[SessionSummary, ...]:
        query = select(sessions).where(_LISTED)
        if scenario_id is not None:
            query = query.where(sessions.c.scenario_id == scenario_id)
        if status == "finished":
            query = query.where(sessions.c.ending.is_not(None))
        elif status == "unfinished":
            query = query.where(sessions.c.ending.is_(None))
        query = query.order_by(sessions.c.started_at.desc(), sessions.c.id.desc())
        query = query.limit(max(0, limit)).offset(max(0, offset))
        with self.database.reading() as connection:
            return () if connection is None else tuple(_summaries(connection, query))

    def best_scores(self) -> Mapping[str, float]:
        with self.database.reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(select(scenario_best.c.scenario_id, scenario_best.c.overall))
            return {row.scenario_id: row.overall for row in rows}

    def save_draft(self, session_id: str, text: str) -> None:
        with self.database.writing() as connection:
            if _last_seq(connection, session_id) is None:
                raise not_found(session_id)
            if text:
                save = insert_or(drafts).values(session_id=session_id, text=text)
                connection.execute(
                    save.on_conflict_do_update(index_elements=[drafts.c.session_id], set_={"text": text})
                )
            else:
                connection.execute(delete(drafts).where(drafts.c.session_id == session_id))

    def load_draft(self, session_id: str) -> str:
        query = select(drafts.c.text).where(drafts.c.session_id == session_id)
        with self.database.reading() as connection:
            return "" if connection is None else connection.execute(query).scalar() or ""

    def add_call(self, record: CallRecord) -> None:
        with self.database.writing() as connection:
            if _last_seq(connection, record.session) is None:
                raise not_found(record.session)
            add_call(connection, record)

    def calls(self, session_id: str) -> tuple[CallRecord, ...]:
        with self.database.reading() as connection:
            return () if connection is None else calls_of(connection, session_id, self.database.path)

    def forget(self, session_id: str | None) -> int:
        if not self.database.exists():
            return 0
        with self.database.writing() as connection:
            if session_id is None:
                count = connection.execute(delete(sessions)).rowcount
                connection.execute(delete(scenario_best))
            else:
                count = _forget_one(connection, session_id)
        # Also when nothing was found: an earlier call may have been kept from emptying the log.
        self.database.wipe_traces(rewrite=count > 0)
        return count


def _forget_one(connection: Connection, session_id: str) -> int:
    found = _find_summary(connection, session_id)
    if found is None:
        return 0
    connection.execute(delete(sessions).where(sessions.c.id == session_id))
    _recompute_best(connection, found.scenario_id)
    return 1


def _recompute_best(connection: Connection, scenario_id: str) -> None:
    query = select(func.max(sessions.c.overall)).where(
        _COUNTED, sessions.c.scenario_id == scenario_id, sessions.c.overall.is_not(None)
    )
    best = connection.execute(query).scalar()
    if best is None:
        connection.execute(delete(scenario_best).where(scenario_best.c.scenario_id == scenario_id))
        return
    save = insert_or(scenario_best).values(scenario_id=scenario_id, overall=best)
    connection.execute(save.on_conflict_do_update(index_elements=[scenario_best.c.scenario_id], set_={"overall": best}))


def _last_seq(connection: Connection, session_id: str) -> int | None:
    return connection.execute(select(func.max(events.c.seq)).where(events.c.session_id == session_id)).scalar()


def _find_summary(connection: Connection, session_id: str) -> SessionSummary | None:
    return next(iter(_summaries(connection, select(sessions).where(sessions.c.id == session_id))), None)


def _summaries(connection: Connection, query: Select[*tuple[object, ...]]) -> list[SessionSummary]:
    return [
        SessionSummary(
            id=row.id,
            scenario_id=row.scenario_id,
            scenario_title=row.scenario_title,
            persona_id=row.persona_id,
            persona_name=row.persona_name,
            mode=row.mode,
            started_at=row.started_at,
            updated_at=row.updated_at,
            replies=row.replies,
            ending=None if row.ending is None else EndingKind(row.ending),
            overall=row.overall,
            band=None if row.band_low is None else Band(low=row.band_low, high=row.band_high),
            seed=row.seed,
        )
        for row in connection.execute(query)
    ]


def _session_row(summary: SessionSummary) -> dict[str, object]:
    return {
        "id": summary.id,
        "scenario_id": summary.scenario_id,
        "scenario_title": summary.scenario_title,
        "persona_id": summary.persona_id,
        "persona_name": summary.persona_name,
        "mode": summary.mode,
        "started_at": summary.started_at,
        "seed": summary.seed,
        **_changing_columns(summary),
    }


def _changing_columns(summary: SessionSummary) -> dict[str, object]:
    return {
        "updated_at": summary.updated_at,
        "replies": summary.replies,
        "ending": summary.ending,
        "overall": summary.overall,
        "band_low": summary.band.low if summary.band else None,
        "band_high": summary.band.high if summary.band else None,
    }


def _event_row(session_id: str, seq: int, at: datetime, event: SessionEvent) -> dict[str, object]:
    return {
        "session_id": session_id,
        "seq": seq,
        "at": at,
        "kind": event.kind,
        "v": event.v,
        "payload": EVENT_ADAPTER.dump_json(event).decode(),
    }
