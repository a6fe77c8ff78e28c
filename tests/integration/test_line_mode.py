"""`--plain`: the whole hour in lines, through pipes."""

from __future__ import annotations

import re
import subprocess

from integration.program import Program, finished, said

CONTINUE = re.compile(r"simulator play ([0-9a-f]{8}) --plain")


def test_a_session_is_held_to_its_debrief(program: Program) -> None:
    lines = ["/help", "/act", "/record", "/knowledge", "/rubric", "What do you need \\", "the file for?", "/mood"]
    lines += ["/end", "fear", "Losing the client."]

    done = program.run("play", "export-crash", "--plain", "--seed", "7", stdin="\n".join(lines) + "\n")

    assert (done.code, done.err) == (0, "")
    [state] = program.states().values()
    assert said(state) == ["What do you need \nthe file for?"]
    assert state.ending == "stopped"
    assert state.accuracy is not None
    assert (state.accuracy.feeling_said, state.accuracy.concern_said) == ("fear", "Losing the client.")
    assert all(turn.text in done.out for turn in state.turns if turn.speaker == "customer")
    assert "Overall" in done.out


def test_a_session_that_was_left_goes_on_where_it_was(program: Program) -> None:
    left = program.run("play", "export-crash", "--plain", stdin="What have you tried?\n/leave\n")
    unfinished = list(program.states())
    [session] = CONTINUE.findall(left.out)
    resumed = program.run("play", session, "--plain", stdin="And by when?\n/end\n\n\n")

    assert left.code == resumed.code == 0
    assert [full[:8] for full in unfinished] == [session]
    assert "You: What have you tried?" in resumed.out
    [state] = program.states().values()
    assert said(state) == ["What have you tried?", "And by when?"]
    assert state.ending == "stopped"


def test_the_end_of_the_input_keeps_the_session(program: Program) -> None:
    done = program.run("--plain", stdin="not a number\n1\nHello.")

    assert done.code == 0
    assert "Type a number from 1 to" in done.out
    assert CONTINUE.search(done.out)
    [state] = program.states().values()
    assert (said(state), state.ending) == (["Hello."], None)


def test_a_process_that_was_killed_goes_on_where_it_was(program: Program) -> None:
    with program.start("play", "export-crash", "--plain", stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"What have you tried?\n")
        process.stdin.flush()
        seen = b""
        while seen.count(b"You: ") < 2:
            seen += process.stdout.read1()
        process.kill()
    [session] = program.states()
    resumed = program.run("play", session[:8], "--plain", stdin="/end\n\n\n")

    assert resumed.code == 0
    assert "You: What have you tried?" in resumed.out
    answer = seen.decode().split("You: ")[1].strip()
    assert answer in resumed.out
    assert "Overall" in resumed.out


def test_leaving_before_anything_was_chosen_keeps_nothing(program: Program) -> None:
    done = program.run("--plain", stdin="")

    assert done.code == 0
    assert not program.database.exists()


def test_a_scenario_that_is_not_there_is_told(program: Program) -> None:
    with program.start("play", "export-crsh", "--plain") as process:
        done = finished(process)

    assert done.code == 1
    assert "export-crash" in done.err
