"""A recorded session played again is the same session, to the byte, and the recording stays as it is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace

import pytest
from builders import INSULT, UNDERSTANDS, appraisal
from fakes import Desk, drain

from simulator.domain.behaviours import Appraisal
from simulator.domain.endings import EndingKind
from simulator.domain.events import (
    EVENT_ADAPTER,
    CustomerSpoke,
    ReplyJudged,
    SessionScored,
    StoredEvent,
    TraineeSpoke,
)
from simulator.domain.judgements import JudgedReply, PanelRef
from simulator.domain.scoring import JudgeRef, Rating
from simulator.domain.session import Phase, SessionState
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone
from simulator.engine.practice import PracticeSessions
from simulator.engine.replaying import ReplaySessions, in_pieces
from simulator.engine.sessions import CustomerSaid, CustomerTyping, Ended, ReplyRecorded
from simulator.errors import MoveError, NotFoundError
from simulator.storage import MemorySessionStore

READS: Mapping[str, Appraisal] = {
    "understand": UNDERSTANDS,
    "name": appraisal(empathy=3, concern="named"),
    "help": appraisal(offers=["hand-over"]),
    "insult": INSULT,
}


class Studio:
    """Where sessions are recorded, and played again."""

    def __init__(self, clock: object) -> None:
        self.recordings, self.copies = MemorySessionStore(), MemorySessionStore()
        self.desk = Desk(clock, READS)
        self.live = PracticeSessions(replace(self.desk.parts, store=self.recordings))
        self.replay = ReplaySessions(self.recordings, self.copies)

    async def record(self, *replies: str, action: str | None = None) -> tuple[str, list[object]]:
        """A session up to the trainee's last reply, with everything that was seen."""
        session = await self.live.start("parcel", seed=7)
        items = await drain(self.live.proceed(session.id))
        for n, reply in enumerate(replies, start=1):
            items += await drain(self.live.say(session.id, reply, action if n == len(replies) else None))
        return session.id, items

    async def watch(self, session_id: str) -> list[object]:
        """The recording as far as it goes, with everything that is seen."""
        opened = await self.replay.resume(session_id)
        items = await drain(self.replay.proceed(opened.id))
        while (move := self.replay.next_move(opened.id)) is not None:
            items += await drain(self.replay.say(opened.id, move.text, move.action))
        return items


@pytest.fixture
def studio(clock: object) -> Studio:
    return Studio(clock)


def as_bytes(log: tuple[StoredEvent, ...]) -> list[tuple[int, str, bytes]]:
    return [(stored.seq, stored.at.isoformat(), EVENT_ADAPTER.dump_json(stored.event)) for stored in log]


def as_text(state: SessionState) -> tuple[str, list[str]]:
    return state.model_dump_json(exclude={"used_lines"}), sorted(state.used_lines)


def without_typing(items: list[object]) -> list[object]:
    return [item for item in items if not isinstance(item, CustomerTyping)]


def typed(items: list[object]) -> str:
    return "".join(item.text for item in items if isinstance(item, CustomerTyping))


@pytest.mark.parametrize(
    "replies", [("understand", "help", "name", "help", "thanks"), ("insult", "insult", "insult", "insult")]
)
async def test_a_recorded_session_plays_again_to_the_byte(studio: Studio, replies: tuple[str, ...]) -> None:
    session_id, seen = await studio.record("hello")
    for reply in replies:
        if (await studio.live.state(session_id)).phase is Phase.ENDED:
            break
        seen += await drain(studio.live.say(session_id, reply))
    ended = (await studio.live.state(session_id)).phase is Phase.ENDED
    if not ended:
        await studio.live.stop(session_id)
    debrief = await studio.live.debrief(session_id)
    recorded = await studio.recordings.load(session_id)

    again = await studio.watch(session_id[:7])
    assert typed(again) == typed(seen)
    assert without_typing(again)[: len(without_typing(seen))] == without_typing(seen)
    assert isinstance(again[-1], Ended)
    assert await studio.replay.debrief(session_id) == debrief
    assert as_bytes(await studio.copies.load(session_id)) == as_bytes(recorded)
    assert as_text(await studio.replay.state(session_id)) == as_text(await studio.live.state(session_id))
    assert as_bytes(await studio.recordings.load(session_id)) == as_bytes(recorded), "the recording is only read"


