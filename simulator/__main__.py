"""The program's entrance: answers the version at once, everything else through the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that was typed, and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from simulator import __version__  # noqa: PLC0415 - nothing else is needed to answer this

        sys.stdout.write(f"simulator {__version__}\n")
        return
    if not sys.argv[1:]:
        from simulator.cli.opening import can_draw, has_terminal, open_app  # noqa: PLC0415

        if has_terminal() and can_draw():
            from simulator.cli.guard import guarded  # noqa: PLC0415

            sys.exit(guarded(open_app))
    from simulator.cli.main import run  # noqa: PLC0415 - only now is it worth loading

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
