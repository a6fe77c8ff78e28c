"""A real language model behind LiteLLM: far too small to be a good customer, and so the right one to be guarded."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from functools import cache

import pytest
from builders import rubric, started
from local_model import NAME, LocalModel, serving, why_missing

from simulator.content import load_library
from simulator.customers import ScriptedCustomer, VoicedCustomer
from simulator.domain.events import CustomerSpoke, TraineeSpoke
from simulator.domain.scoring import Rating
from simulator.domain.session import Phase, SessionState, advance, fold
from simulator.domain.transcript import Speaker
from simulator.engine.chat import ChatDelta, ChatDone, ChatRequest, Message, ResponseFormat, Role
from simulator.engine.debrief import Debrief
from simulator.engine.judging import reply_to_judge
from simulator.engine.library import Library
from simulator.engine.ports import Customer
from simulator.engine.practice import Parts, PracticeSessions
from simulator.engine.trainees import Hostile, Move
from simulator.errors import ModelError
from simulator.judging.model_judge import ModelJudge
from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.llm.litellm_model import LiteLLMModel, ModelOptions
from simulator.llm.recording import RecordingModel
from simulator.llm.replay import ReplayModel
from simulator.storage import MemorySessionStore

SCENARIO = "export-crash"
TRAINEE = Hostile()
"""Makes this customer leave after two replies: every message costs up to two calls of a slow model."""
SEED = 7
PATIENCE_S = 150.0
"""A thousand tokens to read take ten seconds, and many times that beside busy neighbours."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalModel]:
    if reason := why_missing():
        if os.environ.get("CI_NEVER_SKIPS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with serving(tmp_path_factory.mktemp("local-model")) as started:
        yield started


@pytest.fixture
def model(server: LocalModel) -> LiteLLMModel:
    return LiteLLMModel(ModelOptions(NAME, server.api_base, temperature=0.0, timeout_s=PATIENCE_S, max_tokens=48))


def asked(text: str, *, max_tokens: int = 24, response_format: ResponseFormat | None = None) -> ChatRequest:
    messages = (Message(Role.SYSTEM, "You answer in few words."), Message(Role.USER, text))
    return ChatRequest("doctor", "none", "", messages, response_format=response_format, max_tokens=max_tokens)


async def idle(server: LocalModel) -> None:
    """Wait until the server works on nothing."""
    while await asyncio.to_thread(server.is_busy):  # noqa: ASYNC110 - another process cannot set an event
        await asyncio.sleep(0.02)


async def test_an_answer_streams(model: LiteLLMModel) -> None:
    pieces: list[str] = []
    done: ChatDone | None = None
    async for item in model.stream(asked("Say hello to Robin.")):
        if isinstance(item, ChatDelta):
            pieces.append(item.text)
        else:
            done = item
    assert done is not None
    assert len(pieces) > 2
    assert "".join(pieces).strip() == done.text.strip()
    assert done.usage.prompt_tokens is not None
    assert done.usage.prompt_tokens > 10
    assert done.usage.completion_tokens is not None
    assert 2 < done.usage.completion_tokens <= 24
    assert done.usage.cost_usd is None, "nobody knows what a server of one's own costs"
    assert done.first_text_s is not None
    assert 0 < done.first_text_s <= done.latency_s


async def test_an_answer_that_is_too_long_is_cut_and_says_so(model: LiteLLMModel) -> None:
    done = await model.complete(asked("Count from one to a hundred.", max_tokens=6))
    assert done.finish_reason == "length"
    assert done.usage.completion_tokens == 6


RATING = {
    "type": "object",
    "properties": {
        "level": {"type": "integer", "enum": [0, 1, 2, 3]},
        "criterion": {"type": "string", "enum": ["paraphrasing", "cognitive_empathy"]},
    },
    "required": ["level", "criterion"],
    "additionalProperties": False,
}


async def test_a_schema_is_held_by_grammar(model: LiteLLMModel) -> None:
    form = ResponseFormat("schema", "rating", RATING)
    done = await model.complete(asked("Tell me a story about a cat.", max_tokens=120, response_format=form))
    answer = json.loads(done.text)
    assert answer["level"] in {0, 1, 2, 3}
    assert answer["criterion"] in {"paraphrasing", "cognitive_empathy"}
    assert set(answer) == {"level", "criterion"}


async def test_leaving_an_answer_frees_the_server(model: LiteLLMModel, server: LocalModel) -> None:
    long = asked("Write a very long story about a lighthouse, with many chapters.", max_tokens=4000)
    async with aclosing(model.stream(long)) as answer:
        await anext(answer)
        assert await asyncio.to_thread(server.is_busy)
    async with asyncio.timeout(10):
        await idle(server)
    assert "cancel task" in server.log.read_text(encoding="utf-8", errors="replace"), "it was not simply done"
    assert (await model.complete(asked("Say hello.", max_tokens=4))).text


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@cache
def library() -> Library:
    return load_library()


def practice(customer: Customer, store: MemorySessionStore) -> PracticeSessions:
    parts = Parts(
        library=library(),
        store=store,
        customer=customer,
        appraiser=OfflineAppraiser(),
        concern_reader=matches_concern,
        clock=Clock(),
        new_id=lambda: f"session-{customer.name}",
        new_seed=lambda: SEED,
        app_version="test",
        offline_customer=ScriptedCustomer(),
    )
    return PracticeSessions(parts)


async def take_turn(sessions: PracticeSessions, session_id: str, move: Move | None) -> None:
    """One turn to its end: a failure of the model is tried again once, then the offline customer takes over."""
    turn = sessions.proceed(session_id) if move is None else sessions.say(session_id, move.text, move.action)
    for is_last in (False, True):
        try:
            async with aclosing(turn) as items:
                async for _ in items:
                    pass
        except ModelError as error:
            print(f"the model failed: {error}")
            if is_last:
                sessions.use_offline(session_id)
            turn = sessions.proceed(session_id)
        else:
            return
    async with aclosing(turn) as items:
        async for _ in items:
            pass


async def hold(sessions: PracticeSessions) -> tuple[SessionState, Debrief]:
    """A whole session with a simulated trainee."""
    opened = await sessions.start(SCENARIO)
    await take_turn(sessions, opened.id, None)
    while (state := await sessions.state(opened.id)).phase is not Phase.ENDED:
        await take_turn(sessions, opened.id, TRAINEE.next_move(state))
    debrief = await sessions.debrief(opened.id)
    return await sessions.state(opened.id), debrief


def leaks(state: SessionState) -> list[str]:
    """What of a fact was shown before it was told: its lines, or figures that stand in no fact told by then."""
    case, found, told = state.started.scenario, [], set[str]()
    told_at = dict(state.told_at)
    for turn in state.turns:
        if turn.speaker is not Speaker.CUSTOMER:
            continue
        told |= set(told_at.get(turn.index, ()))
        secret = [fact for fact in case.facts if fact.id not in told and not fact.on_record]
        known = " ".join(turn.text for turn in state.turns[: turn.index]) + " ".join(
            " ".join((fact.statement, *fact.says, *fact.again)) for fact in case.facts if fact not in secret
        )
        for fact in secret:
            lines = (fact.statement, *fact.says, *fact.again)
            found += [line for line in lines if line.lower() in turn.text.lower()]
            figures = set(re.findall(r"\d+", fact.statement)) - set(re.findall(r"\d+", known))
            found += [figure for figure in figures if re.search(rf"\b{figure}\b", turn.text)]
    return found


async def test_a_whole_session_ends_well_however_badly_the_model_plays(
    model: LiteLLMModel, record_property: Callable[[str, object], None]
) -> None:
    store = MemorySessionStore()
    recorder = RecordingModel(model, store, Clock())
    state, debrief = await hold(practice(VoicedCustomer(recorder, ScriptedCustomer()), store))
    log = [stored.event for stored in await store.load(debrief.session)]
    spoken = [event for event in log if isinstance(event, CustomerSpoke)]
    faults = Counter(str(fault.kind) for event in spoken for fault in event.faults)
    voiced = sum(event.voiced_by == NAME for event in spoken)
    calls = await store.calls(debrief.session)
    record_property("faults_caught", sum(faults.values()))
    print(f"\n{sum(faults.values())} faults caught in {len(calls)} calls: {dict(faults)}")
    print(f"{voiced} of {len(spoken)} messages in the model's own words; ended as {state.ending}")

    assert state.ending is not None
    assert debrief.ending is state.ending
    assert debrief.scorecard.ratings
    assert [turn.index for turn in state.turns] == list(range(len(state.turns)))
    assert all(any(ch.isalpha() for ch in turn.text) for turn in state.turns)
    assert not any(event.interrupted for event in spoken)
    assert leaks(state) == []
    assert all(event.voiced_by in {NAME, "offline"} for event in spoken)
    assert len(calls) >= len(spoken)
    assert recorder.missed == 0
    assert all(call.answer is not None or call.error for call in calls)

    again = MemorySessionStore()
    replayed, _ = await hold(practice(VoicedCustomer(ReplayModel(calls), ScriptedCustomer()), again))
    assert replayed.turns == state.turns, "the recorded calls give the same session"
    assert replayed.moods == state.moods


async def test_a_reply_is_judged_in_the_form_asked_for_or_not_at_all(server: LocalModel) -> None:
    store = MemorySessionStore()
    model = LiteLLMModel(ModelOptions(NAME, server.api_base, temperature=0.0, timeout_s=PATIENCE_S))
    judge = ModelJudge(RecordingModel(model, store, Clock()), max_tokens=160)
    state = fold([started(rubric=rubric({"paraphrasing": 1.0}))])
    state = advance(state, CustomerSpoke(index=0, text="My parcel has not come.", mood=state.mood))
    state = advance(state, TraineeSpoke(index=1, text="So it has not come. When did you order it?"))
    await store.create("judged", Clock().now(), state.started)

    ratings = await judge.rate(reply_to_judge("judged", state, 1))

    print(f"\n{ratings}")
    calls = await store.calls("judged")
    assert judge.asks_by == "schema", "the server takes a schema, so nobody went down the ladder"
    assert 1 <= len(calls) <= 2
    assert [rating.criterion for rating in ratings] == ["paraphrasing"]
    for rating in ratings:
        if isinstance(rating, Rating):
            assert rating.level == 0 or rating.evidence
            assert all(quote in state.turns[1].text for quote in rating.evidence)
        else:
            assert rating.not_scored
    for call in calls:
        assert call.answer is not None
        assert call.answer.text.lstrip().startswith("{"), "held to the form by grammar"
        if call.answer.finish_reason == "stop":
            assert set(json.loads(call.answer.text)["paraphrasing"]) == {"evidence", "reason", "level"}
