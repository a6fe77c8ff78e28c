"""History: past sessions, newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for
from simulator.tui.error_text import error_note
from simulator.tui.plain import clipped, one_line
from simulator.tui.screens.dialogs import delete_dialog
from simulator.tui.screens.page import Page
from simulator.tui.widgets.pick_list import Entry, PickList
from simulator.tui.words import ENDING_STYLES, ENDINGS, count_of, day_and_time

if TYPE_CHECKING:
    from simulator.engine.ports import SessionSummary
    from simulator.tui.navigator import Navigator

PAGE_SIZE = 20


class HistoryList(PickList):
    """Sessions; Enter opens."""

    BINDINGS = bindings_for("history", only="open")


class HistoryScreen(Page):
    """Past sessions."""

    CSS_PATH = "../styles/history.tcss"
    BINDINGS = bindings_for("history", without="open")
    AUTO_FOCUS = "#sessions"

    def __init__(self, nav: Navigator) -> None:
        super().__init__(nav)
        self._page = 0
        self._sessions: tuple[SessionSummary, ...] = ()
        self._has_older = False

    def heading(self) -> Content:
        return Content.styled("History", "bold")

    def body(self) -> ComposeResult:
        with Vertical(id="history"):
            yield Static("", markup=False, id="history-message")
            yield HistoryList(id="sessions")

    def on_screen_resume(self) -> None:
        self._read()

    @work(exclusive=True, group="history")
    async def _read(self) -> None:
        message = self.query_one("#history-message", Static)
        try:
            found = await self.nav.services.store.history(limit=PAGE_SIZE + 1, offset=self._page * PAGE_SIZE)
        except SimulatorError as error:
            message.update(Content.styled(error_note(error).text, "$text-error"))
            return
        self._has_older = len(found) > PAGE_SIZE
        self._sessions = found[:PAGE_SIZE]
        self.query_one(HistoryList).show([Entry(session.id, session_row(session)) for session in self._sessions])
        message.update(Content.styled("No sessions yet. Pick a scenario on Home.", "$muted"))
        message.display = not self._sessions
        note = f"page {self._page + 1}" if self._page or self._has_older else ""
        self.query_one("#top-note", Static).update(Content.styled(note, "$muted"))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        match action:
            case "older":
                return self._has_older
            case "newer":
                return self._page > 0
            case "delete":
                return bool(self._sessions)
            case _:
                return True

    @on(OptionList.OptionSelected, "#sessions")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        session = next(session for session in self._sessions if session.id == event.option_id)
        if session.ending is None:
            self.nav.resume(session.id)
        else:
            self.nav.reflect(session.id)

    def action_older(self) -> None:
        self._page += 1
        self._read()

    def action_newer(self) -> None:
        self._page -= 1
        self._read()

    @work(exclusive=True, group="delete")
    async def action_delete(self) -> None:
        marked = self.query_one(HistoryList).highlighted_option
        if marked is None:
            return
        session = next(session for session in self._sessions if session.id == marked.id)
        if await self.app.push_screen_wait(delete_dialog(one_line(session.scenario_title))) != "delete":
            return
        try:
            await self.nav.services.store.forget(session.id)
        except SimulatorError as error:
            self.nav.tell(error_note(error).text, severity="error")
            return
        if len(self._sessions) == 1 and self._page:
            self._page -= 1
        self._read()


def session_row(session: SessionSummary) -> Content:
    """One session on two lines."""
    score = "not scored"
    if session.overall is not None:
        band = f"  {session.band.low:.0f} to {session.band.high:.0f}" if session.band else ""
        score = f"{session.overall:.0f}{band}"
    if session.ending is None:
        end: tuple[str, str] = ("Unfinished, Enter goes on", "$text-accent")
        score = ""
    else:
        end = (ENDINGS[session.ending.value], ENDING_STYLES[session.ending.value])
    told = f"{day_and_time(session.started_at)}  ·  with {clipped(session.persona_name, 24)}  ·  "
    told += count_of(session.replies, "reply", "replies")
    return Content.assemble(
        (one_line(session.scenario_title), "bold"), "   ", end, (f"   {score}", "bold"), "\n", (told, "$muted")
    )
