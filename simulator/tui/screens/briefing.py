"""Briefing: one screen to read before the conversation begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from simulator.domain.persona import Persona
from simulator.domain.personalise import personalise
from simulator.domain.scenario import Scenario
from simulator.tui.actions import bindings_for
from simulator.tui.plain import one_line
from simulator.tui.screens.dialogs import ChoiceDialog
from simulator.tui.screens.page import Page
from simulator.tui.widgets.case_file import (
    RecordTable,
    action_text,
    articles_text,
    brief_text,
    heading,
    history_text,
    persona_text,
)
from simulator.tui.widgets.pick_list import Entry
from simulator.tui.words import CHANNEL_STYLES, CHANNELS, DIFFICULTIES

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator

OFFLINE = "offline"


class BriefingScreen(Page):
    """The case, the record, what may be done, and who plays."""

    CSS_PATH = "../styles/briefing.tcss"
    BINDINGS = bindings_for("briefing")
    AUTO_FOCUS = "#briefing"

    def __init__(self, nav: Navigator, scenario: Scenario, persona: Persona, *, seed: int | None = None) -> None:
        super().__init__(nav)
        self._scenario = scenario
        self._persona = persona
        self._seed = seed

    def heading(self) -> Content:
        return Content.assemble(
            (one_line(self._scenario.title), "bold"), ("   " + one_line(self._scenario.company), "$muted")
        )

    def note(self) -> Content:
        channel = self._scenario.channel.value
        return Content.assemble(
            (CHANNELS[channel], CHANNEL_STYLES[channel]),
            (f"  ·  {DIFFICULTIES[self._scenario.difficulty]}  ·  {self._scenario.minutes} min", "$muted"),
        )

    def body(self) -> ComposeResult:
        with VerticalScroll(id="briefing"), Horizontal(id="briefing-columns"):
            with Vertical(id="brief-case", classes="column"):
                yield Static(markup=False, id="brief-role")
                yield Vertical(id="brief-record")
                yield Static(markup=False, id="brief-history")
            yield Static(markup=False, id="brief-means", classes="column")
        with Horizontal(id="briefing-bar"):
            yield Button(Content("Start"), variant="primary", id="start", compact=True)
            yield Button(Content("Who plays"), id="persona", compact=True)
            yield Static(markup=False, id="who")

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        scenario = personalise(self._scenario, self._persona)
        role = _sections(("Your role", brief_text(scenario)), ("Who plays", persona_text(self._persona)))
        self.query_one("#brief-role", Static).update(Content.assemble(role, "\n\n", heading("Customer record")))
        record = self.query_one("#brief-record")
        record.remove_children()
        record.mount(RecordTable(scenario.record))
        history = history_text(scenario.record)
        self.query_one("#brief-history", Static).update(_sections(("Earlier contacts, across channels", history)))
        actions = Content("\n\n").join([action_text(action) for action in scenario.actions])
        self.query_one("#brief-means", Static).update(
            _sections(("What you may do", actions), ("Knowledge", articles_text(scenario)))
        )
        self.query_one("#who", Static).update(
            Content.assemble(
                ("You will talk to ", "$muted"), (one_line(self._persona.name), "bold"), (self._models(), "$muted")
            )
        )

    def _models(self) -> str:
        """Which models take part; nothing where none does."""
        about = self.nav.services.about
        named = [
            (words, about.get(part, OFFLINE)) for words, part in (("voiced by", "Customer"), ("scored by", "Judge"))
        ]
        told = [f"{words} {one_line(name)}" for words, name in named if name != OFFLINE]
        return "".join(f", {part}" for part in told)

    def action_start(self) -> None:
        self.nav.begin(self._scenario.id, self._persona.id, seed=self._seed)

    @on(Button.Pressed, "#start")
    def _start_pressed(self) -> None:
        self.action_start()

    @on(Button.Pressed, "#persona")
    def _persona_pressed(self) -> None:
        self.action_persona()

    def action_rubric(self) -> None:
        self.nav.rubric()

    @work(exclusive=True, group="dialog")
    async def action_persona(self) -> None:
        personas = [loaded.item for loaded in self.nav.services.library.personas.values()]
        personas.sort(key=lambda persona: persona.name.casefold())
        entries = [Entry(persona.id, persona_text(persona)) for persona in personas]
        dialog = ChoiceDialog("Who plays?", entries, detail="Anybody can play any scenario.", marked=self._persona.id)
        chosen = await self.app.push_screen_wait(dialog)
        for persona in personas:
            if persona.id == chosen:
                self._persona = persona
                self._draw()


def _sections(*sections: tuple[str, Content]) -> Content:
    return Content("\n\n").join([Content.assemble(heading(title), "\n", text) for title, text in sections])
