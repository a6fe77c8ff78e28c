"""Every call is kept as it was, also the one that failed or was left, and keeping never gets in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simulator.engine.chat import CallRecord, ChatDelta, ChatDone, ChatRequest, Message, Role, Usage
from simulator.errors import BadAnswerError, ModelError, ModelStalledError, NotFoundError, RateLimitError, StorageError
from simulator.llm.recording import CANCELLED, UNFINISHED, RecordingModel

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
ASKED = ChatRequest(
    purpose="customer",
    prompt="customer",
    prompt_sha256="f0" * 32,
    messages=(Message(Role.SYSTEM, "You are Robin."), Message(Role.USER, "Speak.")),
    session="one",
    max_tokens=80,
    temperature=0.7,
)
DONE = ChatDone("Hello there.", "stop", Usage(12, 3, None), "someone-2026", 0.5, 0.1)


class FakeModel:
    """Streams its pieces, then ends as it was told: with an answer, an error, never, or not at all."""

    name = "someone"

    def __init__(self, *pieces: str, end: ChatDone | ModelError | asyncio.Event | None = DONE) -> None:
        self.pieces = pieces
        self.end = end
        self.closed = False
        self.waiting = asyncio.Event()

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        try:
            for piece in self.pieces:
                yield ChatDelta(piece)
            if (done := await self._ended()) is not None:
                yield done
        finally:
            self.closed = True

    async def complete(self, request: ChatRequest) -> ChatDone:
        done = await self._ended()
        assert done is not None
        return done

    async def _ended(self) -> ChatDone | None:
        if isinstance(self.end, asyncio.Event):
            self.waiting.set()
            await self.end.wait()
        elif isinstance(self.end, ModelError):
            raise self.end
        else:
            return self.end
        return None


class FakeLog:
    """Keeps calls in a list; `fails` breaks it, `held` holds up each call until it is set."""

    def __init__(self) -> None:
        self.kept: list[CallRecord] = []
        self.fails: StorageError | NotFoundError | None = None
        self.held: asyncio.Event | None = None
        self.writing = asyncio.Event()

    async def add_call(self, record: CallRecord) -> None:
        self.writing.set()
        if self.held is not None:
            await self.held.wait()
        if self.fails is not None:
            raise self.fails
        self.kept.append(record)

    async def calls(self, session_id: str) -> tuple[CallRecord, ...]:
        return tuple(self.kept)


class Clock:
    def now(self) -> datetime:
        return AT


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


def without_key(text: str) -> str:
    return text.replace("sk-12345", "[key]")


def recording(model: FakeModel, log: FakeLog) -> RecordingModel:
    return RecordingModel(model, log, Clock(), without_key)


async def taken(model: RecordingModel, request: ChatRequest = ASKED) -> list[ChatDelta | ChatDone]:
    async with aclosing(model.stream(request)) as answer:
        return [item async for item in answer]


async def test_a_streamed_call_is_kept_with_everything_that_was_asked_and_answered(log: FakeLog) -> None:
    model = recording(FakeModel("Hello ", "there."), log)
    assert await taken(model) == [ChatDelta("Hello "), ChatDelta("there."), DONE]
    assert log.kept == [CallRecord(session="one", at=AT, model="someone", request=ASKED, answer=DONE)]
    assert model.name == "someone"
    assert model.missed == 0


async def test_a_whole_answer_is_kept(log: FakeLog) -> None:
    assert await recording(FakeModel(), log).complete(ASKED) == DONE
    assert log.kept == [CallRecord(session="one", at=AT, model="someone", request=ASKED, answer=DONE)]


async def test_the_answer_is_kept_before_it_is_handed_on(log: FakeLog) -> None:
    async with aclosing(recording(FakeModel("Hello"), log).stream(ASKED)) as answer:
        async for item in answer:
            assert len(log.kept) == isinstance(item, ChatDone)
            if isinstance(item, ChatDone):
                break
    assert [record.answer for record in log.kept] == [DONE], "once, although the caller left right behind it"


@pytest.mark.parametrize("error", [RateLimitError("Slow down.", retry_after_s=3.0), BadAnswerError("Cut off.")])
async def test_a_failed_call_is_kept_with_what_had_arrived(log: FakeLog, error: ModelError) -> None:
    model = FakeModel("Hello ", "th", end=error)
    with pytest.raises(type(error)) as caught:
        await taken(recording(model, log))
    assert caught.value is error
    (record,) = log.kept
    assert (record.answer, record.partial) == (None, "Hello th")
    assert record.error == f"{type(error).__name__}: {error.title}"


async def test_a_whole_answer_that_fails_is_kept(log: FakeLog) -> None:
    with pytest.raises(ModelStalledError):
        await recording(FakeModel(end=ModelStalledError("Nothing came.")), log).complete(ASKED)
    assert [(record.answer, record.error) for record in log.kept] == [(None, "ModelStalledError: Nothing came.")]


async def test_a_stream_that_ends_without_an_answer_is_kept_as_unfinished(log: FakeLog) -> None:
    await taken(recording(FakeModel("Hello", end=None), log))
    assert [(record.error, record.partial) for record in log.kept] == [(UNFINISHED, "Hello")]


async def test_leaving_a_stream_closes_it_and_keeps_what_had_arrived(log: FakeLog) -> None:
    model = FakeModel("Hello ", "there ", "you.")
    stream = recording(model, log).stream(ASKED)
    await anext(stream)
    await anext(stream)
    await stream.aclose()
    assert model.closed
    assert [(record.error, record.partial, record.answer) for record in log.kept] == [(CANCELLED, "Hello there ", None)]


@pytest.mark.parametrize("streams", [True, False])
async def test_a_cancelled_call_is_kept(log: FakeLog, streams: bool) -> None:
    model = FakeModel("Hello ", end=asyncio.Event())
    recorder = recording(model, log)
    task = asyncio.ensure_future(taken(recorder) if streams else recorder.complete(ASKED))
    await model.waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.closed is streams
    assert [(record.error, record.partial) for record in log.kept] == [(CANCELLED, "Hello " if streams else "")]


@pytest.mark.parametrize("end", [DONE, BadAnswerError("Cut off.")])
async def test_cancelling_while_a_call_is_written_waits_for_the_write(log: FakeLog, end: ChatDone | ModelError) -> None:
    log.held = asyncio.Event()
    task = asyncio.create_task(taken(recording(FakeModel("Hello", end=end), log)))
    await log.writing.wait()
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    log.held.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [record.answer for record in log.kept] == [end if isinstance(end, ChatDone) else None]


@pytest.mark.parametrize("failure", [StorageError("The disk is full."), NotFoundError("No such session.")])
async def test_a_call_that_cannot_be_kept_is_counted_and_disturbs_nothing(
    log: FakeLog, failure: StorageError | NotFoundError
) -> None:
    log.fails = failure
    model = recording(FakeModel("Hello"), log)
    assert (await taken(model))[-1] == DONE
    assert await model.complete(ASKED) == DONE
    assert (model.missed, model.last_miss) == (2, failure)
    log.fails = None
    await taken(model)
    assert model.missed == 2
    assert len(log.kept) == 1


async def test_a_miss_is_counted_also_when_the_caller_has_left(log: FakeLog) -> None:
    log.fails, log.held = StorageError("The disk is full."), asyncio.Event()
    model = recording(FakeModel("Hello"), log)
    task = asyncio.create_task(taken(model))
    await log.writing.wait()
    task.cancel()
    await asyncio.sleep(0)
    log.held.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.missed == 1


async def test_the_models_own_error_is_what_the_caller_hears_when_neither_works(log: FakeLog) -> None:
    log.fails = StorageError("The disk is full.")
    model = recording(FakeModel(end=RateLimitError("Slow down.")), log)
    with pytest.raises(RateLimitError):
        await taken(model)
    assert model.missed == 1


async def test_calls_outside_of_sessions_are_not_kept(log: FakeLog) -> None:
    model = recording(FakeModel("Hello"), log)
    await taken(model, replace(ASKED, session="", purpose="doctor"))
    assert log.kept == []
    assert model.missed == 0


async def test_secrets_are_in_no_part_of_what_is_kept(log: FakeLog) -> None:
    asked = replace(ASKED, messages=(Message(Role.USER, "my key is sk-12345"),))
    told = replace(DONE, text="your key is sk-12345")
    model = recording(FakeModel("a sk-12345", end=told), log)
    seen = await taken(model, asked)
    assert seen == [ChatDelta("a sk-12345"), told], "the conversation itself is not touched"
    with pytest.raises(ModelError):
        await taken(recording(FakeModel("b sk-12345", end=ModelError("Refused", "sk-12345")), log), asked)
    assert len(log.kept) == 2
    assert "sk-12345" not in repr(log.kept)
    assert repr(log.kept).count("[key]") == 5


async def test_keys_are_taken_out_unless_told_otherwise(log: FakeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEONES_API_KEY", "very-secret-words")
    model = RecordingModel(FakeModel(end=ModelError("Refused", "very-secret-words")), log, Clock())
    with pytest.raises(ModelError):
        await taken(model)
    assert "very-secret-words" not in repr(log.kept)
    assert len(log.kept) == 1


async def test_half_a_character_does_not_keep_a_call_from_being_kept(log: FakeLog) -> None:
    with pytest.raises(BadAnswerError):
        await taken(recording(FakeModel("Hello \ud83d", end=BadAnswerError("Cut off.")), log))
    assert log.kept[0].partial.encode() == b"Hello ?"
