"""Opens what is to be scored: single replies, a conversation, or a folder of both."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from simulator.content.reply_lines import MAX_LINE_BYTES, Lines
from simulator.content.transcripts import MAX_BYTES, read_transcripts
from simulator.engine.imported import ImportedTranscript, UnreadTranscript
from simulator.errors import UsageError

_LINES_ENDINGS = (".jsonl", ".ndjson")
_REPLY_LINE = re.compile(rb'^\s*\{.*"reply"\s*:', re.MULTILINE)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ReplyLines:
    """JSON lines of single replies, to be read one at a time."""

    name: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Conversations:
    """A file that was read as a whole."""

    name: str
    found: tuple[ImportedTranscript | UnreadTranscript, ...]


Imported = ReplyLines | Conversations


class _Resumed:
    """A file of which the first bytes were read already.

    Args:
        head: those bytes, up to the end of a line or the longest line.
        rest: the file after them.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readline(self, size: int, /) -> bytes:
        begun = self._head.readline(size)
        if begun.endswith(b"\n") or len(begun) == size:
            return begun
        return begun + self._rest.readline(size - len(begun))


def recognise(file: BinaryIO, name: str) -> Imported:
    """What the file holds, by its ending, or by its first line where that does not tell.

    Args:
        file: open at its beginning; it need not be seekable.
        name: for people, and for its ending.
    """
    if name.casefold().endswith(_LINES_ENDINGS):
        return ReplyLines(name, file)
    head = b""
    while not head.removeprefix(_BOM).strip() and (line := file.readline(MAX_LINE_BYTES)):
        head += line
        if len(head) > MAX_LINE_BYTES:
            break
    if _is_reply_line(head.removeprefix(_BOM).strip()):
        return ReplyLines(name, _Resumed(head, file))
    data = head + file.read(MAX_BYTES + 1 - len(head))
    if not data.strip() or (not name.casefold().endswith(".csv") and _REPLY_LINE.search(data)):
        return ReplyLines(name, _Resumed(data, file))
    return Conversations(name, tuple(read_transcripts(data, name)))


def _is_reply_line(line: bytes) -> bool:
    """Whether the line can stand for itself, and is no document with turns."""
    if not line.startswith(b"{") or line == b"{" or (b'"turns"' in line and b'"reply"' not in line):
        return False
    return line.endswith(b"}") or b'"reply"' in line or b'"id"' in line


def open_file(path: Path) -> BinaryIO:
    """The file, open for reading.

    Raises:
        UsageError: it cannot be opened.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read.", error.strerror or "", "Check the path, or use - for standard input."
        ) from error


def files_in(folder: Path, leave_out: Path | None = None) -> Iterator[Path]:
    """Every file in the folder and the folders in it, sorted; hidden ones and `leave_out` are passed over.

    Raises:
        UsageError: the folder holds no file.
    """
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder)]
    kept = [path for path in found if leave_out is None or not leave_out.exists() or not path.samefile(leave_out)]
    if not kept:
        raise UsageError(f"There are no files in {folder}.", "", "Name a file, or a folder with files.")
    return iter(kept)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
