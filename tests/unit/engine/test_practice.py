from __future__ import annotations

from datetime import UTC, datetime

import pytest
from builders import appraisal
from fakes import Desk, SilentCustomer, drain

from simulator.domain.endings import EndingKind
from simulator.domain.events import CustomerSpoke, ReplyAppraised, SessionEnded, SessionStarted, TraineeSpoke
from simulator.domain.scoring import NotScored
from simulator.domain.session import Phase, fold
from simulator.domain.transcript import Speaker
from simulator.engine.sessions import CustomerSaid, CustomerTyping, Ended, ReplyRead, ReplyRecorded
from simulator.errors import MoveError, NotFoundError, SessionConflictError, StorageError


def kinds(items: list[object]) -> list[str]:
    """The items without the single words of the customer."""
    return [type(item).__name__ for item in items if not isinstance(item, CustomerTyping)]


# starting


async def test_a_start_is_stored_as_a_snapshot_with_its_hashes(desk: Desk) -> None:
    session = await desk.sessions.start("parcel", persona_id="kim", seed=5, mode="run")
    (event,) = desk.store.logs[session.id]
    assert isinstance(event, SessionStarted)
    assert (event.scenario_sha256, event.persona_sha256, event.rubric_sha256) == ("s1", "p2", "r1")
    assert (event.seed, event.mode, event.app_version) == (5, "run", "9.9")
    assert (event.customer_model, event.judge_model) == ("offline", "fake judge")
    assert event.scenario.brief.situation == "Kim Other has written."
    assert desk.store.times[session.id] == [datetime(2026, 3, 2, 8, 30, tzinfo=UTC)]


async def test_the_scenarios_own_persona_and_a_new_seed_are_used_unless_others_are_chosen(desk: Desk) -> None:
    first = await desk.sessions.start("parcel")
    second = await desk.sessions.start("parcel")
    assert first.state.started.persona.id == "robin"
    assert (first.state.started.seed, second.state.started.seed) == (100, 101)
    assert first.id != second.id


@pytest.mark.parametrize(("scenario_id", "persona_id"), [("parcle", None), ("parcel", "robbin")])
async def test_a_start_with_a_wrong_name_says_what_was_meant_and_stores_nothing(
    desk: Desk, scenario_id: str, persona_id: str | None
) -> None:
    with pytest.raises(NotFoundError) as caught:
        await desk.sessions.start(scenario_id, persona_id=persona_id)
    assert caught.value.hint in {"Did you mean parcel?", "Did you mean robin?"}
    assert desk.store.logs == {}


async def test_the_customer_begins_when_asked_to(desk: Desk) -> None:
    session = await desk.sessions.start("parcel")
    assert session.state.phase is Phase.CUSTOMER_TO_SPEAK
    items = await drain(desk.sessions.proceed(session.id))
    assert kinds(items) == ["CustomerSaid"]
    typed = "".join(item.text for item in items if isinstance(item, CustomerTyping))
    said = items[-1]
    assert isinstance(said, CustomerSaid)
    assert said.turn.text == typed
    assert said.state.disclosed == ("late",)
    assert said.state.phase is Phase.TRAINEE_TO_REPLY


async def test_there_is_nothing_to_proceed_with_while_the_trainee_is_asked(desk: Desk) -> None:
    session_id = await desk.begin()
    assert await drain(desk.sessions.proceed(session_id)) == []


# saying


async def test_a_turn_is_recorded_read_and_answered_in_this_order(desk: Desk) -> None:
    session_id = await desk.begin()
    items = await desk.say(session_id, "ask")
    assert kinds(items) == ["ReplyRecorded", "ReplyRead", "CustomerSaid"]
    assert desk.store.kinds(session_id) == [
        "session_started",
        "customer_spoke",
        "trainee_spoke",
        "reply_appraised",
        "customer_spoke",
    ]
    recorded, read = items[0], items[1]
    assert isinstance(recorded, ReplyRecorded)
    assert (recorded.turn.index, recorded.turn.text) == (1, "ask")
    assert isinstance(read, ReplyRead)
    assert [answer.fact for answer in read.decision.answers] == ["tried"]
    assert "tried" in (await desk.sessions.state(session_id)).disclosed


