"""Looking back, before the debrief: what did they feel, and what were they really worried about?"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from simulator.domain.persona import Persona
from simulator.domain.scenario import Concern
from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for
from simulator.tui.error_text import error_note
from simulator.tui.plain import one_line
from simulator.tui.screens.page import Page
from simulator.tui.widgets.choices import WordGrid
from simulator.tui.widgets.composer import Composer

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator

FEELINGS: tuple[str, ...] = get_args(Concern.model_fields["feeling"].annotation)


class ReflectionScreen(Page):
    """Two questions. Nothing here tells the answers."""

    CSS_PATH = "../styles/reflection.tcss"
    BINDINGS = bindings_for("reflection")
    AUTO_FOCUS = "#feelings"

    def __init__(self, nav: Navigator, session_id: str, persona: Persona) -> None:
        super().__init__(nav)
        self._session_id = session_id
        self._persona = persona

    def heading(self) -> Content:
        return Content.styled("Looking back", "bold")

    def note(self) -> Content:
        return Content.styled("before the debrief", "$muted")

    def body(self) -> ComposeResult:
        name = one_line(self._persona.first_name)
        with VerticalScroll(id="reflection", can_focus=False):
            yield Static(Content.styled(f"What did {name} feel most?", "bold"), markup=False)
            yield WordGrid(sorted(FEELINGS), id="feelings")
            yield Static(Content.styled(f"What was {name} really worried about?", "bold"), markup=False)
            yield Composer("In a sentence, in your own words…", id="concern")
            yield Static(markup=False, id="reflection-note")
            with Horizontal(id="reflection-bar"):
                yield Button(Content("See the debrief"), id="submit", variant="primary", compact=True)
                yield Button(Content("Skip"), id="skip", compact=True)

    @on(WordGrid.Picked)
    def _picked(self) -> None:
        self.query_one(Composer).focus()

    @on(Composer.Sent)
    def _sent(self) -> None:
        self.action_submit()

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        feeling, concern = self.query_one(WordGrid).word, self.query_one(Composer).text.strip()
        if not feeling:
            self._say("Choose a feeling first, or skip.")
            self.query_one(WordGrid).focus()
        elif not concern:
            self._say("Write what they were worried about, or skip.")
            self.query_one(Composer).focus()
        else:
            self._keep(feeling, concern)

    @work(exclusive=True, group="reflect")
    async def _keep(self, feeling: str, concern: str) -> None:
        try:
            await self.nav.services.sessions.reflect(self._session_id, feeling, concern)
        except SimulatorError as error:
            self._say(error_note(error).text)
        else:
            self.nav.debrief(self._session_id)

    @on(Button.Pressed, "#skip")
    def action_skip(self) -> None:
        self.nav.debrief(self._session_id)

    def action_home(self) -> None:
        self.nav.home()

    def _say(self, text: str) -> None:
        self.query_one("#reflection-note", Static).update(Content.styled(text, "$text-warning"))
