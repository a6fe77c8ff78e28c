"""How the customer feels: three bars with words, as one line or as a small panel."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from simulator.domain.mood import Mood
from simulator.tui.state.scales import gauge
from simulator.tui.words import MOOD_NAMES, MOOD_STYLES, amount_word


def mood_parts(name: str, value: float, width: int) -> Content:
    """One feeling: its bar and its word."""
    style = MOOD_STYLES[name]
    bar = [(piece.text, style if piece.part == "full" else "$hairline") for piece in gauge(value, width)]
    return Content.assemble(*bar, " ", (amount_word(value), style))


def change_word(before: float, now: float) -> str:
    """Which way a feeling went with the last message."""
    difference = now - before
    if abs(difference) < 0.03:
        return "steady"
    return "rising" if difference > 0 else "falling"


_GAP = "    "


class MoodStrip(Static):
    """The gauge in one line."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="mood-strip")
        self._mood: Mood | None = None
        self._drawn_width = 0

    def on_resize(self) -> None:
        if self._mood is not None:
            self.show(self._mood)

    def show(self, mood: Mood) -> None:
        """Draw this mood."""
        if (mood, self.content_size.width) == (self._mood, self._drawn_width):
            return
        self._mood, self._drawn_width = mood, self.content_size.width
        said = sum(len(name) + len(amount_word(getattr(mood, name))) + 2 for name in MOOD_NAMES)
        width = max(3, min(14, (self.content_size.width - said - 2 * len(_GAP)) // 3))
        parts: list[Content] = []
        for name in MOOD_NAMES:
            label = Content.styled(f"{name.capitalize()} ", "$muted")
            parts.append(Content.assemble(label, mood_parts(name, getattr(mood, name), width)))
        self.update(Content(_GAP).join(parts))


class MoodPanel(Static):
    """The gauge with room: a line for each feeling and where it is going."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="mood-panel")

    def show(self, mood: Mood, before: Mood, *, visible: bool) -> None:
        """Draw this mood and its change, or say that it is hidden."""
        if not visible:
            self.update(Content.styled("The gauge is hidden. Read the words.", "$muted italic"))
            return
        blocks: list[Content] = []
        for name in MOOD_NAMES:
            now = getattr(mood, name)
            change = change_word(getattr(before, name), now)
            title = Content.assemble((name.capitalize(), "bold"), ("  " + change, "$muted"))
            blocks.append(Content.assemble(title, "\n", mood_parts(name, now, 22)))
        hint = "How they feel after their last message. It follows from how they were treated."
        self.update(Content("\n\n").join([*blocks, Content.styled(hint, "$muted")]))
