"""A file of results that can be continued."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import UsageError
from simulator.reports.result_file import ResultFile
from simulator.reports.score_documents import csv_line, json_line


def json_file(path: Path) -> ResultFile:
    return ResultFile(path, "json", heading="", field="id")


def known(path: Path, *names: str | int | None) -> list[bool]:
    with json_file(path) as file:
        return [file.has(name) for name in names]


def filled(path: Path, *names: str | int | None) -> Path:
    path.write_text("".join(json_line({"id": name, "error": "x"}) for name in names), encoding="utf-8")
    return path


def test_names_in_the_order_of_the_file_are_known(tmp_path: Path) -> None:
    assert known(filled(tmp_path / "out", "a", 1, None), "a", 1, None, "b", None) == [True, True, True, False, False]


def test_names_in_another_order_are_known_too_and_each_counts_once(tmp_path: Path) -> None:
    path = filled(tmp_path / "out", "a", "b", "b")
    assert known(path, "new", "b", "a", "b", "b", "1") == [False, True, True, True, False, False]


def test_what_is_written_now_is_not_taken_for_what_was_there(tmp_path: Path) -> None:
    with json_file(tmp_path / "out") as file:
        assert not file.has("a")
        file.write(json_line({"id": "a", "error": ""}))
        assert not file.has("a")


def test_a_line_that_was_cut_off_is_taken_away(tmp_path: Path) -> None:
    path = filled(tmp_path / "out", "a", "b")
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"id": "c", "rati')
    assert known(path, "a", "b", "c") == [True, True, False]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", ["Dear diary,\nno line feed at the end", '{"session": "x"}\n', "id,level\n"])
def test_another_file_is_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "out"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="something else"):
        json_file(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_table_is_continued_under_its_heading(tmp_path: Path) -> None:
    path, heading = tmp_path / "out.csv", csv_line(["id", "level"])
    with ResultFile(path, "csv", heading=heading, field="id") as file:
        file.write(csv_line(["=a,b", 1]))
    with ResultFile(path, "csv", heading=heading, field="id") as file:
        assert file.has("=a,b")
        assert not file.has("c")
        file.write(csv_line(["c\nd", 2]))
    assert path.read_text(encoding="utf-8") == 'id,level\n"\'=a,b",1\nc d,2\n'


def test_what_cannot_be_seen_is_escaped_in_json_lines() -> None:
    assert json_line({"id": "a\u2028\x9b\ud800é\U000e0001"}) == '{"id": "a\\u2028\\u009b\\ud800é\\udb40\\udc01"}\n'
