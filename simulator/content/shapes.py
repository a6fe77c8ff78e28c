"""What may stand where, read from the models: known keys, choices, bounds, and what each key is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from pydantic import BaseModel

from simulator.content.findings import KeyPath

Json = Mapping[str, object]


class Shape:
    """One place in a file: a table, a list or a value."""

    def __init__(self, node: Json, definitions: Json) -> None:
        self._definitions = definitions
        self._node = self._resolved(node)

    def _resolved(self, node: Json) -> Json:
        own = {key: value for key, value in node.items() if key != "$ref"}
        reference = node.get("$ref")
        if isinstance(reference, str):
            target = cast("Json", self._definitions[reference.rsplit("/", 1)[-1]])
            return self._resolved({**target, **own})
        options = node.get("anyOf")
        if isinstance(options, list):
            real = next(option for option in options if option.get("type") != "null")
            own.pop("anyOf", None)
            return self._resolved({**real, **own})
        return own

    def below(self, part: str | int) -> Shape | None:
        """The shape under that key, or of the entries of a list; None if nothing may stand there."""
        node = self._mapping("items") if isinstance(part, int) else self._mapping("properties").get(part)
        if node is None and isinstance(part, str):
            node = self._node.get("additionalProperties")
        return Shape(cast("Json", node), self._definitions) if isinstance(node, Mapping) and node else None

    def at(self, path: KeyPath) -> Shape | None:
        """The shape at that path."""
        shape: Shape | None = self
        for part in path:
            if shape is None:
                return None
            shape = shape.below(part)
        return shape

    def keys(self) -> tuple[str, ...]:
        """The keys that may stand in this table."""
        names = self._mapping("propertyNames")
        return tuple(self._mapping("properties")) or (Shape(names, self._definitions).choices() if names else ())

    def required(self) -> tuple[str, ...]:
        return tuple(cast("list[str]", self._node.get("required", [])))

    def choices(self) -> tuple[str, ...]:
        """The only values that are possible; empty if it is free."""
        return tuple(str(choice) for choice in cast("list[object]", self._node.get("enum", [])))

    def purpose(self) -> str:
        """What it is for, in the words of the model; empty if it speaks for itself."""
        description = self._node.get("description")
        if not isinstance(description, str):
            return ""
        return " ".join(description.split()).replace("None if", "leave it out if")

    def number(self, name: str) -> float | None:
        """A bound of the schema, e.g. "minimum"."""
        value = self._node.get(name)
        return float(value) if isinstance(value, int | float) else None

    @property
    def type(self) -> str:
        return str(self._node.get("type", "string"))

    @property
    def has_pattern(self) -> bool:
        return "pattern" in self._node

    def walk(self, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Shape]]:
        """Every place below, lists by their entry 0."""
        for key in self._mapping("properties"):
            below = self.below(key)
            if below is not None:
                yield (*path, key), below
                yield from below.walk((*path, key))
        entries = self.below(0)
        if entries is not None:
            yield from entries.walk((*path, 0))

    def _mapping(self, name: str) -> Json:
        value = self._node.get(name)
        return cast("Json", value) if isinstance(value, Mapping) else {}


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a whole file."""
    schema = model.model_json_schema()
    return Shape(schema, cast("Json", schema.get("$defs", {})))
