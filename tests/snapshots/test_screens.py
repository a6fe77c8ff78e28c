"""How the screens look, in both sizes and both themes.

To take new ones after a change that was looked at: `pytest tests/snapshots --snapshot-update`.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from tui.fakes import FakeServices, FakeUi, StrictApp, fake_services, settle

from simulator.engine.library import Problem
from simulator.errors import ModelError
from simulator.tui.screens.conversation import ConversationScreen

WIDE, NARROW = (120, 36), (80, 24)
LOOKS = [
    pytest.param(WIDE, "dark", id="wide-dark"),
    pytest.param(NARROW, "dark", id="narrow-dark"),
    pytest.param(WIDE, "light", id="wide-light"),
    pytest.param(NARROW, "light", id="narrow-light"),
]
ONE_EACH = [LOOKS[0], LOOKS[3]]
REPLY = (
    "So before anything is added you would like to know what an extra seat does to your card on the day, and "
    "whether removing that person later really ends it. Have I got that right?"
)

Steps = Callable[[Pilot[None], FakeServices], Awaitable[None]]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _cursor_never_blinks(monkeypatch):
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)


@pytest.fixture
def looks_right(snap_compare):
    """Compares the screen after some steps with the picture that was looked at."""

    def looks_right(
        size: tuple[int, int], theme: str, steps: Steps, *, pace: str = "instant", **options: object
    ) -> bool:
        services = fake_services(ui=FakeUi(theme=theme, pace=pace), **options)
        app = StrictApp(lambda: services)
        app.animation_level = "none"

        async def run(pilot: Pilot[None]) -> None:
            await settle(pilot)
            await steps(pilot, services)
            await settle(pilot)

        return snap_compare(app, terminal_size=size, run_before=run)

    return looks_right


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


async def say(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one("#composer").write(text)
    await press(pilot, "enter")


async def talk(pilot: Pilot[None]) -> None:
    await press(pilot, "home", "enter", "enter")
    await say(pilot, "Good morning, I am happy to look into that with you.")
    await say(pilot, REPLY)


async def finish(pilot: Pilot[None], section: str) -> None:
    await talk(pilot)
    await press(pilot, "enter", "right", "enter")
    pilot.app.screen.query_one("#concern").write("That the budget will not hold.")
    await press(pilot, "enter", section)
    await settle(pilot)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_home(looks_right, size, theme):
    problem = Problem(
        file="scenarios/late-gift.toml", line=12, key="titel", severity="error", message="Unknown key “titel”.", hint=""
    )

    async def steps(pilot, services):
        session = await services.sessions.start("export-crash")
        async for _ in services.sessions.proceed(session.id):
            pass
        pilot.app.screen.refresh_shelf()
        await settle(pilot)
        await press(pilot, "down")

    assert looks_right(size, theme, steps, problems=(problem,))


@pytest.mark.parametrize(("size", "theme"), ONE_EACH)
def test_briefing(looks_right, size, theme):
    async def steps(pilot, _services):
        await press(pilot, "home", "enter")

    assert looks_right(size, theme, steps)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_conversation(looks_right, size, theme):
    async def steps(pilot, _services):
        await talk(pilot)
        await press(pilot, *"Let me ")

    assert looks_right(size, theme, steps)


@pytest.mark.parametrize(("size", "theme"), ONE_EACH)
def test_the_customer_typing(looks_right, size, theme, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("simulator.tui.screens.conversation.monotonic", lambda: now[0])

    async def steps(pilot, _services):
        await press(pilot, "home", "enter", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ConversationScreen)
        now[0] += 1.5
        screen._tick()
        await settle(pilot)

    assert looks_right(size, theme, steps, pace="human")


@pytest.mark.parametrize(("size", "theme"), ONE_EACH)
def test_an_action_and_a_failed_turn(looks_right, size, theme):
    async def steps(pilot, services):
        await talk(pilot)
        await press(pilot, "f4", "down", "enter")
        services.sessions.fail_before_recording = ModelError(
            "The model did not answer", "It took longer than 30 seconds", "Try again, or use the offline customer"
        )
        await say(pilot, "I can set that up for you.")
        pilot.app.screen.query_one("Composer").focus()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert looks_right(size, theme, steps)


@pytest.mark.parametrize(("size", "theme"), [LOOKS[1]])
def test_the_panel_over_the_transcript(looks_right, size, theme):
    async def steps(pilot, _services):
        await talk(pilot)
        await press(pilot, "f4")

    assert looks_right(size, theme, steps)


@pytest.mark.parametrize(("size", "theme"), ONE_EACH)
def test_leaving(looks_right, size, theme):
    async def steps(pilot, _services):
        await talk(pilot)
        await press(pilot, "escape")

    assert looks_right(size, theme, steps)


@pytest.mark.parametrize(("size", "theme"), ONE_EACH)
def test_reflection(looks_right, size, theme):
    async def steps(pilot, _services):
        await talk(pilot)
        await press(pilot, "enter", "right", "enter")

    assert looks_right(size, theme, steps, replies_until_end=2)


@pytest.mark.parametrize(
    ("section", "size", "theme"),
    [
        pytest.param("1", WIDE, "dark", id="summary-wide-dark"),
        pytest.param("1", NARROW, "light", id="summary-narrow-light"),
        pytest.param("2", WIDE, "light", id="transcript-wide-light"),
        pytest.param("4", WIDE, "dark", id="mood-wide-dark"),
        pytest.param("7", NARROW, "dark", id="stronger-narrow-dark"),
    ],
)
def test_debrief(looks_right, section, size, theme):
    async def steps(pilot, _services):
        await finish(pilot, section)

    assert looks_right(size, theme, steps, replies_until_end=2)


@pytest.mark.parametrize(("size", "theme"), [LOOKS[0]])
def test_settings(looks_right, size, theme):
    async def steps(pilot, _services):
        await press(pilot, "comma")

    assert looks_right(size, theme, steps)
