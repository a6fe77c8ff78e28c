"""Commands run in the process of the test: in each other, what speaks to models takes seconds to import."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Mapping

import pytest
from integration.program import ESCAPE, Done, Program

from simulator.cli.main import run
from simulator.engine.chat import CallRecord
from simulator.storage import SqliteSessionStore


class Inside:
    """Runs commands as `Program` does, on the same folders.

    Args:
        program: whose folders and environment are used.
        monkeypatch: puts them in place, and takes them away after the test.
        capsys: catches what is printed.
    """

    def __init__(self, program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.program = program
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in os.environ:
            if name.startswith(("SIMULATOR_", "OPENAI_", "ANTHROPIC_", "OLLAMA_", "LITELLM_LOG")):
                monkeypatch.delenv(name)
        for name in ("SIMULATOR_DATA_DIR", "SIMULATOR_CONFIG_DIR"):
            monkeypatch.setenv(name, program.env[name])
        monkeypatch.chdir(program.work)

    def set(self, env: Mapping[str, str]) -> None:
        """Environment variables for what is run from now on."""
        for name, value in env.items():
            self._monkeypatch.setenv(name, value)

    def run(self, *arguments: str, stdin: str = "") -> Done:
        """A command, to its end. Whatever it was, no traceback and no escape sequence may come out."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        self._capsys.readouterr()
        code = run(arguments)
        printed = self._capsys.readouterr()
        for text in printed:
            assert "Traceback" not in text, text
            assert "fault in the program" not in text, text
            assert ESCAPE not in text, text
        return Done(code, printed.out, printed.err)

    def calls(self, session: str) -> tuple[CallRecord, ...]:
        """The calls that were kept with a session."""

        async def read() -> tuple[CallRecord, ...]:
            store = SqliteSessionStore(self.program.database)
            try:
                return await store.calls(session)
            finally:
                await store.close()

        return asyncio.run(read())
