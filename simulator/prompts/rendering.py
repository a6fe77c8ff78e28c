"""Fills a prompt file with values: one pass, nothing missing, nothing left over, values never read again."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")
_TAG_BYTES = 6


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that can be sent."""

    name: str
    text: str
    sha256: str
    """Of the file, so that one can tell which wording was used, whatever values filled it."""


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (resources.files("simulator.prompts") / f"{name}.md").read_text(encoding="utf-8").strip()


@lru_cache(maxsize=64)
def _sha256(name: str) -> str:
    return hashlib.sha256(_source(name).encode()).hexdigest()


def render(name: str, /, **values: str) -> Prompt:
    """The prompt with its slots, `{{like_this}}`, filled.

    Raises:
        ValueError: a slot has no value, or a value has no slot.
    """
    source = _source(name)
    slots = set(_SLOT.findall(source))
    if slots != set(values):
        missing, unused = sorted(slots - set(values)), sorted(set(values) - slots)
        msg = f"Prompt {name}: missing {missing}, unused {unused}"
        raise ValueError(msg)
    return Prompt(name, _SLOT.sub(lambda slot: values[slot.group(1)], source), _sha256(name))


def fenced(text: str, tag: str | None = None) -> str:
    """Somebody's words as data: between tags that cannot be guessed, and that the words themselves cannot hold.

    Args:
        text: what a person or a file wrote.
        tag: the tag's name; None makes a random one.
    """
    tag = tag or f"data-{secrets.token_hex(_TAG_BYTES)}"
    pattern = re.compile(rf"<\s*/?\s*{re.escape(tag)}\s*/?\s*>", re.IGNORECASE)
    inside, removed = text, 1
    while removed:  # taking one out may join the halves of another
        inside, removed = pattern.subn("", inside)
    return f"<{tag}>\n{inside}\n</{tag}>"