async def test_an_event_is_durable_before_it_is_shown(desk: Desk) -> None:
    session_id = await desk.begin()
    stored_when_shown = [
        (type(item).__name__, desk.store.kinds(session_id)[-1])
        async for item in desk.sessions.say(session_id, "ask")
        if not isinstance(item, CustomerTyping)
    ]
    assert stored_when_shown == [
        ("ReplyRecorded", "trainee_spoke"),
        ("ReplyRead", "reply_appraised"),
        ("CustomerSaid", "customer_spoke"),
    ]


async def test_the_mood_with_a_message_is_the_one_after_the_reply(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "understand")
    *_, appraised, spoke = desk.store.logs[session_id]
    assert isinstance(appraised, ReplyAppraised)
    assert isinstance(spoke, CustomerSpoke)
    assert spoke.mood == appraised.decision.mood


async def test_a_reply_is_cleaned_before_it_is_stored(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, " \x1b[31mHi\r\nyou\u202e ")
    reply = desk.store.logs[session_id][2]
    assert isinstance(reply, TraineeSpoke)
    assert reply.text == "[31mHi\nyou"
    assert desk.appraiser.asked[-1][0] == "[31mHi\nyou"


async def test_the_appraiser_sees_what_was_before_the_reply_and_no_more(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "ask", "help")
    reply, context = desk.appraiser.asked[1]
    assert reply == "help"
    assert [turn.index for turn in context.turns] == [0, 1, 2]
    assert context.turns[-1].speaker is Speaker.CUSTOMER
    assert context.disclosed == ("late", "tried")
    assert (context.action, context.need_met) == (None, False)


async def test_an_action_goes_with_the_reply(desk: Desk) -> None:
    session_id = await desk.begin()
    await drain(desk.sessions.say(session_id, "here", "trace"))
    assert desk.appraiser.asked[-1][1].action == "trace"
    assert (await desk.sessions.state(session_id)).turns[1].action == "trace"


async def test_an_action_that_the_scenario_does_not_allow_is_refused_and_nothing_is_stored(desk: Desk) -> None:
    session_id = await desk.begin()
    with pytest.raises(MoveError) as caught:
        await drain(desk.sessions.say(session_id, "here", "free-yacht"))
    assert "free-yacht" in caught.value.title
    assert "courier, hand-over, trace, voucher" in caught.value.hint
    assert len(desk.store.logs[session_id]) == 2


async def test_ratings_without_an_opportunity_are_taken_back_before_they_are_stored(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "understand", "blank")
    appraised = [e for e in desk.store.logs[session_id] if isinstance(e, ReplyAppraised)]
    taken_back = next(r for r in appraised[1].appraisal.ratings if r.criterion == "paraphrasing")
    assert isinstance(taken_back, NotScored)


async def test_nobody_speaks_out_of_turn(desk: Desk) -> None:
    session = await desk.sessions.start("parcel")
    with pytest.raises(MoveError, match="customer's turn"):
        await desk.say(session.id, "too soon")
    assert len(desk.store.logs[session.id]) == 1


async def test_an_ending_is_said_and_then_recorded(desk: Desk) -> None:
    session_id = await desk.begin()
    items = await desk.say(session_id, "insult", "insult")
    assert kinds(items)[-2:] == ["CustomerSaid", "Ended"]
    ended = items[-1]
    assert isinstance(ended, Ended)
    assert ended.ending is EndingKind.WALKED_OUT
    assert ended.state.phase is Phase.ENDED
    assert desk.store.kinds(session_id)[-2:] == ["customer_spoke", "session_ended"]


async def test_after_the_end_nothing_can_be_said(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "insult", "insult")
    stored = len(desk.store.logs[session_id])
    with pytest.raises(MoveError, match="over"):
        await desk.say(session_id, "wait!")
    assert await drain(desk.sessions.proceed(session_id)) == []
    assert len(desk.store.logs[session_id]) == stored


