"""Speakers, turns, and quoting them verbatim."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from simulator.domain.base import Value

MAX_REPLY_CHARS = 20_000
"""The longest reply that is kept; what is beyond is cut, and the screen says so."""


class Speaker(StrEnum):
    CUSTOMER = "customer"
    TRAINEE = "trainee"


class Turn(Value):
    """One thing said, in order of the conversation."""

    index: int
    """Place in the transcript, from 0."""
    speaker: Speaker
    text: str
    action: str | None = None
    """The action that the trainee took with this reply, by id."""
    interrupted: bool = False


def clean_text(text: str, limit: int = MAX_REPLY_CHARS) -> str:
    """The text without control characters and bidirectional overrides, cut to `limit` characters.

    Line feeds stay; tabs become spaces; carriage returns become line feeds.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (ch for ch in text if ch == "\n" or not _is_unwanted(ch))
    return "".join(kept).strip()[:limit].rstrip()


def _is_unwanted(ch: str) -> bool:
    category = unicodedata.category(ch)
    if category in {"Cc", "Cs", "Co", "Cn"}:
        return True
    return ch in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def is_verbatim(quote: str, text: str) -> bool:
    """Whether the quote stands in the text letter for letter."""
    return bool(quote) and quote in text
