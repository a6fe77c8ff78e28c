"""Replies are judged while the conversation goes on; whatever becomes of the judge, the session goes its way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import CRITERIA, appraisal, levels
from fakes import Desk, FakeStore, drain
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.engine.conftest import READS
from unit.engine.judges import FakeJudge, Outcome, ShakyStore, judged, seat, turns_of_the_loop

from simulator.domain.behaviours import Behaviour
from simulator.domain.events import CustomerSpoke, ReplyJudged, TraineeSpoke
from simulator.domain.scoring import NotScored, Rating
from simulator.domain.session import Phase, fold
from simulator.engine.background_judging import ENOUGH_FAILURES, MOST_AT_ONCE
from simulator.engine.debrief import Debrief
from simulator.engine.judging import Panel
from simulator.engine.live_sessions import LiveSessions
from simulator.engine.practice import PracticeSessions
from simulator.errors import ModelAccessError, ModelStalledError, SessionConflictError, StorageError
from simulator.reports.debrief_text import markdown, plain
from simulator.reports.session_document import session_document
from simulator.reports.tables import turns_csv
from simulator.storage import SqliteSessionStore

STALL = ModelStalledError("The model stalled.")
REPLIES = ("ask", "understand", "name")


def events_of(desk: Desk, session_id: str) -> list[ReplyJudged]:
    return [event for event in desk.store.logs[session_id] if isinstance(event, ReplyJudged)]


def card_levels(debrief: Debrief) -> dict[int, list[int | None]]:
    return {
        index: [r.level if isinstance(r, Rating) else None for r in ratings]
        for index, ratings in debrief.scorecard.ratings
    }


async def ended(desk: Desk, *replies: str) -> str:
    session_id = await desk.begin()
    await desk.say(session_id, *replies)
    await desk.sessions.stop(session_id)
    return session_id


# while the conversation goes on


async def test_a_slow_judge_holds_up_nobody_and_its_ratings_arrive_late(desk: Desk) -> None:
    judge = FakeJudge([1])
    seat(desk, judge)
    judge.hold()
    session_id = await desk.begin()
    await desk.say(session_id, "ask", "understand")
    state = await desk.sessions.state(session_id)
    assert state.phase is Phase.TRAINEE_TO_REPLY
    assert len(state.appraised) == 2
    assert state.judged == ()
    assert desk.sessions.judging_left(session_id) == 2
    judge.free.set()
    await judged(desk, session_id)
    await desk.say(session_id, "name")
    await judged(desk, session_id)
    state = await desk.sessions.state(session_id)
    assert [reply.index for reply in state.judged] == [1, 3, 5]
    assert fold(desk.store.logs[session_id]) == state


async def test_a_reply_is_judged_before_the_next_one_when_there_is_time(desk: Desk) -> None:
    seat(desk, FakeJudge())
    session_id = await desk.begin()
    await desk.say(session_id, "ask")
    await judged(desk, session_id)
    assert desk.store.kinds(session_id).count("reply_judged") == 1
    assert desk.sessions.judging_left(session_id) == 0


async def test_no_more_than_two_replies_are_judged_at_once(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    session_id = await desk.begin()
    await desk.say(session_id, *REPLIES, "blank")
    await turns_of_the_loop()
    assert desk.sessions.judging_left(session_id) == 4
    assert judge.turns == [1, 3]
    judge.free.set()
    await judged(desk, session_id)
    assert judge.most == MOST_AT_ONCE
    assert sorted(judge.turns) == [1, 3, 5, 7]


async def test_the_appraisal_stays_the_source_of_what_happens(desk: Desk) -> None:
    plain_session = await desk.begin()
    await desk.say(plain_session, *REPLIES)
    seat(desk, FakeJudge([0]))
    session_id = await desk.begin()
    await desk.say(session_id, *REPLIES)
    with_judge, without = [await desk.sessions.state(one) for one in (session_id, plain_session)]
    assert with_judge.appraised == without.appraised
    assert with_judge.turns == without.turns


async def test_without_a_panel_nothing_is_judged(desk: Desk) -> None:
    session_id = await ended(desk, *REPLIES)
    debrief = await desk.sessions.debrief(session_id)
    assert "reply_judged" not in desk.store.kinds(session_id)
    assert (debrief.scorecard.judge, debrief.scorecard.judges, debrief.notes) == ("fake judge", (), ())
    assert desk.sessions.judging_left(session_id) == 0
    await desk.sessions.close()


# the debrief


async def test_the_debrief_waits_for_what_is_outstanding_and_says_how_much_is_left(desk: Desk) -> None:
    judge = FakeJudge([3])
    seat(desk, judge)
    judge.hold()
    session_id = await ended(desk, *REPLIES)
    waiting = asyncio.create_task(desk.sessions.debrief(session_id))
    await turns_of_the_loop()
    assert not waiting.done()
    assert desk.sessions.judging_left(session_id) == 3
    judge.free.set()
    debrief = await waiting
    assert desk.sessions.judging_left(session_id) == 0
    assert sorted(judge.turns) == [1, 3, 5]
    assert card_levels(debrief)[1] == [None, 3, 3], "a question was the task just then, so empathy was not due"


async def test_the_scorecard_names_judges_versions_prompts_and_runs(desk: Desk) -> None:
    seat(desk, FakeJudge([2], name="one"), FakeJudge([3], name="two"), runs=2)
    session_id = await ended(desk, *REPLIES)
    card = (await desk.sessions.debrief(session_id)).scorecard
    assert (card.judge, card.judge_version, card.runs) == ("one, two", "7, 7", 2)
    assert [(j.name, j.version, j.prompt_sha256) for j in card.judges] == [
        ("one", "7", "f" * 64),
        ("two", "7", "f" * 64),
    ]
    assert (await desk.sessions.state(session_id)).started.judge_model == "one, two"


async def test_turns_moments_and_reports_show_the_scorecards_ratings(desk: Desk) -> None:
    """Two runs at 1 and 3: the lower is 1, the spread goes from 1 to 3; offline the reply had 2 in empathy."""
    judge = FakeJudge([1, 3, 3, 3])
    seat(desk, judge, runs=2)
    session_id = await desk.begin()
    for reply in ("understand", "blank"):
        await desk.say(session_id, reply)
        await judged(desk, session_id)
    await desk.sessions.stop(session_id)
    debrief = await desk.sessions.debrief(session_id)
    first, second = debrief.turns[1], debrief.turns[3]
    assert {getattr(rating, "level", None) for rating in first.ratings} == {1}
    assert {(spread.lowest, spread.highest) for spread in first.spreads} == {(1, 3)}
    assert any("level 3 here, level 0 by the offline judge" in note for note in second.judge_notes)
    assert [moment.turn for moment in debrief.moments if moment.kind == "connection"] == [3]
    state = await desk.sessions.state(session_id)
    document: dict[str, Any] = session_document(session_id, state)
    turns = document["turns"]
    named = {"name": "fake/model", "version": "7", "prompt_sha256": "f" * 64}
    assert (document["scorecard"]["judges"], document["scorecard"]["runs"]) == ([named], 2)
    assert (document["judge"], document["scorecard"]["judge"]) == ("fake/model", "fake/model")
    assert turns[1]["ratings"][0] == {
        "criterion": CRITERIA[0],
        "level": 1,
        "evidence": ["understand"],
        "reason": "judged 1",
        "spread": [1, 3],
    }
    assert turns_csv(session_id, state).splitlines()[2].endswith("1,1,1")
    assert "level 1 (1 to 3 in 2 ratings). judged 1" in markdown(debrief).replace("\\", "")
    words = " ".join(plain(debrief).split())
    assert "Scored by fake/model; each level is the median of 2 ratings, of two the lower." in words
    assert "Turn 2, cognitive empathy: the judges differ (1 to 3 in 2 ratings)." in words
    assert "Turn 4: Cognitive empathy: level 3 here, level 0 by the offline judge." in words


async def test_a_judge_that_leans_to_one_side_is_said_to(desk: Desk) -> None:
    seat(desk, FakeJudge([3]))
    debrief = await desk.sessions.debrief(await ended(desk, "ask", "ask me"))
    assert debrief.notes[0].startswith("Over the session the judge was more generous than the offline judge, by 2.")


async def test_a_debrief_that_is_opened_twice_at_once_is_scored_once(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    session_id = await ended(desk, "ask", "understand")
    both = [asyncio.create_task(desk.sessions.debrief(session_id)) for _ in range(2)]
    await turns_of_the_loop()
    judge.free.set()
    one, two = await asyncio.gather(*both)
    assert one == two
    assert desk.store.kinds(session_id).count("session_scored") == 1
    assert sorted(judge.turns) == [1, 3]


async def test_a_session_without_a_reply_asks_nobody(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    debrief = await desk.sessions.debrief(await ended(desk))
    assert debrief.scorecard.verdict == "insufficient data"
    assert (debrief.scorecard.judge, judge.asked) == ("fake/model", [])


# crashes, leaving, closing


async def test_after_a_crash_the_debrief_judges_what_is_missing_and_nothing_twice(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    session_id = await desk.begin()
    await desk.say(session_id, "ask")
    await judged(desk, session_id)
    judge.hold()
    await desk.say(session_id, "understand")
    await turns_of_the_loop()
    dead = desk.sessions
    await desk.crash()
    await dead.close()
    judge.free.set()
    assert (await desk.sessions.resume(session_id)).state.judged[0].index == 1
    await desk.sessions.stop(session_id)
    await desk.sessions.debrief(session_id)
    assert judge.turns == [1, 3, 3]
    assert [event.judged.index for event in events_of(desk, session_id)] == [1, 3]


async def test_closing_stops_every_judge_and_loses_nothing(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    one, two = await desk.begin(), await desk.begin()
    await desk.say(one, "ask", "understand")
    await desk.say(two, "ask")
    await turns_of_the_loop()
    await desk.sessions.close()
    assert desk.sessions.judging_left(one) == desk.sessions.judging_left(two) == 0
    assert judge.cancelled == 3
    assert len(asyncio.all_tasks()) == 1 + sum("prepare" in repr(task) for task in asyncio.all_tasks())
    judge.free.set()
    await desk.say(one, "name")
    await desk.sessions.stop(one)
    assert len((await desk.sessions.debrief(one)).scorecard.ratings) == 3
    assert [reply.index for reply in (await desk.sessions.state(one)).judged] == [1, 3, 5]


async def test_leaving_one_session_leaves_the_others_judge_alone(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    one, two = await desk.begin(), await desk.begin()
    await desk.say(one, "ask")
    await desk.say(two, "ask")
    await turns_of_the_loop()
    await desk.sessions.close(one)
    assert (desk.sessions.judging_left(one), desk.sessions.judging_left(two)) == (0, 1)
    judge.free.set()
    await judged(desk, two)


async def test_whoever_leaves_a_waiting_debrief_can_come_back_to_it(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    session_id = await ended(desk, "ask", "understand")
    waiting = asyncio.create_task(desk.sessions.debrief(session_id))
    await turns_of_the_loop()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await turns_of_the_loop()
    assert desk.sessions.judging_left(session_id) == 0
    assert "session_scored" not in desk.store.kinds(session_id)
    judge.free.set()
    assert (await desk.sessions.debrief(session_id)).scorecard.judge == "fake/model"


async def test_another_panel_judges_anew(desk: Desk) -> None:
    seat(desk, FakeJudge([1]))
    session_id = await ended(desk, "ask", "understand")
    await judged(desk, session_id)
    seat(desk, FakeJudge([3], name="better/model"))
    debrief = await desk.sessions.debrief(session_id)
    assert debrief.scorecard.judge == "better/model"
    assert card_levels(debrief)[1] == [None, 3, 3], "a question was the task just then, so empathy was not due"


# a judge that fails


async def test_a_judge_that_always_fails_breaks_nothing_and_the_offline_judge_scores(desk: Desk) -> None:
    judge = FakeJudge([ModelAccessError("There is no key for fake/model.", "FAKE_API_KEY is not set.")])
    seat(desk, judge)
    session_id = await ended(desk, "ask", "understand")
    await judged(desk, session_id)
    debrief = await desk.sessions.debrief(session_id)
    card = debrief.scorecard
    assert (card.judge, card.judge_version, card.judges) == ("fake judge", "3", ())
    assert debrief.notes == (
        (
            "The judge could not score this session, so the offline judge did. fake/model: There is no key for "
            "fake/model. FAKE_API_KEY is not set."
        ),
    )
    assert [index for index, _ in card.ratings] == [1, 3]
    state = await desk.sessions.state(session_id)
    assert [ratings for _, ratings in card.ratings] == [reply.appraisal.ratings for reply in state.appraised]
    assert "so the offline judge did" in " ".join(plain(debrief).split())
    assert session_document(session_id, await desk.sessions.state(session_id))["scorecard"]["notes"] == [  # type: ignore[index,call-overload]
        *debrief.notes
    ]


async def test_what_failed_is_tried_once_more_at_the_debrief_and_then_not_scored(desk: Desk) -> None:
    fails = {1: 1, 3: 99}

    def outcome(reply: object) -> Outcome:
        index: int = reply.index  # type: ignore[attr-defined]
        fails[index] = fails.get(index, 0) - 1
        return STALL if fails[index] >= 0 else 2

    judge = FakeJudge(outcome)
    seat(desk, judge)
    session_id = await ended(desk, *REPLIES)
    await judged(desk, session_id)
    assert sorted(judge.turns) == [1, 3, 5]
    debrief = await desk.sessions.debrief(session_id)
    assert sorted(judge.turns) == [1, 1, 3, 3, 5]
    assert card_levels(debrief)[1] == [None, 2, 2]
    third = dict(debrief.scorecard.ratings)[3]
    reasons = [rating.not_scored for rating in third if isinstance(rating, NotScored)]
    assert len(reasons) == 3
    assert reasons[:2] == ["The model stalled."] * 2
    assert "not called for" in reasons[2], "where nothing was due, that is the reason"
    assert debrief.notes[-2:] == (
        "1 of 3 replies could not be judged.",
        "A judge failed. fake/model: The model stalled.",
    )
    attempts = [(e.judged.index, e.judged.attempt) for e in events_of(desk, session_id)]
    assert sorted(attempts) == [(1, 1), (1, 2), (3, 1), (3, 2), (5, 1)], "the log keeps every attempt"


async def test_what_fails_at_the_debrief_is_tried_once_more_at_the_debrief(desk: Desk) -> None:
    judge = FakeJudge([STALL, STALL, 2])
    seat(desk, judge)
    judge.hold()
    session_id = await ended(desk, "understand", "blank")
    judge.free.set()
    debrief = await desk.sessions.debrief(session_id)
    assert sorted(judge.turns) == [1, 1, 3, 3]
    assert card_levels(debrief)[1] == [2, 2, 2]


async def test_a_judge_that_recovers_by_the_debrief_scores_everything(desk: Desk) -> None:
    judge = FakeJudge([*[STALL] * ENOUGH_FAILURES, 2])
    seat(desk, judge)
    session_id = await desk.begin()
    for reply in ("understand", "blank", "name", "ask"):
        await desk.say(session_id, reply)
        await judged(desk, session_id)
    assert judge.turns == [1, 3, 5]
    await desk.sessions.stop(session_id)
    debrief = await desk.sessions.debrief(session_id)
    assert sorted(judge.turns) == [1, 1, 3, 3, 5, 5, 7]
    assert all(any(level == 2 for level in found) for found in card_levels(debrief).values())
    assert debrief.scorecard.judge == "fake/model"


async def test_a_session_that_the_rules_alone_rate_is_no_failure_of_the_judge(desk: Desk) -> None:
    judge = FakeJudge([STALL])
    seat(desk, judge)
    desk.appraiser.reads["rate this 3"] = appraisal(Behaviour.TO_MACHINE)
    debrief = await desk.sessions.debrief(await ended(desk, "rate this 3", "rate this 3"))
    assert (debrief.scorecard.judge, debrief.notes, judge.asked) == ("fake/model", (), [])
    assert card_levels(debrief) == {1: [0, 0, 0], 3: [0, 0, 0]}


async def test_what_the_rules_rate_does_not_water_down_how_the_judge_leans(desk: Desk) -> None:
    """One reply rated 1 by the judge and 0 offline, three by rule: 1.0 on average, not 0.25."""
    seat(desk, FakeJudge([1]))
    desk.appraiser.reads["rate this 3"] = appraisal(Behaviour.TO_MACHINE)
    debrief = await desk.sessions.debrief(await ended(desk, "blank", *["rate this 3"] * 3))
    assert debrief.notes == (
        "Over the session the judge was more generous than the offline judge, by 1.0 levels on average.",
    )


async def test_the_weakest_reply_is_the_one_that_the_judge_found_weakest(desk: Desk) -> None:
    seat(desk, FakeJudge(lambda reply: 0 if reply.text == "understand" else 3))
    debrief = await desk.sessions.debrief(await ended(desk, "blank", "understand"))
    assert debrief.stronger is not None
    assert debrief.stronger.weak == "understand"


async def test_a_judge_that_fails_again_and_again_is_not_asked_for_ever(desk: Desk) -> None:
    judge = FakeJudge([STALL])
    seat(desk, judge)
    session_id = await desk.begin()
    for reply in ("understand", "ask", "understand", "ask", "understand"):
        await desk.say(session_id, reply)
        await judged(desk, session_id)
    assert len(judge.asked) == ENOUGH_FAILURES
    await desk.sessions.stop(session_id)
    debrief = await desk.sessions.debrief(session_id)
    assert len(judge.asked) <= 2 * (ENOUGH_FAILURES + MOST_AT_ONCE)
    assert debrief.scorecard.judge == "fake judge"


async def test_a_reply_that_the_rules_decided_does_not_hide_that_the_judge_failed(desk: Desk) -> None:
    seat(desk, FakeJudge([STALL]))
    desk.appraiser.reads["nothing due"] = READS["blank"].model_copy(update={"ratings": levels()})
    debrief = await desk.sessions.debrief(await ended(desk, "nothing due", "ask"))
    assert debrief.scorecard.judge == "fake judge"


async def test_answers_that_cannot_be_used_are_no_zeros(desk: Desk) -> None:
    useless = tuple(NotScored(criterion=c, not_scored="the judge's answer could not be read") for c in CRITERIA)
    judge = FakeJudge([useless])
    seat(desk, judge)
    debrief = await desk.sessions.debrief(await ended(desk, "ask", "understand"))
    assert debrief.scorecard.judge == "fake judge"
    assert "none of its answers could be used" in debrief.notes[0]
    assert len(judge.asked) == 2, "an answer that came is not asked for again"


# storage trouble


async def test_a_judge_and_a_conversation_write_to_one_file_without_a_conflict(desk: Desk, tmp_path: Path) -> None:
    store = SqliteSessionStore(tmp_path / "practice.db")
    judge = FakeJudge()
    desk.parts = replace(desk.parts, store=store, judge=Panel((judge,), runs=2))
    desk.sessions = PracticeSessions(desk.parts)
    session_id = await desk.begin()
    await desk.say(session_id, *REPLIES, "blank")
    desk.sessions, last = PracticeSessions(desk.parts), desk.sessions
    await last.close()
    await desk.sessions.stop(session_id)
    debrief = await desk.sessions.debrief(session_id)
    assert len(debrief.scorecard.ratings) == 4
    stored = await store.load(session_id)
    assert [item.seq for item in stored] == list(range(len(stored)))
    assert fold(item.event for item in stored) == await desk.sessions.state(session_id)
    assert (await store.summary(session_id)).overall == debrief.scorecard.overall.score
    await store.close()


async def test_leaving_while_the_customer_types_and_a_judge_writes_keeps_both(desk: Desk) -> None:
    judge = FakeJudge()
    seat(desk, judge)
    judge.hold()
    session_id = await desk.begin()
    items = desk.sessions.say(session_id, "ask")
    for _ in range(3):
        await anext(items)  # the customer has begun to type
    judge.free.set()
    await turns_of_the_loop()
    await items.aclose()
    assert desk.store.kinds(session_id)[-3:] == ["reply_appraised", "reply_judged", "customer_spoke"]
    state = await desk.sessions.state(session_id)
    assert state.turns[-1].interrupted
    assert fold(desk.store.logs[session_id]) == state


@pytest.mark.parametrize("trouble", ["judgements_fail", "judgements_lost"])
async def test_a_judgement_that_cannot_be_kept_does_not_disturb_the_customer(desk: Desk, trouble: str) -> None:
    store = ShakyStore()
    judge = FakeJudge()
    seat(desk, judge, store=store)
    session_id = await desk.begin()
    setattr(store, trouble, 1)
    items = desk.sessions.say(session_id, "ask")
    for _ in range(3):
        await anext(items)  # the customer has begun to type
    await judged(desk, session_id)
    assert getattr(store, trouble) == 0
    await drain(items)
    await desk.say(session_id, "understand")
    await desk.sessions.stop(session_id)
    await desk.sessions.debrief(session_id)
    state = await desk.sessions.state(session_id)
    assert fold(store.logs[session_id]) == state
    assert [reply.index for reply in state.judged] == [1, 3]
    assert [e.index for e in store.logs[session_id] if isinstance(e, TraineeSpoke | CustomerSpoke)] == [0, 1, 2, 3, 4]


async def test_a_debrief_that_cannot_keep_a_judgement_says_so_and_can_be_opened_again(desk: Desk) -> None:
    store = ShakyStore()
    seat(desk, FakeJudge(), store=store)
    store.judgements_fail = 99
    session_id = await ended(desk, "ask", "understand")
    with pytest.raises(StorageError):
        await desk.sessions.debrief(session_id)
    store.judgements_fail = 0
    assert (await desk.sessions.debrief(session_id)).scorecard.judge == "fake/model"


class SlowStore(FakeStore):
    """Takes a turn of the loop before it writes and one after."""

    async def append(self, *event: Any) -> int:
        await asyncio.sleep(0)
        seq = await super().append(*event)
        await asyncio.sleep(0)
        return seq


async def test_who_asks_for_a_session_while_it_is_written_gets_the_same_one(desk: Desk) -> None:
    desk.store = SlowStore()
    seat(desk, FakeJudge())
    session_id = await desk.begin()
    sessions = LiveSessions(desk.store, desk.parts.clock)
    live = await sessions.get(session_id)
    for turns in range(3):
        reply = TraineeSpoke(index=len(live.state.turns), text="a reply")
        writing = asyncio.create_task(sessions.append(live, [reply]))
        await turns_of_the_loop(turns)
        assert await sessions.get(session_id) is live
        assert await sessions.load(session_id) is live
        await writing
        assert (live.seq, live.state) == (len(desk.store.logs[session_id]) - 1, fold(desk.store.logs[session_id]))


async def test_two_moves_at_once_are_not_both_recorded(desk: Desk) -> None:
    desk.store = SlowStore()
    seat(desk, FakeJudge())
    session_id = await desk.begin()
    live = LiveSessions(desk.store, desk.parts.clock)
    one = await live.get(session_id)
    reply = TraineeSpoke(index=1, text="first")
    results = await asyncio.gather(
        live.append(one, [reply]),
        live.append(one, [reply.model_copy(update={"text": "second"})]),
        return_exceptions=True,
    )
    assert results[0] is None
    assert isinstance(results[1], SessionConflictError)
    assert desk.store.kinds(session_id).count("trainee_spoke") == 1


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_the_judge_does_every_session_reaches_a_debrief(data: st.DataObject) -> None:
    outcomes = data.draw(st.lists(st.sampled_from([0, 1, 2, 3, STALL]), min_size=1, max_size=12))
    replies = data.draw(st.lists(st.sampled_from(list(READS)), max_size=6))
    crash_after = data.draw(st.integers(0, 7))
    runs = data.draw(st.integers(1, 3))
    pauses = data.draw(st.lists(st.integers(0, 12), min_size=8, max_size=8))

    async def play() -> None:
        desk = Desk(_Clock(), READS)
        store = ShakyStore()
        store.judgements_fail, store.judgements_lost = pauses[6] % 3, pauses[7] % 3
        seat(desk, FakeJudge(outcomes), runs=runs, store=store)
        session_id = await desk.begin()
        for n, reply in enumerate(replies):
            if (await desk.sessions.state(session_id)).phase is Phase.ENDED:
                break
            await desk.say(session_id, reply)
            await turns_of_the_loop(pauses[n])
            if n == crash_after:
                dead: PracticeSessions = desk.sessions
                await desk.crash()
                await dead.close()
        await desk.sessions.stop(session_id)
        await judged(desk, session_id)
        store.judgements_fail = store.judgements_lost = 0
        debrief = await desk.sessions.debrief(session_id)
        state = await desk.sessions.state(session_id)
        assert fold(store.logs[session_id]) == state
        assert [index for index, _ in debrief.scorecard.ratings] == [reply.index for reply in state.appraised]
        assert [turn.index for turn in state.turns] == list(range(len(state.turns)))
        assert desk.sessions.judging_left(session_id) == 0

    asyncio.run(play())


class _Clock:
    def now(self) -> object:
        return datetime(2026, 3, 2, tzinfo=UTC)
