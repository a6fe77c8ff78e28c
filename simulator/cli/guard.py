"""The one place where an error becomes words on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from simulator.cli.output import complain
from simulator.errors import SimulatorError

BUG_EXIT_CODE = 70
INTERRUPTED_EXIT_CODE = 130


def guarded(work: Callable[[], int]) -> int:
    """Do the work; returns its exit code.

    0 ok, 1 the user's problem, 2 usage, 3 provider, 70 a fault in the program, 130 interrupted.
    """
    try:
        code = work()
        sys.stdout.flush()  # here, where what goes wrong can be told, and not while the interpreter ends
    except SimulatorError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED_EXIT_CODE
    except BrokenPipeError:
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        complain(SimulatorError("The output cannot be written.", error.strerror or str(error)))
        return SimulatorError.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback at a person
        return _unusual(error)
    return code


def _discard_output() -> None:
    """What is still held back goes nowhere; otherwise the interpreter would try, and complain, when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
