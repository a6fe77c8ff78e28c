"""Checks one file's data against its model."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.content.findings import Finding, KeyPath, labelled, whereabouts
from simulator.content.kinds import Kind
from simulator.content.repair import stand_in
from simulator.content.shapes import shape_of
from simulator.content.wording import worded

_ROUNDS = 3
"""Filling a hole can open another one at most as often as tables nest."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the data."""

    item: BaseModel | None
    """The persona, scenario or rubric; also when it was mended for further checks. None if nothing could be made."""
    findings: tuple[Finding, ...]
    mended: frozenset[KeyPath] = frozenset()
    """Places where the item is not what the file says."""


def validated(kind: Kind, data: Mapping[str, object]) -> Checked:
    """The item, or all that is wrong with the form of the data and a stand-in for further checks."""
    try:
        text = json.dumps(data, ensure_ascii=False, default=_plain, allow_nan=False)
        return Checked(kind.model.model_validate_json(text, strict=True), ())
    except ValidationError as error:
        refusals = _real(error)
    except (ValueError, RecursionError):
        refusals = []
    return _with_stand_in(kind, data, refusals)


def _with_stand_in(kind: Kind, data: Mapping[str, object], refusals: list[ErrorDetails]) -> Checked:
    shape = shape_of(kind.model)
    findings = tuple(_infinite(data, ())) or tuple(worded(refusal, data, shape) for refusal in refusals)
    mended: object = data
    places: frozenset[KeyPath] = frozenset()
    for _ in range(_ROUNDS):
        mended, more = stand_in(mended, refusals, shape)
        places |= more
        try:
            text = json.dumps(mended, ensure_ascii=False, default=_plain)
            return Checked(kind.model.model_validate_json(text, strict=True), findings, places)
        except ValidationError as error:
            refusals = _real(error)
    return Checked(None, findings, places)


def _real(error: ValidationError) -> list[ErrorDetails]:
    """The refusals without those that only follow from others: a list with a wrong entry is called too short, too."""
    return [refusal for refusal in error.errors(include_url=False) if not _is_long_enough(refusal)]


def _is_long_enough(refusal: ErrorDetails) -> bool:
    value, context = refusal["input"], refusal.get("ctx", {})
    return refusal["type"] == "too_short" and isinstance(value, list) and len(value) >= context["min_length"]


def _plain(value: object) -> str:
    """Dates and times, which TOML writes without quotes, are taken as text."""
    return str(value)


def _infinite(node: object, path: KeyPath, root: object = None) -> Iterator[Finding]:
    root = node if root is None else root
    if isinstance(node, float) and not math.isfinite(node):
        message = f"{labelled(path)} is {node}, which is no number that can be used{whereabouts(path, root)}."
        yield Finding(path, message, "Write an ordinary number, e.g. 0.5.")
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _infinite(value, (*path, key), root)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _infinite(value, (*path, place), root)
