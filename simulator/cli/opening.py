"""Opens the app, without the command library, so that the first paint waits for nothing it does not need."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.bootstrap import Services
    from simulator.tui.services import StartAt


def has_terminal() -> bool:
    """Whether somebody can type and watch."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_draw() -> bool:
    """Whether the terminal can move its cursor."""
    return os.environ.get("TERM", "") not in {"dumb", "unknown"}


def open_app(start: StartAt | None = None) -> int:
    """Run the app until it is left; returns its exit code. An unforeseen error in it is raised again here."""
    from simulator.tui.app import SimulatorApp  # noqa: PLC0415 - the screen library is loaded only to be shown

    def load() -> Services:
        from simulator.bootstrap import open_services  # noqa: PLC0415 - after the first paint

        return open_services()

    screens = SimulatorApp(load, start=start)
    screens.run()
    if screens.fault is not None:
        raise screens.fault
    return screens.return_code or 0
