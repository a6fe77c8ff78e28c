"""Plays prepared replies and prints the whole session."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from simulator.cli.output import say, write
from simulator.cli.replies import Prepared
from simulator.domain.session import Phase
from simulator.domain.transcript import MAX_REPLY_CHARS
from simulator.engine.sessions import TurnItem
from simulator.errors import ModelError, UsageError
from simulator.reports.debrief_text import plain
from simulator.reports.session_document import session_document, to_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from simulator.bootstrap import Services


async def play_replies(
    services: Services,
    scenario: str,
    replies: Sequence[Prepared],
    *,
    persona: str | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Play the replies until they are used up or the customer has left, and print the session."""
    _check_actions(services, scenario, replies)
    _say_what_is_cut(replies)
    try:
        await _play(services, scenario, replies, persona=persona, seed=seed, as_json=as_json)
    finally:
        await services.close()


async def _play(
    services: Services,
    scenario: str,
    replies: Sequence[Prepared],
    *,
    persona: str | None,
    seed: int | None,
    as_json: bool,
) -> None:
    opened = await services.sessions.start(scenario, persona_id=persona, seed=seed, mode="run")
    try:
        used = await _say(services, opened.id, replies)
    except ModelError as error:
        error.hint += f"\nThe session is kept. Go on with it: simulator play {opened.id[:8]} --plain --model offline"
        raise
    await services.sessions.stop(opened.id, replies_ended=True)
    debrief = await services.sessions.debrief(opened.id)
    state = await services.sessions.state(opened.id)
    left = len(replies) - used
    if as_json:
        write(to_json(session_document(opened.id, state, unused_replies=left)))
    else:
        for turn in state.turns:
            say(f"{'Customer' if turn.speaker == 'customer' else 'You'}: {turn.text}")
        say()
        write(plain(debrief))
        if left:
            say(f"{left} prepared {'reply was' if left == 1 else 'replies were'} not used: the customer had left.")


async def _say(services: Services, session_id: str, replies: Sequence[Prepared]) -> int:
    """Play the replies; returns how many were used before the customer left."""
    await _drain(services.sessions.proceed(session_id))
    used = 0
    for reply in replies:
        await _drain(services.sessions.say(session_id, reply.text, reply.action))
        used += 1
        if (await services.sessions.state(session_id)).phase is Phase.ENDED:
            break
    return used


def _check_actions(services: Services, scenario: str, replies: Sequence[Prepared]) -> None:
    """An action that the scenario does not have stops the run before it begins."""
    loaded = services.library.scenarios.get(scenario)
    if loaded is None:
        return
    allowed = [action.id for action in loaded.item.actions]
    for n, reply in enumerate(replies, start=1):
        if reply.action is not None and reply.action not in allowed:
            raise UsageError(
                f'Reply {n} takes the action "{reply.action}", which this scenario does not have.',
                "",
                f"Allowed are: {', '.join(allowed)}.",
            )


def _say_what_is_cut(replies: Sequence[Prepared]) -> None:
    for n, reply in enumerate(replies, start=1):
        if len(reply.text) > MAX_REPLY_CHARS:
            sys.stderr.write(f"Reply {n} is longer than {MAX_REPLY_CHARS} characters; the rest is left out.\n")


async def _drain(items: AsyncGenerator[TurnItem, None]) -> None:
    async with aclosing(items) as stream:
        async for _ in stream:
            pass
