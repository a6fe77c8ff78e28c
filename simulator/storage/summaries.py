"""Keeps a session's row in the history in step with its events. Pure; the same for every store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from simulator.domain.events import (
    CustomerSpoke,
    Reflected,
    ReplyAppraised,
    ReplyJudged,
    SessionEnded,
    SessionEvent,
    SessionScored,
    SessionStarted,
    TraineeSpoke,
)
from simulator.engine.ports import SessionSummary

HIDDEN_MODE = "demo"
"""Sessions in this mode are kept, and not listed."""
COUNTED_MODE = "practice"
"""Only sessions in this mode count for best scores."""


def begun(session_id: str, at: datetime, event: SessionEvent) -> SessionSummary:
    """The row of a session that has just begun.

    Raises:
        ValueError: the event is not SessionStarted.
    """
    if not isinstance(event, SessionStarted):
        msg = "A session begins with SessionStarted"
        raise ValueError(msg)  # noqa: TRY004 - the value is wrong, not its type
    return SessionSummary(
        id=session_id,
        scenario_id=event.scenario.id,
        scenario_title=event.scenario.title,
        persona_id=event.persona.id,
        persona_name=event.persona.name,
        mode=event.mode,
        started_at=at,
        updated_at=at,
        replies=0,
        ending=None,
        overall=None,
        band=None,
        seed=event.seed,
    )


def continued(summary: SessionSummary, at: datetime, events: Iterable[SessionEvent]) -> SessionSummary:
    """The row after these events. A later scorecard takes the place of an earlier one."""
    for event in events:
        summary = _after(summary, event)
    return replace(summary, updated_at=at)


def _after(summary: SessionSummary, event: SessionEvent) -> SessionSummary:
    match event:
        case TraineeSpoke():
            return replace(summary, replies=summary.replies + 1)
        case SessionEnded():
            return replace(summary, ending=event.ending)
        case SessionScored():
            overall = event.scorecard.overall
            return replace(summary, overall=overall.score, band=overall.band)
        case SessionStarted() | CustomerSpoke() | ReplyAppraised() | ReplyJudged() | Reflected():
            return summary
        case _:
            assert_never(event)
