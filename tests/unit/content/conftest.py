from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.content import check_paths
from simulator.engine.library import Problem

DATA = Path(__file__).parents[2] / "data" / "content"

Change = Callable[..., list[Problem]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with one good persona and one good scenario."""
    return Path(shutil.copytree(DATA, tmp_path / "workspace"))


@pytest.fixture
def scenario_with(workspace: Path) -> Change:
    """The problems of the good scenario after one text in it was replaced by another."""
    return _changing(workspace / "scenarios" / "sample-case.toml")


@pytest.fixture
def persona_with(workspace: Path) -> Change:
    """The same with the good persona."""
    return _changing(workspace / "personas" / "sample-customer.toml")


def _changing(file: Path) -> Change:
    def change(old: str, new: str, **options: object) -> list[Problem]:
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
        file.write_text(text.replace(old, new), encoding="utf-8")
        return check_paths([file.parent.parent], **options)  # type: ignore[arg-type]

    return change


def line_of(text: str, part: str) -> int:
    """The line, from 1, on which the part stands."""
    assert text.count(part) == 1
    return text[: text.index(part)].count("\n") + 1
