"""Reading JSON lines of replies: nothing is dropped, and what is wrong is said."""

from __future__ import annotations

import io
import json

import pytest

from simulator.content import reply_lines
from simulator.content.reply_lines import raw_lines, read_labelled, read_reply
from simulator.engine.imported import ImportedReply, LabelledReply, UnreadReply

GOOD = {"id": "a", "context": [{"speaker": "customer", "text": "It broke."}], "reply": "So it broke?"}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def refused(data: bytes | None) -> UnreadReply:
    found = read_reply(data)
    assert isinstance(found, UnreadReply)
    return found


def read(data: bytes) -> ImportedReply:
    found = read_reply(data)
    assert isinstance(found, ImportedReply)
    return found


def test_a_line_is_read_and_what_is_not_known_is_passed_over() -> None:
    found = read(line(record={"name": "Ana"}, concern="x", more=[1]))
    assert (found.id, found.reply) == ("a", "So it broke?")
    assert [(turn.speaker.value, turn.text) for turn in found.context] == [("customer", "It broke.")]


def test_an_empty_context_and_an_empty_reply_can_be_read() -> None:
    found = read(line(context=[], reply="", id=7))
    assert (found.id, found.context, found.reply) == (7, (), "")


@pytest.mark.parametrize(
    ("data", "reply_id", "why"),
    [
        (b"not json", None, "not JSON"),
        (b"[]", None, "object"),
        (b'{"id": "b", "context": [', None, "not JSON"),
        (line(id=None), None, '"id" is missing'),
        (line(id=True), None, '"id" is missing'),
        (line(id=1.5), None, '"id" is missing'),
        (line(reply=None), "a", '"reply" is missing'),
        (line(context=None), "a", '"context" is missing'),
        (line(context=["hi"]), "a", "entry 1"),
        (line(context=[{"speaker": "robot", "text": "x"}]), "a", "speaker"),
        (b'{"id": "b", "reply": "caf\xe9", "context": []}', "b", "not UTF-8"),
        (b'{"id": "caf\xe9", "reply": "x", "context": []}', None, "not UTF-8"),
        (b'{"id": NaN, "reply": "x", "context": []}', None, "no number"),
        (b'{"id": "b", "reply": ' + b"[" * 100_000, None, "deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", None, "not JSON"),
        (None, None, "longer"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_id_if_there_is_one(
    data: bytes | None, reply_id: object, why: str
) -> None:
    found = refused(data)
    assert found.id == reply_id
    assert why in found.error


def test_control_characters_and_lone_surrogates_are_taken_out() -> None:
    assert read(b'{"id": "a", "context": [], "reply": "So\x00 it \\u0007broke\\ud800?"}').reply == "So it broke?"


def test_a_long_reply_is_cut_and_marked() -> None:
    found = read(line(reply="word " * 5000))
    assert len(found.reply) <= 20_000
    assert found.shortened
    assert not read(line(reply="word")).shortened


def test_lines_end_in_either_way_and_blank_ones_and_the_mark_at_the_beginning_are_passed_over() -> None:
    data = b"\xef\xbb\xbf" + line(id="a") + b"\r\n\r\n  \n" + line(id="b") + b"\n" + line(id="c")
    assert [read(raw or b"").id for raw in raw_lines(io.BytesIO(data))] == ["a", "b", "c"]


def test_a_line_that_would_fill_the_memory_is_passed_over_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_lines, "MAX_LINE_BYTES", 100)
    data = b"x" * 450 + b"\n" + b"short\n" + b"y" * 100 + b"\n" + b"z" * 101
    assert list(raw_lines(io.BytesIO(data))) == [None, b"short\n", b"y" * 100 + b"\n", None]


def labelled(**labels: object) -> LabelledReply | UnreadReply:
    return read_labelled(line(labels=labels, session="s1"))


def test_labels_are_levels_or_yes_and_no_and_null_is_left_out() -> None:
    found = labelled(paraphrasing=3, question=True, open_question=None, question_any=7, cognitive_empathy=2)
    assert isinstance(found, LabelledReply)
    assert found.labels == {"paraphrasing": 3, "question": 1, "cognitive_empathy": 2}
    assert found.cluster == "session s1"


@pytest.mark.parametrize("labels", [{"paraphrasing": 4}, {"question": 2}, {"question": "yes"}, {"paraphrasing": 1.5}])
def test_a_label_out_of_range_is_refused(labels: dict[str, object]) -> None:
    found = labelled(**labels)
    assert isinstance(found, UnreadReply)
    assert found.id == "a"
    assert next(iter(labels)) in found.error


def test_a_line_without_labels_is_refused() -> None:
    assert isinstance(read_labelled(line()), UnreadReply)
