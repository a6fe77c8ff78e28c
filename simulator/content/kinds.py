"""The kinds of content, and how a file's kind is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    name: str
    folder: str
    model: type[BaseModel]
    marks: frozenset[str]
    """Keys that only this kind has at the top."""


PERSONA = Kind("persona", "personas", Persona, frozenset({"temperament", "voice", "background", "pronouns"}))
SCENARIO = Kind("scenario", "scenarios", Scenario, frozenset({"facts", "concern", "actions", "channel", "opening"}))
RUBRIC = Kind("rubric", "rubrics", Rubric, frozenset({"criteria", "pass_mark", "pass_mark_method"}))
KINDS = (PERSONA, SCENARIO, RUBRIC)


def kind_of(path: Path, data: Mapping[str, object]) -> Kind | None:
    """The kind by the keys at the top, or else by the folder; None if neither tells."""
    counts = {kind.name: len(kind.marks & data.keys()) for kind in KINDS}
    best = max(KINDS, key=lambda kind: counts[kind.name])
    if counts[best.name]:
        return best
    return next((kind for kind in KINDS if path.absolute().parent.name == kind.folder), None)
