"""Home: find a scenario. Briefing: read it, choose who plays, begin."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Input
from tui.conftest import NARROW, WIDE
from tui.fakes import FakeUi, StrictApp, fake_services, settle

from simulator.errors import StorageError
from simulator.tui.services import StartAt


async def test_home_lists_every_scenario_with_what_helps_to_choose(opened):
    async with opened() as driver:
        rows = driver.options("#shelf")
        assert len(rows) == 5
        assert rows[0] == "Six questions about seats   new\n●○○ Easy · Chat · 10 min · empathy, questioning"


async def test_home_is_painted_before_the_services_are_there():
    may_load = threading.Event()

    def load():
        may_load.wait(10)
        return fake_services()

    app = StrictApp(load)
    async with app.run_test(size=WIDE) as pilot:
        while type(app.screen).__name__ != "Home" or not app.screen.is_mounted:
            await pilot.pause()
        await pilot.pause()
        assert "Opening your scenarios" in str(app.screen.query_one("#shelf-message").visual)
        assert app.screen.query_one("#shelf").option_count == 0
        may_load.set()
        await settle(pilot)
        assert app.screen.query_one("#shelf").option_count > 0


async def test_what_keeps_the_services_from_loading_is_said_on_home():
    def load():
        raise StorageError("The database cannot be opened", "Permission denied", "Check who owns it")

    app = StrictApp(load)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        shown = str(app.screen.query_one("#shelf-message").visual)
        assert "The database cannot be opened." in shown
        assert "Check who owns it." in shown
        await pilot.press("h", "r", "s", "question_mark", "comma", "d", "c", "slash")
        assert type(app.screen).__name__ == "Home"


async def test_best_scores_and_unfinished_sessions_are_shown(opened):
    services = fake_services(replies_until_end=1)
    sessions = services.sessions
    done = await sessions.start("export-crash")
    async for _ in sessions.proceed(done.id):
        pass
    async for _ in sessions.say(done.id, "Hello."):
        pass
    await sessions.debrief(done.id)
    left = await sessions.start("budget-line")
    async for _ in sessions.proceed(left.id):
        pass
    async with opened(services) as driver:
        rows = driver.options("#shelf")
        assert rows[0].startswith("↻ Six questions about seats\n")
        assert "0 replies so far" in rows[0]
        assert any(row.startswith("It stops at 80 percent   best 56") for row in rows)


async def test_searching_narrows_as_one_types_and_escape_shows_all(opened):
    async with opened() as driver:
        await driver.press("slash", *"hear")
        assert [row.splitlines()[0] for row in driver.options("#shelf")] == ["Quiet hearing aids   new"]
        await driver.press("enter")
        assert driver.screen == "BriefingScreen"
        await driver.press("escape")
        assert driver.screen == "Home"
        await driver.press("escape")
        assert len(driver.options("#shelf")) == 5
        assert driver.app.screen.query_one(Input).value == ""


async def test_a_search_without_result_says_so(opened):
    async with opened() as driver:
        await driver.press("slash", *"zzz")
        assert "Nothing matches" in driver.text("#shelf-message")
        await driver.press("enter")
        assert driver.screen == "Home"


async def test_down_leads_from_the_search_into_the_list(opened):
    async with opened() as driver:
        await driver.press("slash", *"e", "down")
        assert driver.app.screen.focused.id == "shelf"


async def test_levels_and_channels_cycle(opened):
    async with opened() as driver:
        await driver.press("d")
        assert len(driver.options("#shelf")) == 1
        assert "Easy" in driver.text("#filters")
        await driver.press("d", "c", "c")
        assert all("Email" in row for row in driver.options("#shelf"))
        await driver.press("escape")
        assert "Any level" in driver.text("#filters")


async def test_surprise_opens_a_briefing_among_those_shown(opened):
    async with opened() as driver:
        await driver.press("d", "s")
        assert driver.screen == "BriefingScreen"
        assert "Six questions about seats" in driver.text("#top-title")


async def test_content_problems_are_grouped_in_one_line(opened, problem):
    async with opened(fake_services(problems=(problem, problem))) as driver:
        assert "1 content file has 2 problems" in driver.text("#notice")


async def test_no_notice_without_problems(opened):
    async with opened() as driver:
        assert not driver.app.screen.query_one("#notice").display


async def test_the_preview_follows_the_marked_row(opened):
    async with opened() as driver:
        await driver.press("down")
        assert "It stops at 80 percent" in driver.text("#preview")
        assert "Dario Ferretti" in driver.text("#preview")


async def test_a_click_opens_a_scenario(opened):
    async with opened() as driver:
        await driver.click("#shelf", offset=(6, 3))
        assert driver.screen == "BriefingScreen"


async def test_a_click_on_the_key_bar_presses_the_key(opened):
    async with opened() as driver:
        bar = driver.text("#key-bar")
        await driver.click("#key-bar", offset=(3 + bar.index("History"), 0))
        assert driver.screen == "HistoryScreen"


async def test_the_briefing_tells_everything_on_one_page(opened):
    async with opened(start=StartAt(place="briefing", scenario="quiet-hearing-aids")) as driver:
        shown = driver.texts()
        for part in (
            "Your role", "customer care team of Larkwell Hearing", "Priya Raman writes that the app", "Phone on file",
            "iPhone 13", "App chatbot", "What you may do", "Knowledge", "App 4.2 does not find Aria 3", "Priya Raman",
        ):  # fmt: skip
            assert part in shown
        assert "{name}" not in shown
        scenario = driver.services.library.scenarios["quiet-hearing-aids"].item
        for action in scenario.actions:
            assert action.label in shown
            assert action.guardrail in shown
        for hidden in (scenario.concern.statement, scenario.goal.statement, scenario.need.statement):
            assert hidden not in shown


async def test_the_rubric_can_be_read_before(opened):
    async with opened(start=StartAt(place="briefing", scenario="budget-line")) as driver:
        await driver.press("r")
        assert driver.screen == "RubricScreen"
        assert "Reaches the goal or the unspoken worry beneath" in driver.texts()
        await driver.press("escape")
        assert driver.screen == "BriefingScreen"


async def test_anybody_can_play_any_scenario(opened):
    async with opened(start=StartAt(place="briefing", scenario="budget-line")) as driver:
        await driver.press("p")
        rows = driver.options("#dialog-list")
        assert len(rows) == 5
        await driver.press("end", "enter")
        assert "Walter Haas" in driver.text("#who")
        await driver.press("enter")
        assert driver.screen == "ConversationScreen"
        assert "Walter Haas" in driver.text("#top-title")


async def test_choosing_nobody_keeps_who_plays(opened):
    async with opened(start=StartAt(place="briefing", scenario="budget-line")) as driver:
        await driver.press("p", "escape")
        assert "Sofía Delgado" in driver.text("#who")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_start_is_on_screen_and_can_be_clicked(opened, size):
    async with opened(start=StartAt(place="briefing", scenario="budget-line"), size=size) as driver:
        await driver.click("#start", offset=(3, 0))
        assert driver.screen == "ConversationScreen"


async def test_an_unknown_scenario_is_told_and_home_stays(opened):
    async with opened(start=StartAt(place="briefing", scenario="nope")) as driver:
        assert driver.screen == "Home"
        assert [notice.message for notice in driver.app._notifications] == ["There is no scenario called nope."]


async def test_the_theme_and_the_keys_of_the_settings_hold(opened):
    ui = FakeUi(theme="light", keymap={"home.history": "ctrl+y"})
    async with opened(fake_services(ui=ui)) as driver:
        assert driver.app.theme == "daylight"
        await driver.press("h")
        assert driver.screen == "Home"
        assert "^y History" in driver.keys
        await driver.press("ctrl+y")
        assert driver.screen == "HistoryScreen"


async def test_a_wrong_keymap_is_told_once(opened):
    async with opened(fake_services(ui=FakeUi(keymap={"home.nope": "x"}))) as driver:
        assert [notice.message for notice in driver.app._notifications] == ["Keys: No command is called home.nope."]


async def test_control_c_says_how_to_leave_and_does_not_leave(opened):
    async with opened() as driver:
        await driver.press("ctrl+c")
        assert driver.screen == "Home"
        told = [notice.message for notice in driver.app._notifications]
        assert told == ["^q closes the app and keeps everything; esc goes one step back."]


async def test_the_briefing_says_which_models_take_part(opened):
    services = fake_services()
    services.about = {**services.about, "Customer": "openai/small-1", "Judge": "offline"}
    async with opened(services, start=StartAt(place="briefing", scenario="budget-line")) as driver:
        assert driver.text("#who").endswith(", voiced by openai/small-1")
