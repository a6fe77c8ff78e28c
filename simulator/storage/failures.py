"""Translates what the database or the file system reports into what a person can mend."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from simulator.errors import StorageError

_PRIMARY_CODE = 0xFF
"""The lower byte of an extended SQLite result code names the kind of failure."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise StorageError for everything that goes wrong with this file inside the block.

    Mistakes in our own SQL are not translated: they are bugs.
    """
    try:
        yield
    except DatabaseError as error:
        if not isinstance(error.orig, sqlite3.DatabaseError) or _is_bug(error.orig):
            raise
        raise _from_sqlite(error.orig, path) from error
    except sqlite3.DatabaseError as error:
        if _is_bug(error):
            raise
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_os(error, path) from error


def _is_bug(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError | sqlite3.InternalError)


def _from_sqlite(error: sqlite3.DatabaseError, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    match code:
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _read_only(path)
        case sqlite3.SQLITE_CANTOPEN:
            return _cannot_open(path, str(error))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _corrupt(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _locked(path)
        case _:
            return StorageError(
                "The practice file could not be used",
                f"{path}: {error}.",
                "Check that the disk is connected and in order, then try again.",
            )


def _from_os(error: OSError, path: Path) -> StorageError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _full(path)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _read_only(path)
        case _:
            return _cannot_open(path, error.strerror or str(error))


def _full(path: Path) -> StorageError:
    return StorageError(
        "The disk is full",
        f"There is no room left to write to {path}. What was stored before is safe.",
        "Free some space, then go on with the session from the history.",
    )


def _read_only(path: Path) -> StorageError:
    return StorageError(
        "The practice file cannot be written",
        f"You have no permission to write to {path} or to the directory it is in, or the disk is read-only.",
        "Change the permissions, or point SIMULATOR_DATA_DIR to a directory of your own.",
    )


def _cannot_open(path: Path, reason: str) -> StorageError:
    return StorageError(
        "The practice file cannot be opened",
        f"{path}: {reason}.",
        "Check that its directory exists and is yours, or point SIMULATOR_DATA_DIR to another one.",
    )


def _corrupt(path: Path) -> StorageError:
    return StorageError(
        "The practice file is damaged",
        f"{path} is not a whole SQLite database.",
        "Move it away to begin with an empty one, or put back a copy of it. "
        "Copies made before an update end in .bak-v1, .bak-v2 and so on.",
    )


def _locked(path: Path) -> StorageError:
    return StorageError(
        "The practice file is in use",
        f"Another program has kept {path} locked for more than five seconds.",
        "Close other windows of the simulator, or wait for a backup program to finish, then try again.",
    )
