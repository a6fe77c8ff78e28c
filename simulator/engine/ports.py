"""What the engine needs from outside: each port is met by at least one real part and one for tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from simulator.domain.behaviours import Appraisal
from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionEvent, SpeechFault, StoredEvent
from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import Band
from simulator.domain.session import SessionState
from simulator.domain.transcript import Turn


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """What an appraiser may know beside the reply.

    A reply that is not from a session of ours (an imported one) has no scenario.
    """

    turns: tuple[Turn, ...] = ()
    """The conversation before this reply, oldest first."""
    scenario: Scenario | None = None
    persona: Persona | None = None
    disclosed: tuple[str, ...] = ()
    """Facts that the customer has told so far."""
    action: str | None = None
    """The action that the trainee took with this reply."""
    need_met: bool = False
    """Whether the need had been met before this reply, so that there is nothing left to ask about."""


class Appraiser(Protocol):
    """Reads one reply."""

    name: str
    version: str

    def prepare(self, scenario: Scenario) -> None:
        """Do beforehand, in a thread, what the first reply in this scenario would have to wait for."""
        ...

    def appraise(self, reply: str, context: ReplyContext) -> Appraisal:
        """Everything that is read in the reply; never raises on any text."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechDelta:
    """Some more words of the customer."""

    text: str


@dataclass(frozen=True, slots=True)
class SpeechDone:
    """The customer has finished: the whole text, and the authored lines it is made of."""

    text: str
    lines: tuple[str, ...]
    voiced_by: str = "offline"
    """A model's name, or `offline`."""
    faults: tuple[SpeechFault, ...] = ()
    """What was caught in words that were not shown."""


@dataclass(frozen=True, slots=True)
class SpeechBrief:
    """What the customer is asked to voice. Facts that are not earned are not in it."""

    state: SessionState
    decision: Decision | None
    """None for the opening message."""
    index: int
    """The turn to speak, from 0."""
    session: str = ""
    """The session's id, whose budget pays for words that cost."""


class Customer(Protocol):
    """Gives the customer words; mood, disclosure and leaving are decided before."""

    name: str

    def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        """The message, in pieces, and then as a whole."""
        ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One row of the history."""

    id: str
    scenario_id: str
    scenario_title: str
    persona_id: str
    persona_name: str
    mode: str
    started_at: datetime
    updated_at: datetime
    replies: int
    """Trainee replies so far."""
    ending: EndingKind | None
    """None while unfinished."""
    overall: float | None
    """0 to 100; None when not scored."""
    band: Band | None
    seed: int


class SessionStore(Protocol):
    """Keeps events. An event is durable when `append` returns."""

    async def create(self, session_id: str, at: datetime, event: SessionEvent) -> None:
        """Begin a log with its first event, which gets seq 0.

        Raises:
            StorageError: it cannot be written, or the id exists.
        """
        ...

    async def append(self, session_id: str, after_seq: int, at: datetime, events: Sequence[SessionEvent]) -> int:
        """Add events behind `after_seq`, all or none; returns the last seq.

        Raises:
            SessionConflictError: another process appended in between.
            NotFoundError: no such session.
            StorageError: it cannot be written.
        """
        ...

    async def load(self, session_id: str) -> tuple[StoredEvent, ...]:
        """All events of a session, in order. NotFoundError if there is none."""
        ...

    async def summary(self, session_id: str) -> SessionSummary:
        """One session's row. NotFoundError if there is none."""
        ...

    async def find(self, prefix: str) -> str:
        """The full id of the only session whose id starts so. NotFoundError if none or several."""
        ...

    async def history(
        self,
        *,
        limit: int,
        offset: int = 0,
        scenario_id: str | None = None,
        status: Literal["all", "finished", "unfinished"] = "all",
    ) -> tuple[SessionSummary, ...]:
        """Sessions, newest first."""
        ...

    async def best_scores(self) -> Mapping[str, float]:
        """The best overall score by scenario id. Its cost does not grow with the number of sessions."""
        ...

    async def save_draft(self, session_id: str, text: str) -> None:
        """Keep what is typed and not sent yet; an empty text removes it."""
        ...

    async def load_draft(self, session_id: str) -> str: ...

    async def forget(self, session_id: str | None) -> int:
        """Delete a session, or all with None, beyond recovery; returns how many."""
        ...

    async def close(self) -> None: ...
