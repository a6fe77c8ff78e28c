"""The real program in a terminal: the whole hour, and going on after a restart."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from e2e.conftest import Opens
from e2e.terminal import NARROW, WIDE, Size, Terminal

pytestmark = pytest.mark.timeout(150)
REPLY = "What do you need the file for?"
TITLE = "It stops at 80 percent"
CUSTOMER = "Dario"
SESSION = ("play", "export-crash", "--seed", "7")


def kinds(database: Path) -> list[str]:
    """The events that are on the disk, oldest first."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return [kind for (kind,) in connection.execute("SELECT kind FROM events ORDER BY session_id, seq")]
    except sqlite3.OperationalError:
        return []  # there is no file yet, or no table in it


def begin(terminal: Terminal, database: Path) -> None:
    """From the brief into the conversation, until the opening message is seen."""
    terminal.wait_for("Your role", "Start")
    terminal.settle()
    terminal.press("enter")
    terminal.wait_until(lambda: "customer_spoke" in kinds(database), "the opening message is stored")
    terminal.wait_for(last_words(database), "Write your reply")
    terminal.settle()


def last_words(database: Path) -> str:
    """How the customer's last message on the disk begins: its first two words."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        payloads = connection.execute("SELECT payload FROM events WHERE kind = 'customer_spoke' ORDER BY seq DESC")
        return " ".join(json.loads(payloads.fetchone()[0])["text"].split()[:2])


def reply(terminal: Terminal, database: Path) -> None:
    """The first reply, until the customer's answer to it is seen."""
    terminal.type(REPLY)
    terminal.wait_for(REPLY)
    terminal.press("enter")
    terminal.wait_until(lambda: kinds(database).count("customer_spoke") == 2, "the answer is stored")
    terminal.wait_for("1 reply", last_words(database))


def choose_in_leave_dialog(terminal: Terminal, steps_down: int) -> None:
    terminal.press("escape")
    terminal.wait_for("Leave the conversation?", "End now")
    terminal.settle()
    terminal.press(*["down"] * steps_down, "enter")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
def test_from_home_to_the_debrief(opens: Opens, database: Path, size: Size) -> None:
    terminal = opens(size=size)
    terminal.wait_for("Empathy simulator", "Six questions about seats")
    terminal.settle()
    terminal.press("/")
    terminal.settle()
    terminal.type("80 percent")
    terminal.wait_until(
        lambda: TITLE in terminal.text and "Six questions" not in terminal.text, "only the scenario that fits"
    )
    terminal.settle()
    terminal.press("enter")
    begin(terminal, database)
    reply(terminal, database)
    assert CUSTOMER in terminal.text
    terminal.settle()
    choose_in_leave_dialog(terminal, 2)
    terminal.wait_for(f"What did {CUSTOMER} feel most?")
    terminal.settle()
    terminal.press("enter")
    terminal.settle()
    terminal.type("Losing the printer's slot.")
    terminal.wait_for("Losing the printer's slot.")
    terminal.press("enter")
    terminal.wait_for("Debrief", "Summary", "Overall")
    terminal.press("2")
    terminal.wait_for(REPLY)
    terminal.press("ctrl+q")

    assert terminal.wait_for_end() == 0
    assert terminal.left_behind() == []
    assert kinds(database) == [
        "session_started",
        "customer_spoke",
        "trainee_spoke",
        "reply_appraised",
        "customer_spoke",
        "session_ended",
        "reflected",
        "session_scored",
    ]


def test_a_session_goes_on_after_a_restart_with_its_draft(opens: Opens, database: Path) -> None:
    first = opens(*SESSION)
    begin(first, database)
    reply(first, database)
    first.settle()
    first.type("By when do you")
    first.wait_for("By when do you")
    choose_in_leave_dialog(first, 1)
    first.wait_for("Continue", "Six questions about seats")
    first.press("ctrl+q")
    assert first.wait_for_end() == 0

    again = opens()
    again.wait_for("Continue", TITLE, "Six questions about seats")
    again.settle()
    again.press("enter")
    again.wait_for(REPLY, last_words(database), "By when do you")
    again.press("ctrl+q")
    assert again.wait_for_end() == 0
    assert kinds(database).count("trainee_spoke") == 1
