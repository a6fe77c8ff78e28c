"""What was found in one file, before its place is known as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

KeyPath = tuple[str | int, ...]
"""Keys and places from the top of the file, e.g. ("facts", 2, "asks")."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend."""

    path: KeyPath
    message: str
    hint: str
    severity: Severity = "error"
    line: int | None = None
    """The line, from 1, when it is known without looking the key up."""
    is_about_facts: bool = False
    """Whether it says that a fact is missing, which cannot be told while the ids of facts are wrong."""


def dotted(path: KeyPath) -> str:
    """The path as people write it, e.g. facts[2].asks."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def labelled(path: KeyPath) -> str:
    """The last key in words: "asks", or Entry 2 of "asks"."""
    if not path:
        return "The file"
    last = path[-1]
    if isinstance(last, int):
        parent = next((part for part in reversed(path) if isinstance(part, str)), "the list")
        return f'Entry {last + 1} of "{parent}"'
    return f'"{last}"'


def whereabouts(path: KeyPath, data: object) -> str:
    """Which item of a list is meant, by its own id or label, e.g. ` (facts: "tried")`; empty if none."""
    found = ""
    node, name = data, ""
    for part in path:
        node = child(node, part)
        if isinstance(part, str):
            name = part
        elif isinstance(node, Mapping):
            own = next((node[key] for key in ("id", "label", "level", "when") if key in node), None)
            found = f' ({name}: "{own}")' if isinstance(own, str | int) else ""
    return found


def child(node: object, part: str | int) -> object:
    """What lies below that key or place; None if nothing does."""
    if isinstance(node, Mapping):
        return node.get(part)
    if isinstance(part, int) and isinstance(node, Sequence) and not isinstance(node, str):
        return node[part] if 0 <= part < len(node) else None
    return None


def at(data: object, path: KeyPath) -> object:
    """What lies at that path; None if nothing does."""
    for part in path:
        data = child(data, part)
    return data
