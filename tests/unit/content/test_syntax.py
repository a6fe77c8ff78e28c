"""What keeps a file from being read at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.content import check_paths
from simulator.engine.library import Problem

CASES = [
    ("a = 1\nb = “hi”\n", 2, "curly", "straight quotes"),
    ('a : "x"\n', 1, "colon where = belongs", "key = value"),
    ("a = 1\nb = hello there\n", 2, "without quotes", '"hello there"'),
    ("a = True\n", 1, '"True" is not written like this', "true in small letters"),
    ('a = [\n  "x",\n  "y"\n  "z",\n]\n', 4, "comma is missing", "Put a comma"),
    ('a = [\n  "x",\n\nb = 2\n', 4, "list was begun and not ended", "]"),
    ('a = "he said "hi" to me"\n', 1, "more on this line", '\\"'),
    ('a = "abc\nb = 1\n', 1, "not ended on this line", "same quotes"),
    ("a = 1\nb = 2\na = 3\n", 3, "second time", "Remove one"),
    ("[t]\nx = 1\n[t]\ny = 1\n", 3, "second time", "[[double brackets]]"),
    ('a = "c:\\users"\n', 1, "backslash", "two backslashes"),
    ('a = """abc\n', None, "never ended", "three quotes"),
    ("= 3\n", 1, "means nothing", "key = value"),
    ("just words\n", 1, "without a value", "key = value"),
    ("[t\nx = 1\n", 1, "not closed", "missing ]"),
    ("[[t]\nx = 1\n", 1, "not closed", "missing ]]"),
    ("a = {b = 1\n", None, "{ was not closed", "missing }"),
    ("a = 1 b = 2\n", 1, "more on this line", "line of its own"),
    ("a = 'it's'\n", 1, "more on this line", ""),
    ('a = "bell \x07"\n', 1, "invisible control character", "Delete it"),
    ("a = " + "[" * 5000, None, "cannot be understood", "nested"),
    ("a = " + "9" * 5000, None, "cannot be understood", "long"),
]


def only_problem(file: Path) -> Problem:
    (problem,) = check_paths([file])
    assert problem.severity == "error"
    assert problem.hint
    return problem


@pytest.mark.parametrize(("text", "line", "said", "hint"), CASES)
def test_what_is_no_toml_is_explained_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str, hint: str
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    problem = only_problem(file)
    assert said in problem.message
    assert hint in problem.hint
    if line is not None:
        assert problem.line == line


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('a = "x"\nb = "Zoë"\n'.encode("latin-1"))
    problem = only_problem(file)
    assert (problem.line, "not UTF-8" in problem.message) == (2, True)


def test_a_file_of_more_than_512_kb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * 512 * 1024)
    assert "larger" not in only_problem(file).message, "exactly 512 KB are read"
    file.write_bytes(b"#" * (512 * 1024 + 1))
    assert "larger than 512 KB" in only_problem(file).message


def test_what_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    loop, gone, pipe, folder = (tmp_path / f"{name}.toml" for name in ("loop", "gone", "pipe", "folder"))
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    folder.mkdir()
    assert "leads back to itself" in only_problem(loop).message
    assert "no such file" in only_problem(gone).message
    assert "not a file" in only_problem(pipe).message
    found = {Path(problem.file).name: problem.message for problem in check_paths([tmp_path])}
    assert set(found) == {"loop.toml", "pipe.toml", "folder.toml"}
    assert "not a file" in found["folder.toml"]


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(workspace: Path) -> None:
    file = workspace / "scenarios" / "sample-case.toml"
    text = file.read_text(encoding="utf-8").replace("minutes = 8", "minutes = 99")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    problems = [problem for problem in check_paths([workspace]) if problem.severity == "error"]
    assert [(problem.key, problem.line) for problem in problems] == [("minutes", 9)]


def test_a_folder_without_content_says_so(tmp_path: Path) -> None:
    (problem,) = check_paths([tmp_path])
    assert (problem.severity, "no content" in problem.message) == ("warning", True)


def test_a_file_of_no_known_kind_says_so(tmp_path: Path) -> None:
    file = tmp_path / "what.toml"
    file.write_text('colour = "red"\n')
    assert "cannot be told" in only_problem(file).message
