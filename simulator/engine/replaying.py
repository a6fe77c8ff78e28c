"""Plays a recorded session again: the same turns, moods and ratings as then, and nothing new."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Literal

from simulator.domain.events import (
    CustomerSpoke,
    EmpathicAccuracy,
    ReplyAppraised,
    SessionEnded,
    SessionScored,
    StoredEvent,
    TraineeSpoke,
)
from simulator.domain.session import Phase, SessionState, advance, fold
from simulator.domain.transcript import clean_text
from simulator.engine.debrief import Debrief
from simulator.engine.debriefing import build_debrief
from simulator.engine.ports import SessionStore
from simulator.engine.sessions import (
    CustomerSaid,
    CustomerTyping,
    Ended,
    OpenSession,
    ReplyRead,
    ReplyRecorded,
    TurnItem,
)
from simulator.engine.trainees import Move
from simulator.errors import MoveError

_PIECE: Final = re.compile(r"\s*\S+\s*|\s+")
_RECORDING: Final = "This is a recording"


def in_pieces(text: str) -> list[str]:
    """The text in words, as it would have come; joined they are the text again."""
    return _PIECE.findall(text)


@dataclass(slots=True)
class _Playing:
    """A recording, and how far it has been played."""

    id: str
    recorded: tuple[StoredEvent, ...]
    place: int
    """The event that comes next."""
    state: SessionState

    @property
    def due(self) -> StoredEvent | None:
        return self.recorded[self.place] if self.place < len(self.recorded) else None


class ReplaySessions:
    """Meets SessionService with recordings: `resume` opens one at its beginning, then the usual calls play it.

    What is played is copied, event by event with its time, to a store of its own, so that whatever shows sessions
    finds this one there under its id. The recording itself is only read.

    A front end watches like this: `resume`, then `proceed`; while there is a `next_move`, `say` it; then `debrief`.
    When the recording goes on to the end of the session, the turn's stream closes with Ended, also where the trainee
    had stopped the session.

    Args:
        recordings: holds the recorded sessions.
        store: an empty store to play them in; the front end's own.
    """

    def __init__(self, recordings: SessionStore, store: SessionStore) -> None:
        self._recordings = recordings
        self._store = store
        self._playing: dict[str, _Playing] = {}

    async def start(
        self,
        scenario_id: str,
        *,
        persona_id: str | None = None,
        seed: int | None = None,
        mode: Literal["practice", "demo", "run"] = "practice",
    ) -> OpenSession:
        """Refused: a recording is opened with `resume`."""
        del scenario_id, persona_id, seed, mode
        raise MoveError(_RECORDING, "A new session cannot begin in it.", "Leave, and start the simulator to practise.")

    async def resume(self, session_id: str) -> OpenSession:
        """The recording at its beginning, or where it was left; full id or a unique beginning of it.

        The draft is what the trainee is going to say next.

        Raises:
            NotFoundError: there is no such recording.
        """
        full = await self._recordings.find(session_id)
        playing = self._playing.get(full)
        if playing is None:
            recorded = await self._recordings.load(full)
            first = recorded[0]
            await self._store.create(full, first.at, first.event)
            playing = self._playing[full] = _Playing(full, recorded, 1, fold([first.event]))
        move = self.next_move(full)
        return OpenSession(full, playing.state, move.text if move else "")

    def next_move(self, session_id: str) -> Move | None:
        """The reply that the trainee gave next, whether or not it is their turn yet; None if they gave no other."""
        playing = self._known(session_id)
        for stored in playing.recorded[playing.place :]:
            if isinstance(stored.event, TraineeSpoke):
                return Move(stored.event.text, stored.event.action)
        return None

    async def proceed(self, session_id: str) -> AsyncGenerator[TurnItem, None]:
        """Everything up to the trainee's next reply; nothing if it is due."""
        playing = self._known(session_id)
        while (stored := playing.due) is not None:
            match stored.event:
                case CustomerSpoke():
                    for piece in in_pieces(stored.event.text):
                        yield CustomerTyping(piece)
                    await self._advance(playing)
                    yield CustomerSaid(playing.state.turns[-1], playing.state)
                case ReplyAppraised():
                    await self._advance(playing)
                    yield ReplyRead(stored.event.decision)
                case SessionEnded():
                    await self._advance(playing)
                    await self._recall(playing)
                    yield Ended(stored.event.ending, stored.event.reason, playing.state)
                case TraineeSpoke() | SessionScored():
                    return
                case _:  # nothing that is seen
                    await self._advance(playing)

    async def say(self, session_id: str, text: str, action: str | None = None) -> AsyncGenerator[TurnItem, None]:
        """The trainee's next reply as it was recorded, and what followed. The action is the recorded one.

        Raises:
            MoveError: the text is not the recorded one, or it is not the trainee's turn.
        """
        del action
        playing = self._known(session_id)
        due = playing.due
        if due is None or not isinstance(due.event, TraineeSpoke):
            raise MoveError(_RECORDING, "Nothing was replied here.", "Look at the debrief, or leave.")
        if clean_text(text) != clean_text(due.event.text):
            raise MoveError(_RECORDING, "The replies in it cannot be changed.", "Send the reply that was given.")
        await self._advance(playing)
        yield ReplyRecorded(playing.state.turns[-1])
        async with aclosing(self.proceed(session_id)) as items:
            async for item in items:
                yield item

    async def state(self, session_id: str) -> SessionState:
        """The session as far as it has been played. MoveError if it was not opened."""
        return self._known(session_id).state

    def use_offline(self, session_id: str) -> None:
        """Nothing to do: no model speaks in a recording."""

    async def stop(self, session_id: str, *, replies_ended: bool = False) -> SessionState:
        """Skip to the end of the session.

        Raises:
            MoveError: the recorded session was not ended.
        """
        del replies_ended
        playing = self._known(session_id)
        if not any(isinstance(stored.event, SessionEnded) for stored in playing.recorded):
            raise MoveError(
                "The recording ends here",
                "The session was not ended when it was recorded.",
                f"Go on with it: simulator play {playing.id}",
            )
        while playing.state.phase is not Phase.ENDED:
            await self._advance(playing)
        await self._recall(playing)
        return playing.state

    async def reflect(self, session_id: str, feeling: str, concern: str) -> EmpathicAccuracy:
        """What the trainee had understood, as it was recorded.

        Raises:
            MoveError: nothing was said about it before the debrief.
        """
        del feeling, concern
        accuracy = self._known(session_id).state.accuracy
        if accuracy is None:
            raise MoveError(_RECORDING, "This question was skipped in it.", "Skip it to see the debrief.")
        return accuracy

    def judging_left(self, session_id: str) -> int:
        """None: the ratings are recorded."""
        del session_id
        return 0

    async def close(self, session_id: str | None = None) -> None:
        """Let go of the recordings, when all is over; nothing goes on in the background."""
        if session_id is None:
            await self._recordings.close()

    async def debrief(self, session_id: str) -> Debrief:
        """The debrief as it was; with the newest scorecard where the session was scored again.

        Raises:
            MoveError: the session has not been played to its end, or was never scored.
        """
        playing = self._known(session_id)
        if playing.state.phase is not Phase.ENDED:
            raise MoveError("The conversation is not over.", "The debrief comes after it.", "Watch it, or skip to it.")
        if not any(isinstance(stored.event, SessionScored) for stored in playing.recorded):
            raise MoveError(
                "This session was never scored",
                "Its debrief was not opened when it was recorded.",
                f"Have it scored first: simulator show {playing.id}",
            )
        while playing.due is not None:
            await self._advance(playing)
        return build_debrief(playing.id, playing.state)

    def _known(self, session_id: str) -> _Playing:
        playing = self._playing.get(session_id)
        if playing is None:
            raise MoveError("This recording is not open.", "", "Open it first.")
        return playing

    async def _recall(self, playing: _Playing) -> None:
        """Play what the trainee said they had understood: a watcher is not asked for it again."""
        while playing.due is not None and not isinstance(playing.due.event, SessionScored):
            await self._advance(playing)

    async def _advance(self, playing: _Playing) -> None:
        """Play one event."""
        stored = playing.recorded[playing.place]
        await self._store.append(playing.id, stored.seq - 1, stored.at, [stored.event])
        playing.place += 1
        playing.state = advance(playing.state, stored.event)
