from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from integration.program import Program

REPLIES = (
    "So it shuts at 80 percent, five times since yesterday evening, is that right?",
    "What do you need the file for?",
    "I am sorry for the inconvenience.",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes take their time on a busy machine; what hangs is found by their own patience."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(150))


@pytest.fixture(scope="session")
def bytecode(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled modules, kept from one test run to the next."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir("bytecode")) if cache is not None else tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def program(tmp_path: Path, bytecode: Path) -> Iterator[Program]:
    """The program on folders of its own; at the end nothing may lie beside them."""
    program = Program(tmp_path, bytecode)
    yield program
    assert program.strays() == []


@dataclass(frozen=True, slots=True)
class Played:
    """A session that was played from its replies."""

    data: Path
    document: dict[str, Any]
    replies: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.document["session"])


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Played:
    """One whole session, played once for all tests that only look at it."""
    program = Program(tmp_path_factory.mktemp("played"), bytecode)
    program.put("replies.txt", "\n".join(REPLIES))
    done = program.run("run", "export-crash", "--replies", "replies.txt", "--seed", "7", "--json")
    assert done.code == 0, done.err
    return Played(program.data, json.loads(done.out), REPLIES)


@pytest.fixture
def kept(program: Program, played: Played) -> Played:
    """The program with that session in its history."""
    shutil.copytree(played.data, program.data)
    return played
