"""The line of every key, in all the ways in which TOML lets it be written."""

from __future__ import annotations

import pytest

from simulator.content.findings import KeyPath, dotted
from simulator.content.positions import Positions

TEXT = '''\
# a comment
top.sub = 1
"quoted key" = [1, "x", { c = 2, d.e = [3] }]

[table.under]
text = """
several
lines"""
after = 1

[[list]]
id = "first"
[list.table]
deep = 1
[[list]]
id = "second"
[[list.inner]]
z = 1
[[list.inner]]
z = 2

[last]
entries = [
  "one",  # with a comment
  # and another
  "two",
  { a = 1 },
]
inline = { a = { b = 1 }, c = "x" }
'''
WHERE: list[tuple[KeyPath, int]] = [
    (("top",), 2),
    (("top", "sub"), 2),
    (("quoted key",), 3),
    (("quoted key", 2, "d", "e", 0), 3),
    (("table", "under"), 5),
    (("table", "under", "text"), 6),
    (("table", "under", "after"), 9),
    (("list", 0), 11),
    (("list", 0, "id"), 12),
    (("list", 0, "table", "deep"), 14),
    (("list", 1, "id"), 16),
    (("list", 1, "inner", 0, "z"), 18),
    (("list", 1, "inner", 1, "z"), 20),
    (("last", "entries", 0), 24),
    (("last", "entries", 1), 26),
    (("last", "entries", 2, "a"), 27),
    (("last", "inline", "a", "b"), 29),
    (("last", "inline", "c"), 29),
]


@pytest.mark.parametrize(("path", "line"), WHERE)
def test_every_key_has_its_line(path: KeyPath, line: int) -> None:
    assert Positions(TEXT).line(path) == line


def test_a_missing_key_has_the_line_of_what_it_is_missing_in() -> None:
    positions = Positions(TEXT)
    assert positions.line(("list", 1, "missing")) == 15
    assert positions.line(("last", "entries", 9)) == 23
    assert positions.line(("nowhere", "at all")) is None
    assert positions.line(()) is None


def test_paths_are_written_as_people_write_them() -> None:
    assert dotted(("facts", 2, "asks")) == "facts[2].asks"
    assert dotted(("voice", "tone")) == "voice.tone"
    assert dotted(()) == ""
