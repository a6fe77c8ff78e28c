"""The composition root: from settings to concrete parts."""

from __future__ import annotations

import os
import platform
import random
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from simulator import __version__
from simulator.content import ContentRoot, check_paths, load_library, shipped_roots
from simulator.customers import ScriptedCustomer
from simulator.domain.rubric import Rubric
from simulator.engine.library import Library, Problem, pick
from simulator.engine.ports import SessionStore
from simulator.engine.practice import Parts, PracticeSessions
from simulator.errors import SimulatorError
from simulator.judging.offline import OfflineAppraiser, group_match, matches_concern
from simulator.settings import LoadedSettings, UiSettings, load_settings, save_remembered
from simulator.storage import MemorySessionStore, SqliteSessionStore

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
    sessions: PracticeSessions
    store: SessionStore
    ui: RememberedUi
    rubric: Rubric
    about: Mapping[str, str]

    async def close(self) -> None:
        """Let go of the database."""
        await self.store.close()


def read_settings(customer: str | None = None, judge: str | None = None) -> LoadedSettings:
    """The settings that hold here; see `load_settings`."""
    typed = {"models.customer": customer, "models.judge": judge}
    return load_settings(typed, os.environ, Path.cwd())


def _roots(loaded: LoadedSettings) -> tuple[ContentRoot, ...]:
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
    library = load_library(_roots(loaded))
    path = loaded.settings.data_dir / DATABASE
    store: SessionStore = MemorySessionStore() if temporary else SqliteSessionStore(path)
    chance = random.SystemRandom()
    parts = Parts(
        library=library,
        store=store,
        customer=ScriptedCustomer(),
        appraiser=OfflineAppraiser(),
        concern_reader=matches_concern,
        clock=SystemClock(),
        new_id=lambda: uuid.uuid4().hex,
        new_seed=lambda: chance.randrange(1, 1_000_000),
        app_version=__version__,
        rubric_id=RUBRIC,
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
    )


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """What `simulator check` found."""

    files: int
    problems: tuple[Problem, ...]


def check_content(paths: Sequence[Path]) -> CheckedContent:
    """Every problem in those files and folders; in the workspace and the shipped content if none is named."""
    roots = _roots(read_settings())
    wanted = list(paths) or [folder for root in (*roots, *shipped_roots()) for folder in _content_folders(root.path)]
    problems = check_paths(wanted, roots, group_match=group_match)
    return CheckedContent(sum(len(_toml_files(path)) for path in wanted), tuple(problems))


def _content_folders(root: Path) -> list[Path]:
    return [root / name for name in ("personas", "scenarios", "rubrics") if (root / name).is_dir()]


def _toml_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.toml")) if path.is_dir() else [path]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `simulator doctor` looked at."""

    check: str
    ok: bool
    detail: str
    hint: str = ""


def examine() -> list[Finding]:
    """What works here, and where each setting came from."""
    findings = [
        Finding("Program", ok=True, detail=f"simulator {__version__}, Python {platform.python_version()}"),
        Finding("Terminal", ok=True, detail=_terminal()),
    ]
    try:
        loaded = read_settings()
    except SimulatorError as error:
        return [*findings, Finding("Settings", ok=False, detail=f"{error.title} {error.detail}", hint=error.hint)]
    findings += [_setting(loaded, key) for key in loaded.sources]
    findings += _content_findings(loaded)
    findings.append(_database_finding(loaded.settings.data_dir / DATABASE))
    findings.append(
        Finding("Customer", ok=True, detail=f"{loaded.settings.models.customer}: authored words, no network")
    )
    findings.append(Finding("Judge", ok=True, detail=f"{loaded.settings.models.judge}: rules, no network"))
    return findings


def _terminal() -> str:
    if not sys.stdout.isatty():
        return "none; sessions can be held with --plain"
    size = os.get_terminal_size()
    return f"{size.columns} columns, {size.lines} lines"


def _setting(loaded: LoadedSettings, key: str) -> Finding:
    value: object = loaded.settings
    for name in key.split("."):
        value = getattr(value, name)
    return Finding(f"Setting {key}", ok=True, detail=f"{value!s} (from {loaded.sources[key]})")


def _content_findings(loaded: LoadedSettings) -> list[Finding]:
    library = load_library(_roots(loaded))
    counts = f"{len(library.scenarios)} scenarios, {len(library.personas)} personas, {len(library.rubrics)} rubrics"
    errors = [problem for problem in library.problems if problem.severity == "error"]
    hint = "Run: simulator check" if library.problems else ""
    return [Finding("Content", ok=not errors, detail=f"{counts}; {len(errors)} errors", hint=hint)]


def _database_finding(path: Path) -> Finding:
    import asyncio  # noqa: PLC0415 - only here is a loop needed

    async def count() -> int:
        store = SqliteSessionStore(path)
        try:
            return len(await store.history(limit=1000))
        finally:
            await store.close()

    if not path.exists():
        return Finding("Sessions", ok=True, detail=f"none yet; they will be kept in {path}")
    try:
        found = asyncio.run(count())
    except SimulatorError as error:
        return Finding("Sessions", ok=False, detail=f"{error.title} {error.detail}", hint=error.hint)
    return Finding("Sessions", ok=True, detail=f"{found}{' or more' if found == 1000 else ''} in {path}")
