from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.domain.events import EVENT_ADAPTER, SessionEvent

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def log() -> tuple[SessionEvent, ...]:
    """A whole session: opening, two replies, ended as connected, scored 66.7."""
    raw = json.loads((DATA / "session-log.json").read_text(encoding="utf-8"))
    return tuple(EVENT_ADAPTER.validate_python(event) for event in raw)


@pytest.fixture
def start() -> datetime:
    return datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
