"""Help: how a session goes, and every key."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.actions import COMMANDS, PLACES, Command, keys_of
from simulator.tui.screens.page import ReadingPage
from simulator.tui.widgets.case_file import heading

INTRO = (
    ("Pick", "a scenario on Home, read the briefing, and press Enter to begin."),
    ("Talk", "as you would at work. The customer remembers how you treat them, and may leave."),
    ("Act", "with F4: choose what you may do; it goes with your next reply."),
    ("Stop", "at any time with Escape. What was sent is kept, and you can go on later."),
    ("Look back", "say what you read in them, and see the debrief: scores with your own words as evidence."),
)
PRIVACY = "Your practice stays on this machine. A score is an estimate with a band, not a verdict."


class HelpScreen(ReadingPage):
    """Made from the registry, with the keys as they are mapped now."""

    CSS_PATH = "../styles/reading.tcss"
    AUTO_FOCUS = "#reading"

    def heading(self) -> Content:
        return Content.styled("Help", "bold")

    def body(self) -> ComposeResult:
        with VerticalScroll(id="reading"):
            yield Static(self._text(self.nav.services.ui.keymap), markup=False)

    def _text(self, keymap: Mapping[str, str]) -> Content:
        intro = Content("\n").join([Content.assemble((f"{word:<11}", "bold $primary"), text) for word, text in INTRO])
        blocks = [heading("A session"), intro, Content.styled(PRIVACY, "$muted")]
        parts = [Content("\n").join(blocks)]
        for place, title in PLACES.items():
            lines = [self._line(entry, keymap) for entry in COMMANDS if entry.place == place]
            if lines:
                parts.append(Content("\n").join([heading(title), *lines]))
        return Content("\n\n").join(parts)

    def _line(self, entry: Command, keymap: Mapping[str, str]) -> Content:
        keys = " or ".join(self.app.get_key_display(Binding(key, "")) for key in keys_of(entry, keymap))
        return Content.assemble((f"{keys:<18} ", "bold"), (f"{entry.label:<16} ", ""), (entry.tooltip, "$muted"))