async def test_moods_and_ratings_are_the_recorded_ones_not_computed_anew(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    studio.desk.appraiser.reads.clear()
    await studio.live.stop(session_id)
    await studio.live.debrief(session_id)
    asked = len(studio.desk.appraiser.asked)
    await studio.watch(session_id)
    await studio.replay.debrief(session_id)
    state = await studio.replay.state(session_id)
    assert state.appraised[0].appraisal == UNDERSTANDS
    assert state.moods == (await studio.live.state(session_id)).moods
    assert len(studio.desk.appraiser.asked) == asked


async def test_the_words_come_in_pieces_before_they_count(studio: Studio) -> None:
    session_id, _ = await studio.record()
    await studio.replay.resume(session_id)
    items = await drain(studio.replay.proceed(session_id))
    assert len(items) > 2
    assert isinstance(items[-1], CustomerSaid)
    assert typed(items) == items[-1].turn.text
    assert await drain(studio.replay.proceed(session_id)) == []


async def test_watching_that_is_broken_off_in_a_message_begins_the_message_again(studio: Studio) -> None:
    session_id, _ = await studio.record()
    await studio.replay.resume(session_id)
    first = studio.replay.proceed(session_id)
    await anext(first)
    await first.aclose()
    assert (await studio.replay.state(session_id)).turns == ()
    assert isinstance((await drain(studio.replay.proceed(session_id)))[-1], CustomerSaid)


async def test_an_action_is_played_even_when_the_watcher_does_not_choose_it(studio: Studio) -> None:
    session_id, _ = await studio.record("hello", "take it over", action="hand-over")
    await studio.replay.resume(session_id)
    await drain(studio.replay.proceed(session_id))
    await drain(studio.replay.say(session_id, "hello"))
    move = studio.replay.next_move(session_id)
    assert move is not None
    assert (move.text, move.action) == ("take it over", "hand-over")
    items = await drain(studio.replay.say(session_id, " take it over\r\n"))
    assert isinstance(items[0], ReplyRecorded)
    assert items[0].turn.action == "hand-over"


async def test_the_recording_opens_with_the_first_reply_at_hand(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    opened = await studio.replay.resume(session_id)
    assert (opened.id, opened.draft) == (session_id, "understand")
    assert opened.state.turns == ()


async def test_other_words_than_the_recorded_ones_are_refused_and_change_nothing(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    await studio.replay.resume(session_id)
    with pytest.raises(MoveError):
        await drain(studio.replay.say(session_id, "understand"))
    await drain(studio.replay.proceed(session_id))
    with pytest.raises(MoveError) as caught:
        await drain(studio.replay.say(session_id, "something better"))
    assert "cannot be changed" in caught.value.detail
    assert len((await studio.replay.state(session_id)).turns) == 1
    assert len(await drain(studio.replay.say(session_id, "understand"))) > 1


async def test_a_session_that_the_trainee_stopped_ends_where_it_was_stopped(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    await studio.live.stop(session_id)
    last = (await studio.watch(session_id))[-1]
    assert isinstance(last, Ended)
    assert last.ending is EndingKind.STOPPED
    assert studio.replay.next_move(session_id) is None


async def test_stopping_skips_to_the_recorded_end(studio: Studio) -> None:
    session_id, _ = await studio.record("understand", "help")
    await studio.live.stop(session_id)
    debrief = await studio.live.debrief(session_id)
    await studio.replay.resume(session_id)
    state = await studio.replay.stop(session_id)
    assert state.ending is EndingKind.STOPPED
    assert state.reply_count == 2
    assert await studio.replay.stop(session_id) == state
    assert await studio.replay.debrief(session_id) == debrief


async def test_a_session_that_was_not_ended_says_so(studio: Studio) -> None:
    session_id, seen = await studio.record("understand")
    again = await studio.watch(session_id)
    assert without_typing(again) == without_typing(seen)
    with pytest.raises(MoveError, match="recording ends here"):
        await studio.replay.stop(session_id)
    with pytest.raises(MoveError, match="not over"):
        await studio.replay.debrief(session_id)
    with pytest.raises(MoveError, match="recording"):
        await drain(studio.replay.say(session_id, "more"))


async def test_a_session_that_was_never_scored_is_not_scored_now(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    await studio.live.stop(session_id)
    await studio.watch(session_id)
    with pytest.raises(MoveError) as caught:
        await studio.replay.debrief(session_id)
    assert f"simulator show {session_id}" in caught.value.hint
    assert not any(isinstance(stored.event, SessionScored) for stored in await studio.copies.load(session_id))


async def test_what_the_trainee_understood_is_shown_and_not_asked_again(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    await studio.live.stop(session_id)
    accuracy = await studio.live.reflect(session_id, "fear", "letting somebody down")
    await studio.live.debrief(session_id)
    await studio.watch(session_id)
    assert (await studio.replay.state(session_id)).accuracy == accuracy
    assert await studio.replay.reflect(session_id, "anger", "nothing") == accuracy
    assert (await studio.replay.debrief(session_id)).accuracy == accuracy


async def test_a_skipped_reflection_stays_skipped(studio: Studio) -> None:
    session_id, _ = await studio.record("understand")
    await studio.live.stop(session_id)
    await studio.watch(session_id)
    with pytest.raises(MoveError, match="recording"):
        await studio.replay.reflect(session_id, "anger", "nothing")


async def test_what_judges_said_in_between_and_late_is_played_without_being_seen(studio: Studio) -> None:
    judged = JudgedReply(
        index=1,
        panel=PanelRef(judges=(JudgeRef(name="someone", version="1"),)),
        ratings=(Rating(criterion="paraphrasing", level=2, evidence=("under",), reason="in other words"),),
    )
    session_id, seen = await studio.record("understand")
    at, seq = studio.desk.parts.clock.now(), len(await studio.recordings.load(session_id)) - 1
    await studio.recordings.append(session_id, seq, at, [ReplyJudged(judged=judged)])
    studio.live = PracticeSessions(replace(studio.desk.parts, store=studio.recordings))
    seen += await drain(studio.live.say(session_id, "help"))
    await studio.live.stop(session_id)
    late = judged.model_copy(update={"index": 3})
    seq = len(await studio.recordings.load(session_id)) - 1
    await studio.recordings.append(session_id, seq, at, [ReplyJudged(judged=late)])
    studio.live = PracticeSessions(replace(studio.desk.parts, store=studio.recordings))
    accuracy = await studio.live.reflect(session_id, "fear", "letting somebody down")
    debrief = await studio.live.debrief(session_id)

    again = await studio.watch(session_id)
    assert without_typing(again)[:-1] == without_typing(seen)
    assert isinstance(again[-1], Ended)
    assert (await studio.replay.state(session_id)).accuracy == accuracy
    assert await studio.replay.debrief(session_id) == debrief
    assert (await studio.replay.state(session_id)).judged == (judged, late)
    assert studio.replay.judging_left(session_id) == 0
    await studio.replay.close()
    assert as_bytes(await studio.copies.load(session_id)) == as_bytes(await studio.recordings.load(session_id))


class CutShort:
    """Says one word and is left."""

    name = "someone"

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        yield SpeechDelta("But I ")
        yield SpeechDelta("never comes")


async def test_a_message_that_was_cut_short_is_cut_short_again(studio: Studio) -> None:
    session = await studio.live.start("parcel", seed=7)
    left = PracticeSessions(replace(studio.desk.parts, store=studio.recordings, customer=CutShort()))
    items = left.proceed(session.id)
    await anext(items)
    await items.aclose()
    again = await studio.watch(session.id)
    assert isinstance(again[-1], CustomerSaid)
    assert (again[-1].turn.text, again[-1].turn.interrupted) == ("But I", True)
    event = (await studio.copies.load(session.id))[1].event
    assert isinstance(event, CustomerSpoke)
    assert event.voiced_by == "someone"


async def test_a_reply_that_was_never_answered_is_shown_alone(studio: Studio) -> None:
    session_id, _ = await studio.record()
    seq = (await studio.recordings.load(session_id))[-1].seq
    at = studio.desk.parts.clock.now()
    await studio.recordings.append(session_id, seq, at, [TraineeSpoke(index=1, text="and then the power went")])
    last = (await studio.watch(session_id))[-1]
    assert isinstance(last, ReplyRecorded)
    assert last.turn.text == "and then the power went"


async def test_what_is_not_there_or_not_open_is_said(studio: Studio) -> None:
    session_id, _ = await studio.record()
    with pytest.raises(NotFoundError):
        await studio.replay.resume("nothing")
    with pytest.raises(MoveError, match="not open"):
        await studio.replay.state(session_id)
    with pytest.raises(MoveError, match="recording"):
        await studio.replay.start("parcel")


@pytest.mark.parametrize("text", ["", " ", "One two.", "  leading\n\nand trailing  ", "你好 👩‍👧\tx"])
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(in_pieces(text)) == text
