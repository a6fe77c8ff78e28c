"""What works here: `simulator doctor`."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from simulator import __version__
from simulator.bootstrap.services import DATABASE, content_roots, read_settings
from simulator.content import load_library
from simulator.domain.events import CustomerSpoke, SpeechFaultKind
from simulator.errors import SimulatorError
from simulator.settings import OFFLINE, LoadedSettings
from simulator.storage import SqliteSessionStore

SETTINGS_FILE = "simulator.toml"
_MOST_SESSIONS = 1000
_SESSIONS_FOR_FAULTS = 50
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `simulator doctor` looked at."""

    check: str
    ok: bool
    detail: str
    hint: str = ""


def examine(*, with_servers: bool = True) -> list[Finding]:
    """What works here, and where each setting came from.

    Args:
        with_servers: whether to look for model servers on this machine.
    """
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
    findings += _database_findings(loaded.settings.data_dir / DATABASE)
    findings.append(_voice("Customer", loaded.settings.models.customer, "authored words, no network"))
    findings.append(_voice("Judge", loaded.settings.models.judge, "rules, no network"))
    if with_servers:
        findings += _servers()
    return findings


def examine_model(name: str) -> list[Finding]:
    """What comes of one tiny call of a model, called as the settings call the customer's."""
    from simulator.llm.discovery import probe  # noqa: PLC0415 - only who asks for a model waits for its library
    from simulator.llm.litellm_model import LiteLLMModel, ModelOptions  # noqa: PLC0415

    settings = read_settings(name).settings.models
    model = LiteLLMModel(ModelOptions.of(settings.customer, settings.options_for("customer")))
    result = asyncio.run(probe(model))
    if result.error is not None:
        error = result.error
        return [Finding(f"Model {result.model}", ok=False, detail=f"{error.title} {error.detail}", hint=error.hint)]
    return [Finding(f"Model {result.model}", ok=True, detail=" ".join(result.lines()))]


def _voice(part: str, name: str, offline: str) -> Finding:
    if name == OFFLINE:
        return Finding(part, ok=True, detail=f"{name}: {offline}")
    hint = f"To try it out with one tiny call: simulator doctor --model {name.split(', ', maxsplit=1)[0]}"
    return Finding(part, ok=True, detail=f"{name}, through LiteLLM", hint=hint)


def _servers() -> list[Finding]:
    """Model servers on this machine, with the lines that would let one voice the customer."""
    from simulator.llm.discovery import find_servers, places  # noqa: PLC0415 - loads an HTTP library

    found = asyncio.run(find_servers(places(os.environ)))
    if not found:
        return [Finding("Model servers on this machine", ok=True, detail="none found; none is needed")]
    findings = []
    for server in found:
        models = ", ".join(server.models[:_MOST_NAMES]) or ("it wants a key" if server.needs_key else "no model loaded")
        lines = "\n".join(server.setting_lines())
        hint = f"To use it, write into {SETTINGS_FILE}:\n{lines}"
        findings.append(Finding(f"{server.kind} at {server.url}", ok=True, detail=models, hint=hint))
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
    library = load_library(content_roots(loaded))
    counts = f"{len(library.scenarios)} scenarios, {len(library.personas)} personas, {len(library.rubrics)} rubrics"
    errors = [problem for problem in library.problems if problem.severity == "error"]
    hint = "Run: simulator check" if library.problems else ""
    return [Finding("Content", ok=not errors, detail=f"{counts}; {len(errors)} errors", hint=hint)]


def _database_findings(path: Path) -> list[Finding]:
    if not path.exists():
        return [Finding("Sessions", ok=True, detail=f"none yet; they will be kept in {path}")]
    try:
        count, faults = asyncio.run(_looked_through(path))
    except SimulatorError as error:
        return [Finding("Sessions", ok=False, detail=f"{error.title} {error.detail}", hint=error.hint)]
    many = " or more" if count == _MOST_SESSIONS else ""
    findings = [Finding("Sessions", ok=True, detail=f"{count}{many} in {path}")]
    if faults:
        counted = ", ".join(f"{number} {kind.value.replace('_', ' ')}" for kind, number in faults.most_common())
        detail = f"{counted} (in the last {_SESSIONS_FOR_FAULTS} sessions; caught before they were shown)"
        findings.append(Finding("Faults of models", ok=True, detail=detail))
    return findings


async def _looked_through(path: Path) -> tuple[int, Counter[SpeechFaultKind]]:
    """How many sessions there are, and what models did wrong in the latest."""
    store = SqliteSessionStore(path)
    faults: Counter[SpeechFaultKind] = Counter()
    try:
        found = await store.history(limit=_MOST_SESSIONS)
        for session in found[:_SESSIONS_FOR_FAULTS]:
            for stored in await store.load(session.id):
                if isinstance(stored.event, CustomerSpoke):
                    faults.update(fault.kind for fault in stored.event.faults)
    finally:
        await store.close()
    return len(found), faults
