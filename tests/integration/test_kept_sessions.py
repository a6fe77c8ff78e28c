"""`history`, `show`, `export` and `forget` on a session that was played."""

from __future__ import annotations

import csv
import io
import json

import pytest
from integration.conftest import Played
from integration.program import Program


def test_an_empty_history_says_how_to_begin(program: Program) -> None:
    text, document = program.run("history"), program.run("history", "--json")

    assert (text.code, text.out) == (0, "No sessions yet. Start one with: simulator\n")
    assert (document.code, document.json) == (0, [])
    assert not program.database.exists()


def test_history_lists_the_session_with_what_it_scored(program: Program, kept: Played) -> None:
    [row] = program.run("history", "--json").json
    text = program.run("history").out

    overall = kept.document["scorecard"]["overall"]
    assert row["session"] == kept.id
    assert (row["scenario"], row["persona"], row["seed"]) == ("export-crash", "dario-ferretti", 7)
    assert (row["replies"], row["ending"]) == (len(kept.replies), "replies_ended")
    assert (row["overall"], row["band"]) == (overall["score"], overall["band"])
    assert text.count("\n") == 1
    assert kept.id[:8] in text


@pytest.mark.parametrize(
    ("options", "count"),
    [(("--scenario", "export-crash"), 1), (("--scenario", "cancel-it"), 0), (("--unfinished",), 0)],
    ids=["its scenario", "another scenario", "unfinished"],
)
def test_history_can_be_narrowed(program: Program, kept: Played, options: tuple[str, ...], count: int) -> None:
    done = program.run("history", "--json", *options)

    assert done.code == 0
    assert len(done.json) == count


def test_show_is_what_run_printed(program: Program, kept: Played) -> None:
    document = program.run("show", kept.id[:8], "--json")
    text = program.run("show", kept.id)

    assert document.code == text.code == 0
    assert document.json == kept.document
    assert all(turn["text"] in text.out for turn in kept.document["turns"])


@pytest.mark.parametrize("command", [("show",), ("export",), ("forget", "--yes")], ids=lambda command: command[0])
def test_an_id_that_nothing_has_is_told(program: Program, kept: Played, command: tuple[str, ...]) -> None:
    done = program.run(command[0], "ffffffff", *command[1:])

    assert (done.code, done.out) == (1, "")
    assert '"ffffffff"' in done.err
    assert "simulator history" in done.err


def test_export_writes_each_format(program: Program, kept: Played) -> None:
    said = [turn["text"] for turn in kept.document["turns"]]

    def exported(form: str) -> str:
        done = program.run("export", kept.id[:8], "--format", form, "--to", program.expect(f"session.{form}").name)
        assert done.code == 0, done.err
        return (program.work / f"session.{form}").read_text(encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(exported("csv"))))
    markdown, text = exported("md"), exported("txt")
    assert json.loads(exported("json")) == kept.document
    assert [row["text"] for row in rows] == said
    assert [row["speaker"] for row in rows[:2]] == ["customer", "trainee"]
    assert {row["session"] for row in rows} == {kept.id}
    assert markdown.startswith("# ")
    assert all(turn in text for turn in said)


def test_export_replaces_a_file_only_when_told_to(program: Program, kept: Played) -> None:
    path = program.put("mine.json", "precious")

    refused = program.run("export", kept.id, "--to", "mine.json")
    untouched = path.read_text(encoding="utf-8")
    forced = program.run("export", kept.id, "--to", "mine.json", "--force")

    assert (refused.code, refused.out) == (2, "")
    assert "mine.json exists already" in refused.err
    assert untouched == "precious"
    assert forced.code == 0
    assert json.loads(path.read_text(encoding="utf-8")) == kept.document


def test_export_to_standard_output_is_nothing_but_the_document(program: Program, kept: Played) -> None:
    done = program.run("export", kept.id)

    assert (done.code, done.err) == (0, "")
    assert done.json == kept.document


@pytest.mark.parametrize(
    ("options", "named"),
    [(("--format", "pdf"), '"pdf"'), (("--to", "no/such/folder/file.json"), "no/such/folder/file.json")],
    ids=["format", "place"],
)
def test_an_export_that_cannot_be_is_refused(
    program: Program, kept: Played, options: tuple[str, ...], named: str
) -> None:
    done = program.run("export", kept.id, *options)

    assert (done.code, done.out) == (2, "")
    assert named in done.err


@pytest.mark.parametrize(
    "arguments", [("SESSION",), ("--all",), (), ("SESSION", "--all", "--yes")], ids=["one", "all", "none", "both"]
)
def test_forget_deletes_nothing_that_was_not_clearly_meant(
    program: Program, kept: Played, arguments: tuple[str, ...]
) -> None:
    before = program.database.read_bytes()

    done = program.run("forget", *(kept.id if word == "SESSION" else word for word in arguments))

    assert (done.code, done.out) == (2, "")
    assert program.database.read_bytes() == before


def test_forget_leaves_no_trace_of_the_session(program: Program, kept: Played) -> None:
    assert kept.replies[0].encode() in program.database.read_bytes()

    done = program.run("forget", kept.id[:8], "--yes")

    assert (done.code, done.out) == (0, "1 session deleted.\n")
    assert program.states() == {}
    for path in program.data.iterdir():
        assert kept.replies[0].encode() not in path.read_bytes()


def test_forget_all(program: Program, kept: Played) -> None:
    program.run("run", "cancel-it", "--replies", "-", stdin="Hello.")

    done = program.run("forget", "--all", "--yes")

    assert (done.code, done.out) == (0, "2 sessions deleted.\n")
    assert program.states() == {}
