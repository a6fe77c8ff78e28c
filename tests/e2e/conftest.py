from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from e2e.terminal import WIDE, Size, Terminal
from integration.program import COMMAND, DATABASE, environment

SCREEN = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}

Opens = Callable[..., Terminal]


@pytest.fixture(scope="session")
def bytecode(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled modules, kept from one test run to the next."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir("bytecode")) if cache is not None else tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def env(tmp_path: Path, bytecode: Path) -> dict[str, str]:
    """An environment with a home of its own, and a customer who types at once."""
    return environment(tmp_path, bytecode, SIMULATOR_UI__PACE="instant", **SCREEN)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / DATABASE


@pytest.fixture
def opens(tmp_path: Path, env: dict[str, str]) -> Iterator[Opens]:
    """Starts the program in a terminal; what is still running at the end is ended."""
    with ExitStack() as running:

        def start(*arguments: str, size: Size = WIDE, **changes: str) -> Terminal:
            terminal = Terminal([*COMMAND, *arguments], {**env, **changes}, tmp_path / "work", size)
            return running.enter_context(terminal)

        yield start
