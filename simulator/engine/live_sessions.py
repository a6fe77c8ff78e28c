"""The sessions at hand: read once, and then carried on event by event, one writer at a time for each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.domain.events import ReplyJudged, SessionEvent
from simulator.domain.session import SessionState, advance, fold
from simulator.engine.ports import Clock, SessionStore
from simulator.errors import SessionConflictError


@dataclass(slots=True)
class Live:
    """A session at hand: where its log ends and what follows from it."""

    id: str
    seq: int
    state: SessionState
    moves: int = 0
    """Events so far that a judge did not write: whoever adds one has to have seen all of them."""
    is_certain: bool = True
    """False when a write failed or was cancelled, so that nobody knows what is durable."""


class LiveSessions:
    """Sessions by id. A judge may write while the conversation goes on; neither disturbs the other."""

    def __init__(self, store: SessionStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._live: dict[str, Live] = {}
        self._writing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def add(self, session_id: str, state: SessionState) -> Live:
        """A session that was just created."""
        live = self._live[session_id] = Live(session_id, 0, state)
        return live

    async def get(self, session_id: str) -> Live:
        """The session with that id, or a unique beginning of it. NotFoundError if there is none."""
        if (live := self._live.get(session_id)) is not None:
            return live
        full = await self._store.find(session_id)
        return self._live.get(full) or await self.load(full)

    async def load(self, session_id: str) -> Live:
        """The session as it is stored, which another process may have carried on. Takes the full id."""
        async with self._writing[session_id]:  # while it is being written, nobody knows where its log ends
            stored = await self._store.load(session_id)
            known = self._live.get(session_id)
            if known is not None and known.seq >= stored[-1].seq:
                return known
            live = Live(session_id, stored[-1].seq, fold(item.event for item in stored))
            self._live[session_id] = live
            return live

    async def append(self, live: Live, events: Sequence[SessionEvent]) -> None:
        """Make the events durable, then let them count.

        When that fails or is cancelled, nobody knows what is durable: the session is read anew before it goes on.

        Raises:
            SessionConflictError: the conversation went on between this call and its turn to write.
            StorageError: the events cannot be written.
        """
        moves, adds = live.moves, _moves(events)
        async with self._writing[live.id]:
            if adds and live.moves != moves:
                raise SessionConflictError(
                    "The conversation went on meanwhile.", "Two moves were made at once; the first one counts.", ""
                )
            self._live.pop(live.id, None)
            if not live.is_certain:
                await self._catch_up(live)
            live.is_certain = False
            live.seq = await self._store.append(live.id, live.seq, self._clock.now(), events)
            for event in events:
                live.state = advance(live.state, event)
            live.moves += adds
            live.is_certain = True
            self._live[live.id] = live

    async def _catch_up(self, live: Live) -> None:
        """Take in a judge's events whose writing seemed to have failed; anything else stays a conflict."""
        missed = [item.event for item in await self._store.load(live.id) if item.seq > live.seq]
        if not _moves(missed):
            for event in missed:
                live.state = advance(live.state, event)
            live.seq += len(missed)


def _moves(events: Iterable[SessionEvent]) -> int:
    return sum(not isinstance(event, ReplyJudged) for event in events)
