"""Where the trainee writes: several lines, Enter sends, the arrows at the edges recall earlier replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from simulator.tui.actions import bindings_for
from simulator.tui.plain import plain
from simulator.tui.state.recall import Recall, newer, older, said


class Composer(TextArea):
    """A text area that posts what was written when Enter is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("composer"),
        Binding("up", "up_or_older", "Up or earlier reply", show=False),
        Binding("down", "down_or_newer", "Down or later reply", show=False),
    ]

    @dataclass
    class Sent(Message):
        """The trainee pressed Enter."""

        composer: Composer
        text: str

        @property
        def control(self) -> Composer:
            return self.composer

    def __init__(self, placeholder: str, *, replies: tuple[str, ...] = (), id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id, placeholder=placeholder, compact=True, highlight_cursor_line=False, show_line_numbers=False
        )
        self._recall = Recall(replies)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()  # TextArea's own handler, which runs next, would insert a line feed

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return key != "enter" and super().check_consume_key(key, character)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        await super()._on_paste(events.Paste(plain(event.text)))

    def action_send(self) -> None:
        self.post_message(self.Sent(self, self.text))

    def action_newline(self) -> None:
        self.insert("\n")

    def action_up_or_older(self) -> None:
        if self.cursor_at_first_line:
            self._show(older(self._recall, self.text))
        else:
            self.action_cursor_up()

    def action_down_or_newer(self) -> None:
        if self.cursor_at_last_line:
            self._show(newer(self._recall))
        else:
            self.action_cursor_down()

    def remember(self, text: str) -> None:
        """Keep a reply that was sent, so that it can be recalled."""
        self._recall = said(self._recall, text)

    def write(self, text: str) -> None:
        """Replace the text and put the cursor behind it."""
        self.text = plain(text)
        self.move_cursor(self.document.end)

    def _show(self, recall: Recall) -> None:
        if recall.back != self._recall.back:
            self._recall = recall
            self.write(recall.text)
