"""How fast a turn is, how fast keys are echoed while the customer types, and what the app holds in memory."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from simulator.bootstrap import Services, open_services
from simulator.domain.session import Phase
from simulator.engine.sessions import CustomerSaid, ReplyRead, ReplyRecorded
from simulator.engine.trainees import TRAINEES, Move
from tests.benchmarks.figures import Figure, median, ms, percentile_95
from tests.benchmarks.starting import PROGRAM, SCREEN
from tests.e2e.terminal import Terminal
from tests.integration.program import environment

UNMISTAKABLE = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Letters that nothing else on the screen has: each is looked for where it was typed."""
PATIENCE_S = 5.0
KEY_PAUSE_S = (0.05, 0.12)
"""A fast typist's pause between two keys, from and to."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds that one turn took."""

    reading: float
    """Until the reply was read, and mood and answer decided."""
    speaking: float
    """From then until the customer had said all."""
    computing: float
    """Of the processor, for both: what other programs take does not count."""
    is_first: bool
    """Whether it is the first reply of its session."""

    @property
    def whole(self) -> float:
        return self.reading + self.speaking


def turns(repeats: int) -> Iterator[Figure]:
    """Every scenario, played by every simulated trainee on a store in memory."""
    started = time.perf_counter()
    services = open_services(temporary=True)
    opening = time.perf_counter() - started
    played = asyncio.run(_played(services, range(1, 1 + max(1, repeats // 5))))
    whole = [turn.whole for turn in played]
    computing = [turn.computing for turn in played]
    later = [turn.computing for turn in played if not turn.is_first]
    detail = f"median {ms(median(whole))}, worst {ms(max(whole))}, {len(whole)} turns"
    yield Figure("an offline turn, 95 of 100", percentile_95(whole) * 1000, "ms", 30, detail)
    detail = f"median {ms(median(computing))}; the very first {ms(computing[0])}"
    yield Figure("  time of the processor", percentile_95(computing) * 1000, "ms", detail=detail)
    yield Figure("  the same, after a session's first turn", percentile_95(later) * 1000, "ms")
    yield Figure("  reading the reply, mood and decision", percentile_95([t.reading for t in played]) * 1000, "ms")
    yield Figure("  the customer's words", percentile_95([t.speaking for t in played]) * 1000, "ms")
    yield Figure("  opening content and parts", opening, "s")


async def _played(services: Services, seeds: Iterable[int]) -> list[Turn]:
    """All turns of all sessions."""
    times = []
    for scenario, trainee, seed in itertools.product(services.library.scenarios, TRAINEES, seeds):
        opened = await services.sessions.start(scenario, seed=seed)
        async with aclosing(services.sessions.proceed(opened.id)) as items:
            async for _ in items:
                pass
        await services.sessions.prepared(opened.id)  # as somebody who reads the opening message does
        state = await services.sessions.state(opened.id)
        while state.phase is not Phase.ENDED:
            move = trainee.next_move(state)
            times.append(await _turn(services, opened.id, move, is_first=state.reply_count == 0))
            state = await services.sessions.state(opened.id)
    return times


async def _turn(services: Services, session: str, move: Move, *, is_first: bool) -> Turn:
    computed = time.process_time()
    recorded = read = said = time.perf_counter()
    async with aclosing(services.sessions.say(session, move.text, move.action)) as items:
        async for item in items:
            match item:
                case ReplyRecorded():
                    recorded = time.perf_counter()
                case ReplyRead():
                    read = time.perf_counter()
                case CustomerSaid():
                    said = time.perf_counter()
    return Turn(read - recorded, said - read, time.process_time() - computed, is_first)


def keystrokes(repeats: int, folder: Path, bytecode: Path) -> Iterator[Figure]:
    """Keys typed while the customer's message appears at a human pace."""
    env = environment(folder / "keys", bytecode, **SCREEN)
    streaming: list[float] = []
    quiet: list[float] = []
    for seed in range(1, 1 + max(2, repeats // 4)):
        with Terminal([PROGRAM, "play", "export-crash", "--seed", str(seed)], env, Path(env["HOME"])) as terminal:
            terminal.wait_for("Your role", "Start")
            terminal.settle()
            terminal.press("enter")
            terminal.wait_for("is typing")
            streaming += _echoes(terminal, UNMISTAKABLE, is_due=lambda t=terminal: "is typing" in t.text)
            terminal.wait_until(lambda t=terminal: "is typing" not in t.text, "the whole message")
            quiet += _echoes(terminal, UNMISTAKABLE.upper(), is_due=lambda: True)
            terminal.press("ctrl+q")
            terminal.wait_for_end()
    detail = f"median {ms(median(streaming))}, worst {ms(max(streaming))}, {len(streaming)} keys"
    yield Figure("a key echoed while text streams, 95 of 100", percentile_95(streaming) * 1000, "ms", 30, detail)
    yield Figure("  while nothing streams", percentile_95(quiet) * 1000, "ms", detail=f"median {ms(median(quiet))}")


def _echoes(terminal: Terminal, letters: str, is_due: Callable[[], bool]) -> list[float]:
    """Seconds from each key to its letter in what the program writes, while it is due."""
    times = []
    chance = random.Random(1)
    for letter in letters:
        until = time.monotonic() + chance.uniform(*KEY_PAUSE_S)
        while time.monotonic() < until:
            terminal.read(0.005)
        if not is_due():
            break
        seen = len(terminal.output)
        pressed = time.perf_counter()
        terminal.type(letter)
        while letter.encode() not in terminal.output[seen:]:
            assert time.perf_counter() - pressed < PATIENCE_S, f"{letter} was not echoed"
            terminal.take()
        times.append(time.perf_counter() - pressed)
        terminal.draw()
    return times


def memory(folder: Path, bytecode: Path) -> Iterator[Figure]:
    """The app in a conversation with three replies."""
    env = environment(folder / "memory", bytecode, SIMULATOR_UI__PACE="instant", **SCREEN)
    with Terminal([PROGRAM, "play", "export-crash", "--seed", "7"], env, Path(env["HOME"])) as terminal:
        terminal.wait_for("Your role", "Start")
        at_briefing = terminal.memory_mb
        terminal.settle()
        terminal.press("enter")
        terminal.wait_for("Write your reply")
        terminal.settle()
        for n, reply in enumerate(("What is the file for?", "So you need it tomorrow?", "What have you tried?"), 1):
            terminal.type(reply)
            terminal.wait_for(reply)
            terminal.press("enter")
            terminal.wait_for(f"{n} repl", "Write your reply")
            terminal.settle()
        in_conversation = terminal.memory_mb
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    yield Figure("memory in a conversation", in_conversation, "MB", 130, f"{at_briefing:.0f} MB at the briefing")
