"""The conversation so far: the customer on the left, the trainee on the right."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.plain import one_line
from simulator.tui.state.conversation import Activity, Bubble, ConversationView
from simulator.tui.words import CHANNEL_STYLES

_BLANK = "\N{BRAILLE PATTERN BLANK}"
"""Empty, one cell wide, and no white space: words made of it wrap like the words they stand for."""


def blanked(text: str) -> str:
    """The text with every letter made invisible, so that it keeps its place."""
    return "".join(ch if ch.isspace() else _BLANK * cell_len(ch) for ch in text)


class MessageBubble(Horizontal):
    """One message with its speaker's name above."""

    def __init__(self, bubble: Bubble, name: str, style: str, action: str) -> None:
        super().__init__(classes=f"bubble -{bubble.speaker}")
        self._bubble = bubble
        self._speaker_name = name
        self._name_style = style
        self._action = action

        self._text = Static(self._content(), markup=False, classes="bubble-text")

    def compose(self) -> ComposeResult:
        yield self._text

    def show(self, bubble: Bubble) -> None:
        """Draw another state of the same message."""
        if bubble == self._bubble:
            return
        grew = bubble.text + bubble.unseen != self._bubble.text + self._bubble.unseen
        self._bubble = bubble
        self._text.update(self._content(), layout=grew)

    def _content(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = [
            (self._speaker_name, f"bold {self._name_style}"),
            "\n",
            self._bubble.text,
            blanked(self._bubble.unseen),
        ]
        if self._bubble.interrupted:
            parts.append((" (cut off)", "$muted italic"))
        if self._action:
            parts.extend(["\n", ("▸ " + self._action, "$text-accent")])
        return Content.assemble(*parts)


class Transcript(VerticalScroll):
    """All messages, and below them what the customer is doing."""

    def __init__(self, customer: str, channel: str, actions: Mapping[str, str]) -> None:
        super().__init__(id="transcript", classes=f"-{channel.replace('_', '-')}")
        self._customer = one_line(customer)
        self._name_style = CHANNEL_STYLES.get(channel, "$primary")
        self._actions = actions
        self._bubbles: list[MessageBubble] = []
        self._typing = ""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="activity")

    def on_mount(self) -> None:
        self.anchor()

    def show(self, view: ConversationView) -> None:
        """Draw the view; only what changed is touched."""
        bubbles = view.shown_bubbles
        for place, bubble in enumerate(bubbles):
            if place < len(self._bubbles):
                self._bubbles[place].show(bubble)
            else:
                self._append(bubble)
        self._show_activity(view)

    def _append(self, bubble: Bubble) -> None:
        action = self._actions.get(bubble.action or "", "")
        name, style = (self._customer, self._name_style) if bubble.speaker == "customer" else ("You", "$muted")
        widget = MessageBubble(bubble, name, style, action)
        self._bubbles.append(widget)
        self.mount(widget, before="#activity")
        self.anchor()

    def _show_activity(self, view: ConversationView) -> None:
        doing = self._doing(view)
        if doing == self._typing:
            return
        self._typing = doing
        line = self.query_one("#activity", Static)
        line.update(Content.styled(doing, "$muted italic"))
        line.display = bool(doing)

    def _doing(self, view: ConversationView) -> str:
        first_name = self._customer.split()[0] if self._customer else "The customer"
        match view.activity:
            case Activity.SENDING:
                return "Sending…"
            case Activity.READING:
                return "" if view.error else f"{first_name} is reading…"
            case Activity.TYPING:
                return f"{first_name} is typing…"
            case _:
                return ""
