"""The commands on content and set-up: check and doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.output import say, write

if TYPE_CHECKING:
    from simulator.engine.library import Problem

AS_JSON = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(check)
    app.command()(doctor)


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH...]", help="Files or folders; all if none.")
    ] = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Say what is wrong in persona, scenario and rubric files, where, and how to mend it."""
    from simulator.bootstrap.checking import check_content  # noqa: PLC0415 - loads the content

    checked = check_content(paths or [])
    if as_json:
        from simulator.reports.session_document import to_json  # noqa: PLC0415

        write(to_json([problem.model_dump(mode="json") for problem in checked.problems]))
    else:
        for problem in checked.problems:
            say(_problem_line(problem))
        errors = sum(problem.severity == "error" for problem in checked.problems)
        warnings = len(checked.problems) - errors
        say(f"{_count(checked.files, 'file')} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    if any(problem.severity == "error" for problem in checked.problems):
        raise typer.Exit(1)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _problem_line(problem: Problem) -> str:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    key = f" {problem.key}:" if problem.key else ""
    hint = f"\n    {problem.hint}" if problem.hint else ""
    return f"{place}: {problem.severity}:{key} {problem.message}{hint}"


def doctor(
    *,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Try this model with one tiny call.")
    ] = None,
    as_json: AS_JSON = False,
) -> None:
    """Tell what works here, and where each setting came from."""
    from simulator.bootstrap.examining import examine, examine_model  # noqa: PLC0415 - opens everything

    findings = examine() if model is None else examine_model(model)
    if as_json:
        from simulator.reports.session_document import to_json  # noqa: PLC0415

        write(to_json([{"check": f.check, "ok": f.ok, "detail": f.detail, "hint": f.hint} for f in findings]))
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.check}: {finding.detail}")
            for line in finding.hint.splitlines():
                say(f"      {line}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
