"""Brings a practice file to the newest schema, one version after the other, after a copy was made."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, inspect, select

from simulator.errors import StorageError
from simulator.storage.tables import schema_version

Migration = Callable[[Connection], None]

# Frozen: a later change is a new migration, never an edit of this text.
# The partial indexes serve the history in every filter without a sort; the last one finds a scenario's best.
_V1 = (
    "CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)",
    """CREATE TABLE sessions (
        id TEXT NOT NULL PRIMARY KEY,
        scenario_id TEXT NOT NULL,
        scenario_title TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        persona_name TEXT NOT NULL,
        mode TEXT NOT NULL,
        started_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        replies INTEGER NOT NULL,
        ending TEXT,
        overall REAL,
        band_low REAL,
        band_high REAL,
        seed INTEGER NOT NULL
    )""",
    """CREATE TABLE events (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL CHECK (seq >= 0),
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        v INTEGER NOT NULL,
        payload TEXT NOT NULL,
        PRIMARY KEY (session_id, seq)
    )""",
    """CREATE TABLE drafts (
        session_id TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
        text TEXT NOT NULL
    )""",
    "CREATE TABLE scenario_best (scenario_id TEXT NOT NULL PRIMARY KEY, overall REAL NOT NULL)",
    "CREATE INDEX history_all ON sessions (started_at, id) WHERE mode <> 'demo'",
    """CREATE INDEX history_finished ON sessions (started_at, id)
        WHERE mode <> 'demo' AND ending IS NOT NULL""",
    """CREATE INDEX history_unfinished ON sessions (started_at, id)
        WHERE mode <> 'demo' AND ending IS NULL""",
    "CREATE INDEX history_scenario ON sessions (scenario_id, started_at, id) WHERE mode <> 'demo'",
    """CREATE INDEX history_scenario_finished ON sessions (scenario_id, started_at, id)
        WHERE mode <> 'demo' AND ending IS NOT NULL""",
    """CREATE INDEX history_scenario_unfinished ON sessions (scenario_id, started_at, id)
        WHERE mode <> 'demo' AND ending IS NULL""",
    """CREATE INDEX practice_scores ON sessions (scenario_id, overall)
        WHERE mode = 'practice' AND overall IS NOT NULL""",
)


# `request` and `answer` are JSON; a call without an answer failed, and `error` says why.
_V2 = (
    """CREATE TABLE calls (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL CHECK (seq >= 0),
        at TEXT NOT NULL,
        model TEXT NOT NULL,
        request TEXT NOT NULL,
        answer TEXT,
        error TEXT NOT NULL,
        partial TEXT NOT NULL,
        PRIMARY KEY (session_id, seq)
    )""",
)


def _first_schema(connection: Connection) -> None:
    for statement in _V1:
        connection.exec_driver_sql(statement)


def _calls_of_models(connection: Connection) -> None:
    for statement in _V2:
        connection.exec_driver_sql(statement)


MIGRATIONS: tuple[Migration, ...] = (_first_schema, _calls_of_models)
"""The step to version n + 1 stands at place n."""


def current_version(connection: Connection, path: Path) -> int:
    """The schema version of the file; 0 for an empty one.

    Raises:
        StorageError: the file is a database of something else.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise StorageError(
            "This is not a practice file",
            f"{path} is a database that belongs to another program.",
            "Choose another data directory, or move that file away.",
        )
    return connection.execute(select(func.max(schema_version.c.version))).scalar() or 0


def migrate(connection: Connection, path: Path) -> None:
    """Run what is missing. The caller holds the write lock, so that no other process migrates at the same time.

    Raises:
        StorageError: the file was written by a newer version, or belongs to another program.
    """
    version = current_version(connection, path)
    newest = len(MIGRATIONS)
    if version > newest:
        raise StorageError(
            "The practice file is from a newer version",
            f"{path} has schema version {version}; this version of the simulator knows up to {newest}.",
            "Update the simulator, or point SIMULATOR_DATA_DIR to another directory.",
        )
    if 0 < version < newest:
        back_up(path, version)
    for number in range(version, newest):
        MIGRATIONS[number](connection)
        connection.execute(insert(schema_version).values(version=number + 1, applied_at=datetime.now(UTC)))


def back_up(path: Path, version: int) -> Path:
    """Copy the file as it is beside itself, readable by its owner only."""
    copy = path.with_name(f"{path.name}.bak-v{version}")
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def backups(path: Path) -> list[Path]:
    """The copies that migrations left beside the file."""
    return sorted(path.parent.glob(f"{path.name}.bak-v*"))
