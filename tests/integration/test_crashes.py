"""No turn is lost: killed processes, two at once, a full disk, and files that cannot be used."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from integration.conftest import Played
from integration.program import COMMAND, Program, finished, said

from simulator.domain.session import Phase

REPLIES = tuple(f"So you need it for reason {n}, is that right? What have you tried?" for n in range(40))
KILLED_AFTER = (1, 2, 3, 6)
"""Events that a process has stored when it is killed."""


def stored_count(database: Path) -> int:
    """How many events another process sees in the file."""
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_run_that_is_killed_at_any_point_can_be_resumed(program: Program) -> None:
    program.put("replies.txt", "\n".join(REPLIES))
    for more in KILLED_AFTER:
        before = stored_count(program.database)
        with program.start(
            "run", "export-crash", "--replies", "replies.txt", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and stored_count(program.database) < before + more:
                time.sleep(0.0005)
            process.kill()

    found = program.states()
    assert len(found) == len(KILLED_AFTER)
    for state in found.values():
        assert [turn.index for turn in state.turns] == list(range(len(state.turns)))
        assert said(state) == list(REPLIES[: len(said(state))])
    unfinished = {session: state for session, state in found.items() if state.phase is not Phase.ENDED}
    assert len(unfinished) >= 2, "most processes had ended before they were killed"
    listed = program.run("history", "--unfinished", "--json").json
    assert {row["session"] for row in listed} == set(unfinished)
    session, state = min(unfinished.items(), key=lambda item: item[1].phase is Phase.TRAINEE_TO_REPLY)
    resumed = program.run("play", session[:8], "--plain", stdin="/end\n\n\n")
    assert resumed.code == 0, resumed.err
    after = program.states()[session]
    assert after.phase is Phase.ENDED
    assert said(after) == said(state)
    assert after.turns[: len(state.turns)] == state.turns


def test_processes_at_once_on_a_new_file_do_not_disturb_each_other(program: Program) -> None:
    program.put("replies.txt", "\n".join(REPLIES[:5]))
    processes = [program.start("run", "export-crash", "--replies", "replies.txt", "--json") for _ in range(3)]
    done = [finished(process) for process in processes]

    assert [(one.code, one.err) for one in done] == [(0, "")] * 3
    found = program.states()
    assert set(found) == {one.json["session"] for one in done}
    for one in done:
        assert [turn.text for turn in found[one.json["session"]].turns] == [turn["text"] for turn in one.json["turns"]]


def test_a_session_that_goes_on_in_two_windows_is_kept_whole(program: Program) -> None:
    left = program.run("play", "export-crash", "--plain", stdin="")
    [session] = program.states()
    assert left.code == 0
    with program.start("play", session, "--plain") as other:
        assert other.stdin is not None
        assert other.stdout is not None
        seen = b""
        while b"You: " not in seen:
            seen += other.stdout.read1()
        here = program.run("play", session, "--plain", stdin="What have you tried?\n/leave\n")
        done = finished(other, "By when?\n/leave\n")

    assert (here.code, done.code) == (0, 0)
    assert "This session went on elsewhere" in done.err
    assert said(program.states()[session]) == ["What have you tried?"]


def limited(program: Program, blocks: int, *arguments: str) -> subprocess.Popen[bytes]:
    """A process that may write files of so many blocks of 512 bytes."""
    script = f'ulimit -f {blocks}; exec "$@"'
    return subprocess.Popen(
        ["sh", "-c", script, "sh", *COMMAND, *arguments],
        env={**program.env, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=program.work,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("blocks", [8, 300], ids=["at once", "on the way"])
def test_a_file_that_may_not_grow_is_a_clear_error(program: Program, blocks: int) -> None:
    program.put("replies.txt", "\n".join(REPLIES))
    with limited(program, blocks, "run", "export-crash", "--replies", "replies.txt") as process:
        done = finished(process)

    assert done.code == 1
    assert "fault in the program" not in done.err
    assert str(program.database) in done.err
    for state in program.states().values():
        assert said(state) == list(REPLIES[: len(said(state))])
    again = program.run("run", "export-crash", "--replies", "-", stdin="Hello.")
    assert again.code == 0, again.err


@pytest.mark.parametrize("command", ["history", "run"])
def test_a_damaged_file_is_a_clear_error(program: Program, kept: Played, command: str) -> None:
    content = bytearray(program.database.read_bytes())
    content[:4096] = b"#" * 4096
    program.database.write_bytes(content)
    arguments = ("run", "export-crash", "--replies", "-") if command == "run" else ("history",)

    done = program.run(*arguments, stdin="Hello.")

    assert (done.code, done.out) == (1, "")
    assert "damaged" in done.err
    assert str(program.database) in done.err
    assert program.database.read_bytes() == bytes(content)


@pytest.mark.parametrize("kind", ["folder", "data is a file"])
def test_something_else_in_the_place_of_the_file_is_a_clear_error(program: Program, kind: str) -> None:
    if kind == "folder":
        program.database.mkdir(parents=True)
    else:
        program.data.write_text("not a folder", encoding="utf-8")

    done = program.run("run", "export-crash", "--replies", "-", stdin="Hello.")

    assert (done.code, done.out) == (1, "")
    assert str(program.database) in done.err


@contextmanager
def unchangeable(path: Path) -> Iterator[None]:
    """Nobody can write to the file, not even root."""
    chattr = shutil.which("chattr")
    locked = chattr and subprocess.run([chattr, "+i", str(path)], capture_output=True, check=False).returncode == 0
    if not locked:
        pytest.skip("files cannot be made unchangeable here")
    try:
        yield
    finally:
        subprocess.run([str(chattr), "-i", str(path)], check=True)


def test_a_file_that_cannot_be_written_is_a_clear_error(program: Program, kept: Played) -> None:
    with unchangeable(program.database):
        done = program.run("run", "export-crash", "--replies", "-", stdin="Hello.")

    assert (done.code, done.out) == (1, "")
    assert "cannot be written" in done.err
    assert str(program.database) in done.err
    assert list(program.states()) == [kept.id]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of 160 KB in the place of the folder."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("disks cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_a_clear_error_and_what_was_stored_stays(program: Program) -> None:
    program.put("replies.txt", "\n".join(REPLIES))
    with small_disk(program.data):
        done = program.run("run", "export-crash", "--replies", "replies.txt", "--seed", "1")
        listed = program.run("history")

        assert done.code == 1
        assert "The disk is full" in done.err
        assert listed.code == 0, listed.err
