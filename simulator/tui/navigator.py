"""The way from screen to screen. Screens are imported when they are first opened, so that Home is seen early."""

# ruff: noqa: PLC0415 - importing the screens (and pydantic with them) before the first paint would delay it

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from textual.worker import WorkerCancelled, WorkerFailed

from simulator.errors import SimulatorError
from simulator.tui.error_text import error_note

if TYPE_CHECKING:
    from textual.screen import Screen

    from simulator.tui.app import SimulatorApp
    from simulator.tui.screens.home import Home
    from simulator.tui.services import AppServices, StartAt


HOME_DEPTH = 2
"""Screens on the stack when Home is on top: the splash below it is never seen again."""


class Navigator:
    """Opens screens, and does what several of them need."""

    def __init__(self, app: SimulatorApp) -> None:
        self._app = app
        self._services: AppServices | None = None

    @property
    def is_ready(self) -> bool:
        return self._services is not None

    @property
    def services(self) -> AppServices:
        """The services; only to be asked for after `is_ready`."""
        if self._services is None:
            msg = "The services are not loaded yet"
            raise RuntimeError(msg)
        return self._services

    def use(self, services: AppServices) -> None:
        """Take the services into use."""
        self._services = services

    def tell(self, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A short notice in the corner."""
        self._app.notify(text, severity=severity, markup=False)

    def report_fault(self, error: Exception) -> None:
        """Keep an error that nobody foresaw, for the program's exit code and log."""
        self._app.fault = error

    def save_ui(self, then: Callable[[], object] | None = None, **changes: object) -> None:
        """Keep settings, off the screen's thread."""

        async def save() -> None:
            try:
                await asyncio.to_thread(self.services.ui.save, **changes)
            except SimulatorError as error:
                self.tell(error_note(error).text, severity="warning")
            if then is not None:
                then()

        self._app.run_worker(save(), group="settings")

    async def cancel_turn(self, screen: Screen[None]) -> None:
        """Stop the turn that is running on the screen, and wait until it has let go."""
        for worker in self._app.workers.cancel_group(screen, "turn"):
            with suppress(WorkerCancelled, WorkerFailed):
                await worker.wait()

    # where to go

    def start_at(self, start: StartAt) -> None:
        """Open what the command line asked for, over Home."""
        match start.place:
            case "briefing" if start.scenario:
                self.briefing(start.scenario, start.persona, seed=start.seed)
            case "conversation" if start.session:
                self.resume(start.session)
            case "conversation" if start.scenario:
                self.begin(start.scenario, start.persona, seed=start.seed)
            case "debrief" if start.session:
                self.debrief(start.session)
            case "history":
                self.history()
            case _:
                pass

    def new_home(self) -> Home:
        """The screen below all others."""
        from simulator.tui.screens.home import Home

        return Home(self)

    def home(self) -> None:
        """Back to Home, whatever lies above it."""
        while len(self._app.screen_stack) > HOME_DEPTH:
            self._app.pop_screen()

    def briefing(self, scenario_id: str, persona_id: str | None = None, *, seed: int | None = None) -> None:
        """Open the briefing of a scenario."""
        from simulator.tui.screens.briefing import BriefingScreen

        library = self.services.library
        scenario = library.scenarios.get(scenario_id)
        if scenario is None:
            self.tell(f"There is no scenario called {scenario_id}.", severity="error")
            return
        personas = library.personas
        persona = personas.get(persona_id or scenario.item.persona) or next(iter(personas.values()), None)
        if persona is None:
            self.tell("There is no persona to play it.", severity="error")
            return
        self._over_home(BriefingScreen(self, scenario.item, persona.item, seed=seed))

    def begin(self, scenario_id: str, persona_id: str | None = None, *, seed: int | None = None) -> None:
        """Start a session and open the conversation."""
        from simulator.tui.screens.conversation import ConversationScreen

        async def begin() -> None:
            session = await self.services.sessions.start(scenario_id, persona_id=persona_id, seed=seed)
            self._over_home(ConversationScreen(self, session))

        self._run(begin())

    def resume(self, session_id: str) -> None:
        """Go on with an unfinished session; what has ended goes on to its debrief."""
        from simulator.tui.screens.conversation import ConversationScreen

        async def resume() -> None:
            session = await self.services.sessions.resume(session_id)
            self._over_home(ConversationScreen(self, session))

        self._run(resume())

    def reflect(self, session_id: str) -> None:
        """Ask what the trainee read in the customer; straight to the debrief if that was asked before."""
        from simulator.tui.screens.reflection import ReflectionScreen

        async def reflect() -> None:
            state = await self.services.sessions.state(session_id)
            if state.accuracy is None:
                self._over_home(ReflectionScreen(self, session_id, state.started.persona))
            else:
                self.debrief(session_id)

        self._run(reflect())

    def debrief(self, session_id: str) -> None:
        """Open the debrief of a finished session."""
        from simulator.tui.screens.debrief import DebriefScreen

        self._over_home(DebriefScreen(self, session_id))

    def history(self) -> None:
        """Open the list of past sessions."""
        from simulator.tui.screens.history import HistoryScreen

        self._app.push_screen(HistoryScreen(self))

    def rubric(self) -> None:
        """Open the rubric over whatever is shown."""
        from simulator.tui.screens.rubric import RubricScreen

        self._app.push_screen(RubricScreen(self))

    def help(self) -> None:
        """Open the help over whatever is shown."""
        from simulator.tui.screens.help import HelpScreen

        if not isinstance(self._app.screen, HelpScreen):
            self._app.push_screen(HelpScreen(self))

    def settings(self) -> None:
        """Open the settings."""
        from simulator.tui.screens.settings import SettingsScreen

        self._app.push_screen(SettingsScreen(self))

    def fault(self) -> None:
        """Say that the program has a fault, and offer the way back."""
        from simulator.tui.screens.fault import FaultScreen

        self._app.push_screen(FaultScreen(self))

    def _over_home(self, screen: Screen[None]) -> None:
        """Show a screen right above Home: what was there before is over."""
        self.home()
        self._app.push_screen(screen)

    def _run(self, work: Awaitable[None]) -> None:
        self._app.run_worker(self._told(work), group="navigate", exclusive=True)

    async def _told(self, work: Awaitable[None]) -> None:
        try:
            await work
        except SimulatorError as error:
            self.tell(error_note(error).text, severity="error")
