"""Makes any text safe to draw: what a person, a file or a model wrote stays letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text without control characters, lone surrogates and marks that reorder it; line feeds stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(ch for ch in text if ch == "\n" or not _is_unwanted(ch))


def one_line(text: str) -> str:
    """The text on one line, runs of white space made one space."""
    return " ".join(plain(text).split())


def fill(text: str, names: Mapping[str, str]) -> str:
    """The authored text with {name} and {company} filled in; braces around anything else stay as they are."""
    for key, value in names.items():
        text = text.replace("{" + key + "}", value)
    return plain(text)


def clipped(text: str, width: int) -> str:
    """The text on one line, cut to `width` characters with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def _is_unwanted(ch: str) -> bool:
    return unicodedata.category(ch) in {"Cc", "Cs"} or ch in _REORDERING
