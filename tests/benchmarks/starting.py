"""How long the program takes to answer, to be seen, and to open on a full history."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.benchmarks.figures import Figure, median, ms
from tests.e2e.terminal import Terminal
from tests.integration.program import DATABASE, environment

PROGRAM = str(Path(sys.executable).with_name("simulator"))
SCREEN = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
STORED_SESSIONS = 100_000
BARE_APP = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Something to see")

Bare().run()
"""


def version(repeats: int, folder: Path, bytecode: Path) -> Iterator[Figure]:
    """`simulator --version` against an interpreter that does nothing."""
    env = environment(folder / "version", bytecode)
    ours, nothing = [], []
    for _ in range(repeats):
        nothing.append(_run_time([sys.executable, "-c", "pass"], env))
        ours.append(_run_time([PROGRAM, "--version"], env))
    detail = f"{ms(median(ours))} against {ms(median(nothing))} of python -c pass"
    yield Figure("simulator --version", median(ours) / median(nothing), "x", 3, detail)


def _run_time(command: Sequence[str], env: Mapping[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def first_paint(repeats: int, folder: Path, bytecode: Path) -> Iterator[Figure]:
    """The first frame with something on it, against that of an app that is nothing but one line."""
    env = environment(folder / "paint", bytecode, **SCREEN)
    script = folder / "bare.py"
    script.write_text(BARE_APP, encoding="utf-8")
    ours, ready, bare = [], [], []
    for _ in range(repeats):
        bare.append(_seen_after([sys.executable, str(script)], env, ["Something to see"])[0])
        seen, listed = _seen_after([PROGRAM], env, ["Empathy simulator", "Six questions about seats"])
        ours.append(seen)
        ready.append(listed)
    detail = f"{ms(median(ours))} against {ms(median(bare))} of a bare Textual app"
    yield Figure("first paint", median(ours) / median(bare), "x", 1.5, detail)
    yield Figure("  scenarios listed", median(ready), "s", detail="from the start of the process")


def _seen_after(command: Sequence[str], env: Mapping[str, str], texts: Sequence[str]) -> list[float]:
    """Seconds from the start of the process until each of the texts was written to the terminal, in this order."""
    times = []
    with Terminal(command, env, Path(env["HOME"])) as terminal:
        for text in texts:
            terminal.wait_until(lambda text=text: text.encode() in terminal.output, text)
            times.append(time.monotonic() - terminal.started_at)
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    return times


def full_history(repeats: int, folder: Path, bytecode: Path) -> Iterator[Figure]:
    """Home on an empty history and on a full one."""
    empty = environment(folder / "empty", bytecode, **SCREEN)
    full = environment(folder / "full", bytecode, **SCREEN)
    size = _fill(Path(full["SIMULATOR_DATA_DIR"]), full)
    without, with_all = [], []
    for _ in range(repeats):
        without.append(_seen_after([PROGRAM], empty, ["Six questions about seats"])[0])
        with_all.append(_seen_after([PROGRAM], full, ["Continue", "Six questions about seats"])[1])
    detail = f"{ms(median(with_all))} against {ms(median(without))} with none; the file has {size / 1e6:.0f} MB"
    yield Figure(f"home with {STORED_SESSIONS:,} sessions", median(with_all) / median(without), "x", 1.5, detail)


def _fill(data: Path, env: Mapping[str, str]) -> int:
    """A history of copies of one played session: whole rows, and logs of short events; one in ten is unfinished."""
    replies = b"What do you need the file for?\nBy when?\n"
    command = [PROGRAM, "run", "export-crash", "--replies", "-"]
    subprocess.run(command, env=env, input=replies, check=True, stdout=subprocess.DEVNULL, cwd=env["HOME"])
    file = data / DATABASE
    with closing(sqlite3.connect(file)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(sessions)")]
        values = {
            "id": "printf('%032x', n)",
            "mode": "'practice'",
            "started_at": "strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', 1700000000 + n * 60, 'unixepoch')",
            "ending": "CASE WHEN n % 10 = 0 THEN NULL ELSE 'connected' END",
            "overall": "CASE WHEN n % 10 = 0 THEN NULL ELSE n % 100 END",
            "scenario_id": "CASE n % 3 WHEN 0 THEN 'export-crash' WHEN 1 THEN 'cancel-it' ELSE 'late-gift' END",
        }
        chosen = ", ".join(values.get(column, column) for column in columns)
        numbers = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :many)"
        connection.execute(
            f"INSERT INTO sessions {numbers} SELECT {chosen} FROM sessions, counted",  # noqa: S608 - text of ours
            {"many": STORED_SESSIONS},
        )
        connection.execute(
            "INSERT INTO events SELECT s.id, e.seq, e.at, e.kind, e.v, substr(e.payload, 1, 400) FROM sessions s, "
            "events e WHERE e.seq < 6 AND e.session_id NOT IN (SELECT id FROM sessions WHERE mode = 'practice') "
            "AND s.mode = 'practice'"
        )
        connection.execute(
            "INSERT OR REPLACE INTO scenario_best SELECT scenario_id, max(overall) FROM sessions GROUP BY scenario_id"
        )
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size


def bytecode_folder() -> Path:
    """Compiled modules, kept from one run to the next: every start but the first finds them on a real machine, too."""
    folder = Path(tempfile.gettempdir()) / "simulator-benchmark-bytecode"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
