"""Reads one TOML file: refuses what is too large, unreadable, not text or not TOML, in plain words."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomli

from simulator.content.findings import Finding
from simulator.content.syntax import explained

MAX_FILE_BYTES = 512 * 1024
"""The largest content file that is read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    text: str
    sha256: str
    """Of the file's bytes."""
    data: Mapping[str, object]


def read_source(path: Path) -> Source | Finding:
    """The file's text and data, or why it cannot be read."""
    content = _read_bytes(path)
    if isinstance(content, Finding):
        return content
    try:
        # A byte order mark, which some editors put in front, is no part of the text.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Finding(
            (),
            "The file is not UTF-8 text.",
            "Save it again with the encoding UTF-8. Most editors offer this under Save as.",
            line=line,
        )
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return explained(error, text)
    except (RecursionError, ValueError) as error:
        return Finding((), f"The file cannot be understood: {error}.", "Remove what is nested or long without need.")
    return Source(text, hashlib.sha256(content).hexdigest(), data)


def _read_bytes(path: Path) -> bytes | Finding:
    try:
        # Without blocking, so that a pipe that happens to be named .toml does not hang the program.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return _unreadable(error)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return Finding((), "This is not a file.", "Content is read from plain files that end in .toml.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return _unreadable(error)
    finally:
        os.close(handle)
    if len(content) > MAX_FILE_BYTES:
        return Finding(
            (),
            f"The file is larger than {MAX_FILE_BYTES // 1024} KB.",
            "A scenario takes some 30 KB. Check that this is the right file, or split it.",
        )
    return content


def _unreadable(error: OSError) -> Finding:
    match error.errno:
        case errno.ELOOP:
            return Finding((), "The file is a link that leads back to itself.", "Replace the link by the file itself.")
        case errno.ENOENT:
            return Finding((), "There is no such file.", "Check the path. A link may point to a file that was moved.")
        case errno.EACCES | errno.EPERM:
            return Finding((), "You have no permission to read this.", "Change the permissions, or ask the owner.")
        case errno.EISDIR:
            return Finding((), "This is a folder, not a file.", "Rename the folder so that it does not end in .toml.")
        case _:
            reason = error.strerror or "unknown reason"
            return Finding((), f"The file cannot be read: {reason}.", "Check the disk and the path.")
