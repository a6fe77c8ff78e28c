"""Checks what is written in a file, whatever its form: control characters and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simulator.content.findings import Finding, KeyPath, labelled, whereabouts
from simulator.content.kinds import SCENARIO, Kind
from simulator.content.wording import nearest
from simulator.domain.personalise import PLACEHOLDERS

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters without tab and line feed, and overrides of the writing direction."""
_MAY_HOLD_UNSEEN = re.compile(_UNSEEN.pattern + r"|\\[ubfexUr]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_ALLOWED = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def text_findings(kind: Kind, text: str, data: Mapping[str, object]) -> Iterator[Finding]:
    """What is wrong with the words themselves.

    Args:
        kind: decides whether placeholders may be used.
        text: the file as it was read.
        data: the same, parsed.
    """
    may_hold_unseen = _MAY_HOLD_UNSEEN.search(text) is not None
    if not may_hold_unseen and "{" not in text and "}" not in text:
        return
    for path, value in _strings(data, ()):
        if may_hold_unseen and _UNSEEN.search(value):
            yield _unseen(path, value, data)
        if "{" in value or "}" in value:
            yield from _braces(kind, path, value, data)


def _strings(node: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _strings(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _strings(value, (*path, place))


def _unseen(path: KeyPath, value: str, data: object) -> Finding:
    found = _UNSEEN.search(value)
    code = ord(found.group()) if found else 0
    return Finding(
        path,
        f"{labelled(path)} holds an invisible control character (U+{code:04X}){whereabouts(path, data)}.",
        "Delete the text and type it again; copying from a document or a terminal can bring such characters along.",
    )


def _braces(kind: Kind, path: KeyPath, value: str, data: object) -> Iterator[Finding]:
    place = whereabouts(path, data)
    if kind is not SCENARIO:
        yield Finding(
            path,
            f"{labelled(path)} holds braces, which mean nothing in a {kind.name}{place}.",
            "Write it without { and }. Only scenarios know placeholders.",
        )
        return
    for name in _BRACES.findall(value):
        if name not in PLACEHOLDERS:
            guess = nearest(name, PLACEHOLDERS)
            hint = f"Did you mean {{{guess}}}? " if guess else ""
            yield Finding(
                path,
                f"{{{name}}} in {labelled(path)} is no placeholder{place}.",
                f"{hint}There are {_ALLOWED}, and no other.",
            )
    rest = _BRACES.sub("", value)
    if "{" in rest or "}" in rest:
        yield Finding(
            path, f"{labelled(path)} holds a single brace{place}.", f"Remove it, or write a placeholder: {_ALLOWED}."
        )
