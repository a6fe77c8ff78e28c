"""Small choosers that are drawn as text: a grid to pick a word from, and a row that steps through values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from simulator.tui.actions import bindings_for


class WordGrid(Static, can_focus=True):
    """Words in columns; the arrows move, Enter or a click picks."""

    COLUMNS: ClassVar[int] = 4
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-4)", "Up", show=False),
        Binding("down", "move(4)", "Down", show=False),
        Binding("left", "move(-1)", "Left", show=False),
        Binding("right", "move(1)", "Right", show=False),
        Binding("enter,space", "pick", "Pick", show=False),
    ]

    cursor: reactive[int] = reactive(0)
    picked: reactive[int | None] = reactive(None)

    @dataclass
    class Picked(Message):
        """A word was picked."""

        word: str

    def __init__(self, words: Sequence[str], *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._words = tuple(words)
        self._width = max(len(word) for word in self._words) + 4

    @property
    def word(self) -> str:
        """The word that was picked; empty if none was."""
        return "" if self.picked is None else self._words[self.picked]

    def on_mount(self) -> None:
        self._draw()

    def on_focus(self) -> None:
        self._draw()

    def on_blur(self) -> None:
        self._draw()

    def watch_cursor(self) -> None:
        self._draw()

    def watch_picked(self) -> None:
        self._draw()

    def action_move(self, step: int) -> None:
        place = self.cursor + step
        if 0 <= place < len(self._words):
            self.cursor = place

    def action_pick(self) -> None:
        self._pick(self.cursor)

    def on_click(self, event: events.Click) -> None:
        place = event.style.meta.get("place")
        if isinstance(place, int):
            self._pick(place)

    def _pick(self, place: int) -> None:
        self.cursor = place
        self.picked = place
        self.post_message(self.Picked(self._words[place]))

    def _draw(self) -> None:
        rows = [self._words[at : at + self.COLUMNS] for at in range(0, len(self._words), self.COLUMNS)]
        lines = [
            Content("").join([self._cell(row * self.COLUMNS + column, word) for column, word in enumerate(words)])
            for row, words in enumerate(rows)
        ]
        self.update(Content("\n").join(lines))

    def _cell(self, place: int, word: str) -> Content:
        mark = "●" if place == self.picked else "○"
        style = "bold $primary" if place == self.picked else ""
        text = Content.styled(f" {mark} {word.capitalize()} ", style).pad_right(0)
        if place == self.cursor and self.has_focus:
            text = text.stylize("on $block-cursor-background")
        text = text.stylize(Style.from_meta({"place": place}))
        return text.pad_right(max(0, self._width - len(text)))


class ValueRow(Static, can_focus=True):
    """A setting: its name, its value between arrows, and what the value means."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("settings")

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        row: ValueRow
        value: str

    def __init__(self, name: str, label: str, values: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__("", markup=False, id=f"value-{name}", classes="value-row")
        self.setting = name
        self._label = label
        self._values = tuple(values)
        self._place = next((at for at, (key, _) in enumerate(self._values) if key == value), 0)

    @property
    def value(self) -> str:
        return self._values[self._place][0]

    def on_mount(self) -> None:
        self._draw()

    def on_focus(self) -> None:
        self._draw()

    def on_blur(self) -> None:
        self._draw()

    def on_click(self) -> None:
        self.action_change(1)

    def action_change(self, step: int) -> None:
        self._place = (self._place + step) % len(self._values)
        self._draw()
        self.post_message(self.Changed(self, self.value))

    def _draw(self) -> None:
        key, meaning = self._values[self._place]
        arrows = "bold $primary" if self.has_focus else "$faint"
        width = max(len(name) for name, _ in self._values)
        self.update(
            Content.assemble(
                (f"{self._label:<14}", "bold"),
                ("◂ ", arrows),
                (f"{key.capitalize():<{width}}", "$primary" if self.has_focus else ""),
                (" ▸", arrows),
                (f"   {meaning}", "$muted"),
            )
        )
