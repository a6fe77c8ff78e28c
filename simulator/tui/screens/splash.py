"""What is painted first: a line of text, with nothing behind it that takes time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class Splash(Screen[None]):
    """Shown for a blink, until Home is built."""

    CSS = """
    Splash Static { padding: 1 3; }
    """

    def compose(self) -> ComposeResult:
        yield Static("Empathy simulator", markup=False)
