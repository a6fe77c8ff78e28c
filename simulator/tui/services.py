"""What the app is handed: the parts it works with, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric
    from simulator.engine.chat import Spent
    from simulator.engine.library import Library
    from simulator.engine.ports import SessionStore
    from simulator.engine.sessions import SessionService

ThemeChoice = Literal["auto", "dark", "light"]
Pace = Literal["human", "quick", "instant"]

THEME_CHOICES: tuple[ThemeChoice, ...] = ("auto", "dark", "light")
PACES: tuple[Pace, ...] = ("human", "quick", "instant")


class UiSettings(Protocol):
    """How the app looks and behaves. `save` keeps a change, and the attributes read it from then on."""

    @property
    def theme(self) -> ThemeChoice: ...

    @property
    def show_mood(self) -> bool: ...

    @property
    def pace(self) -> Pace: ...

    @property
    def keymap(self) -> Mapping[str, str]:
        """Key strings by binding id, e.g. {"home.search": "ctrl+f"}."""
        ...

    def save(self, **changes: object) -> None:
        """Keep these values for the next time; called in a thread.

        Raises:
            SimulatorError: they cannot be written. The attributes read the new values all the same.
        """
        ...


class AppServices(Protocol):
    """Everything the screens call."""

    @property
    def library(self) -> Library: ...

    @property
    def sessions(self) -> SessionService: ...

    @property
    def store(self) -> SessionStore: ...

    @property
    def ui(self) -> UiSettings: ...

    @property
    def rubric(self) -> Rubric: ...

    @property
    def about(self) -> Mapping[str, str]:
        """Facts for the settings screen by label, e.g. {"Version": "0.1.0", "Customer": "offline"}."""
        ...

    def spent(self, session_id: str) -> Spent | None:
        """What models have used for a session; None when no model is in use."""
        ...


@dataclass(frozen=True, slots=True)
class StartAt:
    """Where the app opens instead of Home; Home lies behind it."""

    place: Literal["home", "briefing", "conversation", "debrief", "history"] = "home"
    scenario: str | None = None
    """For the briefing, and for a conversation that is begun."""
    persona: str | None = None
    session: str | None = None
    """For the debrief, and for a conversation that is continued: an id or its beginning."""
    seed: int | None = None
