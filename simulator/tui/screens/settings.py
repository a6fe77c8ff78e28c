"""Settings: how the app looks and how fast it is, and what it works with."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.plain import one_line
from simulator.tui.screens.page import ReadingPage
from simulator.tui.themes import theme_name
from simulator.tui.widgets.case_file import heading
from simulator.tui.widgets.choices import ValueRow

THEMES = (
    ("auto", "as your terminal says, dark if it does not"),
    ("dark", "light words on a dark ground"),
    ("light", "dark words on a light ground"),
)
MOOD = (
    ("shown", "you see how the customer feels while you talk"),
    ("hidden", "you read it from their words alone, as at work"),
)
PACE = (
    ("human", "messages appear as if typed, within four seconds"),
    ("quick", "messages appear within about a second"),
    ("instant", "messages appear at once"),
)


class SettingsScreen(ReadingPage):
    """Values to step through, each kept at once."""

    CSS_PATH = "../styles/reading.tcss"
    AUTO_FOCUS = "ValueRow"

    def heading(self) -> Content:
        return Content.styled("Settings", "bold")

    def body(self) -> ComposeResult:
        ui = self.nav.services.ui
        with VerticalScroll(id="reading", can_focus=False):
            yield ValueRow("theme", "Theme", THEMES, ui.theme)
            yield ValueRow("show_mood", "Mood gauge", MOOD, "shown" if ui.show_mood else "hidden")
            yield ValueRow("pace", "Pace", PACE, ui.pace)
            yield Static(self._about(), markup=False, id="about")

    def _about(self) -> Content:
        facts = [
            Content.assemble((f"{one_line(label):<22}", "$muted"), one_line(value))
            for label, value in self.nav.services.about.items()
        ]
        keys = "Keys are changed under [ui.keymap] in simulator.toml, by the names that the palette shows."
        return Content("\n").join([heading("About"), *facts, Content(""), Content.styled(keys, "$muted")])

    @on(ValueRow.Changed)
    def _changed(self, event: ValueRow.Changed) -> None:
        value: object = event.value
        if event.row.setting == "show_mood":
            value = event.value == "shown"
        self.nav.save_ui(then=self._apply, **{event.row.setting: value})

    def _apply(self) -> None:
        self.app.theme = theme_name(self.nav.services.ui.theme)
