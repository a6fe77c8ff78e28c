from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from tui.fakes import FakeServices, StrictApp, fake_services, settle

from simulator.engine.library import Problem
from simulator.tui.services import StartAt

WIDE, NARROW = (120, 36), (80, 24)


class Driver:
    """Presses keys, and waits until everything that follows has happened."""

    def __init__(self, app: StrictApp, pilot: Pilot[None], services: FakeServices) -> None:
        self.app = app
        self.pilot = pilot
        self.services = services

    @property
    def screen(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settle(self.pilot)

    async def click(self, selector: str, offset: tuple[int, int] = (0, 0)) -> None:
        await self.pilot.click(selector, offset=offset)
        await settle(self.pilot)

    async def say(self, text: str) -> None:
        """Write a reply and send it."""
        self.app.screen.query_one("#composer").write(text)
        await self.press("enter")

    async def settle(self) -> None:
        await settle(self.pilot)

    def text(self, selector: str) -> str:
        """What a widget shows."""
        return str(self.app.screen.query_one(selector, Static).visual)

    def texts(self, selector: str = "Static") -> str:
        """What all widgets that are displayed show."""
        shown = (widget for widget in self.app.screen.query(selector).results(Static) if widget.display)
        return "\n".join(str(widget.visual) for widget in shown)

    def options(self, selector: str) -> list[str]:
        """The rows of a list that can be picked."""
        return [str(option.prompt) for option in self.app.screen.query_one(selector).options if not option.disabled]

    @property
    def keys(self) -> str:
        """The bar at the bottom."""
        return self.text("#key-bar")

    def drawn(self) -> str:
        """The whole screen as letters."""
        return "\n".join(
            "".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()
        )


Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def opened() -> Open:
    """Opens the app on services of ours."""

    @asynccontextmanager
    async def opened(
        services: FakeServices | None = None,
        *,
        size: tuple[int, int] = WIDE,
        start: StartAt | None = None,
        app_class: type[Any] = StrictApp,
    ) -> AsyncIterator[Driver]:
        services = services or fake_services()
        app = app_class(lambda: services, start=start)
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield Driver(app, pilot, services)

    return opened


@pytest.fixture
def in_conversation(opened: Open) -> Open:
    """Opens the app in a conversation whose opening message was said."""

    @asynccontextmanager
    async def in_conversation(services: FakeServices | None = None, **options: Any) -> AsyncIterator[Driver]:
        start = StartAt(place="conversation", scenario="budget-line", persona="sofia-delgado")
        async with opened(services, start=start, **options) as driver:
            assert driver.screen == "ConversationScreen"
            yield driver

    return in_conversation


@pytest.fixture
def problem() -> Problem:
    return Problem(
        file="scenarios/x.toml",
        line=3,
        key="titel",
        severity="error",
        message="Unknown key.",
        hint="Did you mean title?",
    )
