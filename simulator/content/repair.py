"""Makes a usable stand-in of a wrong file, so that the checks of meaning can run beside those of form.

The stand-in is thrown away afterwards; nothing of it is ever shown or played.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence

from pydantic_core import ErrorDetails

from simulator.content.findings import KeyPath, at
from simulator.content.shapes import Shape


def stand_in(data: object, errors: Sequence[ErrorDetails], shape: Shape) -> tuple[object, frozenset[KeyPath]]:
    """The data with every wrong place taken out or filled with something valid, and which places those are."""
    mended = copy.deepcopy(data)
    places = set()
    for error in errors:
        path = tuple(part for part in error["loc"] if part != "[key]")
        places.add(path)
        if error["type"] == "extra_forbidden" or "[key]" in error["loc"]:
            _take_out(mended, path)
        else:
            _put(mended, path, sample(shape.at(path)))
    return mended, frozenset(places)


def sample(shape: Shape | None) -> object:
    """The smallest thing that is valid there."""
    if shape is None:
        return "x"
    if shape.choices():
        choice = shape.choices()[0]
        return int(choice) if shape.type == "integer" else choice
    match shape.type:
        case "object":
            return {key: sample(shape.below(key)) for key in shape.required()}
        case "array":
            return [sample(shape.below(0)) for _ in range(int(shape.number("minItems") or 0))]
        case "integer":
            return math.ceil(_inside(shape))
        case "number":
            return _inside(shape)
        case "boolean":
            return False
        case _:
            return "x" * max(1, int(shape.number("minLength") or 1))


def _inside(shape: Shape) -> float:
    above = shape.number("exclusiveMinimum")
    if above is not None:
        return above + 1.0
    return shape.number("minimum") or 0.0


def _take_out(data: object, path: KeyPath) -> None:
    parent = at(data, path[:-1])
    if isinstance(parent, dict):
        parent.pop(path[-1], None)


def _put(data: object, path: KeyPath, value: object) -> None:
    parent = at(data, path[:-1])
    match parent, path[-1:]:
        case dict(), (last,):
            parent[last] = value
        case list(), (int(last),) if last < len(parent):
            parent[last] = value
        case _:
            pass
