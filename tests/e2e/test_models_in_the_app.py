"""The app with a model behind it: words stream in, a request is closed when it is left, failures have a way on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from e2e.conftest import Opens
from e2e.terminal import Terminal
from e2e.test_practice_hour import REPLY, begin, choose_in_leave_dialog, kinds, last_words
from model_server import Answer, Behaviour, Call, server_error
from served_models import MODEL, ServerBeside, server_beside, well_behaved

pytestmark = pytest.mark.timeout(150)
SESSION = ("play", "export-crash", "--seed", "7", "--model", MODEL)
FIRST = "You are the first one who asks me that. "
"""What the model says at once; the rest of its message comes late, or never."""


@pytest.fixture
def beside() -> Iterator[ServerBeside]:
    with server_beside() as running:
        yield running


def spoken(database: Path) -> list[dict[str, Any]]:
    """The customer's messages on the disk."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT payload FROM events WHERE kind = 'customer_spoke' ORDER BY seq").fetchall()
    return [json.loads(payload) for (payload,) in rows]


def session_id(database: Path) -> str:
    """How the only session's id begins."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        [(session,)] = connection.execute("SELECT id FROM sessions").fetchall()
    return str(session[:8])


def after_a_reply(behaviour: Behaviour) -> Any:
    """The opening message is said; whatever is asked after the trainee's reply meets this."""

    def decide(call: Call) -> Behaviour:
        return behaviour if any(REPLY in text for text in call.texts) else well_behaved(call)

    return decide


def send(terminal: Terminal) -> None:
    terminal.type(REPLY)
    terminal.wait_for(REPLY)
    terminal.press("enter")


def test_words_are_seen_before_the_message_is_whole_and_leaving_closes_the_request(
    opens: Opens, database: Path, beside: ServerBeside
) -> None:
    beside.server.decide(after_a_reply(Answer(pieces=(FIRST, "And ", "then "), stall_after=2)))
    first = opens(*SESSION, **beside.env)
    begin(first, database)
    send(first)
    first.wait_for(FIRST.strip())
    call = beside.wait_for_call(1)
    assert not call.answered.is_set()
    assert not call.hung_up.is_set()
    assert len(spoken(database)) == 1
    choose_in_leave_dialog(first, 1)
    beside.wait_until_hung_up(call)
    first.wait_for("Continue", "Six questions about seats")
    first.press("ctrl+q")
    assert first.wait_for_end() == 0
    assert first.left_behind() == []
    [_, cut] = spoken(database)
    assert (cut["text"], cut["interrupted"], cut["voiced_by"]) == (FIRST.strip(), True, MODEL)

    again = opens("play", session_id(database), "--model", MODEL, **beside.env)
    again.wait_for(REPLY, FIRST.strip(), "Write your reply")
    again.press("ctrl+q")
    assert again.wait_for_end() == 0
    assert len(beside.server.calls) == 2


def test_a_failure_is_told_beside_the_reply_and_the_session_goes_on_offline(
    opens: Opens, database: Path, beside: ServerBeside
) -> None:
    beside.server.decide(after_a_reply(server_error()))
    terminal = opens(*SESSION, **beside.env)
    begin(terminal, database)
    send(terminal)
    terminal.wait_for("The model's server failed.", "Control-O", REPLY)
    terminal.type("By when do")
    terminal.wait_for("By when do")
    terminal.press("\x0f")
    terminal.wait_until(lambda: kinds(database).count("customer_spoke") == 2, "the offline customer's answer is stored")
    terminal.wait_for(last_words(database), "By when do", "cost not known")
    terminal.wait_until(lambda: "server failed" not in terminal.words, "the error is gone")
    terminal.press("ctrl+q")

    assert terminal.wait_for_end() == 0
    assert [message["voiced_by"] for message in spoken(database)] == [MODEL, "offline"]
    assert len(beside.server.calls) == 2


def test_a_recorded_session_is_played_again_in_the_app(opens: Opens, database: Path, beside: ServerBeside) -> None:
    recording = opens(*SESSION, **beside.env)
    begin(recording, database)
    send(recording)
    recording.wait_until(lambda: kinds(database).count("customer_spoke") == 2, "the answer is stored")
    recording.wait_for(last_words(database))
    recording.press("ctrl+q")
    assert recording.wait_for_end() == 0
    before = kinds(database)

    terminal = opens("replay", session_id(database), **beside.env)
    opening = " ".join(spoken(database)[0]["text"].split()[:5])
    terminal.wait_for(opening, REPLY)
    assert last_words(database) not in terminal.words
    terminal.settle()
    terminal.press("enter")
    terminal.wait_for(last_words(database), "1 reply")
    terminal.press("ctrl+q")
    assert terminal.wait_for_end() == 0
    assert kinds(database) == before
    assert len(beside.server.calls) == 2
