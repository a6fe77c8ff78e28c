"""Prints every figure of the speed budget with its target: `python -m tests.benchmarks [--quick] [NAME...]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.benchmarks import models, starting, talking
from tests.benchmarks.figures import Figure, line

REPEATS, QUICK_REPEATS = 15, 4


def benchmarks(repeats: int, folder: Path) -> Mapping[str, Callable[[], Iterator[Figure]]]:
    """All of them by name, in the order of the budget."""
    bytecode = starting.bytecode_folder()
    return {
        "version": partial(starting.version, repeats * 2, folder, bytecode),
        "paint": partial(starting.first_paint, repeats, folder, bytecode),
        "turn": partial(talking.turns, repeats),
        "keys": partial(talking.keystrokes, repeats, folder, bytecode),
        "history": partial(starting.full_history, repeats, folder, bytecode),
        "memory": partial(talking.memory, folder, bytecode),
        "models": partial(models.models, repeats, folder, bytecode),
    }


def main() -> int:
    """Measure and print; 1 if a target is not met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these: version paint turn keys history memory models")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    busy = os.getloadavg()[0]
    if busy > 0.5:
        print(f"This machine is busy (load {busy:.1f} on {os.cpu_count()} processors): figures will be too high.")
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        every = benchmarks(QUICK_REPEATS if options.quick else REPEATS, Path(name))
        if unknown := sorted(set(options.names) - set(every)):
            parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(every)}")
        for benchmark in (every[name] for name in options.names or every):
            for figure in benchmark():
                print(line(figure), flush=True)
                missed += not figure.is_met
    print("Every target is met." if not missed else f"Targets that are not met: {missed}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
