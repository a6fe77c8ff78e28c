"""Finds the line on which a key of a TOML file stands. Used only when there is something to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from simulator.content.findings import KeyPath

_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})
_NO_VALUES = frozenset({"comment", "[", "]", ",", "{", "}", "=", "[[", "]]", "ERROR"})


class Positions:
    """Lines by key path."""

    def __init__(self, text: str) -> None:
        tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
        self._lines: dict[KeyPath, int] = {}
        self._tables: Counter[KeyPath] = Counter()
        for node in tree.root_node.children:
            self._read_top(node)

    def line(self, path: KeyPath) -> int | None:
        """The line from 1; of the nearest enclosing key when this one is missing; None for the whole file."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None

    def _read_top(self, node: Node) -> None:
        match node.type:
            case "pair":
                self._read_pair(node, ())
            case "table" | "table_array_element":
                self._read_table(node)
            case _:
                pass

    def _read_table(self, node: Node) -> None:
        header = next((part for part in node.children if part.type in _KEYS), None)
        if header is None:
            return
        path = self._resolved(tuple(_names(header)), opens_item=node.type == "table_array_element")
        self._set(path, node)
        for part in node.children:
            if part.type == "pair":
                self._read_pair(part, path)

    def _resolved(self, names: tuple[str, ...], *, opens_item: bool) -> KeyPath:
        """The path with the places of the array items that the header stands in."""
        path: KeyPath = ()
        for n, name in enumerate(names):
            path = (*path, name)
            if opens_item and n == len(names) - 1:
                self._tables[path] += 1
            if self._tables[path]:
                path = (*path, self._tables[path] - 1)
        return path

    def _read_pair(self, node: Node, parent: KeyPath) -> None:
        key = next((part for part in node.children if part.type in _KEYS), None)
        if key is None:
            return
        path = parent
        for name in _names(key):
            path = (*path, name)
            self._set(path, key)
        value = node.children[-1]
        if value.type not in _KEYS:
            self._read_value(value, path)

    def _read_value(self, node: Node, path: KeyPath) -> None:
        if node.type == "inline_table":
            for part in node.children:
                if part.type == "pair":
                    self._read_pair(part, path)
        elif node.type == "array":
            items = (part for part in node.children if part.type not in _NO_VALUES)
            for n, item in enumerate(items):
                self._set((*path, n), item)
                self._read_value(item, (*path, n))

    def _set(self, path: KeyPath, node: Node) -> None:
        self._lines.setdefault(path, node.start_point.row + 1)


def _names(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for part in key.children:
            if part.type in _KEYS:
                yield from _names(part)
        return
    text = (key.text or b"").decode()
    yield text[1:-1] if key.type == "quoted_key" else text
