"""Signals, sizes, colours, and terminals that draw nothing."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from e2e.conftest import Opens
from e2e.terminal import NARROW, WIDE, Size
from e2e.test_practice_hour import REPLY, SESSION, begin, kinds, last_words, reply

pytestmark = pytest.mark.timeout(150)
HOME = ("Empathy simulator", "Six questions about seats")


def test_ctrl_c_does_not_harm_the_session_or_the_terminal(opens: Opens, database: Path) -> None:
    terminal = opens(*SESSION)
    begin(terminal, database)
    terminal.type("Half a repl")
    terminal.wait_for("Half a repl")
    terminal.press("ctrl+c")
    terminal.settle()
    if terminal.child.isalive():
        assert "Half a repl" in terminal.text
        terminal.press("ctrl+q")

    assert terminal.wait_for_end() in {0, 130}
    assert terminal.left_behind() == []
    assert kinds(database) == ["session_started", "customer_spoke"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_polite_signal_leaves_the_terminal_as_it_was(opens: Opens, database: Path, number: signal.Signals) -> None:
    terminal = opens(*SESSION)
    begin(terminal, database)
    reply(terminal, database)
    terminal.signal(number)
    terminal.wait_for_end()

    assert kinds(database) == [
        "session_started",
        "customer_spoke",
        "trainee_spoke",
        "reply_appraised",
        "customer_spoke",
    ]
    assert terminal.left_behind() == []
    assert b"Traceback" not in terminal.output


def test_a_killed_program_goes_on_with_every_turn(opens: Opens, database: Path) -> None:
    first = opens(*SESSION)
    begin(first, database)
    first.type(REPLY)
    first.wait_for(REPLY)
    first.press("enter")
    first.wait_for("1 reply")
    first.signal(signal.SIGKILL)
    assert first.wait_for_end() == -signal.SIGKILL
    assert kinds(database)[:3] == ["session_started", "customer_spoke", "trainee_spoke"]

    again = opens()
    again.wait_for("Continue")
    again.settle()
    again.press("enter")
    again.wait_until(lambda: kinds(database).count("customer_spoke") == 2, "the answer is stored")
    again.wait_for(REPLY, last_words(database), "1 reply")
    again.press("ctrl+q")
    assert again.wait_for_end() == 0
    assert kinds(database) == [
        "session_started",
        "customer_spoke",
        "trainee_spoke",
        "reply_appraised",
        "customer_spoke",
    ]


def test_the_window_changes_its_size_while_the_customer_talks(opens: Opens) -> None:
    terminal = opens(*SESSION, size=WIDE, SIMULATOR_UI__PACE="human")
    terminal.wait_for("Your role", "Start")
    terminal.settle()
    terminal.press("enter")
    terminal.wait_for("is typing")
    for size in (NARROW, Size(40, 12), WIDE, NARROW):
        terminal.resize(size)
        terminal.settle(at_most_s=0.4)
    terminal.wait_for("since yesterday")
    terminal.settle(at_most_s=0.5)
    terminal.type(REPLY)
    terminal.wait_for(REPLY)

    assert "Write your reply" not in terminal.text
    assert "esc Leave" in terminal.words
    terminal.press("ctrl+q")
    assert terminal.wait_for_end() == 0
    assert terminal.left_behind() == []


def test_no_color_means_no_colour(opens: Opens) -> None:
    terminal = opens(NO_COLOR="1")
    terminal.wait_for(*HOME)
    terminal.settle()
    shades = {colour for colour in terminal.colours if colour != "default"}

    assert all(colour[:2] == colour[2:4] == colour[4:6] for colour in shades), f"not grey: {sorted(shades)}"
    terminal.press("ctrl+q")
    assert terminal.wait_for_end() == 0


def test_a_terminal_that_draws_nothing_gets_lines_or_a_word_about_them(opens: Opens) -> None:
    terminal = opens(TERM="dumb")
    terminal.wait_until(lambda: b"Number: " in terminal.output or b"--plain" in terminal.output, "lines, or a hint")

    assert b"\x1b[" not in terminal.output


def test_plain_in_a_terminal_is_lines(opens: Opens, database: Path) -> None:
    terminal = opens(*SESSION, "--plain")
    terminal.wait_for("You:")
    terminal.type(f"{REPLY}\r")
    terminal.wait_until(lambda: terminal.text.count("You:") == 2, "the next reply is asked for")
    terminal.wait_for(last_words(database))
    terminal.press("ctrl+c")

    assert terminal.wait_for_end() in {0, 130}
    assert "simulator play" in terminal.words
    assert b"\x1b" not in terminal.output
    assert b"Traceback" not in terminal.output
    assert terminal.left_behind() == []


def test_demo_is_watched_without_typing(opens: Opens) -> None:
    terminal = opens("demo", "--fast")

    assert terminal.wait_for_end() == 0
    assert b"You: " in terminal.output
    assert b"Overall" in terminal.output
    assert b"\x1b" not in terminal.output
