"""Has replies judged while the conversation goes on, so that the debrief need not wait for all of them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from functools import partial

from simulator.domain.events import ReplyJudged
from simulator.domain.session import SessionState
from simulator.engine.judging import Panel
from simulator.engine.live_sessions import LiveSessions

MOST_AT_ONCE = 2
"""Replies of one session that are judged at the same time."""
MOST_ATTEMPTS = 2
"""How often a reply is judged before its failure is final."""
ENOUGH_FAILURES = 3
"""Replies in a row without an answer, after which no more are tried; the debrief begins anew, once."""


class BackgroundJudging:
    """One task for each reply, a few at a time. A judge that fails is noted and disturbs nobody."""

    def __init__(self, panel: Panel, sessions: LiveSessions) -> None:
        self._panel = panel
        self._sessions = sessions
        self._tasks: defaultdict[str, dict[int, asyncio.Task[None]]] = defaultdict(dict)
        self._room: defaultdict[str, asyncio.Semaphore] = defaultdict(partial(asyncio.Semaphore, MOST_AT_ONCE))
        self._failed_in_a_row: Counter[str] = Counter()

    def start(self, session_id: str, index: int) -> asyncio.Task[None]:
        """Begin to judge the reply at that turn, unless that is under way. Takes the session's full id."""
        tasks = self._tasks[session_id]
        running = tasks.get(index)
        if running is not None and not running.done():
            return running
        task = tasks[index] = asyncio.create_task(self._judge(session_id, index))
        task.add_done_callback(partial(self._done, session_id, index))
        return task

    def left(self, session_id: str) -> int:
        """How many replies are being judged or wait for it."""
        return sum(not task.done() for task in self._tasks.get(session_id, {}).values())

    async def finish(self, session_id: str) -> None:
        """Wait for what is under way, judge what is missing, and try once more what failed.

        What is not judged then stays so: a judge that does not answer several times in a row is not asked again.

        Raises:
            StorageError: a judgement could not be kept.
        """
        self._failed_in_a_row.pop(session_id, None)
        for _ in range(MOST_ATTEMPTS):
            live = await self._sessions.get(session_id)
            due = self._due(live.state)
            if not due:
                return
            await asyncio.gather(*(self.start(session_id, index) for index in due))

    async def cancel(self, session_id: str | None = None) -> None:
        """Stop judging, in one session or in all; what was judged is kept, the rest is judged at the debrief."""
        sessions = list(self._tasks) if session_id is None else [session_id]
        tasks = [task for one in sessions for task in self._tasks.get(one, {}).values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _due(self, state: SessionState) -> list[int]:
        """Replies that this panel has not judged, or that may be tried again."""
        return [reply.index for reply in state.appraised if self._attempt(state, reply.index) <= MOST_ATTEMPTS]

    def _attempt(self, state: SessionState, index: int) -> int:
        """Which attempt is next, from 1; beyond the last when the reply is done with."""
        judged = state.judged_at(index)
        if judged is None or judged.panel != self._panel.ref:
            return 1
        return judged.attempt + 1 if judged.is_unanswered else MOST_ATTEMPTS + 1

    async def _judge(self, session_id: str, index: int) -> None:
        async with self._room[session_id]:
            if self._failed_in_a_row[session_id] >= ENOUGH_FAILURES:
                return
            state = (await self._sessions.get(session_id)).state
            attempt = min(self._attempt(state, index), MOST_ATTEMPTS)
            judged = await self._panel.judge(session_id, state, index, attempt=attempt)
            self._failed_in_a_row[session_id] = self._failed_in_a_row[session_id] + 1 if judged.is_unanswered else 0
            live = await self._sessions.get(session_id)  # read anew: the conversation has gone on meanwhile
            await self._sessions.append(live, [ReplyJudged(judged=judged)])

    def _done(self, session_id: str, index: int, task: asyncio.Task[None]) -> None:
        tasks = self._tasks.get(session_id, {})
        if tasks.get(index) is task:  # a new one may have begun already
            del tasks[index]
        if not tasks:
            self._tasks.pop(session_id, None)
            self._room.pop(session_id, None)
        if not task.cancelled():
            task.exception()  # looked at, so that nothing is logged: what was not kept is judged again at the debrief
