"""Everything that a front end is handed, put together from the settings."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from simulator import __version__
from simulator.content import ContentRoot, load_library, shipped_roots
from simulator.customers import ScriptedCustomer
from simulator.domain.rubric import Rubric
from simulator.engine.chat import Spent
from simulator.engine.library import Library, pick
from simulator.engine.ports import SessionStore
from simulator.engine.practice import Parts, PracticeSessions
from simulator.engine.sessions import SessionService
from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.settings import OFFLINE, LoadedSettings, UiSettings, load_settings, save_remembered
from simulator.storage import MemorySessionStore, SqliteSessionStore

if TYPE_CHECKING:
    from simulator.bootstrap.models import Models

DATABASE = "practice.db"
RUBRIC = "core"


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The time, UTC."""
        return datetime.now(UTC)


class RememberedUi:
    """How the app looks, with changes kept for the next time.

    Args:
        loaded: the settings at the start.
    """

    def __init__(self, loaded: LoadedSettings) -> None:
        self._ui: UiSettings = loaded.settings.ui
        self._config_dir = loaded.config_dir

    @property
    def theme(self) -> Literal["auto", "dark", "light"]:
        return self._ui.theme

    @property
    def show_mood(self) -> bool:
        return self._ui.show_mood

    @property
    def pace(self) -> Literal["human", "quick", "instant"]:
        return self._ui.pace

    @property
    def keymap(self) -> Mapping[str, str]:
        return self._ui.keymap

    def save(self, **changes: object) -> None:
        """Let the changes count, and keep them.

        Raises:
            SettingsError: they cannot be written; they count all the same.
        """
        self._ui = UiSettings.model_validate({**self._ui.model_dump(), **changes})
        save_remembered(self._config_dir, {f"ui.{name}": value for name, value in changes.items()})


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a front end is handed."""

    library: Library
    sessions: SessionService
    store: SessionStore
    ui: RememberedUi
    rubric: Rubric
    about: Mapping[str, str]
    models: Models | None = None
    """None when everything is offline."""

    def spent(self, session_id: str) -> Spent | None:
        """What models have used for a session; None when no model is in use."""
        return None if self.models is None else self.models.budget.spent(session_id)

    async def close(self) -> None:
        """Stop what goes on in the background, and let go of the database."""
        await self.sessions.close()
        await self.store.close()


def read_settings(customer: str | None = None, judge: str | None = None) -> LoadedSettings:
    """The settings that hold here; see `load_settings`."""
    typed = {"models.customer": customer, "models.judge": judge}
    return load_settings(typed, os.environ, Path.cwd())


def content_roots(loaded: LoadedSettings) -> tuple[ContentRoot, ...]:
    """The workspace, unless it is the very folder that the shipped content lies in."""
    workspace = ContentRoot(loaded.settings.workspace.resolve())
    shipped = {root.path.resolve() for root in shipped_roots()}
    return () if workspace.path in shipped else (workspace,)


def open_services(*, customer: str | None = None, judge: str | None = None, temporary: bool = False) -> Services:
    """All parts, put together.

    Args:
        customer: who voices the customer, as typed; None takes the settings'.
        judge: who scores, likewise.
        temporary: whether sessions are kept in memory only.

    Raises:
        SimulatorError: settings or content that cannot be used.
    """
    loaded = read_settings(customer, judge)
    library = load_library(content_roots(loaded))
    path = loaded.settings.data_dir / DATABASE
    store = MemorySessionStore() if temporary else SqliteSessionStore(path)
    clock = SystemClock()
    models = _models(loaded, store, clock)
    chance = random.SystemRandom()
    parts = Parts(
        library=library,
        store=store,
        customer=models.customer() if models else ScriptedCustomer(),
        appraiser=OfflineAppraiser(),
        concern_reader=matches_concern,
        clock=clock,
        new_id=lambda: uuid.uuid4().hex,
        new_seed=lambda: chance.randrange(1, 1_000_000),
        app_version=__version__,
        rubric_id=RUBRIC,
        offline_customer=ScriptedCustomer(),
        judge=models.panel() if models else None,
    )
    return Services(
        library=library,
        sessions=PracticeSessions(parts),
        store=store,
        ui=RememberedUi(loaded),
        rubric=pick(library.rubrics, RUBRIC, "rubric").item,
        about={
            "Version": __version__,
            "Customer": loaded.settings.models.customer,
            "Judge": loaded.settings.models.judge,
            "Sessions are kept in": "memory only" if temporary else str(path),
            "Your own content": str(loaded.settings.workspace),
        },
        models=models,
    )


def _models(
    loaded: LoadedSettings, store: MemorySessionStore | SqliteSessionStore, clock: SystemClock
) -> Models | None:
    named = loaded.settings.models
    if named.customer == OFFLINE and set(named.names_for("judge")) == {OFFLINE}:
        return None
    from simulator.bootstrap.models import Models  # noqa: PLC0415 - only who uses a model loads what speaks to it

    return Models(loaded.settings, store, clock)
