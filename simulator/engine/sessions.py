"""Start, say, resume, stop, reflect and debrief: what the front ends call."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.events import EmpathicAccuracy
from simulator.domain.session import SessionState
from simulator.domain.transcript import Turn
from simulator.engine.debrief import Debrief
from simulator.engine.trainees import Move


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that can go on."""

    id: str
    state: SessionState
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ReplyRecorded:
    """The trainee's reply is durable."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """It was appraised; the mood has moved."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class CustomerTyping:
    """Some more words of the customer (not durable yet)."""

    text: str


@dataclass(frozen=True, slots=True)
class CustomerSaid:
    """The customer's message is durable."""

    turn: Turn
    state: SessionState


@dataclass(frozen=True, slots=True)
class Ended:
    """The customer has left; nothing more can be said."""

    ending: EndingKind
    reason: str
    state: SessionState


TurnItem = ReplyRecorded | ReplyRead | CustomerTyping | CustomerSaid | Ended


class SessionService(Protocol):
    """The use cases of a practice session."""

    async def start(
        self,
        scenario_id: str,
        *,
        persona_id: str | None = None,
        seed: int | None = None,
        mode: Literal["practice", "demo", "run"] = "practice",
    ) -> OpenSession:
        """Begin; the customer has not spoken yet: call `proceed` for the opening message.

        Raises:
            NotFoundError: no such scenario or persona; says which there are.
        """
        ...

    def proceed(self, session_id: str) -> AsyncGenerator[TurnItem, None]:
        """Whatever is due without the trainee: the opening, or the answer that a crash cut off. Nothing if none is."""
        ...

    def say(self, session_id: str, text: str, action: str | None = None) -> AsyncGenerator[TurnItem, None]:
        """Record the reply, read it, and let the customer answer.

        Raises:
            MoveError: the session has ended, or waits for the customer; or the action is not allowed.
        """
        ...

    async def resume(self, session_id: str) -> OpenSession:
        """An unfinished session as it was, with the draft. Full id or a unique beginning of it."""
        ...

    async def state(self, session_id: str) -> SessionState:
        """The session as it is now. NotFoundError if there is none."""
        ...

    def next_move(self, session_id: str) -> Move | None:
        """The reply that the trainee gave next, when the session is a recording; None in a session that is held."""
        ...

    def use_offline(self, session_id: str) -> None:
        """Let the offline customer speak from now on, as long as the app runs: the way on when a model fails."""
        ...

    async def stop(self, session_id: str, *, replies_ended: bool = False) -> SessionState:
        """The trainee leaves; the debrief is still due."""
        ...

    async def reflect(self, session_id: str, feeling: str, concern: str) -> EmpathicAccuracy:
        """What the trainee thinks the customer felt (a feeling word) and worried about (free text)."""
        ...

    def judging_left(self, session_id: str) -> int:
        """How many replies a judge is still busy with, so that one can see why a debrief takes time. The full id."""
        ...

    async def close(self, session_id: str | None = None) -> None:
        """Stop what goes on in the background, of one session (the full id) or of all. Nothing that was said is lost.

        Replies that are not judged then are judged when the debrief is opened.
        """
        ...

    async def debrief(self, session_id: str) -> Debrief:
        """Score the session if that was not done yet, and build the debrief. Waits for judges that are not done.

        Raises:
            MoveError: the session has not ended.
        """
        ...
