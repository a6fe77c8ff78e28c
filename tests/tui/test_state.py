"""What is on screen follows from what happened, without any screen."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from tui.fakes import OPENING, fake_services

from simulator.domain.endings import EndingKind
from simulator.engine.sessions import CustomerSaid, CustomerTyping, Ended, ReplyRead, ReplyRecorded
from simulator.tui.error_text import ErrorNote
from simulator.tui.state import conversation as reducer
from simulator.tui.state.conversation import Activity, ConversationView
from simulator.tui.state.recall import Recall, newer, older, said
from simulator.tui.state.scales import band_bar, gauge
from simulator.tui.state.shelf import Filter, next_choice, problems_notice, shelf

NOTE = ErrorNote("It broke.")


async def view_and_items(replies: tuple[str, ...] = (), *, ends: bool = False) -> tuple[ConversationView, list[object]]:
    """The view before the last reply, and the items that follow it."""
    services = fake_services(replies_until_end=len(replies) if ends else 99)
    session = await services.sessions.start("budget-line")
    if not replies:
        return reducer.opened(session), [item async for item in services.sessions.proceed(session.id)]
    async for _ in services.sessions.proceed(session.id):
        pass
    for reply in replies[:-1]:
        async for _ in services.sessions.say(session.id, reply):
            pass
    view = reducer.opened(await services.sessions.resume(session.id))
    return view, [item async for item in services.sessions.say(session.id, replies[-1])]


def apply(view: ConversationView, items: list[object]) -> ConversationView:
    for item in items:
        view = reducer.received(view, item)
    return view


async def test_a_new_session_waits_for_the_opening_message():
    view, _ = await view_and_items()
    assert view.activity is Activity.READING
    assert view.bubbles == ()
    assert not view.may_reply


async def test_what_has_arrived_is_not_visible_before_its_time():
    view, items = await view_and_items()
    view = apply(view, items)
    assert view.activity is Activity.TYPING
    assert view.is_revealing
    assert view.shown_bubbles == ()


async def test_a_message_appears_little_by_little_and_then_it_is_the_trainees_turn():
    view, items = await view_and_items()
    view = reducer.ticked(apply(view, items), 0.8, "human")
    view = reducer.ticked(view, 1.0, "human")
    visible = view.shown_bubbles[-1].text
    assert OPENING.startswith(visible)
    assert 0 < len(visible) < len(OPENING)
    view = reducer.ticked(view, 4.0, "human")
    assert view.bubbles[-1].text == OPENING
    assert view.may_reply


@pytest.mark.parametrize(("pace", "limit"), [("human", 4.0), ("quick", 1.2)])
@pytest.mark.parametrize("length", [1, 30, 200, 5000])
def test_no_message_takes_longer_than_the_limit_of_its_pace(pace, limit, length):
    assert length / reducer.reveal_cps(length, 3.0, pace) <= limit + 1e-9


def test_instant_pace_has_no_limit():
    assert reducer.reveal_cps(100, 3.0, "instant") == math.inf


async def test_skipping_shows_everything_at_once():
    view, items = await view_and_items()
    view = reducer.skipped(apply(view, items))
    assert view.bubbles[-1].text == OPENING
    assert not view.is_revealing


async def test_skipping_before_the_message_is_complete_does_not_end_it():
    view, items = await view_and_items()
    deltas = [item for item in items if isinstance(item, CustomerTyping)]
    view = reducer.skipped(apply(view, deltas[:1]))
    assert view.shown_bubbles[-1].text == deltas[0].text
    assert not view.may_reply
    view = reducer.skipped(apply(view, [item for item in items if isinstance(item, CustomerSaid)]))
    assert view.may_reply


async def test_the_reply_is_shown_only_when_it_is_durable():
    view, items = await view_and_items(("Hello, I can look into that.",))
    sending = reducer.sending(view, "Hello, I can look into that.")
    assert sending.shown_bubbles == view.shown_bubbles
    recorded = reducer.received(sending, next(item for item in items if isinstance(item, ReplyRecorded)))
    assert recorded.bubbles[-1].speaker == "trainee"
    assert recorded.activity is Activity.READING


async def test_the_mood_changes_with_the_answer_and_not_before_it():
    view, items = await view_and_items(("Hello.",))
    before = view.mood
    read = apply(view, [item for item in items if isinstance(item, (ReplyRecorded, ReplyRead))])
    assert read.mood == before
    answered = reducer.skipped(apply(view, items))
    assert answered.mood != before
    assert answered.mood_before == before


async def test_the_end_shows_after_the_last_words():
    view, items = await view_and_items(("Hello.",), ends=True)
    view = apply(view, items)
    assert view.ending is None
    view = reducer.skipped(view)
    assert view.activity is Activity.ENDED
    assert view.ending == EndingKind.CONNECTED.value


async def test_an_end_without_words_shows_at_once():
    view, items = await view_and_items(("Hello.",), ends=True)
    ended = next(item for item in items if isinstance(item, Ended))
    assert reducer.received(view, ended).activity is Activity.ENDED


async def test_a_reply_that_was_not_kept_goes_back():
    view, _ = await view_and_items(("Hello.",))
    failed = reducer.failed(reducer.sending(view, "My long reply"), NOTE)
    assert failed.restored == "My long reply"
    assert failed.may_reply
    assert not failed.retry
    assert failed.error == NOTE


async def test_a_reply_that_was_kept_waits_for_its_answer():
    view, items = await view_and_items(("Hello.",))
    view = reducer.sending(view, "Hello.")
    view = reducer.received(view, items[0])
    failed = reducer.failed(view, NOTE)
    assert failed.restored is None
    assert failed.retry
    assert not failed.may_reply
    assert reducer.proceeding(failed).error is None


async def test_half_a_message_is_not_shown_after_a_failure():
    view, items = await view_and_items(("Hello.",))
    deltas = [item for item in items if not isinstance(item, CustomerSaid)]
    failed = reducer.failed(reducer.skipped(apply(view, deltas)), NOTE)
    assert failed.shown_bubbles[-1].speaker == "trainee"


async def test_a_stream_that_brings_nothing_leaves_the_move_to_the_trainee():
    view, _ = await view_and_items(("Hello.",))
    assert reducer.finished(reducer.proceeding(view)).may_reply


async def test_control_characters_of_the_model_do_not_reach_the_screen():
    view, _ = await view_and_items()
    view = reducer.received(view, CustomerTyping("a\x1b[31mred\x07"))
    assert reducer.skipped(view).shown_bubbles[-1].text == "a[31mred"


def test_recall_goes_back_and_forth_and_returns_what_was_typed():
    recall = Recall(("first", "second"))
    one = older(recall, "half a reply")
    two = older(one, one.text)
    assert (one.text, two.text) == ("second", "first")
    assert older(two, two.text) == two
    assert newer(two).text == "second"
    assert newer(newer(two)).text == "half a reply"
    assert newer(recall) == recall


def test_what_is_sent_can_be_recalled():
    assert older(said(Recall(), "sent"), "").text == "sent"


@pytest.fixture
def rows():
    services = fake_services()
    return shelf(services.library, services.rubric, {"budget-line": 71.6})


def test_easy_scenarios_come_first(rows):
    assert rows[0].id == "budget-line"
    assert [row.difficulty for row in rows] == sorted(
        (row.difficulty for row in rows), key=["easy", "medium", "hard"].index
    )


def test_the_best_score_is_shown_and_else_that_it_is_new(rows):
    assert [row.best_text for row in rows[:2]] == ["best 72", "new"]


def test_names_are_filled_into_what_home_shows(rows):
    assert all("{" not in row.situation + row.summary for row in rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hearing", {"quiet-hearing-aids"}),
        ("EMAIL hearing", {"quiet-hearing-aids"}),
        ("sofía", {"budget-line"}),
        ("nothing like this", set()),
        ("", {"budget-line", "export-crash", "latency-again", "locked-out-savings", "quiet-hearing-aids"}),
    ],
)
def test_every_word_of_a_search_must_be_somewhere(rows, query, found):
    assert {row.id for row in rows if Filter(query).admits(row)} == found


def test_filters_narrow_down_together(rows):
    admitted = [row for row in rows if Filter(difficulty="medium", channel="email").admits(row)]
    assert {row.channel for row in admitted} == {"email"}
    assert len(admitted) == 2


def test_choices_cycle_through_to_all():
    assert next_choice(("a", "b"), None) == "a"
    assert next_choice(("a", "b"), "a") == "b"
    assert next_choice(("a", "b"), "b") is None
    assert next_choice((), None) is None


def test_problems_are_told_in_one_line(problem):
    other = problem.model_copy(update={"file": "personas/y.toml"})
    assert problems_notice(()) == ""
    notice = problems_notice((problem, other))
    assert "\n" not in notice
    assert notice.startswith("2 content files have 2 problems, first in x.toml line 3: Unknown key.")


def test_a_gauge_is_full_at_one_and_empty_at_none():
    assert [piece.text for piece in gauge(1.0, 4)] == ["━━━━"]
    assert [piece.part for piece in gauge(0.0, 4)] == ["empty"]
    assert [len(piece.text) for piece in gauge(0.5, 4)] == [2, 2]


def test_the_band_bar_places_score_band_and_pass_mark():
    pieces = band_bar(50, 25, 75, 100, 5)
    assert "".join(piece.text for piece in pieces) == "─━●━┃"
    assert [piece.part for piece in pieces] == ["track", "band", "score", "band", "mark"]


@pytest.mark.parametrize("value", [-10.0, 0.0, 55.5, 100.0, 140.0])
def test_the_band_bar_keeps_its_width(value):
    assert sum(len(piece.text) for piece in band_bar(value, value - 5, value + 5, 60, 30)) == 30


async def test_a_resumed_session_shows_everything_said_so_far():
    view, _ = await view_and_items(("One.", "Two."))
    assert [bubble.speaker for bubble in view.bubbles] == ["customer", "trainee", "customer"]
    assert view.may_reply
    assert replace(view, activity=Activity.ENDED).may_reply is False
