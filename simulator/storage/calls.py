"""Writes the calls of language models as rows of the practice file, and reads them back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, LargeBinary, Row, String, cast, func, insert, select, type_coerce

from simulator.engine.chat import CallRecord, ChatDone, ChatRequest
from simulator.storage.refusals import damaged_call
from simulator.storage.tables import calls

_REQUEST: Final = TypeAdapter(ChatRequest)
_ANSWER: Final = TypeAdapter(ChatDone)
_RECORD: Final = TypeAdapter(CallRecord)


def add_call(connection: Connection, record: CallRecord) -> None:
    """Add a call behind the others of its session, which exists; the caller holds the write lock."""
    last = connection.execute(select(func.max(calls.c.seq)).where(calls.c.session_id == record.session)).scalar()
    row = {
        "session_id": record.session,
        "seq": 0 if last is None else last + 1,
        "at": record.at,
        "model": record.model,
        "request": _REQUEST.dump_json(record.request).decode(),
        "answer": None if record.answer is None else _ANSWER.dump_json(record.answer).decode(),
        "error": record.error,
        "partial": record.partial,
    }
    connection.execute(insert(calls).values(row))


def calls_of(connection: Connection, session_id: str, path: Path) -> tuple[CallRecord, ...]:
    """All calls of a session, in order.

    Args:
        connection: to the practice file.
        session_id: the whole id.
        path: the practice file, to name it in an error.

    Raises:
        StorageError: one of them is damaged or missing.
    """
    query = (
        # As plain text and bytes: what is damaged is found by the check below, row by row.
        select(
            calls.c.seq,
            type_coerce(calls.c.at, String),
            calls.c.model,
            cast(calls.c.request, LargeBinary),
            cast(calls.c.answer, LargeBinary),
            cast(calls.c.error, LargeBinary),
            cast(calls.c.partial, LargeBinary),
        )
        .where(calls.c.session_id == session_id)
        .order_by(calls.c.seq)
    )
    rows = connection.execute(query).all()
    return tuple(_decoded(session_id, place, row, path) for place, row in enumerate(rows))


def _decoded(
    session_id: str,
    place: int,
    row: Row[int, str, str, bytes, bytes | None, bytes, bytes],
    path: Path,
) -> CallRecord:
    seq, at, model, request, answer, error, partial = row
    if seq != place:
        raise damaged_call(session_id, place, path)
    try:
        return _RECORD.validate_python(
            {
                "session": session_id,
                "at": at,
                "model": model,
                "request": _REQUEST.validate_json(request),
                "answer": None if answer is None else _ANSWER.validate_json(answer),
                "error": error.decode(),
                "partial": partial.decode(),
            }
        )
    except (ValidationError, UnicodeDecodeError) as damage:
        raise damaged_call(session_id, place, path) from damage
