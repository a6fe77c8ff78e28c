"""The app: something to see at once, everything else after the first paint, and a calm last word when it breaks."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for, keymap_problems
from simulator.tui.error_text import FAULT_TITLE, error_note
from simulator.tui.navigator import Navigator
from simulator.tui.screens.splash import Splash
from simulator.tui.services import AppServices, StartAt
from simulator.tui.themes import DARK, LIGHT, theme_name, variable_defaults

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.dom import DOMNode


def _commands() -> type[Provider]:
    from simulator.tui.commands import SimulatorCommands  # noqa: PLC0415 - only when the palette is opened

    return SimulatorCommands


class SimulatorApp(App[None], inherit_bindings=False):
    """The empathy simulator in a terminal.

    Args:
        load_services: builds the services; slow, and called in a thread after the first paint.
        start: where to open instead of Home.
    """

    TITLE = "Empathy simulator"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("app"),
        Binding("ctrl+c", "help_quit", id="app.how_to_leave", show=False),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, load_services: Callable[[], AppServices], *, start: StartAt | None = None) -> None:
        super().__init__()
        self._load_services = load_services
        self._start = start or StartAt()
        self.nav = Navigator(self)
        self.fault: Exception | None = None
        """The last error that nobody foresaw; the command line turns it into its exit code."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme_name("auto")

    def get_default_screen(self) -> Splash:
        return Splash()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """None of Textual's own: ours are all in the registry."""
        return ()

    def on_mount(self) -> None:
        self._leave_politely()
        self.call_after_refresh(self._prepare)

    def _leave_politely(self) -> None:
        """Give the terminal back when the program is told to end, or its window is closed."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):  # not on Windows, not in a thread
                    loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    @work(group="prepare")
    async def _prepare(self) -> None:
        """Begin to load the services, show Home meanwhile, and fill it when they are there."""
        loading = asyncio.create_task(asyncio.to_thread(self._load_services))
        home = self.nav.new_home()
        await self.push_screen(home)
        try:
            services = await loading
        except SimulatorError as error:
            home.show_failure(error_note(error))
            return
        self.nav.use(services)
        self.apply_settings()
        home.refresh_bindings()
        home.refresh_shelf()
        self.nav.start_at(self._start)

    def apply_settings(self) -> None:
        """Take theme and keymap from the settings."""
        ui = self.nav.services.ui
        self.theme = theme_name(ui.theme)
        self.set_keymap(dict(ui.keymap))
        problems = keymap_problems(ui.keymap)
        if problems:
            self.nav.tell("Keys: " + " ".join(problems), severity="warning")

    def get_key_display(self, binding: Binding) -> str:
        return {"enter": "enter", "escape": "esc", "space": "space"}.get(binding.key) or super().get_key_display(
            binding
        )

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Clashes were told once, when the keymap was read."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        return action not in {"help", "command_palette"} or self.nav.is_ready

    def action_help_quit(self) -> None:
        """Control-C copies what is marked; who presses it to get out is told what does."""
        keys = [self.get_key_display(at.binding) for at in self.active_bindings.values() if at.binding.action == "quit"]
        if keys:
            self.nav.tell(f"{keys[0]} closes the app and keeps everything; esc goes one step back.")

    def action_help(self) -> None:
        self.nav.help()

    def _handle_exception(self, error: Exception) -> None:
        """The last resort: say so calmly, keep the session, and leave the details to the command line."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        is_second = self.fault is not None
        self.fault = error
        self.log.error(error)
        if is_second or not self.is_running or not self._is_alive():
            self._return_code = 70
            self.panic(Text(f"{FAULT_TITLE}. {error_note(error).hint}"))
            return
        try:
            self.nav.fault()
        except Exception:  # noqa: BLE001 - the last resort of the last resort
            self._return_code = 70
            self.panic(Text(f"{FAULT_TITLE}. {error_note(error).hint}"))

    def _is_alive(self) -> bool:
        """Whether the app itself still handles messages, so that a screen can be shown."""
        return not self._closing and not self._closed
