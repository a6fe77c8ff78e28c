"""Home: the scenarios, what is unfinished, and the ways to everything else. Loads nothing heavy before it is seen."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for
from simulator.tui.error_text import ErrorNote, error_note
from simulator.tui.screens.page import Page
from simulator.tui.state.shelf import (
    DIFFICULTY_ORDER,
    Filter,
    ScenarioRow,
    channels_of,
    next_choice,
    problems_notice,
    shelf,
)
from simulator.tui.widgets.pick_list import PickList
from simulator.tui.widgets.scenario_rows import no_match_text, preview_text, shelf_entries
from simulator.tui.words import CHANNELS, DIFFICULTIES

if TYPE_CHECKING:
    from simulator.engine.ports import SessionSummary

UNFINISHED_SHOWN = 3


class ShelfList(PickList):
    """The scenarios; Enter opens."""

    BINDINGS = bindings_for("home", only="open")


class Home(Page):
    """Scenarios to choose from."""

    BINDINGS = bindings_for("home", without="open")
    CSS_PATH = ["../styles/app.tcss", "../styles/home.tcss"]  # noqa: RUF012 - Textual's own idiom
    AUTO_FOCUS = "#shelf"

    _rows: tuple[ScenarioRow, ...] = ()
    _unfinished: tuple[SessionSummary, ...] = ()
    _filter = Filter()

    def heading(self) -> Content:
        return Content.assemble(("Empathy simulator", "bold"))

    def body(self) -> ComposeResult:
        with Horizontal(id="home"):
            with Vertical(id="shelf-side"):
                with Horizontal(id="search-row"):
                    yield Input(placeholder="Search scenarios  (press /)", id="search", compact=True)
                    yield Static("", markup=False, id="filters")
                yield Static("", markup=False, id="notice")
                yield Static("Opening your scenarios…", markup=False, id="shelf-message")
                yield ShelfList(id="shelf")
            with VerticalScroll(id="preview-side", can_focus=False):
                yield Static("", markup=False, id="preview")

    def on_mount(self) -> None:
        self.query_one("#notice").display = False

    def on_screen_resume(self) -> None:
        if self.nav.is_ready:
            self.refresh_shelf()

    def show_failure(self, note: ErrorNote) -> None:
        """Say that the app could not be opened, and why."""
        self.query_one("#shelf").display = False
        text = Content.assemble((note.title, "bold $text-error"), "\n\n", note.detail, "\n\n", (note.hint, "$muted"))
        message = self.query_one("#shelf-message", Static)
        message.update(text)
        message.display = True

    @work(exclusive=True, group="shelf")
    async def refresh_shelf(self) -> None:
        """Read best scores and unfinished sessions, and draw the rows."""
        services = self.nav.services
        notice = problems_notice(services.library.problems)
        try:
            best = await services.store.best_scores()
            self._unfinished = await services.store.history(limit=UNFINISHED_SHOWN, status="unfinished")
        except SimulatorError as error:
            best = {}
            notice = error_note(error).text
        self._rows = shelf(services.library, services.rubric, best)
        line = self.query_one("#notice", Static)
        line.update(Content.styled("▲ " + notice, "$text-warning"))
        line.display = bool(notice)
        self._draw()

    def _draw(self) -> None:
        rows = [row for row in self._rows if self._filter.admits(row)]
        unfiltered = self._filter == Filter()
        entries = shelf_entries(rows, self._unfinished if unfiltered else ())
        self.query_one(ShelfList).show(entries)
        message = self.query_one("#shelf-message", Static)
        message.update(no_match_text(has_any=bool(self._rows)))
        message.display = not rows
        self._draw_filters(len(rows))
        self.refresh_bindings()

    def _draw_filters(self, count: int) -> None:
        level = DIFFICULTIES.get(self._filter.difficulty or "", "Any level")
        channel = CHANNELS.get(self._filter.channel or "", "Any channel")
        level_style = "$primary" if self._filter.difficulty else "$muted"
        channel_style = "$primary" if self._filter.channel else "$muted"
        self.query_one("#filters", Static).update(
            Content.assemble(
                (level, level_style), ("  ·  ", "$faint"), (channel, channel_style), (f"   {count}", "$muted")
            )
        )

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        self._filter = Filter(event.value, self._filter.difficulty, self._filter.channel)
        self._draw()

    @on(Input.Submitted, "#search")
    def _search_submitted(self) -> None:
        self.query_one(ShelfList).action_select()

    @on(OptionList.OptionHighlighted, "#shelf")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        chosen = event.option_id or ""
        row = next((row for row in self._rows if f"scenario-{row.id}" == chosen), None)
        session = next((s for s in self._unfinished if f"session-{s.id}" == chosen), None)
        if session is not None:
            row = next((row for row in self._rows if row.id == session.scenario_id), None)
        self.query_one("#preview", Static).update(preview_text(row, session))
        self.query_one("#preview-side").scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#shelf")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        kind, _, chosen = (event.option_id or "").partition("-")
        if kind == "session":
            self.nav.resume(chosen)
        elif kind == "scenario":
            self.nav.briefing(chosen)

    def key_down(self) -> None:
        """From the search field into the list."""
        if self.focused is self.query_one("#search"):
            self.query_one(ShelfList).focus()

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        if not self.nav.is_ready:
            return False
        is_searching = self.focused is not None and self.focused.id == "search"
        match action:
            case "clear":
                return is_searching or self._filter != Filter()
            case "search":
                return not is_searching
            case _:
                return True

    def action_clear(self) -> None:
        search = self.query_one("#search", Input)
        search.value = ""
        self._filter = Filter()
        self._draw()
        self.query_one(ShelfList).focus()

    def action_search(self) -> None:
        self.query_one("#search", Input).focus()

    def action_cycle_difficulty(self) -> None:
        level = next_choice(DIFFICULTY_ORDER, self._filter.difficulty)
        self._filter = Filter(self._filter.query, level, self._filter.channel)
        self._draw()

    def action_cycle_channel(self) -> None:
        channel = next_choice(channels_of(self._rows), self._filter.channel)
        self._filter = Filter(self._filter.query, self._filter.difficulty, channel)
        self._draw()

    def action_surprise(self) -> None:
        rows = [row for row in self._rows if self._filter.admits(row)]
        if rows:
            self.nav.briefing(random.choice(rows).id)

    def action_history(self) -> None:
        self.nav.history()

    def action_rubric(self) -> None:
        self.nav.rubric()

    def action_settings(self) -> None:
        self.nav.settings()
