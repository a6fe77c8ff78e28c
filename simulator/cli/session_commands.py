"""The commands on kept sessions: history, show, export and forget."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from simulator.cli.output import say, write
from simulator.errors import UsageError

if TYPE_CHECKING:
    from pydantic import JsonValue

    from simulator.bootstrap import Services
    from simulator.engine.ports import SessionSummary

T = TypeVar("T")
SESSION = Annotated[str, typer.Argument(metavar="SESSION", help="Id of a session, or its beginning.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(history)
    app.command()(show)
    app.command()(export)
    app.command()(forget)


def _with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    from simulator.bootstrap import open_services  # noqa: PLC0415 - only when sessions are read

    async def whole() -> T:
        services = open_services()
        try:
            return await work(services)
        finally:
            await services.close()

    return asyncio.run(whole())


def history(
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="How many at the most.")] = 20,
    scenario: Annotated[str | None, typer.Option("--scenario", metavar="ID", help="Only this scenario.")] = None,
    unfinished: Annotated[bool, typer.Option("--unfinished", help="Only those that can be continued.")] = False,
    as_json: AS_JSON = False,
) -> None:
    """List past sessions, newest first."""
    status: Literal["all", "unfinished"] = "unfinished" if unfinished else "all"
    rows = _with_services(lambda s: s.store.history(limit=limit, scenario_id=scenario, status=status))
    if as_json:
        from simulator.reports.session_document import to_json  # noqa: PLC0415

        write(to_json([_summary_document(row) for row in rows]))
    elif not rows:
        say("No sessions yet. Start one with: simulator")
    else:
        for row in rows:
            say(_summary_line(row))


def _summary_line(row: SessionSummary) -> str:
    score = f"{row.band.low:.0f} to {row.band.high:.0f}" if row.band else "not scored"
    ending = row.ending.value.replace("_", " ") if row.ending else "unfinished"
    when = row.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{row.id[:8]}  {when}  {row.scenario_title} with {row.persona_name}: {ending}, {score}"


def _summary_document(row: SessionSummary) -> dict[str, JsonValue]:
    return {
        "session": row.id,
        "scenario": row.scenario_id,
        "persona": row.persona_id,
        "mode": row.mode,
        "started_at": row.started_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "replies": row.replies,
        "ending": row.ending.value if row.ending else None,
        "overall": row.overall,
        "band": [row.band.low, row.band.high] if row.band else None,
        "seed": row.seed,
    }


def show(session: SESSION, *, as_json: AS_JSON = False) -> None:
    """Print a session with its debrief."""
    write(_with_services(lambda services: _rendered(services, session, "json" if as_json else "text")))


def export(
    session: SESSION,
    *,
    form: Annotated[str, typer.Option("--format", metavar="json|md|csv|txt", help="The format.")] = "json",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Where to; standard output otherwise.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write a session to a file."""
    names = {"json": "json", "md": "md", "csv": "csv", "txt": "text"}
    if form not in names:
        raise UsageError(f'There is no format "{form}".', "", f"Choose one of {', '.join(names)}.")
    text = _with_services(lambda services: _rendered(services, session, names[form]))
    if to is None:
        write(text)
        return
    try:
        with to.open("w" if force else "x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{to} exists already.", "", "Choose another name, or add --force.") from error
    except OSError as error:
        raise UsageError(f"{to} cannot be written.", error.strerror or "", "Choose another place.") from error
    say(f"Written to {to}")


async def _rendered(services: Services, session: str, form: str) -> str:
    from simulator.domain.session import Phase  # noqa: PLC0415
    from simulator.reports import debrief_text, tables  # noqa: PLC0415
    from simulator.reports.session_document import session_document, to_json  # noqa: PLC0415

    opened = await services.sessions.resume(session)
    ended = opened.state.phase is Phase.ENDED
    debrief = await services.sessions.debrief(opened.id) if ended else None
    state = await services.sessions.state(opened.id)
    match form:
        case "json":
            return to_json(session_document(opened.id, state))
        case "csv":
            return tables.turns_csv(opened.id, state)
        case "md" if debrief is not None:
            return debrief_text.markdown(debrief)
        case _:
            said = [f"{'Customer' if t.speaker == 'customer' else 'You'}: {t.text}\n" for t in state.turns]
            tail = debrief_text.plain(debrief) if debrief else f"Unfinished. Continue: simulator play {opened.id[:8]}\n"
            return "".join(said) + "\n" + tail


def forget(
    session: Annotated[str | None, typer.Argument(metavar="SESSION", help="Id of a session, or its beginning.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every session.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a session, or all, beyond recovery."""
    if (session is None) == (not everything):
        raise UsageError("Say which session to delete, or --all.", "", "simulator history lists them.")
    if not yes and not _confirmed("all sessions" if everything else f"session {session}"):
        say("Nothing was deleted.")
        return
    count = _with_services(lambda services: _forgotten(services, session))
    say(f"{count} {'session' if count == 1 else 'sessions'} deleted.")


def _confirmed(what: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"Deleting {what} cannot be undone.", "", "Add --yes to go ahead.")
    write(f"Delete {what} beyond recovery? Type yes: ")
    return sys.stdin.readline().strip().lower() == "yes"


async def _forgotten(services: Services, session: str | None) -> int:
    full = None if session is None else await services.store.find(session)
    return await services.store.forget(full)
