"""The home screen costs the same with 100,000 stored sessions as with none."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import event, insert

from simulator.domain.events import SessionEvent
from simulator.engine.chat import CallRecord, ChatRequest
from simulator.storage import SqliteSessionStore
from simulator.storage.tables import events, sessions

Log = tuple[SessionEvent, ...]
Plan = list[tuple[str, list[str]]]
SESSIONS = 100_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100,000 sessions over 15 scenarios, some unfinished, some demonstrations."""
    file = tmp_path_factory.mktemp("many") / "practice.db"
    first = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    store = SqliteSessionStore(file)
    with store.records.database.writing() as connection:
        times = [first + timedelta(seconds=n) for n in range(SESSIONS)]
        rows = [
            {
                "id": f"{n * 7919 % SESSIONS:06d}", "scenario_id": f"scenario-{n % 15}", "scenario_title": "Title",
                "persona_id": "someone", "persona_name": "Some One", "mode": "demo" if n % 50 == 0 else "practice",
                "started_at": at, "updated_at": at, "replies": 6, "ending": None if n % 10 == 0 else "cold",
                "overall": None if n % 10 == 0 else float(n % 97), "band_low": None, "band_high": None, "seed": n,
            }
            for n, at in enumerate(times)
        ]  # fmt: skip
        connection.execute(insert(sessions), rows)
        log_rows = ({"session_id": row["id"], "seq": 0, "at": row["started_at"], "kind": "x", "v": 1, "payload": ""}
                    for row in rows)  # fmt: skip
        connection.execute(insert(events), list(log_rows))
    store.records.database.close()
    return file


def explained(store: SqliteSessionStore) -> Plan:
    """Fills with each statement that the store runs from now on, and how SQLite goes about it."""
    plans: Plan = []

    def explain(
        _conn: object, cursor: object, statement: str, parameters: object, _ctx: object, is_batch: bool
    ) -> None:
        if not is_batch and statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            plans.append((statement, [row[3] for row in cursor.fetchall()]))  # type: ignore[attr-defined]

    event.listen(store.records.database._opened(), "before_cursor_execute", explain)
    return plans


def assert_by_index(plans: Plan) -> None:
    assert plans
    for statement, steps in plans:
        for step in steps:
            is_scan_of_many = step.startswith("SCAN") and "USING" not in step and "scenario_best" not in step
            assert not is_scan_of_many, f"{step} in {statement}"
            assert "TEMP B-TREE" not in step, f"{step} in {statement}"


@pytest.mark.slow
@pytest.mark.parametrize("status", ["all", "finished", "unfinished"])
@pytest.mark.parametrize("scenario_id", [None, "scenario-5"])
async def test_history_reads_an_index_in_order(
    path: Path, scenario_id: str | None, status: Literal["all", "finished", "unfinished"]
) -> None:
    store = SqliteSessionStore(path)
    plans = explained(store)
    found = await store.history(limit=20, scenario_id=scenario_id, status=status)
    assert len(found) == 20
    assert [row.started_at for row in found] == sorted((row.started_at for row in found), reverse=True)
    assert len(plans) == 1
    assert_by_index(plans)
    assert "history_" in plans[0][1][0], "one of the indexes made for it"
    await store.close()


@pytest.mark.slow
async def test_best_scores_look_at_no_session(path: Path) -> None:
    store = SqliteSessionStore(path)
    plans = explained(store)
    await store.best_scores()
    assert not any("sessions" in step for _, steps in plans for step in steps)
    await store.close()


@pytest.mark.slow
async def test_working_on_one_session_touches_no_other(path: Path, log: Log, start: datetime) -> None:
    store = SqliteSessionStore(path)
    plans = explained(store)
    await store.create("zz-new", start, log[0])
    await store.append("zz-new", 0, start, log[1:])
    await store.save_draft("zz-new", "text")
    assert await store.load_draft("zz-new") == "text"
    assert len(await store.load("zz-new")) == len(log)
    request = ChatRequest("customer", "customer", "f0", (), session="zz-new")
    for _ in range(2):
        await store.add_call(CallRecord("zz-new", start, "someone", request, None))
    assert len(await store.calls("zz-new")) == 2
    assert await store.find("zz") == "zz-new"
    assert (await store.summary("zz-new")).overall == 66.7
    assert await store.forget("zz-new") == 1
    assert_by_index(plans)
    await store.close()
