"""The commands that hold a conversation: the app, demo, play and run."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.opening import can_draw, has_terminal, open_app
from simulator.errors import UsageError

if TYPE_CHECKING:
    from simulator.bootstrap import Services
    from simulator.tui.services import StartAt

SCENARIO = Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of a scenario; `simulator check` lists files.")]
PERSONA = Annotated[str | None, typer.Option("--persona", metavar="ID", help="Who plays the customer.")]
SEED = Annotated[int | None, typer.Option("--seed", metavar="N", help="The same seed plays the same way.")]
MODEL = Annotated[str | None, typer.Option("--model", metavar="NAME|offline", help="Who voices the customer.")]
JUDGE = Annotated[str | None, typer.Option("--judge", metavar="NAME|offline", help="Who scores.")]
PLAIN = Annotated[bool, typer.Option("--plain", help="Lines instead of screens.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]

_SESSION_ID = re.compile(r"[0-9a-f]{8,32}")


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(demo)
    app.command()(play)
    app.command(name="run")(run_replies)
    app.command()(replay)


def open_home(*, plain: bool) -> None:
    """The app; in lines if asked; a sample session where there is no terminal."""
    if not has_terminal() and not plain:
        demo(plain=True)
    elif plain or not can_draw():
        _in_lines()
    else:
        _open_app(None)


def _open_app(start: StartAt | None, model: str | None = None, judge: str | None = None) -> None:
    code = open_app(start, customer=model, judge=judge)
    if code:
        raise typer.Exit(code)


def _in_lines(
    scenario: str | None = None,
    persona: str | None = None,
    seed: int | None = None,
    *,
    model: str | None = None,
    judge: str | None = None,
) -> None:
    from simulator.bootstrap import open_services  # noqa: PLC0415 - only when a session is held
    from simulator.cli.line_mode import LineMode  # noqa: PLC0415

    asyncio.run(LineMode(open_services(customer=model, judge=judge)).hold(scenario, persona, seed))


def demo(
    *,
    plain: PLAIN = False,
    seed: SEED = 7,
    fast: Annotated[bool, typer.Option("--fast", help="Without pauses.")] = False,
    as_json: AS_JSON = False,
) -> None:
    """Watch a whole sample session, from the first message to the debrief."""
    from simulator.cli.sample import watch_sample  # noqa: PLC0415

    paced = has_terminal() and not fast and not as_json and not plain
    asyncio.run(watch_sample(_offline(), seed=7 if seed is None else seed, paced=paced, as_json=as_json))


def _offline() -> Services:
    """The sample is the same for everybody, and costs nobody anything."""
    from simulator.bootstrap import open_services  # noqa: PLC0415 - only when a session is held

    return open_services(temporary=True, customer="offline", judge="offline")


def play(
    scenario: SCENARIO,
    *,
    persona: PERSONA = None,
    model: MODEL = None,
    judge: JUDGE = None,
    seed: SEED = None,
    plain: PLAIN = False,
) -> None:
    """Go straight into a scenario, or on with a session by its id."""
    if plain or not has_terminal() or not can_draw():
        _in_lines(scenario, persona, seed, model=model, judge=judge)
        return
    from simulator.tui.services import StartAt  # noqa: PLC0415

    if _SESSION_ID.fullmatch(scenario):
        _open_app(StartAt(place="conversation", session=scenario), model, judge)
    else:
        _open_app(StartAt(place="briefing", scenario=scenario, persona=persona, seed=seed), model, judge)


def replay(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="Id of a session, or its beginning.")],
    *,
    plain: PLAIN = False,
    fast: Annotated[bool, typer.Option("--fast", help="Without pauses.")] = False,
) -> None:
    """Play a recorded session again, turn by turn. Nothing is changed, kept or sent."""
    from simulator.bootstrap.replaying import open_replay  # noqa: PLC0415 - only when a session is played again
    from simulator.cli.sample import watch_recording  # noqa: PLC0415

    if plain or not has_terminal() or not can_draw():
        paced = has_terminal() and not fast and not plain
        asyncio.run(watch_recording(open_replay(), session, paced=paced))
        return
    from simulator.tui.services import StartAt  # noqa: PLC0415

    code = open_app(StartAt(place="conversation", session=session), open_parts=open_replay)
    if code:
        raise typer.Exit(code)


def run_replies(
    scenario: SCENARIO,
    *,
    replies: Annotated[
        str, typer.Option("--replies", metavar="FILE", help="One reply a line, or JSON lines; - reads standard input.")
    ],
    persona: PERSONA = None,
    model: MODEL = None,
    judge: JUDGE = None,
    seed: SEED = None,
    as_json: AS_JSON = False,
) -> None:
    """Play a scenario with prepared replies, without a screen."""
    from simulator.cli.replies import read_replies  # noqa: PLC0415

    prepared = read_replies(sys.stdin.buffer.read() if replies == "-" else _read(Path(replies)), replies)
    from simulator.bootstrap import open_services  # noqa: PLC0415 - not before the replies are known to be good
    from simulator.cli.headless import play_replies  # noqa: PLC0415

    services = open_services(customer=model, judge=judge)
    asyncio.run(play_replies(services, scenario, prepared, persona=persona, seed=seed, as_json=as_json))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"The replies in {path} cannot be read.",
            error.strerror or "",
            "Check the path, or use - for standard input.",
        ) from error
