"""Reads prepared replies: one a line, or JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass

from simulator.errors import UsageError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reply to be given, and the action that goes with it."""

    text: str
    action: str | None = None


def read_replies(data: bytes, name: str) -> list[Prepared]:
    """All replies of a file.

    Plain text: one reply a line; blank lines are passed over. JSON lines (recognised by the file's ending, or by
    a first line that is a JSON string or object): strings, or objects {"text", "action"}.

    Raises:
        UsageError: not UTF-8, or a line that cannot be read; names the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8 text.", f"Byte {error.start} cannot be read.", "Save it as UTF-8."
        ) from error
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise UsageError(f"There are no replies in {name}.", "", "Write one reply a line.")
    if _is_json(name, lines[0][1]):
        return [_from_json(line, n, name) for n, line in lines]
    return [Prepared(line) for _, line in lines]


def _is_json(name: str, first: str) -> bool:
    if name.endswith((".jsonl", ".json", ".ndjson")):
        return True
    if name.endswith(".txt") or not first.startswith(("{", '"')):
        return False
    try:
        return isinstance(json.loads(first), (str, dict))
    except ValueError:
        return False


def _from_json(line: str, n: int, name: str) -> Prepared:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise _wrong(name, n, f"it is not JSON ({error})") from error
    if isinstance(value, str):
        return Prepared(value)
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise _wrong(name, n, 'it needs to be a string, or an object with "text"')
    unknown = sorted(set(value) - {"text", "action"})
    if unknown:
        raise _wrong(name, n, f'unknown key "{unknown[0]}"; there are "text" and "action"')
    action = value.get("action")
    if action is not None and not isinstance(action, str):
        raise _wrong(name, n, '"action" needs to be the id of an action')
    return Prepared(value["text"], action)


def _wrong(name: str, n: int, what: str) -> UsageError:
    return UsageError(
        f"Line {n} of {name} cannot be read.",
        f"{what[0].upper()}{what[1:]}.",
        "Nothing was played. Mend the line and run it again.",
    )
