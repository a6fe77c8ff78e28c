"""The content that sessions are started from, as it was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, Literal, TypeVar

from simulator.domain.base import Value
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario
from simulator.errors import NotFoundError


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


def pick(items: Mapping[str, Loaded[T]], item_id: str, kind: str) -> Loaded[T]:
    """The item with that id.

    Raises:
        NotFoundError: there is none; names near ones, or all when they are few.
    """
    if item_id in items:
        return items[item_id]
    near = get_close_matches(item_id, items, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(sorted(items)) or 'none'}."
    raise NotFoundError(f'There is no {kind} "{item_id}".', "", hint)
