"""A whole sample session to watch: a good trainee, the offline customer, and the debrief."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from simulator.cli.output import say, write
from simulator.domain.session import Phase
from simulator.engine.sessions import CustomerTyping
from simulator.engine.trainees import Connecting
from simulator.reports.debrief_text import plain
from simulator.reports.session_document import session_document, to_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from simulator.bootstrap import Services
    from simulator.domain.session import SessionState
    from simulator.engine.sessions import TurnItem

SAMPLE_SCENARIO = "export-crash"
READING_PAUSE_S = 1.2
WORD_PAUSE_S = 0.05


async def watch_sample(services: Services, *, seed: int, paced: bool, as_json: bool) -> None:
    """Play the sample and print it as it goes.

    Args:
        services: on a store of their own, so that the sample stays out of anybody's history.
        seed: the same seed gives the same sample.
        paced: whether to write at a pace that can be read along.
        as_json: print the session document instead.
    """
    opened = await services.sessions.start(SAMPLE_SCENARIO, seed=seed, mode="demo")
    state, trainee = opened.state, Connecting()
    quiet = as_json
    if not quiet:
        _introduce(state)
    await _show(services.sessions.proceed(opened.id), state, paced=paced, quiet=quiet)
    state = await services.sessions.state(opened.id)
    while state.phase is not Phase.ENDED:
        move = trainee.next_move(state)
        if not quiet:
            say(f"\nYou: {move.text}")
            if move.action is not None:
                say(f"     ({state.started.scenario.action(move.action).label})")
        if paced:
            await asyncio.sleep(READING_PAUSE_S)
        await _show(services.sessions.say(opened.id, move.text, move.action), state, paced=paced, quiet=quiet)
        state = await services.sessions.state(opened.id)
    debrief = await services.sessions.debrief(opened.id)
    if quiet:
        write(to_json(session_document(opened.id, await services.sessions.state(opened.id))))
    else:
        say()
        write(plain(debrief))
    await services.close()


def _introduce(state: SessionState) -> None:
    scenario = state.started.scenario
    say(f"A sample session: {scenario.title} ({scenario.channel.value.replace('_', ' ')}, {scenario.difficulty})")
    say(f"{scenario.brief.role} {scenario.brief.situation}")
    say("The trainee here is simulated, and so is the customer: an AI role-play, no real person.")


async def _show(items: AsyncGenerator[TurnItem, None], state: SessionState, *, paced: bool, quiet: bool) -> None:
    first = True
    async with aclosing(items) as stream:
        async for item in stream:
            if quiet or not isinstance(item, CustomerTyping):
                continue
            if first:
                write(f"\n{state.started.persona.first_name}: ")
                first = False
            write(item.text)
            if paced:
                await asyncio.sleep(WORD_PAUSE_S)
    if not first:
        say()
