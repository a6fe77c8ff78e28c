"""Opens the app, without the command library, so that the first paint waits for nothing it does not need."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.bootstrap import Services
    from simulator.tui.services import StartAt

SWITCH_S = 0.0005
"""How soon a thread that works in the background, such as the reading of a case, lets a keystroke through, in seconds.

Python's own 5 milliseconds count several times a key: for the reader, the screen and the writer.
"""
FRAMES_A_SECOND = "120"
"""How often the screen is drawn at most: while text streams, a key waits for the next frame."""


def has_terminal() -> bool:
    """Whether somebody can type and watch."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_draw() -> bool:
    """Whether the terminal can move its cursor."""
    return os.environ.get("TERM", "") not in {"dumb", "unknown"}


def open_app(
    start: StartAt | None = None,
    *,
    customer: str | None = None,
    judge: str | None = None,
    open_parts: Callable[[], Services] | None = None,
) -> int:
    """Run the app until it is left; returns its exit code. An unforeseen error in it is raised again here.

    Args:
        start: where it opens.
        customer: who voices the customer, as typed; None takes the settings'.
        judge: who scores, likewise.
        open_parts: opens other services than the usual ones.
    """
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)  # read once, when the screen library is imported
    from simulator.tui.app import SimulatorApp  # noqa: PLC0415 - the screen library is loaded only to be shown

    def load() -> Services:
        from simulator.bootstrap import open_services  # noqa: PLC0415 - after the first paint

        services = open_parts() if open_parts else open_services(customer=customer, judge=judge)
        gc.freeze()  # what is loaded now stays; to look through it for garbage again and again would stop the keys
        return services

    sys.setswitchinterval(SWITCH_S)
    screens = SimulatorApp(load, start=start)
    screens.run()
    if screens.fault is not None:
        raise screens.fault
    return screens.return_code or 0
