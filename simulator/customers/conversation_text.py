"""The conversation as text for a model: bounded in length, and unable to pass for anything but text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.domain.transcript import Speaker, Turn, clean_text

LAST_REPLY = 2_400
"""Characters kept of the reply to be answered; people read a wall of text like that as well."""
RECENT = 1_000
"""Characters kept of each of the last messages before it."""
OLDER = 240
RECENT_TURNS = 8
CUT = " ... (left out) ... "
_HEAD = 0.65
"""Share of what is kept that comes from the beginning; the rest is the end, where the question stands."""
_TAGS = str.maketrans({"<": "(", ">": ")", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'", "|": "/"})
_LABEL = re.compile(
    r"\b(customer|agent|trainee|user|assistant|system|human|ai|instructions?|stage direction|developer)(\s*):",
    re.IGNORECASE,
)


def conversation_text(turns: Sequence[Turn], first_name: str) -> str:
    """One message a line, each with its speaker; older and longer ones shortened.

    Args:
        turns: oldest first.
        first_name: of the customer, set before their messages; the trainee's are labelled "Agent".
    """
    lines: list[str] = []
    for place, turn in enumerate(turns, start=1 - len(turns)):
        most = LAST_REPLY if place == 0 else RECENT if place > -RECENT_TURNS else OLDER
        label = first_name if turn.speaker is Speaker.CUSTOMER else "Agent"
        lines.append(f"{label}: {neutral(shortened(turn.text, most), first_name)}")
    return "\n".join(lines)


def shortened(text: str, most: int) -> str:
    """Head and tail of a text that is longer than `most` characters."""
    if len(text) <= most:
        return text
    head = int(most * _HEAD)
    return f"{text[:head].rstrip()}{CUT}{text[len(text) - (most - head) :].lstrip()}"


def neutral(text: str, first_name: str) -> str:
    """One line without tags, brackets or speaker labels, so that a message cannot begin another one."""
    line = " ".join(clean_text(text).split()).translate(_TAGS)
    line = re.sub(r"#{2,}|-{3,}|={3,}|'{3,}|\*{2,}", " ", line)
    line = _LABEL.sub(r"\1 -", line)
    return re.sub(rf"\b{re.escape(first_name)}(\s*):", f"{first_name} -", line, flags=re.IGNORECASE)
