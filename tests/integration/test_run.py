"""`simulator run`: what it reads, what it refuses, and what it leaves."""

from __future__ import annotations

import json

import pytest
import tomli
from integration.program import ROOT, Done, Program

SCENARIO = "export-crash"
HOSTILE = (
    "That's not my problem. You should have read the instructions.",
    "Calm down, you're overreacting.",
    "Are you stupid? It says so right there.",
    "I don't have time for this. Nothing I can do, whatever.",
    "This is your own fault, obviously you did something wrong.",
    "Stop whining.",
)


def run(program: Program, replies: str = "replies.txt", *more: str, stdin: str | bytes = b"") -> Done:
    return program.run("run", SCENARIO, "--replies", replies, *more, stdin=stdin)


def said(done: Done) -> list[str]:
    """The trainee's turns in the document."""
    return [turn["text"] for turn in done.json["turns"] if turn["speaker"] == "trainee"]


def test_a_text_file_is_one_reply_a_line(program: Program) -> None:
    program.put("replies.txt", "\ufeffGood morning, Dario.\r\n\r\n  What have you tried?  \r\n")

    done = run(program, "replies.txt", "--json")

    assert done.code == 0
    assert done.err == ""
    assert said(done) == ["Good morning, Dario.", "What have you tried?"]


def test_json_lines_are_strings_or_objects_with_an_action(program: Program) -> None:
    actions = tomli.loads((ROOT / "scenarios" / f"{SCENARIO}.toml").read_text(encoding="utf-8"))["actions"]
    lines = ["Two\nlines.", {"text": "Plain object."}, {"text": "With an action.", "action": actions[0]["id"]}]
    program.put("replies.jsonl", "\n".join(json.dumps(line) for line in lines))

    done = run(program, "replies.jsonl", "--json")

    assert done.code == 0
    assert said(done) == ["Two\nlines.", "Plain object.", "With an action."]
    trainee = [turn for turn in done.json["turns"] if turn["speaker"] == "trainee"]
    assert [turn.get("action") for turn in trainee] == [None, None, actions[0]["id"]]


def test_replies_come_from_standard_input(program: Program) -> None:
    done = run(program, "-", "--json", stdin='"What is the file for?"\n{"text": "And by when?"}\n')

    assert done.code == 0
    assert said(done) == ["What is the file for?", "And by when?"]


def test_without_json_the_conversation_and_the_debrief_are_text(program: Program) -> None:
    program.put("replies.txt", "What is the file for?")

    done = run(program)

    assert done.code == 0
    assert done.out.startswith("Customer: ")
    assert "You: What is the file for?" in done.out
    assert not done.out.lstrip().startswith("{")


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("replies.jsonl", '"One."\n{"text": "Two."}\n{"text": "Thr', "Line 3"),
        ("replies.jsonl", '"One."\n\n["a", "list"]', "Line 3"),
        ("replies.jsonl", '{"txt": "One."}', "Line 1"),
        ("replies.jsonl", '{"text": "One.", "acton": "x"}', '"acton"'),
        ("replies.jsonl", '{"text": "One.", "action": "give-a-horse"}', '"give-a-horse"'),
        ("replies.txt", "", "no replies"),
        ("replies.txt", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "UTF-8"),
    ],
    ids=["cut off", "list", "no text", "unknown key", "unknown action", "empty", "binary"],
)
def test_replies_that_cannot_be_read_are_named_and_nothing_is_stored(
    program: Program, name: str, content: str | bytes, named: str
) -> None:
    program.put(name, content)

    done = run(program, name, "--json")

    assert done.code == 2
    assert done.out == ""
    assert named in done.err
    assert not program.database.exists()


@pytest.mark.parametrize("name", ["nothing-here.txt", "."], ids=["missing", "folder"])
def test_a_file_that_is_none_is_named(program: Program, name: str) -> None:
    done = run(program, name)

    assert (done.code, done.out) == (2, "")
    assert f"The replies in {name} cannot be read." in done.err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [(("export-crsh",), "export-crash"), ((SCENARIO, "--persona", "dario-feretti"), "dario-ferretti")],
    ids=["scenario", "persona"],
)
def test_a_mistyped_id_gets_a_suggestion(program: Program, arguments: tuple[str, ...], meant: str) -> None:
    program.put("replies.txt", "Hello.")

    done = program.run("run", *arguments, "--replies", "replies.txt")

    assert (done.code, done.out) == (1, "")
    assert arguments[-1] in done.err
    assert meant in done.err
    assert not program.database.exists()


def test_two_models_cannot_be_one_customer(program: Program) -> None:
    program.put("replies.txt", "Hello.")

    done = run(program, "replies.txt", "--model", "gpt-99,gpt-98")

    assert (done.code, done.out) == (1, "")
    assert "gpt-99,gpt-98" in done.err
    assert not program.database.exists()


def test_a_very_long_reply_is_kept_to_its_limit(program: Program) -> None:
    program.put("replies.txt", ("What is the file for? " * 1000)[:20_400])

    done = run(program, "replies.txt", "--json")

    assert done.code == 0
    assert [len(text) for text in said(done)] == [20_000]


def test_control_characters_go_and_markup_stays_as_text(program: Program) -> None:
    wild = "\x1b[31mRed\x1b[0m [bold]loud[/bold] [@click=app.quit]out[/] \x07bell \u202eback <b>x</b> {name}"
    program.put("replies.jsonl", json.dumps(wild))
    shown = "[31mRed[0m [bold]loud[/bold] [@click=app.quit]out[/] bell back <b>x</b> {name}"

    document = run(program, "replies.jsonl", "--json")
    text = run(program, "replies.jsonl")

    assert said(document) == [shown]
    assert f"You: {shown}\n" in text.out
    assert not any(ch in text.out for ch in "\x07\x1b\u202e")


def test_a_customer_who_has_left_hears_no_more(program: Program) -> None:
    replies = HOSTILE * 4
    program.put("replies.txt", "\n".join(replies))

    document = run(program, "replies.txt", "--json", "--seed", "3").json
    text = run(program, "replies.txt", "--seed", "3")

    heard = [turn["text"] for turn in document["turns"] if turn["speaker"] == "trainee"]
    unused = document["unused_replies"]
    assert document["ending"]["kind"] == "walked_out"
    assert heard == list(replies[: len(heard)])
    assert unused == len(replies) - len(heard) > 0
    assert f"{unused} prepared replies were not used" in text.out


def test_the_same_seed_plays_the_same_bytes_in_another_process(program: Program) -> None:
    program.put("replies.txt", "\n".join(["What is it for?", "So you need it tomorrow?", *HOSTILE[:3]]))

    def bytes_played(hash_seed: str) -> str:
        command = ("run", SCENARIO, "--replies", "replies.txt", "--seed", "11", "--json")
        done = program.run(*command, env={"PYTHONHASHSEED": hash_seed})
        return done.out.replace(done.json["session"], "ID")

    assert bytes_played("1") == bytes_played("2")
