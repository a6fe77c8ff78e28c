"""Printing: data to standard output, complaints to standard error, nothing from files or people unfiltered."""

from __future__ import annotations

import sys

from simulator.errors import SimulatorError


def safe(text: str) -> str:
    """The text without control characters, so that it cannot move the cursor or colour the screen."""
    return "".join(ch for ch in text if ch == "\n" or ch.isprintable())


def say(text: str = "") -> None:
    """One line or paragraph to standard output."""
    sys.stdout.write(f"{safe(text)}\n")


def write(text: str) -> None:
    """Text as it is to come out, without a line feed; flushed, so that it can be watched."""
    sys.stdout.write(safe(text))
    sys.stdout.flush()


def complain(error: SimulatorError) -> None:
    """What went wrong and what to do, to standard error."""
    for part in (error.title, error.detail, error.hint):
        if part:
            sys.stderr.write(f"{safe(part)}\n")
