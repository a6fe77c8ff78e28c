"""The program as other programs start it: a process with arguments, an environment and a folder of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.domain.session import SessionState, fold
from simulator.storage import SqliteSessionStore

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "simulator")
PATIENCE_S = 60
"""How long a command may take on a busy machine."""
ESCAPE = "\x1b"
DATABASE = "practice.db"


def environment(home: Path, bytecode: Path, **changes: str) -> dict[str, str]:
    """Nothing of this machine's but where programs are; everything else below `home`."""
    folders = {name: home / name for name in ("home", "temporary", "work")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["temporary"]),
        "SIMULATOR_DATA_DIR": str(home / "data"),
        "SIMULATOR_CONFIG_DIR": str(home / "config"),
        # Without it, an environment that forbids bytecode compiles every library anew at every start.
        "PYTHONPYCACHEPREFIX": str(bytecode),
        **changes,
    }


@dataclass(frozen=True, slots=True)
class Done:
    """What a process has left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """Starts commands, all on the same folders.

    Args:
        place: an empty folder.
        bytecode: where compiled modules are kept.
    """

    def __init__(self, place: Path, bytecode: Path) -> None:
        self.env = environment(place, bytecode)
        self.data = place / "data"
        self.work = place / "work"
        self.database = self.data / DATABASE
        self._place = place
        self._put: set[Path] = set()

    def put(self, name: str, content: str | bytes) -> Path:
        """A file in the folder that commands are started in."""
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self._put.add(path)
        return path

    def expect(self, name: str) -> Path:
        """A file that a command is about to write there."""
        self._put.add(self.work / name)
        return self.work / name

    def start(self, *arguments: str, env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
        """A process with pipes."""
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(
            [*COMMAND, *arguments], env={**self.env, **(env or {})}, cwd=self.work, **{**pipes, **options}
        )

    def run(self, *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str] | None = None) -> Done:
        """A command, to its end. Whatever it was, no traceback and no escape sequence may come out."""
        with self.start(*arguments, env=env) as process:
            return finished(process, stdin)

    def states(self) -> dict[str, SessionState]:
        """Every session in the file, folded from its events; read here, because a process takes a second."""

        async def read() -> dict[str, SessionState]:
            store = SqliteSessionStore(self.database)
            try:
                rows = await store.history(limit=1000)
                return {row.id: fold(stored.event for stored in await store.load(row.id)) for row in rows}
            finally:
                await store.close()

        return asyncio.run(read())

    def strays(self) -> list[str]:
        """Files that were written where nothing should be."""
        looked_at = [self._place / name for name in ("home", "temporary", "work")]
        found = [path for folder in looked_at for path in folder.rglob("*") if path.is_file()]
        return [str(path) for path in found if path not in self._put]


def said(state: SessionState) -> list[str]:
    """The trainee's replies."""
    return [turn.text for turn in state.turns if turn.speaker == "trainee"]


def finished(process: subprocess.Popen[bytes], stdin: str | bytes = b"") -> Done:
    """What the process leaves."""
    try:
        out, err = process.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    done = Done(process.returncode, out.decode(), err.decode())
    for text in (done.out, done.err):
        assert "Traceback" not in text, text
        assert "Exception ignored" not in text, text
        assert ESCAPE not in text, text
    return done
