"""The content that sessions are started from, as it was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from simulator.domain.base import Value
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario


class Problem(Value):
    """Something wrong in a content file, where it is, and how to mend it."""

    file: str
    line: int | None
    """From 1; None when the whole file is meant."""
    key: str
    """Dotted path of the key, e.g. "facts[2].asks"; empty for the whole file."""
    severity: Literal["error", "warning"]
    message: str
    hint: str


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """One item and where it comes from."""

    item: T
    sha256: str
    """Of the file's bytes."""
    path: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that could be loaded, by id, and what was wrong with the rest."""

    scenarios: Mapping[str, Loaded[Scenario]]
    personas: Mapping[str, Loaded[Persona]]
    rubrics: Mapping[str, Loaded[Rubric]]
    problems: tuple[Problem, ...] = ()