async def test_a_customer_who_never_finishes_is_an_error_and_the_turn_can_be_tried_again(desk: Desk) -> None:
    session = await desk.sessions.start("parcel")
    silent = desk.with_customer(SilentCustomer())
    with pytest.raises(MoveError, match="did not answer"):
        await drain(silent.proceed(session.id))
    assert desk.store.kinds(session.id) == ["session_started"]
    assert kinds(await drain(desk.sessions.proceed(session.id))) == ["CustomerSaid"]


# leaving


async def test_the_trainee_may_stop_at_any_time_and_once(desk: Desk) -> None:
    session_id = await desk.begin()
    state = await desk.sessions.stop(session_id)
    assert (state.phase, state.ending) == (Phase.ENDED, EndingKind.STOPPED)
    assert (await desk.sessions.stop(session_id, replies_ended=True)).ending is EndingKind.STOPPED
    assert desk.store.kinds(session_id).count("session_ended") == 1


async def test_a_headless_run_that_is_out_of_replies_says_so(desk: Desk) -> None:
    session_id = await desk.begin()
    assert (await desk.sessions.stop(session_id, replies_ended=True)).ending is EndingKind.REPLIES_ENDED


@pytest.mark.parametrize("cut_after", ["reply_appraised", "customer_spoke"])
async def test_stopping_does_not_undo_that_the_customer_had_left(desk: Desk, cut_after: str) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "insult", "insult")
    log = desk.store.logs[session_id]
    last = max(n for n, event in enumerate(log) if event.kind == cut_after)
    del log[last + 1 :], desk.store.times[session_id][last + 1 :]
    await desk.crash()
    assert (await desk.sessions.stop(session_id)).ending is EndingKind.WALKED_OUT


# reflecting and the debrief


async def test_reflection_and_debrief_come_after_the_end(desk: Desk) -> None:
    session_id = await desk.begin()
    with pytest.raises(MoveError, match="not over"):
        await desk.sessions.reflect(session_id, "fear", "x")
    with pytest.raises(MoveError, match="not over"):
        await desk.sessions.debrief(session_id)


