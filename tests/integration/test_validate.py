"""`simulator validate`: the judge against people's labels."""

from __future__ import annotations

import json

from integration.program import Program

CONTEXT = [{"speaker": "customer", "text": "My export stops at 80 percent and the auditor comes tomorrow."}]
QUESTION, NONE = "What do you need the file for?", "I am sorry for the inconvenience."


def labelled(n: int, reply: str, labels: object, **more: object) -> str:
    return json.dumps({"id": n, "context": CONTEXT, "reply": f"{reply} ({n})", "labels": labels, **more}) + "\n"


def rows() -> str:
    """Forty replies of ten situations; the people's labels on questions are right but for two."""
    out = ""
    for n in range(40):
        asks = n % 2
        labels = {
            "question": 1 - asks if n < 2 else asks,
            "open_question": None if n > 3 else asks,
            "purpose_driven_questioning": 2 * asks,
            "cognitive_empathy": 1,
            "elsewhere": 5,
        }
        out += labelled(n, QUESTION if asks else NONE, labels, situation=f"s{n % 10}")
    return out


def test_each_label_is_told_with_its_band_beside_what_people_reach(program: Program) -> None:
    program.put("labels.jsonl", rows() + "broken\n")

    done = program.run("validate", "labels.jsonl", "--bar", "0.5", "--json")

    assert done.code == 0
    assert "1" in done.err
    assert (done.json["lines"], done.json["unread"], done.json["clusters"]) == (41, 1, 10)
    assert done.json["not_compared"] == ["elsewhere"]
    found = {label["label"]: label for label in done.json["labels"]}
    assert list(found) == ["cognitive_empathy", "purpose_driven_questioning", "question", "open_question"]
    question = found["question"]
    assert question["n"] == 40
    assert question["confusion"]["rows_people_columns_judge"] == [[19, 1], [1, 19]]
    assert question["kappa"]["value"] == 0.9
    assert question["kappa"]["interval"][0] <= 0.9 <= question["kappa"]["interval"][1]
    assert question["f1"]["value"] == 0.95
    assert question["trustworthy"] is True
    assert [ceiling["kappa"] for ceiling in question["human_ceiling"]] == [0.87]
    assert found["open_question"]["n"] == 4
    empathy = found["cognitive_empathy"]
    assert empathy["quadratic_weighted_kappa"] == {"value": None, "not_computable": "only one level occurs"}
    assert empathy["trustworthy"] is False
    assert empathy["n"] + empathy["not_scored"] == 40


def test_the_text_says_it_in_plain_words_and_is_the_same_each_time(program: Program) -> None:
    first = program.run("validate", "-", "--bar", "0.99", stdin=rows())
    second = program.run("validate", "-", "--bar", "0.99", stdin=rows())

    assert first.code == 0
    assert first.out == second.out
    for words in (
        "not computable: only one level occurs",
        "NOT TRUSTWORTHY",
        "band",
        "0.87 on question present",
        "ICC(2,1)",
        "Not compared, because the judge gives nothing of that name: elsewhere.",
    ):
        assert words in first.out


def test_a_file_without_labels_is_told(program: Program) -> None:
    program.put("replies.jsonl", json.dumps({"id": 1, "context": CONTEXT, "reply": NONE}) + "\n")

    done = program.run("validate", "replies.jsonl")

    assert done.code == 2
    assert "labels" in done.err
