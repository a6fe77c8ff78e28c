"""The app as a whole: the whole hour, settings, help, palette, faults, and text that stays text."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList
from tui.conftest import NARROW, WIDE
from tui.fakes import FakeUi, fake_services, personas, rubric, scenarios

from simulator.engine.library import Library, Loaded
from simulator.errors import SettingsError
from simulator.tui.actions import COMMANDS
from simulator.tui.app import SimulatorApp
from simulator.tui.navigator import HOME_DEPTH
from simulator.tui.services import StartAt


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_whole_hour_with_the_keyboard_alone(opened, size):
    services = fake_services(replies_until_end=2)
    async with opened(services, size=size) as driver:
        await driver.press("slash", *"seats", "enter")
        assert driver.screen == "BriefingScreen"
        await driver.press("enter")
        assert driver.screen == "ConversationScreen"
        await driver.press(*"Hello", "enter")
        await driver.press("f4", "enter", *"Done", "enter")
        assert [action is not None for _, action in services.sessions.said] == [False, True]
        await driver.press("enter")
        assert driver.screen == "ReflectionScreen"
        await driver.press("down", "enter", *"money", "enter")
        assert driver.screen == "DebriefScreen"
        assert "Connected" in driver.drawn()
        await driver.press("escape")
        assert driver.screen == "Home"
        await driver.press("escape")
        assert "best 56" in driver.options("#shelf")[0]
        assert len(driver.app.screen_stack) == HOME_DEPTH


async def test_a_setting_holds_at_once_and_is_kept(opened):
    async with opened() as driver:
        await driver.press("comma", "right")
        assert driver.services.ui.saved == [{"theme": "light"}]
        assert driver.app.theme == "daylight"
        await driver.press("tab", "right", "tab", "left")
        assert driver.services.ui.saved[1:] == [{"show_mood": False}, {"pace": "quick"}]
        assert "/home/you/.local/share/simulator" in driver.text("#about")


async def test_a_setting_that_cannot_be_kept_still_holds(opened):
    services = fake_services(ui=FakeUi(error=SettingsError("The file cannot be written", "Read-only")))
    async with opened(services) as driver:
        await driver.press("comma", "right")
        assert driver.app.theme == "daylight"
        assert "The file cannot be written." in next(iter(driver.app._notifications)).message


async def test_a_setting_can_be_changed_with_the_mouse(opened):
    async with opened() as driver:
        await driver.press("comma")
        await driver.click("#value-pace", offset=(5, 0))
        assert driver.services.ui.saved == [{"pace": "human"}]


async def test_help_lists_every_command_with_the_keys_as_they_are_mapped(opened):
    async with opened(fake_services(ui=FakeUi(keymap={"home.search": "ctrl+f"}))) as driver:
        await driver.press("question_mark")
        assert driver.screen == "HelpScreen"
        shown = driver.texts("#reading Static")
        for entry in COMMANDS:
            assert entry.label in shown
            assert entry.tooltip in shown
        assert next(line for line in shown.splitlines() if "Search scenarios" in line).startswith("^f ")
        await driver.press("f1", "escape")
        assert driver.screen == "Home"


async def test_f1_helps_while_one_writes(in_conversation):
    async with in_conversation() as driver:
        await driver.press("question_mark")
        assert driver.app.screen.query_one("#composer").text == "?"
        await driver.press("f1")
        assert driver.screen == "HelpScreen"
        await driver.press("escape")
        assert driver.app.screen.query_one("#composer").text == "?"


async def palette_finds(driver, words: str) -> list[str]:
    await driver.press("ctrl+p")
    await driver.press(*words)
    assert isinstance(driver.app.screen, CommandPalette)
    await driver.settle()
    return [str(option.prompt) for option in driver.app.screen.query_one(OptionList).options]


async def test_the_palette_finds_scenarios_screens_and_commands(opened):
    async with opened() as driver:
        found = await palette_finds(driver, "Quiet")
        assert found[0].startswith("Scenario: Quiet hearing aids")
        await driver.press("enter")
        await driver.settle()
        assert driver.screen == "BriefingScreen"
        await driver.press("escape")
        assert (await palette_finds(driver, "Go to Hist"))[0].startswith("Go to History")
        await driver.press("enter")
        await driver.settle()
        assert driver.screen == "HistoryScreen"


async def test_the_palette_runs_what_the_screen_can_do(in_conversation):
    async with in_conversation() as driver:
        found = await palette_finds(driver, "Knowledge")
        assert "(conversation.knowledge)" in found[0]
        await driver.press("enter")
        await driver.settle()
        assert driver.app.screen.query_one("#knowledge").display


async def test_keys_are_remapped_where_a_widget_holds_them(in_conversation):
    services = fake_services(ui=FakeUi(keymap={"composer.send": "ctrl+o", "conversation.leave": "f12"}))
    async with in_conversation(services) as driver:
        await driver.press(*"one", "ctrl+o")
        assert services.sessions.said == [("one", None)]
        await driver.press("f12")
        assert driver.screen == "ChoiceDialog"


HOSTILE = "[@click=app.quit]x[/] [bold]y[/bold] [$primary]z[/] \x1b[31mred [/]"
SHOWN = "[@click=app.quit]x[/] [bold]y[/bold] [$primary]z[/] [31mred [/]"


def hostile_library() -> Library:
    """A scenario and a persona whose every visible text tries to be more than text."""
    scenario = next(iter(scenarios().values())).item
    persona = personas()[scenario.persona].item
    short = HOSTILE[:60]
    brief = scenario.brief.model_copy(update={"role": HOSTILE, "situation": HOSTILE})
    field = scenario.record.fields[0].model_copy(update={"label": "[bold]l", "value": HOSTILE})
    entry = scenario.record.history[0].model_copy(update={"when": "[b]w", "channel": "[i]c", "note": HOSTILE})
    record = scenario.record.model_copy(update={"fields": (field, *scenario.record.fields[1:]), "history": (entry,)})
    article = scenario.knowledge[0].model_copy(update={"title": HOSTILE, "text": HOSTILE})
    action = scenario.actions[0].model_copy(update={"label": short, "guardrail": HOSTILE})
    hostile = scenario.model_copy(
        update={
            "title": short, "summary": HOSTILE, "company": short, "industry": "[bold]i", "brief": brief,
            "record": record,
            "knowledge": (article,), "actions": (action, *scenario.actions[1:]),
        }
    )  # fmt: skip
    actor = persona.model_copy(update={"name": "[b]Eve[/b] \x1b[5mX", "summary": HOSTILE, "occupation": "[red]o"})
    return Library(
        MappingProxyType({hostile.id: Loaded(hostile, "0", "s.toml")}),
        MappingProxyType({actor.id: Loaded(actor, "0", "p.toml")}),
        MappingProxyType({"core": Loaded(rubric(), "0", "core.toml")}),
    )


async def test_nothing_that_anybody_wrote_is_read_as_markup(opened):
    services = fake_services(library=hostile_library(), replies_until_end=2)
    services.sessions.opening = HOSTILE
    services.sessions.answers = (HOSTILE,)
    async with opened(services) as driver:
        assert SHOWN[:57].rstrip() in driver.options("#shelf")[0]
        assert SHOWN in driver.text("#preview")
        await driver.press("enter")
        shown = driver.texts()
        assert shown.count(SHOWN) >= 5
        assert "[b]Eve[/b] [5mX" in shown
        await driver.press("p")
        assert SHOWN in driver.options("#dialog-list")[0]
        await driver.press("escape", "enter")
        await driver.press("f4", "enter")
        assert SHOWN in driver.text("#action-chip")
        await driver.say("[@click=app.quit]mine[/]")
        bubbles = [str(widget.visual) for widget in driver.app.screen.query(".bubble-text")]
        assert SHOWN in bubbles[0]
        assert "[@click=app.quit]mine[/]" in bubbles[1]
        assert "\x1b" not in driver.drawn()
        for widget in driver.app.screen.query(".bubble-text"):
            await driver.pilot.click(widget, offset=(4, 1))
        assert driver.app.is_running
        await driver.press(*"typed on", "enter")
        assert services.sessions.said[-1] == ("typed on", None)
        await driver.press("enter", "f10")
        for key in "1234567":
            await driver.press(key)
            assert "\x1b" not in driver.drawn()
        assert driver.screen == "DebriefScreen"
        await driver.press("escape", "h")
        assert "[b]Eve[/b] [5mX" in driver.options("#sessions")[0]
        await driver.press("escape")
        await palette_finds(driver, "Scenario")
        assert any(SHOWN in str(option.prompt) for option in driver.app.screen.query_one(OptionList).options)


async def test_an_unforeseen_error_shows_a_calm_panel_and_the_way_back(opened):
    services = fake_services()

    async def broken(_session_id):
        raise ZeroDivisionError("internal detail")

    services.sessions.debrief = broken
    session = await services.sessions.start("budget-line")
    await services.sessions.stop(session.id)
    async with opened(services, app_class=SimulatorApp) as driver:
        driver.app.nav.debrief(session.id)
        await driver.pilot.pause()
        await driver.pilot.pause()
        assert driver.screen == "FaultScreen"
        assert "This is a fault in the program" in driver.drawn()
        assert "Your session is kept" in driver.drawn()
        assert "internal detail" not in driver.drawn()
        assert isinstance(driver.app.fault, ZeroDivisionError)
        await driver.press("enter")
        assert driver.screen == "Home"
        await driver.press("h")
        assert driver.screen == "HistoryScreen"


async def test_from_the_panel_one_can_quit_with_the_code_of_a_bug(opened):
    async with opened(app_class=SimulatorApp) as driver:
        driver.app._handle_exception(RuntimeError("x"))
        await driver.settle()
        await driver.press("down", "enter")
    assert driver.app.return_code == 70


async def test_a_second_fault_ends_the_app_in_calm_words(opened):
    async with opened(app_class=SimulatorApp) as driver:
        driver.app._handle_exception(RuntimeError("one"))
        await driver.settle()
        driver.app._handle_exception(RuntimeError("two"))
    assert driver.app.return_code == 70


SCREENS = {
    "home": StartAt(),
    "briefing": StartAt(place="briefing", scenario="budget-line"),
    "conversation": StartAt(place="conversation", scenario="budget-line", persona="sofia-delgado"),
    "history": StartAt(place="history"),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 20)])
async def test_the_key_bar_names_every_key_and_is_on_screen(opened, name, size):
    async with opened(start=SCREENS[name], size=size) as driver:
        bar = driver.app.screen.query_one("#key-bar")
        assert driver.app.screen.region.contains_region(bar.region)
        drawn = driver.drawn()
        for active in driver.app.screen.active_bindings.values():
            if active.binding.show and active.enabled and not active.binding.group:
                assert active.binding.description in drawn


async def test_growing_the_terminal_shows_the_preview(opened):
    async with opened(size=NARROW) as driver:
        assert not driver.app.screen.query_one("#preview-side").display
        await driver.pilot.resize_terminal(*WIDE)
        await driver.settle()
        assert driver.app.screen.query_one("#preview-side").display
