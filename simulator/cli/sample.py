"""Sessions to watch: a sample with a good trainee, and recordings."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from simulator.cli.output import say, write
from simulator.domain.session import Phase
from simulator.engine.sessions import CustomerTyping
from simulator.engine.trainees import Connecting, Move
from simulator.errors import MoveError
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
        await _reply(services, opened.id, state, trainee.next_move(state), paced=paced, quiet=quiet)
        state = await services.sessions.state(opened.id)
    debrief = await services.sessions.debrief(opened.id)
    if quiet:
        write(to_json(session_document(opened.id, await services.sessions.state(opened.id))))
    else:
        say()
        write(plain(debrief))
    await services.close()


async def watch_recording(services: Services, session: str, *, paced: bool) -> None:
    """Play a recorded session again and print it as it goes; what was not scored then is not scored now.

    Args:
        services: whose sessions are recordings.
        session: the recording's id, or a unique beginning of it.
        paced: whether to write at a pace that can be read along.
    """
    opened = await services.sessions.resume(session)
    state = opened.state
    say(f"A recorded session: {state.started.scenario.title}, with {state.started.persona.name}.")
    await _show(services.sessions.proceed(opened.id), state, paced=paced, quiet=False)
    while (move := services.sessions.next_move(opened.id)) is not None:
        await _reply(services, opened.id, state, move, paced=paced, quiet=False)
    try:
        debrief = await services.sessions.debrief(opened.id)
    except MoveError:  # the session was not ended then, or never scored
        say("\nThe recording ends here, without a debrief.")
    else:
        say()
        write(plain(debrief))
    await services.close()


async def _reply(
    services: Services, session_id: str, state: SessionState, move: Move, *, paced: bool, quiet: bool
) -> None:
    if not quiet:
        say(f"\nYou: {move.text}")
        if move.action is not None:
            say(f"     ({state.started.scenario.action(move.action).label})")
    if paced:
        await asyncio.sleep(READING_PAUSE_S)
    await _show(services.sessions.say(session_id, move.text, move.action), state, paced=paced, quiet=quiet)


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