async def test_the_first_reflection_counts(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.sessions.stop(session_id)
    first = await desk.sessions.reflect(session_id, "guilt", "letting \x1b her down")
    assert (first.feeling_score, first.concern_score, first.concern_said) == (1.0, 1.0, "letting  her down")
    second = await desk.sessions.reflect(session_id, "pride", "money")
    assert second == first
    assert desk.store.kinds(session_id).count("reflected") == 1


@pytest.mark.parametrize("crash", [False, True])
async def test_after_the_debrief_nothing_more_can_be_guessed(desk: Desk, crash: bool) -> None:
    session_id = await desk.begin()
    await desk.sessions.stop(session_id)
    shown = await desk.sessions.debrief(session_id)
    if crash:
        await desk.crash()
    with pytest.raises(MoveError, match="debrief has been shown"):
        await desk.sessions.reflect(session_id, "guilt", "letting her down")
    assert "reflected" not in desk.store.kinds(session_id)
    assert (await desk.sessions.debrief(session_id)) == shown
    assert shown.accuracy is None


async def test_a_reflection_from_before_the_debrief_is_still_told_after_it(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.sessions.stop(session_id)
    first = await desk.sessions.reflect(session_id, "guilt", "letting her down")
    assert (await desk.sessions.debrief(session_id)).accuracy == first
    assert await desk.sessions.reflect(session_id, "pride", "money") == first
    assert desk.store.kinds(session_id).count("reflected") == 1


async def test_a_debrief_scores_once_however_often_it_is_opened(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "understand", "ask", "help")
    await desk.sessions.stop(session_id)
    first = await desk.sessions.debrief(session_id)
    await desk.crash()
    assert await desk.sessions.debrief(session_id) == first
    assert desk.store.kinds(session_id).count("session_scored") == 1
    assert (first.scorecard.judge, first.scorecard.judge_version) == ("fake judge", "3")


async def test_a_session_without_a_reply_has_a_debrief_without_scores(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.sessions.stop(session_id)
    debrief = await desk.sessions.debrief(session_id)
    assert debrief.scorecard.overall.score is None
    assert debrief.scorecard.verdict == "insufficient data"
    assert debrief.stronger is None
    assert debrief.moments == ()


# storage trouble


async def test_a_failed_write_leaves_the_session_where_it_was(desk: Desk) -> None:
    session_id = await desk.begin()
    before = await desk.sessions.state(session_id)
    desk.store.fails = 1
    with pytest.raises(StorageError):
        await desk.say(session_id, "ask")
    assert await desk.sessions.state(session_id) == before
    assert kinds(await desk.say(session_id, "ask")) == ["ReplyRecorded", "ReplyRead", "CustomerSaid"]


async def test_a_write_whose_answer_was_lost_is_found_again(desk: Desk) -> None:
    """As when the turn is cancelled while the database thread still writes."""
    session_id = await desk.begin()
    desk.store.loses_answers = 1
    with pytest.raises(StorageError):
        await desk.say(session_id, "ask")
    assert (await desk.sessions.state(session_id)).turns[-1].text == "ask"
    assert kinds(await drain(desk.sessions.proceed(session_id))) == ["ReplyRead", "CustomerSaid"]


async def test_a_session_that_went_on_elsewhere_is_a_conflict_and_then_read_anew(desk: Desk) -> None:
    session_id = await desk.begin()
    other = Desk(desk.parts.clock, desk.appraiser.reads)
    other.store = desk.store
    other.sessions = desk.with_customer(desk.parts.customer)
    await other.say(session_id, "understand")
    with pytest.raises(SessionConflictError):
        await desk.say(session_id, "ask")
    assert "ask" not in [turn.text for turn in (await desk.sessions.state(session_id)).turns]
    await desk.say(session_id, "ask")
    said = [turn.text for turn in (await desk.sessions.state(session_id)).turns if turn.speaker is Speaker.TRAINEE]
    assert said == ["understand", "ask"]
    assert fold(desk.store.logs[session_id]) == await desk.sessions.state(session_id)


async def test_a_unique_beginning_of_the_id_will_do_for_every_use(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.sessions.start("parcel")
    await desk.crash()
    short = session_id[: len("session-1")]
    assert (await desk.sessions.resume(short)).id == session_id
    await desk.crash()
    await desk.say(short, "ask")
    await desk.sessions.stop(short)
    await desk.sessions.reflect(short, "guilt", "")
    assert (await desk.sessions.debrief(short)).session == session_id


async def test_an_unknown_session_is_said_to_be_unknown(desk: Desk) -> None:
    for use in (desk.sessions.resume, desk.sessions.stop, desk.sessions.debrief, desk.sessions.state):
        with pytest.raises(NotFoundError):
            await use("nothing")


async def test_a_resumed_session_brings_its_draft(desk: Desk) -> None:
    session_id = await desk.begin()
    desk.store.drafts[session_id] = "half a sent"
    await desk.crash()
    session = await desk.sessions.resume(session_id)
    assert session.draft == "half a sent"
    assert session.state.phase is Phase.TRAINEE_TO_REPLY


async def test_two_sessions_do_not_touch_each_other(desk: Desk) -> None:
    one, two = await desk.begin(), await desk.begin()
    await desk.say(one, "insult")
    assert (await desk.sessions.state(two)).reply_count == 0
    assert isinstance(desk.store.logs[two][-1], CustomerSpoke)
    assert not any(isinstance(event, SessionEnded) for event in desk.store.logs[two])


async def test_what_is_not_known_to_the_fake_is_a_plain_reply(desk: Desk) -> None:
    session_id = await desk.begin()
    await desk.say(session_id, "whatever")
    assert appraisal().model_dump(exclude={"ratings"}) == (await desk.sessions.state(session_id)).appraised[
        0
    ].appraisal.model_dump(exclude={"ratings"})
