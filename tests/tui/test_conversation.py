"""The conversation: talk, act, look things up, leave, come back."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from tui.conftest import NARROW, WIDE
from tui.fakes import ANSWERS, LAST_WORDS, OPENING, FakeUi, fake_services

from simulator.errors import ModelError, StorageError
from simulator.tui.services import StartAt
from simulator.tui.widgets.composer import Composer

BLANK = "\N{BRAILLE PATTERN BLANK}"


def bubbles(driver) -> list[str]:
    return [str(widget.visual) for widget in driver.app.screen.query(".bubble-text")]


def composer(driver) -> Composer:
    return driver.app.screen.query_one(Composer)


async def test_the_customer_opens_and_answers(in_conversation):
    async with in_conversation() as driver:
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        await driver.press(*"Hello", "enter")
        assert bubbles(driver)[1:] == ["You\nHello", f"Sofía Delgado\n{ANSWERS[0]}"]
        assert composer(driver).text == ""
        assert driver.services.sessions.said == [("Hello", None)]
        assert "1 reply" in driver.text("#top-note")


async def test_enter_sends_and_ctrl_j_begins_a_line(in_conversation):
    async with in_conversation() as driver:
        await driver.press(*"one", "ctrl+j", *"two", "shift+enter", *"three", "enter")
        assert driver.services.sessions.said == [("one\ntwo\nthree", None)]


async def test_an_empty_reply_is_not_sent(in_conversation):
    async with in_conversation() as driver:
        await driver.press("space", "enter")
        assert driver.services.sessions.said == []


async def test_pasted_text_is_kept_with_its_lines_and_without_controls(in_conversation):
    async with in_conversation() as driver:
        composer(driver).post_message(events.Paste("first line\r\nsecond \x1b[31mline"))
        await driver.settle()
        assert composer(driver).text == "first line\nsecond [31mline"
        await driver.press("enter")
        assert driver.services.sessions.said == [("first line\nsecond [31mline", None)]


async def test_up_and_down_at_the_edges_recall_earlier_replies(in_conversation):
    async with in_conversation() as driver:
        await driver.say("first")
        await driver.say("second")
        await driver.press(*"half", "up")
        assert composer(driver).text == "second"
        await driver.press("up", "up")
        assert composer(driver).text == "first"
        await driver.press("down", "down")
        assert composer(driver).text == "half"


async def test_up_moves_within_a_text_of_several_lines(in_conversation):
    async with in_conversation() as driver:
        await driver.say("earlier")
        await driver.press(*"one", "ctrl+j", *"two", "up")
        assert composer(driver).text == "one\ntwo"
        await driver.press("up")
        assert composer(driver).text == "earlier"


async def test_replies_of_before_a_break_can_be_recalled(opened):
    services = fake_services()
    session = await services.sessions.start("budget-line")
    async for _ in services.sessions.proceed(session.id):
        pass
    async for _ in services.sessions.say(session.id, "said before"):
        pass
    async with opened(services, start=StartAt(place="conversation", session=session.id)) as driver:
        await driver.press("up")
        assert composer(driver).text == "said before"


async def test_an_action_goes_with_the_next_reply_only(in_conversation):
    async with in_conversation() as driver:
        action = driver.services.library.scenarios["budget-line"].item.actions[1]
        await driver.press("f4", "down", "enter")
        assert action.label in driver.text("#action-chip")
        assert action.guardrail in driver.text("#action-chip")
        assert driver.app.screen.focused is composer(driver)
        await driver.say("I can do that.")
        assert driver.services.sessions.said == [("I can do that.", action.id)]
        assert f"▸ {action.label}" in bubbles(driver)[1]
        assert not driver.app.screen.query_one("#action-chip").display
        await driver.say("And now?")
        assert driver.services.sessions.said[-1] == ("And now?", None)


async def test_a_chosen_action_can_be_dropped(in_conversation):
    async with in_conversation() as driver:
        assert "Drop action" not in driver.keys
        await driver.press("f4", "enter")
        assert "Drop action" in driver.keys
        await driver.press("f8")
        await driver.say("Without it.")
        assert driver.services.sessions.said == [("Without it.", None)]


async def test_a_click_on_the_cross_drops_the_action(in_conversation):
    async with in_conversation() as driver:
        await driver.press("f4", "enter")
        await driver.click("#action-chip", offset=(2 + driver.text("#action-chip").index("✕"), 0))
        assert not driver.app.screen.query_one("#action-chip").display


async def test_choosing_the_action_again_drops_it(in_conversation):
    async with in_conversation() as driver:
        await driver.press("f4", "enter", "f4", "enter")
        assert not driver.app.screen.query_one("#action-chip").display


async def test_record_knowledge_and_mood_are_a_key_away(in_conversation):
    async with in_conversation() as driver:
        await driver.press("f3")
        assert driver.app.screen.query_one("#knowledge").display
        scenario = driver.services.library.scenarios["budget-line"].item
        assert scenario.knowledge[0].title in driver.texts("#knowledge Static")
        await driver.press("f2")
        assert "Team, 6 seats, paid yearly" in driver.texts("#record Static")
        assert "Frustration" in driver.text("#mood-panel")


async def test_the_mood_gauge_can_be_hidden_and_stays_hidden(in_conversation):
    async with in_conversation() as driver:
        assert "Frustration" in driver.text("#mood-strip")
        await driver.press("f5")
        assert not driver.app.screen.query_one("#mood-strip").display
        assert "hidden" in driver.text("#mood-panel")
        assert driver.services.ui.saved == [{"show_mood": False}]
        await driver.press("f5")
        assert driver.app.screen.query_one("#mood-strip").display


async def test_the_gauge_says_where_the_mood_is_going(in_conversation):
    async with in_conversation() as driver:
        await driver.say("Hello.")
        assert "Trust  rising" in driver.text("#mood-panel")
        assert "Frustration  falling" in driver.text("#mood-panel")


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stopped(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("simulator.tui.screens.conversation.monotonic", clock)
    return clock


@pytest.mark.usefixtures("stopped")
async def test_text_appears_at_a_human_pace_and_a_key_skips(in_conversation):
    async with in_conversation(fake_services(ui=FakeUi(pace="human"))) as driver:
        assert bubbles(driver) == []
        assert "is typing" in driver.text("#activity")
        assert "Skip" in driver.keys
        await driver.press("ctrl+s")
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        assert "Skip" not in driver.keys


@pytest.mark.usefixtures("stopped")
async def test_enter_shows_the_message_and_keeps_what_is_being_typed(in_conversation):
    async with in_conversation(fake_services(ui=FakeUi(pace="human"))) as driver:
        await driver.press(*"ahead", "enter")
        assert composer(driver).text == "ahead"
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        assert driver.services.sessions.said == []
        await driver.press("enter")
        assert driver.services.sessions.said == [("ahead", None)]


async def test_the_message_grows_with_time_and_keeps_its_place(in_conversation, stopped):
    async with in_conversation(fake_services(ui=FakeUi(pace="human"))) as driver:
        screen = driver.app.screen
        stopped.now += 1.0
        screen._tick()
        await driver.settle()
        grown = bubbles(driver)[0].removeprefix("Sofía Delgado\n")
        seen = grown.rstrip("\N{BRAILLE PATTERN BLANK} ")
        assert OPENING.startswith(seen)
        assert 0 < len(seen) < len(OPENING)
        size = driver.app.screen.query_one(".bubble-text").size
        stopped.now += 5.0
        screen._tick()
        await driver.settle()
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        assert driver.app.screen.query_one(".bubble-text").size == size
        assert "is typing" not in driver.texts()


async def test_a_draft_is_kept_and_comes_back(in_conversation, opened):
    services = fake_services()
    async with in_conversation(services) as driver:
        await driver.press(*"half a rep")
        await driver.press("escape", "down", "enter")
        assert driver.screen == "Home"
        assert await services.store.load_draft("fake0001") == "half a rep"
        await driver.press("home", "enter")
        assert driver.screen == "ConversationScreen"
        assert composer(driver).text == "half a rep"
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        await driver.press(*"ly", "enter")
        assert services.sessions.said == [("half a reply", None)]
    assert await services.store.load_draft("fake0001") == ""


async def test_the_draft_is_kept_when_the_app_is_quit(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        await driver.press(*"unsent")
        await driver.press("ctrl+q")
    assert await services.store.load_draft("fake0001") == "unsent"


async def test_a_failure_before_the_reply_is_kept_gives_the_text_back(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        services.sessions.fail_before_recording = StorageError("The disk is full", "Nothing was written", "Make room")
        await driver.say("A careful reply.")
        assert composer(driver).text == "A careful reply."
        assert "The disk is full. Nothing was written. Make room." in driver.text("#turn-error")
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}"]
        await driver.press("enter")
        assert services.sessions.said == [("A careful reply.", None)]
        assert not driver.app.screen.query_one("#turn-error").display


async def test_a_chosen_action_survives_a_failure(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        await driver.press("f4", "enter")
        services.sessions.fail_before_recording = StorageError("The disk is full")
        await driver.say("With it.")
        await driver.press("enter")
        assert services.sessions.said[-1][1] is not None


async def test_a_failure_after_the_reply_was_kept_asks_for_the_answer_again(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        services.sessions.fail_after_recording = ModelError("The model did not answer", "", "Try again")
        await driver.say("Kept reply.")
        assert composer(driver).text == ""
        assert bubbles(driver)[-1] == "You\nKept reply."
        assert "Your reply is kept" in driver.text("#turn-error")
        await driver.press(*"more", "enter")
        assert services.sessions.said == [("Kept reply.", None)]
        await driver.press("f9")
        assert bubbles(driver)[-1] == f"Sofía Delgado\n{ANSWERS[0]}"
        assert composer(driver).text == "more"


async def test_a_fault_of_ours_in_a_turn_is_told_beside_it(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        services.sessions.fail_before_recording = ZeroDivisionError("oops")
        await driver.say("My reply.")
        assert "This is a fault in the program." in driver.text("#turn-error")
        assert composer(driver).text == "My reply."
        assert isinstance(driver.app.fault, ZeroDivisionError)


async def test_escape_asks_and_staying_goes_on(in_conversation):
    async with in_conversation() as driver:
        await driver.press("escape")
        assert driver.screen == "ChoiceDialog"
        assert [row.splitlines()[0] for row in driver.options("#dialog-list")] == ["Stay", "Leave", "End now"]
        await driver.press("enter")
        assert driver.screen == "ConversationScreen"
        await driver.press("escape", "escape")
        assert driver.screen == "ConversationScreen"


async def test_ending_now_leads_to_the_reflection(in_conversation):
    async with in_conversation() as driver:
        await driver.press("escape", "down", "down", "enter")
        assert driver.screen == "ReflectionScreen"


@pytest.mark.usefixtures("stopped")
async def test_ending_while_the_customer_types_is_possible(in_conversation):
    async with in_conversation(fake_services(ui=FakeUi(pace="human"))) as driver:
        await driver.press("escape", "down", "down", "enter")
        assert driver.screen == "ReflectionScreen"


async def test_the_customers_end_closes_the_composer_and_tells_nothing_yet(in_conversation):
    services = fake_services(replies_until_end=1)
    async with in_conversation(services) as driver:
        await driver.say("Goodbye.")
        assert bubbles(driver)[-1] == f"Sofía Delgado\n{LAST_WORDS}"
        assert not composer(driver).display
        assert "The conversation is over." in driver.text("#ended-text")
        assert "onnected" not in driver.drawn()
        await driver.press("enter")
        assert driver.screen == "ReflectionScreen"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_everything_needed_is_on_screen(in_conversation, size):
    async with in_conversation(size=size) as driver:
        region = driver.app.screen.region
        for selector in ("#transcript", "#composer", "#key-bar", "#mood-strip"):
            widget = driver.app.screen.query_one(selector)
            assert widget.region.area > 0
            assert region.contains_region(widget.region)
        drawn = driver.drawn()
        for word in (
            "Send",
            "New line",
            "Record",
            "Knowledge",
            "Actions",
            "Mood",
            "Leave",
            "Help",
            "Menu",
            "Quit",
            "Trust",
        ):
            assert word in drawn


async def test_in_a_narrow_terminal_the_panel_opens_over_the_transcript(in_conversation):
    async with in_conversation(size=NARROW) as driver:
        assert not driver.app.screen.query_one("#side-panel").display
        await driver.press("f3")
        assert driver.app.screen.query_one("#side-panel").display
        assert not driver.app.screen.query_one("#talk").display
        assert driver.app.screen.region.contains_region(composer(driver).region)
        await driver.press("escape")
        assert driver.screen == "ConversationScreen"
        assert not driver.app.screen.query_one("#side-panel").display
        assert driver.app.screen.query_one("#talk").display
        assert driver.app.screen.focused is composer(driver)


async def test_in_a_wide_terminal_the_panel_is_always_there(in_conversation):
    async with in_conversation() as driver:
        assert driver.app.screen.query_one("#side-panel").region.width > 40
        await driver.press("f4", "escape")
        assert driver.app.screen.focused is composer(driver)
        assert driver.screen == "ConversationScreen"


async def test_a_session_that_a_crash_cut_off_goes_on_with_the_answer(opened):
    services = fake_services()
    session = await services.sessions.start("budget-line")
    async for _ in services.sessions.proceed(session.id):
        pass
    said = services.sessions.say(session.id, "Cut off.")
    await anext(said)
    await said.aclose()
    async with opened(services, start=StartAt(place="conversation", session=session.id)) as driver:
        assert bubbles(driver) == [f"Sofía Delgado\n{OPENING}", "You\nCut off.", f"Sofía Delgado\n{ANSWERS[0]}"]


async def test_a_reply_that_is_too_long_is_cut_and_that_is_said(in_conversation):
    async with in_conversation() as driver:
        await driver.say("word " * 5000)
        assert any("20,000 characters" in notice.message for notice in driver.app._notifications)


@pytest.mark.parametrize("pace", ["instant", "human"])
async def test_what_a_slow_model_has_said_so_far_is_shown_while_it_goes_on(in_conversation, pace):
    services = fake_services(ui=FakeUi(pace=pace))
    async with in_conversation(services) as driver:
        await driver.press("ctrl+s")
        held = services.sessions.typing_waits = asyncio.Event()
        composer(driver).write("Hello.")
        await driver.pilot.press("enter")
        while len(bubbles(driver)) < 3 or bubbles(driver)[-1].endswith(BLANK):
            await driver.pilot.pause(0.02)
        assert bubbles(driver)[-1] == f"Sofía Delgado\n{ANSWERS[0][:12]}"
        held.set()
        await driver.settle()
        await driver.press("ctrl+s")
        assert bubbles(driver)[-1] == f"Sofía Delgado\n{ANSWERS[0]}"


async def test_when_a_model_fails_a_key_goes_on_with_the_offline_customer(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        services.sessions.fail_after_recording = ModelError("The model did not answer", "", "Try again")
        await driver.say("Kept reply.")
        assert "Control-O goes on with the offline customer" in driver.text("#turn-error")
        assert "^o Offline" in driver.keys
        await driver.press("ctrl+o")
        assert services.sessions.offline == {"fake0001"}
        assert bubbles(driver)[-1] == f"Sofía Delgado\n{ANSWERS[0]}"
        assert "^o Offline" not in driver.keys


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_way_on_is_seen_however_much_there_is_to_say_about_a_failure(in_conversation, size):
    services = fake_services()
    async with in_conversation(services, size=size) as driver:
        detail = "The server at http://127.0.0.1:1234/v1 had an error of its own. " * 6
        services.sessions.fail_after_recording = ModelError("The model's server failed.", detail, "Look at it.")
        await driver.say("Kept reply.")
        drawn = driver.drawn()
        assert "Your reply is kept" in drawn
        assert "Control-O" in drawn


async def test_a_failure_that_is_no_models_offers_no_offline_customer(in_conversation):
    services = fake_services()
    async with in_conversation(services) as driver:
        services.sessions.fail_after_recording = StorageError("The disk is full", "", "Make room")
        await driver.say("Kept reply.")
        assert "F9 asks" in driver.text("#turn-error")
        assert "Control-O" not in driver.text("#turn-error")
        assert "^o Offline" not in driver.keys


async def test_an_error_before_any_reply_speaks_of_no_reply(opened):
    services = fake_services()
    services.sessions.fail_at_once = ModelError("The model did not answer", "", "Try again")
    async with opened(services, start=StartAt(place="conversation", scenario="budget-line")) as driver:
        assert "F9 asks for the message again" in driver.text("#turn-error")
        assert "Your reply" not in driver.text("#turn-error")
