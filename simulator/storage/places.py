"""Looks whether the practice file is there, without loading anything that could open it."""

from __future__ import annotations

from pathlib import Path


def is_there(path: Path) -> bool:
    """Whether the file exists; true also when that cannot be told, so that opening it says why."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
