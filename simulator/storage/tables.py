"""The tables of the practice file, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Column, ForeignKey, MetaData, Named, String, Table, TypedColumns, TypeDecorator
from sqlalchemy.engine import Dialect


class UtcText(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC with microseconds, so that text order is time order."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else datetime.fromisoformat(value)


metadata: Final = MetaData()


class SessionColumns(TypedColumns):
    """One row a session: all that a list shows, kept up to date with the events."""

    id: Named[str] = Column(primary_key=True)
    scenario_id: Named[str]
    scenario_title: Named[str]
    persona_id: Named[str]
    persona_name: Named[str]
    mode: Named[str]
    started_at: Named[datetime] = Column(UtcText)
    updated_at: Named[datetime] = Column(UtcText)
    replies: Named[int]
    ending: Named[str | None]
    overall: Named[float | None]
    band_low: Named[float | None]
    band_high: Named[float | None]
    seed: Named[int]


class EventColumns(TypedColumns):
    """The log: append-only."""

    session_id: Named[str] = Column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    seq: Named[int] = Column(primary_key=True)
    at: Named[datetime] = Column(UtcText)
    kind: Named[str]
    v: Named[int]
    payload: Named[str]


class DraftColumns(TypedColumns):
    """What is typed and not sent yet."""

    session_id: Named[str] = Column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    text: Named[str]


class CallColumns(TypedColumns):
    """What language models were asked in a session, and what they answered: append-only."""

    session_id: Named[str] = Column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    seq: Named[int] = Column(primary_key=True)
    at: Named[datetime] = Column(UtcText)
    model: Named[str]
    request: Named[str]
    answer: Named[str | None]
    error: Named[str]
    partial: Named[str]


class BestColumns(TypedColumns):
    """The best overall score of each scenario that was practised."""

    scenario_id: Named[str] = Column(primary_key=True)
    overall: Named[float]


class VersionColumns(TypedColumns):
    """The migrations that were run."""

    version: Named[int] = Column(primary_key=True)
    applied_at: Named[datetime] = Column(UtcText)


sessions: Final = Table("sessions", metadata, SessionColumns)
events: Final = Table("events", metadata, EventColumns)
drafts: Final = Table("drafts", metadata, DraftColumns)
calls: Final = Table("calls", metadata, CallColumns)
scenario_best: Final = Table("scenario_best", metadata, BestColumns)
schema_version: Final = Table("schema_version", metadata, VersionColumns)
