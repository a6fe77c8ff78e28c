"""Fake parts of a practice session, which keep what they were asked and break when told to."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Literal

from builders import appraisal, persona, rubric, scenario

from simulator.customers import ScriptedCustomer
from simulator.domain.behaviours import Appraisal
from simulator.domain.events import SessionEvent, StoredEvent
from simulator.domain.scenario import Scenario
from simulator.engine.library import Library, Loaded
from simulator.engine.ports import ReplyContext, SessionSummary, SpeechBrief, SpeechDelta, SpeechDone
from simulator.engine.practice import Parts, PracticeSessions
from simulator.errors import NotFoundError, SessionConflictError, StorageError


class FakeStore:
    """Keeps events in lists. `fails` breaks the next appends before, `loses_answers` after the event was kept."""

    def __init__(self) -> None:
        self.logs: dict[str, list[SessionEvent]] = {}
        self.times: dict[str, list[datetime]] = {}
        self.drafts: dict[str, str] = {}
        self.fails = 0
        self.loses_answers = 0

    async def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        self.logs[session_id] = [event]
        self.times[session_id] = [at]

    async def append(self, session_id: str, after_seq: int, at: datetime, events: Sequence[SessionEvent]) -> int:
        if session_id not in self.logs:
            raise NotFoundError("No such session.")
        if self.fails:
            self.fails -= 1
            raise StorageError("The disk is full.")
        if after_seq != len(self.logs[session_id]) - 1:
            raise SessionConflictError("Somebody else went on.")
        self.logs[session_id] += events
        self.times[session_id] += [at] * len(events)
        if self.loses_answers:
            self.loses_answers -= 1
            raise StorageError("It was written, but nobody heard.")
        return len(self.logs[session_id]) - 1

    async def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        if session_id not in self.logs:
            raise NotFoundError("No such session.")
        log = zip(self.times[session_id], self.logs[session_id], strict=True)
        return tuple(StoredEvent(seq=n, at=at, event=event) for n, (at, event) in enumerate(log))

    async def find(self, prefix: str) -> str:
        found = [key for key in self.logs if key.startswith(prefix)]
        if len(found) != 1:
            raise NotFoundError("None or several.")
        return found[0]

    async def summary(self, session_id: str) -> SessionSummary:
        raise NotImplementedError

    async def history(
        self,
        *,
        limit: int,
        offset: int = 0,
        scenario_id: str | None = None,
        status: Literal["all", "finished", "unfinished"] = "all",
    ) -> tuple[SessionSummary, ...]:
        raise NotImplementedError

    async def best_scores(self) -> Mapping[str, float]:
        raise NotImplementedError

    async def save_draft(self, session_id: str, text: str) -> None:
        self.drafts[session_id] = text

    async def load_draft(self, session_id: str) -> str:
        return self.drafts.get(session_id, "")

    async def forget(self, session_id: str | None) -> int:
        raise NotImplementedError

    async def close(self) -> None:
        """Nothing is open."""

    def kinds(self, session_id: str) -> list[str]:
        return [event.kind for event in self.logs[session_id]]


class FakeAppraiser:
    """Reads what it was told to read in that text, and keeps what it was asked."""

    name = "fake judge"
    version = "3"

    def __init__(self, reads: Mapping[str, Appraisal]) -> None:
        self.reads = dict(reads)
        self.asked: list[tuple[str, ReplyContext]] = []
        self.prepared: list[str] = []

    def prepare(self, scenario: Scenario) -> None:
        self.prepared.append(scenario.id)

    def appraise(self, reply: str, context: ReplyContext) -> Appraisal:
        self.asked.append((reply, context))
        return self.reads.get(reply, appraisal())


class SilentCustomer:
    """Never finishes a message."""

    name = "silent"

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        yield SpeechDelta("Um ")


def reads_concern(text: str, case: Scenario) -> Literal["none", "near", "named"]:
    if "letting" in text:
        return "named"
    return "near" if "worry" in text else "none"


class Desk:
    """A practice service over parts that a test can look at and break."""

    def __init__(self, clock: object, reads: Mapping[str, Appraisal]) -> None:
        ids, seeds = count(1), count(100)
        self.store = FakeStore()
        self.appraiser = FakeAppraiser(reads)
        self.parts = Parts(
            library=Library(
                scenarios={"parcel": Loaded(scenario(), "s1", "parcel.toml")},
                personas={
                    "robin": Loaded(persona(), "p1", "robin.toml"),
                    "kim": Loaded(persona(id="kim", name="Kim Other"), "p2", "kim.toml"),
                },
                rubrics={"core": Loaded(rubric(), "r1", "core.toml")},
            ),
            store=self.store,
            customer=ScriptedCustomer(),
            appraiser=self.appraiser,
            concern_reader=reads_concern,
            clock=clock,  # type: ignore[arg-type]
            new_id=lambda: f"session-{next(ids)}",
            new_seed=lambda: next(seeds),
            app_version="9.9",
        )
        self.sessions = PracticeSessions(self.parts)

    async def crash(self, turn: AsyncGenerator[object, None] | None = None) -> None:
        """The process ends, in the middle of a turn or between two; what is left is what was stored."""
        if turn is not None:
            self.store.fails = 1
            await turn.aclose()
            self.store.fails = 0
        self.sessions = PracticeSessions(self.parts)

    def with_customer(self, customer: object) -> PracticeSessions:
        return PracticeSessions(replace(self.parts, customer=customer))  # type: ignore[arg-type]

    async def begin(self, seed: int = 7) -> str:
        """A session whose customer has said the first words."""
        session = await self.sessions.start("parcel", seed=seed)
        await drain(self.sessions.proceed(session.id))
        return session.id

    async def say(self, session_id: str, *texts: str) -> list[object]:
        items: list[object] = []
        for text in texts:
            items += await drain(self.sessions.say(session_id, text))
        return items


async def drain(items: AsyncGenerator[object, None]) -> list[object]:
    return [item async for item in items]
