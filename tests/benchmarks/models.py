"""What a language model adds: time to the first words, turns of many sessions at once, and memory.

The server is one of our own, in a process beside, so that nothing but our side and LiteLLM is measured.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpx

from simulator.bootstrap import Services, open_services
from simulator.engine.chat import CallRecord
from simulator.engine.sessions import CustomerTyping, ReplyRead, TurnItem
from simulator.storage import MemorySessionStore
from tests.benchmarks.figures import Figure, median, ms
from tests.benchmarks.starting import PROGRAM, SCREEN
from tests.e2e.terminal import Terminal
from tests.integration.program import environment

SERVER = Path(__file__).parents[1] / "served_models.py"
MODEL = "openai/small-1"
SCENARIO = "export-crash"
REPLIES = ("What is the file for?", "So you need it tomorrow?", "What have you tried?")
FIRST_PIECE_S, PIECE_S = 0.3, 0.02
"""Seconds until the server's first piece, and between two: about the pace of a large model at a provider."""
SESSIONS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Seconds until the first words of one message."""

    server: float
    """As a bare HTTP client sees them that asks the same."""
    received: float
    """As LiteLLM hands them on."""
    shown: float
    """As the trainee sees them, after the guard has read a whole sentence."""


def models(repeats: int, folder: Path, bytecode: Path) -> Iterator[Figure]:
    """Everything that a model adds."""
    yield from first_words(repeats)
    yield from many_sessions(repeats)
    yield from memory(folder, bytecode)


@contextmanager
def serving(*options: str) -> Iterator[Mapping[str, str]]:
    """The server as a process; gives the settings that send models' calls to it."""
    with subprocess.Popen(
        [sys.executable, str(SERVER), *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield {"SIMULATOR_MODELS__API_BASE": server.stdout.readline().strip()}
        finally:
            server.stdin.close()


def first_words(repeats: int) -> Iterator[Figure]:
    """The first words of messages that stream at a provider's pace."""
    with serving("--first-pause", str(FIRST_PIECE_S), "--pause", str(PIECE_S)) as env, patch.dict(os.environ, env):
        measured = asyncio.run(_first_words(max(2, repeats // 3)))
    server = median(words.server for words in measured)
    received = median(words.received for words in measured)
    shown = median(words.shown for words in measured)
    detail = f"{ms(received)} against {ms(server)} of a bare HTTP client, {len(measured)} messages"
    yield Figure("first words received over the server's own", received / server, "x", detail=detail)
    detail = f"{ms(shown)}; the guard reads a whole sentence, of which a word comes every {ms(PIECE_S)}"
    yield Figure("first words shown over the server's own", shown / server, "x", detail=detail)


async def _first_words(sessions: int) -> list[FirstWords]:
    """For every answer to a reply; the opening, which is shown as a whole, loads and warms what is loaded once."""
    services = open_services(customer=MODEL, judge="offline", temporary=True)
    measured = []
    for seed in range(1, sessions + 1):
        opened = await services.sessions.start(SCENARIO, seed=seed)
        await _first_shown(services.sessions.proceed(opened.id))
        await services.sessions.prepared(opened.id)
        for reply in REPLIES:
            shown = await _first_shown(services.sessions.say(opened.id, reply))
            call = (await _calls(services, opened.id))[-1]
            if call.answer is not None and call.answer.first_text_s is not None:
                measured.append(FirstWords(await _bare(call), call.answer.first_text_s, shown))
    await services.close()
    return measured


async def _first_shown(items: AsyncGenerator[TurnItem, None]) -> float:
    """Seconds from the decision what to answer to the first words; plays the whole turn."""
    began, first = time.perf_counter(), 0.0
    async with aclosing(items) as stream:
        async for item in stream:
            if isinstance(item, ReplyRead):
                began = time.perf_counter()
            elif isinstance(item, CustomerTyping) and not first:
                first = time.perf_counter() - began
    return first


async def _calls(services: Services, session: str) -> tuple[CallRecord, ...]:
    assert isinstance(services.store, MemorySessionStore)
    return await services.store.calls(session)


async def _bare(call: CallRecord) -> float:
    """Seconds until the first piece of the same answer, without LiteLLM."""
    messages = [{"role": str(message.role), "content": message.text} for message in call.request.messages]
    body = {"model": "small-1", "messages": messages, "stream": True}
    async with httpx.AsyncClient(base_url=os.environ["SIMULATOR_MODELS__API_BASE"], trust_env=False) as client:
        began = time.perf_counter()
        async with client.stream("POST", "/chat/completions", json=body) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    return time.perf_counter() - began
    msg = "the server sent nothing"
    raise AssertionError(msg)


def many_sessions(repeats: int) -> Iterator[Figure]:
    """Sessions that go on at the same time against a server that answers at once."""
    del repeats  # one round has enough turns
    offline = asyncio.run(_turns_a_second("offline"))
    with serving() as env, patch.dict(os.environ, env):
        voiced = asyncio.run(_turns_a_second(MODEL))
    detail = f"{SESSIONS_AT_ONCE * len(REPLIES)} turns in one process; {offline:.0f} with the offline customer"
    yield Figure(f"turns a second of {SESSIONS_AT_ONCE} sessions at once", voiced, "turns/s", detail=detail)


async def _turns_a_second(customer: str) -> float:
    services = open_services(customer=customer, judge="offline", temporary=True)
    sessions = [(await services.sessions.start(SCENARIO, seed=seed)).id for seed in range(1, SESSIONS_AT_ONCE + 1)]

    async def play(session: str) -> None:
        for reply in REPLIES:
            await _first_shown(services.sessions.say(session, reply))

    for session in sessions:  # loads and warms what is loaded once
        await _first_shown(services.sessions.proceed(session))
        await services.sessions.prepared(session)
    began = time.perf_counter()
    await asyncio.gather(*(play(session) for session in sessions))
    seconds = time.perf_counter() - began
    for session in sessions if customer != "offline" else ():
        assert len(await _calls(services, session)) > len(REPLIES)
    await services.close()
    return SESSIONS_AT_ONCE * len(REPLIES) / seconds


def memory(folder: Path, bytecode: Path) -> Iterator[Figure]:
    """The app in a conversation, with LiteLLM loaded and without."""
    with serving() as env:
        settings = {**SCREEN, **env, "SIMULATOR_UI__PACE": "instant"}
        without = _memory_mb("offline", environment(folder / "memory-offline", bytecode, **settings))
        loaded = _memory_mb(MODEL, environment(folder / "memory-model", bytecode, **settings))
    yield Figure("memory in a conversation with LiteLLM loaded", loaded, "MB", detail=f"{without:.0f} MB without it")


def _memory_mb(customer: str, env: Mapping[str, str]) -> float:
    command = [PROGRAM, "play", SCENARIO, "--seed", "7", "--model", customer]
    with Terminal(command, env, Path(env["HOME"])) as terminal:
        terminal.wait_for("Your role", "Start")
        terminal.settle()
        terminal.press("enter")
        terminal.wait_for("I can't export")
        terminal.settle()
        terminal.type(REPLIES[0])
        terminal.wait_for(REPLIES[0])
        terminal.press("enter")
        terminal.wait_for("1 reply")
        terminal.settle()
        used = terminal.memory_mb
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    return used
