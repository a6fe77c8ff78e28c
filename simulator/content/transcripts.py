"""Reads whole conversations: the JSON document of a session, CSV, or plain text with a name before each turn."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.content.spoken import KNOWN, is_machinery, is_too_long, said, speaker_named
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.imported import ImportedTranscript, UnreadTranscript

MAX_BYTES = 50_000_000
"""A larger file is refused: no conversation is that long."""
_TIME = r"(?:\[?\(?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?\)?\]?\s*[-,]?\s*)?"
_LABEL = re.compile(rf"^\s*{_TIME}(?P<name>[A-Za-z][A-Za-z_ ]{{0,30}}?)\s*:(?:\s+|$)(?P<text>.*)$")
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class _Said:
    speaker: str
    text: str
    place: str


class _UnreadableError(ValueError):
    """Why the file cannot be read."""


def read_transcripts(data: bytes, name: str) -> list[ImportedTranscript | UnreadTranscript]:
    """The conversations of one file: one, or in a CSV with a column "session" as many as there are.

    Args:
        data: the whole file.
        name: of the file; its ending tells the form, and where it does not, the first letters do.
    """
    try:
        return _read(_text(data), name)
    except _UnreadableError as error:
        return [UnreadTranscript(name, str(error))]


def _read(text: str, name: str) -> list[ImportedTranscript | UnreadTranscript]:
    if _is_json(text, name):
        return [_transcript(name, list(_of_json(text)))]
    if _delimiter(text) is not None:
        return _of_csv(text, name)
    if name.casefold().endswith(".csv"):
        raise _UnreadableError('The first line needs to name the columns "speaker" and "text".')
    return [_of_plain(text, name)]


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _UnreadableError(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnreadableError("The file is UTF-16 text. Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnreadableError(
            f"The file is not UTF-8 text: byte {error.start + 1} cannot be read. Save it as UTF-8."
        ) from error
    if not text.strip():
        raise _UnreadableError("The file is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_json(text: str, name: str) -> bool:
    return name.casefold().endswith(".json") or text.lstrip().startswith(("{", "[{"))


def _of_json(text: str) -> Iterator[_Said]:
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _UnreadableError(f"The file is not JSON{where}.") from error
    turns = document.get("turns") if isinstance(document, dict) else document
    if not isinstance(turns, list):
        raise _UnreadableError('There is no list "turns" in it.')
    for n, turn in enumerate(turns, start=1):
        if not isinstance(turn, dict) or not all(isinstance(turn.get(key), str) for key in ("speaker", "text")):
            raise _UnreadableError(f'Turn {n} needs to be an object with "speaker" and "text".')
        yield _Said(turn["speaker"], turn["text"], f"turn {n}")


def _delimiter(text: str) -> str | None:
    """What separates the columns; None when the first line does not name a speaker and a text."""
    header = text.lstrip("\n").partition("\n")[0][:1000]
    return next((d for d in _DELIMITERS if {"speaker", "text"} <= set(_columns(header.split(d)))), None)


def _columns(header: Sequence[str]) -> list[str]:
    return [column.strip().strip('"').strip().casefold() for column in header]


def _of_csv(text: str, name: str) -> list[ImportedTranscript | UnreadTranscript]:
    sessions: dict[str, list[_Said]] = {}
    reader = csv.reader(io.StringIO(text.lstrip("\n"), newline=""), delimiter=_delimiter(text) or ",")
    try:
        columns = _columns(next(reader))
        speaker, words = columns.index("speaker"), columns.index("text")
        session = columns.index("session") if "session" in columns else None
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            place = f"line {reader.line_num}"
            if len(row) <= max(speaker, words, session or 0):
                raise _UnreadableError(f"{place.capitalize()} has fewer columns than the first line.")
            key = row[session] if session is not None else ""
            sessions.setdefault(key, []).append(_Said(row[speaker], row[words], place))
    except csv.Error as error:
        raise _UnreadableError(f"Line {reader.line_num} cannot be read: {error}.") from error
    if len(sessions) <= 1:
        return [_transcript(name, [turn for turns in sessions.values() for turn in turns])]
    return [_tried(f"{name}: {key}", turns) for key, turns in sessions.items()]


def _tried(name: str, turns: list[_Said]) -> ImportedTranscript | UnreadTranscript:
    """One of several in a file: what is wrong with it spoils no other."""
    try:
        return _transcript(name, turns)
    except _UnreadableError as error:
        return UnreadTranscript(name, str(error))


def _of_plain(text: str, name: str) -> ImportedTranscript:
    found: list[tuple[str, list[str], str]] = []
    before = 0
    for n, line in enumerate(text.split("\n"), start=1):
        label = _LABEL.match(line)
        who = label["name"] if label else ""
        if label and (speaker_named(who) or is_machinery(who)):
            found.append((who, [label["text"]], f"line {n}"))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            before += 1
    if not found:
        raise _UnreadableError(
            'No conversation was found. Write "Customer:" or "Agent:" before each turn, or use CSV or JSON.'
        )
    lines = "1 line" if before == 1 else f"{before} lines"
    spoken = [_Said(who, "\n".join(words), place) for who, words, place in found]
    return _transcript(name, spoken, [f"{lines} before the first turn passed over"] if before else [])


def _transcript(name: str, spoken: Sequence[_Said], notes: Sequence[str] = ()) -> ImportedTranscript:
    turns: list[Turn] = []
    passed_over, cut = 0, 0
    for entry in spoken:
        speaker = speaker_named(entry.speaker)
        if speaker is None and is_machinery(entry.speaker):
            passed_over += 1
            continue
        if speaker is None:
            raise _UnreadableError(
                f'{entry.place.capitalize()}: the speaker "{entry.speaker[:40]}" is none of these: {KNOWN}.'
            )
        cut += is_too_long(entry.text)
        turns.append(said(len(turns), speaker, entry.text))
    if not any(turn.speaker is Speaker.TRAINEE for turn in turns):
        raise _UnreadableError("There is no reply in it: nobody speaks as trainee, agent or support.")
    more = [
        *([f"turns of the chat system passed over: {passed_over}"] if passed_over else []),
        *([f"turns read only up to 20,000 characters: {cut}"] if cut else []),
    ]
    return ImportedTranscript(name, tuple(turns), (*notes, *more))
