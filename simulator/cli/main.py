"""All commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from simulator import __version__
from simulator.cli import content_commands, score_commands, session_commands, talk_commands
from simulator.cli.guard import guarded

app = typer.Typer(
    name="simulator",
    help="Practise cognitive empathy, paraphrasing and purpose-driven questions with simulated customers.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help"]},
)
talk_commands.add_to(app)
session_commands.add_to(app)
score_commands.add_to(app)
content_commands.add_to(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"simulator {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    *,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of screens.")] = False,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Without a command: the app, or a sample session where there is no terminal."""
    if context.invoked_subcommand is None:
        talk_commands.open_home(plain=plain)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code, see `guarded`."""
    command = typer.main.get_command(app)

    def work() -> int:
        try:
            code = command.main(args=list(arguments), prog_name="simulator", standalone_mode=False)
        except typer.Exit as done:
            return done.exit_code
        except typer.Abort as aborted:
            raise KeyboardInterrupt from aborted
        return code if isinstance(code, int) else 0

    return guarded(work)
