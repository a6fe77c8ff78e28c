"""Judges that rate as they are told, and can be held up; and a desk where a panel of them sits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from builders import CRITERIA
from fakes import Desk, FakeStore

from simulator.domain.events import ReplyJudged, SessionEvent
from simulator.domain.scoring import Rating, RatingResult
from simulator.engine.judging import Panel, ReplyToJudge
from simulator.engine.practice import PracticeSessions
from simulator.errors import ModelError, StorageError

Outcome = int | ModelError | tuple[RatingResult, ...]


def rated(level: int, words: str = "") -> tuple[RatingResult, ...]:
    """All criteria at that level."""
    return tuple(
        Rating(criterion=c, level=level, evidence=(words,) if words else (), reason=f"judged {level}")  # type: ignore[arg-type]
        for c in CRITERIA
    )


class FakeJudge:
    """Rates by a list (the last again and again), or by a function of the reply; waits while `held`."""

    version = "7"
    prompt_sha256 = "f" * 64

    def __init__(
        self, outcomes: Sequence[Outcome] | Callable[[ReplyToJudge], Outcome] = (2,), *, name: str = "fake/model"
    ) -> None:
        self.name = name
        self.outcomes = outcomes
        self.asked: list[ReplyToJudge] = []
        self.free = asyncio.Event()
        self.free.set()
        self.begun = asyncio.Event()
        self.now = 0
        self.most = 0
        self.cancelled = 0

    def hold(self) -> None:
        self.free.clear()

    async def rate(self, reply: ReplyToJudge) -> tuple[RatingResult, ...]:
        self.asked.append(reply)
        turn = len(self.asked)
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.set()
        try:
            await self.free.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.now -= 1
        outcomes = self.outcomes
        outcome = outcomes(reply) if callable(outcomes) else outcomes[min(turn, len(outcomes)) - 1]
        if isinstance(outcome, ModelError):
            raise outcome
        return rated(outcome, reply.text) if isinstance(outcome, int) else outcome

    @property
    def turns(self) -> list[int]:
        """Which turns it was asked about."""
        return [reply.index for reply in self.asked]


class ShakyStore(FakeStore):
    """Breaks when a judgement is kept: before it is written, or after."""

    def __init__(self) -> None:
        super().__init__()
        self.judgements_fail = 0
        self.judgements_lost = 0

    async def append(self, session_id: str, after_seq: int, at: object, events: Sequence[SessionEvent]) -> int:
        is_judgement = any(isinstance(event, ReplyJudged) for event in events)
        if is_judgement and self.judgements_fail:
            self.judgements_fail -= 1
            raise StorageError("The disk is full.")
        seq = await super().append(session_id, after_seq, at, events)  # type: ignore[arg-type]
        if is_judgement and self.judgements_lost:
            self.judgements_lost -= 1
            raise StorageError("It was written, but nobody heard.")
        return seq


def seat(desk: Desk, *judges: FakeJudge, runs: int = 1, store: FakeStore | None = None) -> Desk:
    """The desk with these judges, from now on."""
    if store is not None:
        desk.store = store
    desk.parts = replace(desk.parts, judge=Panel(judges, runs), store=desk.store)
    desk.sessions = PracticeSessions(desk.parts)
    return desk


async def judged(desk: Desk, session_id: str) -> None:
    """Wait until nothing is being judged."""
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    while desk.sessions.judging_left(session_id):
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


async def turns_of_the_loop(count: int = 30) -> None:
    """Let everything run that can run."""
    for _ in range(count):
        await asyncio.sleep(0)
