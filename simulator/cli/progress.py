"""A line on standard error that tells how far a long piece of work is."""

from __future__ import annotations

import sys
import time

PATIENCE_S = 1.0
"""Before that, nobody needs to be told."""
PACE_S = 0.2
BAR = 24


class Progress:
    """Drawn only where standard error is a terminal and the work takes more than a moment.

    Args:
        noun: what is counted, in the plural.
        whole: the size of the work in any unit; None when it is not known.
        wanted: False where something else is written to the same terminal.
    """

    def __init__(self, noun: str, whole: int | None = None, *, wanted: bool = True) -> None:
        self._noun, self._whole = noun, whole
        self._wanted = wanted and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE_S
        self._drawn = 0

    def show(self, done: int, reached: int | None = None) -> None:
        """Tell how many are done, and how much of the whole is reached."""
        if not self._wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + PACE_S
        line = f"{self._bar(reached)}{done:,} {self._noun}"
        sys.stderr.write(f"\r{line:<{self._drawn}}")
        sys.stderr.flush()
        self._drawn = max(self._drawn, len(line))

    def close(self) -> None:
        """Take the line away."""
        if self._drawn:
            sys.stderr.write(f"\r{'':<{self._drawn}}\r")
            sys.stderr.flush()

    def _bar(self, reached: int | None) -> str:
        if not self._whole or reached is None:
            return ""
        share = min(1.0, reached / self._whole)
        filled = round(BAR * share)
        return f"[{'#' * filled}{'.' * (BAR - filled)}] {share:4.0%}  "
