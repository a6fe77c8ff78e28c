"""Reads JSON lines of single replies, one at a time: a line that cannot be read says why, and the next one is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Protocol

from simulator.content.spoken import KNOWN, is_too_long, said, speaker_named
from simulator.domain.behaviours import Behaviour
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING
from simulator.domain.transcript import Turn, clean_text
from simulator.engine.imported import ImportedReply, LabelledReply, ReplyId, UnreadReply

MAX_LINE_BYTES = 4_000_000
"""A longer line is passed over, unread, so that it cannot fill the memory."""
CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)
BEHAVIOURS = tuple(behaviour.value for behaviour in Behaviour if behaviour.value not in CRITERIA)
TOP_LEVEL = 3
_BOM = b"\xef\xbb\xbf"


class Lines(Protocol):
    """Where lines come from: an open file, standard input."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes; empty at the end."""
        ...


class LineError(ValueError):
    """Why a line cannot be read.

    Args:
        why: in a few words, for a person.
        reply_id: of the line, as far as it can be read.
    """

    def __init__(self, why: str, reply_id: ReplyId = None) -> None:
        super().__init__(why)
        self.why = why
        self.reply_id = reply_id


def raw_lines(file: Lines) -> Iterator[bytes | None]:
    """Every line that is not blank, one at a time, without byte order mark; None for one that is too long."""
    first = True
    while line := file.readline(MAX_LINE_BYTES + 1):
        too_long = len(line) > MAX_LINE_BYTES and not line.endswith(b"\n")
        if too_long:
            _pass_over_the_rest(file)
        line = line.removeprefix(_BOM) if first else line
        first = False
        if too_long:
            yield None
        elif line.strip():
            yield line


def _pass_over_the_rest(file: Lines) -> None:
    while (more := file.readline(MAX_LINE_BYTES)) and not more.endswith(b"\n"):
        pass


def read_reply(line: bytes | None) -> ImportedReply | UnreadReply:
    """One line as `raw_lines` gives it."""
    try:
        return _reply(_record(line))
    except LineError as error:
        return UnreadReply(error.reply_id, error.why)


def read_labelled(line: bytes | None) -> LabelledReply | UnreadReply:
    """The same with its labels; labels of names that the judge knows nothing of are left out."""
    try:
        record = _record(line)
        reply = _reply(record)
        return LabelledReply(reply, _labels(record, reply.id), _cluster(record))
    except LineError as error:
        return UnreadReply(error.reply_id, error.why)


def label_names(line: bytes | None) -> frozenset[str]:
    """All names of labels in a line, known or not."""
    try:
        labels = _record(line).get("labels")
    except LineError:
        return frozenset()
    return frozenset(map(str, labels)) if isinstance(labels, dict) else frozenset()


def id_of(line: bytes | None) -> ReplyId:
    """The line's id as far as it can be read."""
    try:
        return _id(_record(line))
    except LineError as error:
        return error.reply_id


def _record(line: bytes | None) -> dict[str, object]:
    if line is None:
        raise LineError(f"The line is longer than {MAX_LINE_BYTES:,} bytes.")
    try:
        value = _parsed(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        why = f"The line is not UTF-8 text: byte {error.start + 1} cannot be read."
        raise LineError(why, _readable_id(line)) from error
    except json.JSONDecodeError as error:
        raise LineError(f"The line is not JSON: {error.msg} at character {error.pos + 1}.") from error
    except ValueError as error:
        raise LineError(f"The line is not JSON: {error}.") from error
    except RecursionError as error:
        raise LineError("The line is nested too deeply.") from error
    if not isinstance(value, dict):
        raise LineError('The line needs to be an object with "id", "context" and "reply".')
    return value


def _parsed(text: str) -> object:
    return json.loads(text, strict=False, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> object:
    msg = f"{name} is no number there"
    raise ValueError(msg)


def _readable_id(line: bytes) -> ReplyId:
    """The id of a line with broken letters elsewhere."""
    try:
        value = _parsed(line.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return None
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and "\ufffd" not in found else None


def _id(record: dict[str, object]) -> str | int:
    found = record.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise LineError('"id" is missing; it needs to be a text or a whole number.')
    return found


def _reply(record: dict[str, object]) -> ImportedReply:
    reply_id = _id(record)
    text = record.get("reply")
    if not isinstance(text, str):
        raise LineError('"reply" is missing; it needs to be a text.', reply_id)
    return ImportedReply(reply_id, _context(record, reply_id), clean_text(text), shortened=is_too_long(text))


def _context(record: dict[str, object], reply_id: ReplyId) -> tuple[Turn, ...]:
    turns = record.get("context")
    if not isinstance(turns, list):
        raise LineError('"context" is missing; it needs to be a list, [] when nothing was said before.', reply_id)
    return tuple(_turn(n, turn, reply_id) for n, turn in enumerate(turns))


def _turn(n: int, turn: object, reply_id: ReplyId) -> Turn:
    place = f'"context", entry {n + 1}'
    if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
        raise LineError(f'{place}: it needs to be an object with "speaker" and "text".', reply_id)
    name = turn.get("speaker")
    speaker = speaker_named(name) if isinstance(name, str) else None
    if speaker is None:
        raise LineError(f"{place}: the speaker is none of these: {KNOWN}.", reply_id)
    return said(n, speaker, turn["text"])


def _labels(record: dict[str, object], reply_id: ReplyId) -> dict[str, int]:
    labels = record.get("labels")
    if not isinstance(labels, dict):
        raise LineError('"labels" is missing; it needs to be an object.', reply_id)
    found: dict[str, int] = {}
    for name, value in labels.items():
        highest = TOP_LEVEL if name in CRITERIA else 1 if name in BEHAVIOURS else None
        if value is None or highest is None:
            continue
        if not isinstance(value, int | float) or value not in range(highest + 1):
            raise LineError(f'The label "{name}" needs to be a whole number from 0 to {highest}, or null.', reply_id)
        found[name] = int(value)
    return found


def _cluster(record: dict[str, object]) -> str | None:
    """The situation, or else the session: kept apart, so that a name in both means two."""
    for key in ("situation", "session"):
        value = record.get(key)
        if isinstance(value, str | int) and value != "":
            return f"{key} {value}"
    return None
