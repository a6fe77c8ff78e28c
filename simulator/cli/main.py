"""All commands, and the one place where an error becomes an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from simulator import __version__
from simulator.cli import content_commands, session_commands, talk_commands
from simulator.cli.output import complain
from simulator.errors import SimulatorError

BUG_EXIT_CODE = 70
INTERRUPTED_EXIT_CODE = 130

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
    """Run one command; returns the exit code.

    0 ok, 1 the user's problem, 2 usage, 3 provider, 70 a fault in the program, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        code = command.main(args=list(arguments), prog_name="simulator", standalone_mode=False)
    except SimulatorError as error:
        complain(error)
        return error.exit_code
    except typer.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED_EXIT_CODE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback at a person
        return _unusual(error)
    return code if isinstance(code, int) else 0


def _unusual(error: Exception) -> int:
    """Wrong usage, which the command library reports in its own way, or a fault of ours."""
    show = getattr(error, "show", None)
    if callable(show):
        show()
        return int(getattr(error, "exit_code", 2))
    if os.environ.get("SIMULATOR_DEBUG"):
        raise error
    print(f"This is a fault in the program: {type(error).__name__}: {error}", file=sys.stderr)
    print("Your sessions are kept. Set SIMULATOR_DEBUG=1 and run it again to see where it happened.", file=sys.stderr)
    return BUG_EXIT_CODE
