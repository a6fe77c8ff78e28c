"""Reading whole conversations in the forms that others write."""

from __future__ import annotations

import io
import json

import pytest

from simulator.content.imports import Conversations, ReplyLines, recognise
from simulator.content.reply_lines import raw_lines
from simulator.content.transcripts import read_transcripts
from simulator.engine.imported import ImportedTranscript, UnreadTranscript

SPOKEN = [("customer", "It broke, again."), ("trainee", "So it broke?\nAgain?")]


def spoken(data: str | bytes, name: str = "file") -> list[tuple[str, str]]:
    found = only(data, name)
    assert isinstance(found, ImportedTranscript), found
    return [(turn.speaker.value, turn.text) for turn in found.turns]


def only(data: str | bytes, name: str = "file") -> ImportedTranscript | UnreadTranscript:
    (found,) = read_transcripts(data if isinstance(data, bytes) else data.encode(), name)
    return found


def error(data: str | bytes, name: str = "file") -> str:
    found = only(data, name)
    assert isinstance(found, UnreadTranscript)
    return found.error


TURNS = [{"index": n, "speaker": who, "text": text, "mood": {}} for n, (who, text) in enumerate(SPOKEN)]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"session": "x", "turns": TURNS}),
        json.dumps({"session": "x", "turns": TURNS}, indent=2),
        json.dumps(TURNS),
        'speaker,text\ncustomer,"It broke, again."\nagent,"So it broke?\nAgain?"\n',
        '\ufeffText;SPEAKER;when\r\n"It broke, again.";Client;1\r\n"So it broke?\r\nAgain?";Support;2\r\n',
        'speaker\ttext\nUser\tIt broke, again.\nTrainee\t"So it broke?\nAgain?"\n',
        "Customer: It broke, again.\nAgent: So it broke?\nAgain?\n",
        "\ufeff[10:02] Customer: It broke, again.\r\n[10:03] SUPPORT:\r\nSo it broke?\r\nAgain?\r\n\r\n",
    ],
)
def test_every_form_gives_the_same_conversation(data: str) -> None:
    assert spoken(data) == SPOKEN


def test_a_line_with_another_name_belongs_to_the_turn() -> None:
    said = spoken("Customer: My order.\nNote: it was late.\n\nThanks\nAgent: I see.")
    assert said == [("customer", "My order.\nNote: it was late.\n\nThanks"), ("trainee", "I see.")]


def test_what_the_chat_system_says_is_passed_over_and_told() -> None:
    found = only("Chat of Monday\nSystem: Agent joined\nCustomer: Hi\nAgent: Hello")
    assert isinstance(found, ImportedTranscript)
    assert [turn.text for turn in found.turns] == ["Hi", "Hello"]
    assert found.notes == ("1 line before the first turn passed over", "turns of the chat system passed over: 1")


def test_a_table_of_several_sessions_is_several_conversations() -> None:
    rows = "session,speaker,text\na,customer,Hi\na,agent,Hello\nb,customer,Hi\nb,robot,Hello\n"
    first, second = read_transcripts(rows.encode(), "calls.csv")
    assert isinstance(first, ImportedTranscript)
    assert first.name == "calls.csv: a"
    assert isinstance(second, UnreadTranscript)
    assert "robot" in second.error


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "empty"),
        (b"\x00\x00\x01", "a.txt", "No conversation"),
        (b"Agent: caf\xe9", "a.txt", "byte 11"),
        ("Agent: hi".encode("utf-16"), "a.txt", "UTF-16"),
        (b'{"turns": [', "a.json", "not JSON"),
        (b'{"turns": 3}', "a.json", '"turns"'),
        (b"[" * 100_000, "a.json", "not JSON"),
        (b'{"turns": ["hi"]}', "a.json", "Turn 1"),
        (b'{"turns": [{"speaker": "judge", "text": "hi"}]}', "a.json", "judge"),
        (b"who,what\na,b\n", "a.csv", "speaker"),
        (b"speaker,text\ncustomer\n", "a.csv", "Line 2"),
        (b"speaker,text\nagent," + b"x" * 200_000, "a.csv", "field larger"),
        (b"Customer: hello?\nCustomer: hello??", "a.txt", "no reply"),
        (b"just some words", "a.txt", "No conversation"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, name: str, why: str) -> None:
    assert why in error(data, name)


REPLY = b'{"id": "a", "context": [], "reply": "Hi"}\n'


@pytest.mark.parametrize(
    "data", [REPLY * 2, b"\n\n" + REPLY * 2, b"garbage\n" + REPLY, b"\xef\xbb\xbf" + REPLY * 2, b"[]\n" + REPLY]
)
def test_lines_of_replies_are_recognised_without_an_ending_and_none_is_lost(data: bytes) -> None:
    found = recognise(io.BytesIO(data), "-")
    assert isinstance(found, ReplyLines)
    assert len(list(raw_lines(found.lines))) == 2


@pytest.mark.parametrize("data", [b"Agent: hi", b'{\n"turns": []}', b'{"turns": []}', b"speaker,text\nagent,hi\n"])
def test_conversations_are_recognised_without_an_ending(data: bytes) -> None:
    assert isinstance(recognise(io.BytesIO(data), "-"), Conversations)
