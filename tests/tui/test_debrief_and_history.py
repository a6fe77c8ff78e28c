"""After the conversation: looking back, the debrief, and past sessions."""

from __future__ import annotations

import pytest
from tui.conftest import NARROW, WIDE
from tui.fakes import FakeServices, fake_services

from simulator.errors import ScoringError, StorageError
from simulator.tui.screens.reflection import FEELINGS
from simulator.tui.services import StartAt
from simulator.tui.state.mood_points import MoodPoint
from simulator.tui.widgets.mood_plot import plot_ansi


async def finished(services: FakeServices, replies: tuple[str, ...] = ("Let me give that back to you.",)) -> str:
    """A session that has ended."""
    sessions = services.sessions
    session = await sessions.start("budget-line")
    async for _ in sessions.proceed(session.id):
        pass
    for reply in replies:
        async for _ in sessions.say(session.id, reply):
            pass
    await sessions.stop(session.id)
    return session.id


async def test_the_reflection_offers_every_feeling_and_tells_no_answer(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        assert driver.screen == "ReflectionScreen"
        drawn = driver.drawn().casefold()
        assert all(feeling in drawn for feeling in FEELINGS)
        concern = services.library.scenarios["budget-line"].item.concern
        assert concern.statement.casefold() not in drawn


async def test_what_was_read_is_kept_before_the_debrief(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        await driver.press("right", "enter", *"the budget", "enter")
        assert driver.screen == "DebriefScreen"
        accuracy = (await services.sessions.state(session)).accuracy
        assert (accuracy.feeling_said, accuracy.concern_said) == (sorted(FEELINGS)[1], "the budget")
        await driver.press("6")
        assert "you said anxiety" in driver.texts()


async def test_an_answer_that_is_half_given_is_asked_for(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        await driver.press("ctrl+s")
        assert "Choose a feeling first" in driver.text("#reflection-note")
        await driver.press("enter", "ctrl+s")
        assert "Write what they were worried about" in driver.text("#reflection-note")
        assert driver.screen == "ReflectionScreen"


async def test_a_feeling_can_be_clicked(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        await driver.click("#feelings", offset=(2, 1))
        assert "● Embarrassment" in driver.text("#feelings")


async def test_the_reflection_may_be_skipped_and_is_then_not_scored(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        await driver.press("f10", "6")
        assert driver.screen == "DebriefScreen"
        assert "You skipped the question" in driver.texts()


async def test_who_was_asked_before_goes_straight_to_the_debrief(opened):
    services = fake_services()
    session = await finished(services)
    await services.sessions.reflect(session, "shame", "money")
    async with opened(services) as driver:
        driver.app.nav.reflect(session)
        await driver.settle()
        assert driver.screen == "DebriefScreen"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_section_of_the_debrief_shows_its_evidence(opened, size):
    services = fake_services()
    session = await finished(services, ("Let me give that back to you.", "And what is it for?"))
    scenario = services.library.scenarios["budget-line"].item
    expected = {
        "1": ("Stopped by you", "Overall", "56", "47 to 66", "borderline", "Cognitive empathy", "Typical, level 2",
              "Not scored", "There was nothing to ask about.", "pass mark 55", "resampling"),
        "2": ("Let me give that back to you.", "“Let me give that back to you.”", "Says what it is like for them.",
              "paraphrased the situation", "frustration -0.08", "not scored, there was nothing left to ask",
              "Connection"),
        "3": ("Connection", "It named the worry.", "Missed", "The date was passed over."),
        "4": ("Frustration", "Anxiety", "Trust", "at first"),
        "5": ("4 of 5", "3 of 7", "8 of 10", "+0.31", "found a way that ends by itself"),
        "6": (scenario.concern.statement, scenario.goal.statement, scenario.need.statement,
              scenario.facts[-1].statement),
        "7": ("You wrote, turn 2", scenario.exemplars.paraphrase[0], "What does the work"),
    }  # fmt: skip
    async with opened(services, start=StartAt(place="debrief", session=session), size=size) as driver:
        for key, parts in expected.items():
            await driver.press(key)
            page = driver.app.screen.query_one("ContentSwitcher").current
            shown = driver.texts(f"#{page} Static")
            for part in parts:
                assert part in shown, (key, part)


async def test_the_tabs_can_be_clicked(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services, start=StartAt(place="debrief", session=session)) as driver:
        await driver.click("#tab-3")
        assert driver.app.screen.query_one("ContentSwitcher").current == "page-3"


async def test_the_same_scenario_can_be_played_again(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services, start=StartAt(place="debrief", session=session)) as driver:
        await driver.press("a")
        assert driver.screen == "BriefingScreen"
        await driver.press("escape")
        assert driver.screen == "Home"


async def test_a_debrief_that_cannot_be_built_says_why(opened):
    services = fake_services()
    session = await finished(services)

    async def broken(_session_id):
        raise ScoringError("The judge did not answer", "Nothing was scored", "Open it again later")

    services.sessions.debrief = broken
    async with opened(services, start=StartAt(place="debrief", session=session)) as driver:
        assert "The judge did not answer." in driver.text("#debrief-message")
        await driver.press("1", "a")
        assert driver.screen == "DebriefScreen"
        await driver.press("escape")
        assert driver.screen == "Home"


async def test_a_debrief_without_replies_has_nothing_to_rewrite(opened):
    services = fake_services()
    session = await finished(services, ())
    async with opened(services, start=StartAt(place="debrief", session=session)) as driver:
        await driver.press("7")
        assert "No reply stood out" in driver.texts("#page-7 Static")
        await driver.press("4")
        assert "Too few messages" in driver.text("#plot-canvas")


def test_the_plot_has_its_size_and_its_scale():
    points = (MoodPoint(1, 0.8, 0.5, 0.2), MoodPoint(3, 0.5, 0.4, 0.4), MoodPoint(5, 0.2, 0.1, 0.9))
    ansi = plot_ansi(points, [(1, 1, 1), (2, 2, 2), (3, 3, 3)], (9, 9, 9), (0, 0, 0), 60, 12)
    assert len(ansi.splitlines()) == 12
    assert all(word in ansi for word in ("none", "some", "full"))
    assert all(f"38;2;{n};{n};{n}" in ansi for n in (1, 2, 3))


async def test_history_shows_the_newest_first_with_score_and_end(opened):
    services = fake_services()
    session = await finished(services)
    await services.sessions.debrief(session)
    unfinished = await services.sessions.start("export-crash")
    async for _ in services.sessions.proceed(unfinished.id):
        pass
    async with opened(services) as driver:
        await driver.press("h")
        rows = driver.options("#sessions")
        assert rows[0].startswith("It stops at 80 percent   Unfinished")
        assert rows[1].startswith("Six questions about seats   Stopped by you   56  47 to 66")
        assert "02 Mar 2026" in rows[1]
        await driver.press("enter")
        assert driver.screen == "ConversationScreen"


async def test_history_opens_the_debrief_of_what_has_ended(opened):
    services = fake_services()
    session = await finished(services)
    await services.sessions.reflect(session, "shame", "money")
    async with opened(services) as driver:
        await driver.press("h", "enter")
        assert driver.screen == "DebriefScreen"


async def test_history_comes_in_pages(opened):
    services = fake_services()
    for _ in range(25):
        await services.sessions.start("budget-line")
    async with opened(services) as driver:
        await driver.press("h")
        assert len(driver.options("#sessions")) == 20
        assert "Newer" not in driver.keys
        await driver.press("n")
        assert len(driver.options("#sessions")) == 5
        assert "page 2" in driver.text("#top-note")
        assert "Older" not in driver.keys
        await driver.press("p")
        assert len(driver.options("#sessions")) == 20


async def test_a_session_is_deleted_only_when_confirmed(opened):
    services = fake_services()
    session = await finished(services)
    async with opened(services) as driver:
        await driver.press("h", "d", "enter")
        assert len(driver.options("#sessions")) == 1
        await driver.press("d", "down", "enter")
        assert driver.options("#sessions") == []
        assert "No sessions yet" in driver.text("#history-message")
        assert await services.store.history(limit=5) == ()
        assert session


async def test_a_store_that_fails_is_told_where_it_matters(opened):
    services = fake_services()

    async def broken(**_options):
        raise StorageError("The database is locked", "Another program holds it", "Try again in a moment")

    async with opened(services) as driver:
        services.store.history = broken
        await driver.press("h")
        assert "The database is locked." in driver.text("#history-message")
        await driver.press("escape")
        assert "The database is locked." in driver.text("#notice")
        assert len(driver.options("#shelf")) == 5
