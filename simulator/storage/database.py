"""Opens the practice file on first use: safe permissions, durable writes, newest schema."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from simulator.errors import StorageError
from simulator.storage import migrations
from simulator.storage.failures import translated
from simulator.storage.places import is_there

BUSY_TIMEOUT_S = 5.0
VACUUM_LIMIT_BYTES = 512 * 1024 * 1024
"""Above this size the file is not rewritten after forgetting; what was deleted is overwritten in any case."""


class Database:
    """One SQLite file. Nothing is created before the first write.

    Args:
        path: the file; its directory is created with mode 0700 when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    def exists(self) -> bool:
        """Whether there is a file; also when that cannot be told, so that opening it says why."""
        return is_there(self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A consistent view; None while there is no file.

        Raises:
            StorageError: the file cannot be read.
        """
        with translated(self.path):
            if not self.exists():
                yield None
                return
            with self._opened().connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock; it is on the disk when the block is left.

        Raises:
            StorageError: the file cannot be written.
        """
        with translated(self.path):
            engine = self._opened().execution_options(immediate=True)
            with engine.connect() as connection, connection.begin():
                yield connection

    def wipe_traces(self, *, rewrite: bool) -> None:
        """Leave nothing of deleted rows in the file, its log or the copies that migrations made.

        Args:
            rewrite: whether to build the file anew as well, which takes time and room.

        Raises:
            StorageError: another program is reading, so that the log could not be emptied.
        """
        with translated(self.path):
            for copy in migrations.backups(self.path):
                copy.unlink(missing_ok=True)
            with closing(self._opened().raw_connection()) as proxy:
                cursor = proxy.cursor()
                if rewrite and self.path.stat().st_size <= VACUUM_LIMIT_BYTES:
                    _vacuum(cursor)
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy, _, _ = cursor.fetchone() or (1, 0, 0)
                cursor.close()
        if is_busy:
            raise StorageError(
                "Traces are still in the file",
                f"The sessions are deleted, but another program is reading {self.path}, "
                "so their text is still in its log.",
                "Close other windows of the simulator and run the same command again.",
            )

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                _make_private_file(self.path)
                engine = _engine(self.path)
                try:
                    _prepare(engine, self.path)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine


def _vacuum(cursor: DBAPICursor) -> None:
    try:
        cursor.execute("VACUUM")
    except sqlite3.OperationalError as error:
        # No room for a second copy is no reason to fail: secure_delete has overwritten the rows already.
        if error.sqlite_errorcode not in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY}:
            raise


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    os.close(handle)
    if path.stat().st_mode & 0o077:
        # SQLite gives its log and index files the mode of the database itself.
        path.chmod(0o600)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        # isolation_level None: the driver begins nothing by itself, `_begin` does.
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _prepare(engine: Engine, path: Path) -> None:
    _switch_to_wal(engine)
    with engine.connect() as connection, connection.begin():
        if migrations.current_version(connection, path) == len(migrations.MIGRATIONS):
            return
    with engine.execution_options(immediate=True).connect() as connection, connection.begin():
        migrations.migrate(connection, path)


def _switch_to_wal(engine: Engine) -> None:
    """Set the journal mode, which is kept in the file.

    SQLite does not wait for its busy timeout when two processes switch at once, so this does.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            with closing(engine.raw_connection()) as proxy:
                proxy.cursor().execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
