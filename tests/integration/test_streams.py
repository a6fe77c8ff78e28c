"""Standard streams, exit codes, and what holds for every command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from integration.conftest import Played
from integration.program import PATIENCE_S, Program, finished


def test_without_a_terminal_the_program_shows_a_sample_session(program: Program) -> None:
    done = program.run()

    assert (done.code, done.err) == (0, "")
    assert "You: " in done.out
    assert "Overall" in done.out
    assert not program.database.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), 0),
        (("--help",), 0),
        (("run", "--help"), 0),
        (("dance",), 2),
        (("run", "export-crash"), 2),
        (("history", "--limit", "0"), 2),
        (("history", "--limit", "many"), 2),
        (("run", "export-crash", "--replies", "-", "--seed", "x"), 2),
        (("--no-such-option",), 2),
    ],
    ids=str,
)
def test_exit_codes_of_the_command_line(program: Program, arguments: tuple[str, ...], code: int) -> None:
    done = program.run(*arguments)

    assert done.code == code
    assert bool(done.out) == (code == 0)
    assert bool(done.err) == (code == 2)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SIMULATOR_UI__PACE", "hasty"), ("SIMULATOR_UI__PAEC", "quick"), ("SIMULATOR_MODELS__RUNS", "12")],
)
def test_a_setting_that_cannot_be_used_is_named(program: Program, variable: str, value: str) -> None:
    done = program.run("history", env={variable: value})

    assert (done.code, done.out) == (1, "")
    assert variable in done.err


def test_a_settings_file_that_cannot_be_used_is_named_with_its_line(program: Program) -> None:
    program.put("simulator.toml", "[ui]\npace = quick\n")

    done = program.run("history")

    assert (done.code, done.out) == (1, "")
    assert "simulator.toml, line 2" in done.err


@pytest.mark.parametrize("arguments", [("demo",), ("history",), ("--help",)], ids=" ".join)
def test_a_reader_that_has_gone_is_no_fault(program: Program, kept: Played, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    with program.start(*arguments, stdout=writing, stdin=subprocess.DEVNULL) as process:
        os.close(writing)
        os.close(reading)
        _, err = process.communicate(timeout=PATIENCE_S)

    assert err == b""
    assert process.returncode in {0, 1, -signal.SIGPIPE, 128 + signal.SIGPIPE}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_told(program: Program, kept: Played) -> None:
    with Path("/dev/full").open("wb") as full, program.start("history", stdout=full) as process:
        _, err = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 1
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err
    assert b"fault in the program" not in err


def test_an_interrupt_ends_the_program_without_a_word_of_its_own(program: Program) -> None:
    with program.start("play", "export-crash", "--plain") as process:
        assert process.stdout is not None
        seen = b""
        while b"You: " not in seen:
            seen += process.stdout.read1()
        process.send_signal(signal.SIGINT)
        done = finished(process)

    assert done.code in {0, 130}
    assert [state.ending for state in program.states().values()] == [None]


def test_what_authors_see_is_utf_8_whatever_the_locale(program: Program, kept: Played) -> None:
    done = program.run("show", kept.id, "--json", env={"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"})

    assert done.code == 0
    assert done.json == kept.document


def test_the_module_and_the_script_are_the_same_program(program: Program) -> None:
    script = Path(sys.executable).with_name("simulator")
    done = subprocess.run([script, "--version"], env=program.env, capture_output=True, check=True, text=True)

    assert done.stdout == program.run("--version").out
