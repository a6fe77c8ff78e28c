"""The line at the top: where you are, and what you should know about it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class TopBar(Horizontal):
    """A title on the left and a note on the right."""

    def __init__(self, title: Content | str, note: Content | str = "") -> None:
        super().__init__(id="top-bar")
        self._title = title
        self._note = note

    def compose(self) -> ComposeResult:
        yield Static(self._title, markup=False, id="top-title")
        yield Static(self._note, markup=False, id="top-note")

    def set_note(self, note: Content | str) -> None:
        """Change what stands on the right."""
        shown = self.query_one("#top-note", Static)
        if str(shown.content) != str(note):
            shown.update(note)
