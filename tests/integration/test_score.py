"""`simulator score`: lines and conversations from elsewhere, and what comes of broken ones."""

from __future__ import annotations

import csv
import io
import json
import signal
import time
from typing import Any

import pytest
from integration.conftest import Played
from integration.program import PATIENCE_S, Done, Program

CUSTOMER = "My export stops at 80 percent and the auditor comes tomorrow. I tried five times."
CONTEXT = [{"speaker": "customer", "text": CUSTOMER}]
REPLIES = (
    "So it stops at 80 percent, and with the auditor coming tomorrow that must be worrying. Is that right?",
    "I am sorry for the inconvenience.",
    "What were you hoping to get done when it stopped?",
)
CORE = {"paraphrase", "question", "open_question", "cognitive_empathy", "stock_sympathy"}
CRITERIA = ["cognitive_empathy", "paraphrasing", "purpose_driven_questioning"]


def record(reply_id: object, reply: object = REPLIES[0], **more: object) -> dict[str, object]:
    return {"id": reply_id, "context": CONTEXT, "reply": reply, **more}


def lines(*records: object) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in records)


def results(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_each_line_gives_one_in_order_in_the_form_of_a_session(program: Program) -> None:
    given = lines(*(record(f"r{n}", reply, concern="x", record={"a": 1}) for n, reply in enumerate(REPLIES)))

    done = program.run("score", "-", stdin=given)

    assert (done.code, done.err) == (0, "")
    found = results(done)
    assert [list(result) for result in found] == [["id", "ratings", "behaviours"]] * 3
    assert [result["id"] for result in found] == ["r0", "r1", "r2"]
    for result, reply in zip(found, REPLIES, strict=True):
        assert [rating["criterion"] for rating in result["ratings"]] == CRITERIA
        for rating in result["ratings"]:
            assert rating.get("not_scored") or (rating["level"] in range(4) and rating["reason"])
            assert all(quote in reply for quote in rating.get("evidence", ()))
        assert set(result["behaviours"]) >= CORE
        assert all(0 <= value <= 1 for value in result["behaviours"].values())
    assert found[2]["behaviours"]["question"] > 0.5 > found[1]["behaviours"]["question"]


def test_a_broken_line_is_told_and_spoils_no_other(program: Program) -> None:
    long = "I hear you. " * 4000
    data = b"\xef\xbb\xbf" + lines(record("a")).replace("\n", "\r\n").encode()
    data += b'nonsense\n{"id": "b", "reply": "caf\xe9", "context": []}\n\x00\x00\n[1, 2]\n'
    data += lines({"id": "c"}, record("d", ""), record("e", long)).encode()
    data += lines({**record("f", "Nul \u0000 \u001b[31mred"), "context": []}).encode()
    program.put("broken.jsonl", data)

    done = program.run("score", "broken.jsonl", "--json")

    assert done.code == 1
    found = results(done)
    assert [result["id"] for result in found] == ["a", None, "b", None, None, "c", "d", "e", "f"]
    assert [list(result) for result in found if "error" in result] == [["id", "error"]] * 5
    assert "5 could not be read" in done.err
    assert "longer than 20,000 characters" in done.err


def test_a_table_and_csv_for_people(program: Program) -> None:
    program.put("replies.jsonl", lines(record("=first"), record("second", 3)))

    table = program.run("score", "replies.jsonl", "--table")
    sheet = program.run("score", "replies.jsonl", "--csv")

    assert (table.code, sheet.code) == (1, 1)
    assert table.out.splitlines()[0].startswith("Reply")
    assert '"reply" is missing' in table.out
    rows = list(csv.DictReader(io.StringIO(sheet.out)))
    assert [row["id"] for row in rows] == ["'=first", "second"]
    assert rows[0]["paraphrasing_level"] in "0123"
    assert rows[0]["error"] == ""
    assert "reply" in rows[1]["error"]


def test_a_killed_run_leaves_whole_lines_and_is_continued(program: Program) -> None:
    program.put("many.jsonl", lines(*(record(n, f"{REPLIES[n % 3]} Case {n}.") for n in range(1500)), "broken"))
    out = program.expect("out.jsonl")
    process = program.start("score", "many.jsonl", "--to", "out.jsonl")
    end = time.monotonic() + PATIENCE_S
    while not (out.exists() and out.stat().st_size > 20_000) and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = out.read_bytes()
    assert before.endswith(b"\n")
    kept = [json.loads(line)["id"] for line in before.splitlines()]
    assert kept == list(range(len(kept)))
    assert 0 < len(kept) < 1500

    out.write_bytes(before + b'{"id": 99, "rati')
    done = program.run("score", "many.jsonl", "--to", "out.jsonl")
    again = program.run("score", "many.jsonl", "--to", "out.jsonl")

    assert out.read_bytes().startswith(before)
    assert [json.loads(line)["id"] for line in out.read_bytes().splitlines()] == [*range(1500), None]
    assert done.code == 1
    assert f"{len(kept):,} were there already" in done.err
    assert again.code == 1, "the broken line is still in it"
    assert "1,501 were there already" in again.err


def test_results_are_not_written_over_anything(program: Program) -> None:
    program.put("replies.jsonl", lines(record("a")))
    program.put("diary.txt", "Dear diary,\n")

    own = program.run("score", "replies.jsonl", "--to", "replies.jsonl")
    other = program.run("score", "replies.jsonl", "--to", "diary.txt")

    assert (own.code, other.code) == (2, 2)
    assert (program.work / "diary.txt").read_text() == "Dear diary,\n"
    assert (program.work / "replies.jsonl").read_text() == lines(record("a"))


TEXT = f"Customer: {CUSTOMER}\nAgent: {REPLIES[0]}\nCustomer: Yes.\nAgent: {REPLIES[2]}\n" * 2


def test_a_conversation_gets_a_scorecard_with_bands(program: Program) -> None:
    shown = program.run("score", "-", stdin=TEXT)
    document = program.run("score", "-", "--json", stdin=TEXT).json

    assert shown.code == 0
    assert "Overall" in shown.out
    assert " to " in shown.out
    assert [turn["speaker"] for turn in document["turns"]] == ["customer", "trainee"] * 4
    assert all(("ratings" in turn) == (turn["speaker"] == "trainee") for turn in document["turns"])
    assert [score["id"] for score in document["scorecard"]["criteria"]] == CRITERIA
    low, high = document["scorecard"]["overall"]["band"]
    assert low <= document["scorecard"]["overall"]["score"] <= high


def test_the_document_of_a_session_can_be_scored(program: Program, played: Played) -> None:
    program.put("session.json", json.dumps(played.document, indent=2))

    done = program.run("score", "session.json", "--json")

    assert done.code == 0
    assert [turn["text"] for turn in done.json["turns"]] == [turn["text"] for turn in played.document["turns"]]


def test_every_file_of_a_folder_gets_a_result(program: Program) -> None:
    program.put("calls/a.txt", TEXT)
    program.put("calls/b.csv", "speaker,text\ncustomer,Hi\nagent,Hello\n")
    program.put("calls/c.bin", b"\x00\xff\xfe")
    program.put("calls/d/e.jsonl", lines(record("x"), {"id": "y"}))
    program.put("calls/.hidden", "x")
    out = program.expect("calls/out.jsonl")

    done = program.run("score", "calls", "--json")
    table = program.run("score", "calls")
    kept = program.run("score", "calls", "--to", "calls/out.jsonl")
    again = program.run("score", "calls", "--to", "calls/out.jsonl")

    assert (done.code, table.code, kept.code, again.code) == (1, 1, 1, 1)
    assert "4 of them were there already" in again.err
    found = results(done)
    assert [result["file"] for result in found] == ["a.txt", "b.csv", "c.bin", "d/e.jsonl"]
    assert [next(iter(set(result) - {"file", "turns"})) for result in found] == [
        "scorecard", "scorecard", "error", "replies",
    ]  # fmt: skip
    assert out.read_text() == done.out
    assert all(name in table.out for name in ("a.txt", "b.csv", "c.bin", "d/e.jsonl"))


@pytest.mark.parametrize("source", ["nowhere.jsonl", "empty"])
def test_what_is_not_there_is_wrong_usage(program: Program, source: str) -> None:
    (program.work / "empty").mkdir()
    done = program.run("score", source)
    assert done.code == 2
    assert source in done.err
