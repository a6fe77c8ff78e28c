"""A program in a pseudo-terminal, and the screen that a person would see."""

from __future__ import annotations

import os
import re
import signal
import termios
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import psutil
import pyte

POLL_S = 0.02
PATIENCE_S = 40.0
"""How long a screen may take to appear on a busy machine."""

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+c": "\x03",
    "ctrl+j": "\n",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
    "f2": "\x1bOQ",
    "f10": "\x1b[21~",
}

# pyte takes these for other sequences: the kitty keyboard protocol, and questions to the terminal.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;:]*u|\x1b\[[<>=?]?[0-9;]*\$[a-z]|\x1b\[>[0-9;]*[a-z]|\x1bP.*?\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<>=?$]*|P[^\x1b]*)?$")
_PRIVATE_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ON_BY_DEFAULT = frozenset({"7", "25"})
"""Line wrap and the cursor."""


@dataclass(frozen=True, slots=True)
class Size:
    columns: int
    rows: int


WIDE = Size(120, 36)
NARROW = Size(80, 24)


class Terminal:
    """Runs a program; a context manager that ends it whatever happens.

    Args:
        command: the program and its arguments.
        env: the whole environment.
        cwd: where it is started.
        size: of the terminal.
    """

    def __init__(self, command: Iterable[str], env: Mapping[str, str], cwd: Path, size: Size = WIDE) -> None:
        program, *arguments = command
        self._screen = pyte.Screen(size.columns, size.rows)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self.output = b""
        """Everything that the program has written."""
        self.started_at = time.monotonic()
        self.child = pexpect.spawn(
            program, arguments, env=dict(env), cwd=str(cwd), dimensions=(size.rows, size.columns), timeout=PATIENCE_S
        )
        self.child.delaybeforesend = None
        self._line_settings = termios.tcgetattr(self.child.child_fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None:
            print(f"The screen at the end:\n{self.text}")
        self.child.close(force=True)

    @property
    def pid(self) -> int:
        return int(self.child.pid)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without blanks at their ends."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The screen as one line with single blanks, so that wrapped text in one column is found."""
        return " ".join(self.text.split())

    @property
    def colours(self) -> set[str]:
        """The foreground and background colours on the screen."""
        cells = [cell for row in self._screen.buffer.values() for cell in row.values()]
        return {cell.fg for cell in cells} | {cell.bg for cell in cells}

    @property
    def memory_mb(self) -> float:
        """Resident memory of the program and what it started."""
        process = psutil.Process(self.pid)
        return sum(p.memory_info().rss for p in (process, *process.children(recursive=True))) / 1e6

    def read(self, timeout: float = POLL_S) -> bool:
        """Draw what the program has written; tells whether there was something."""
        if not self.take(timeout):
            return False
        self.draw()
        return True

    def take(self, timeout: float = POLL_S) -> bool:
        """Take what the program has written into `output` without drawing it, which would cost time of its own."""
        try:
            data = self.child.read_nonblocking(65536, timeout)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.output += data
        self._pending += data
        return True

    def draw(self) -> None:
        """Draw what was taken."""
        data = self._pending
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        self._pending = data[cut:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[:cut]))

    def wait_until(self, is_so: Callable[[], bool], what: str, timeout: float = PATIENCE_S) -> None:
        """Draw until it is so."""
        deadline = time.monotonic() + timeout
        while not is_so():
            if not self.read() and not self.child.isalive() and not self.read():
                assert is_so(), f"The program ended before: {what}\n{self.text}"
                return
            assert time.monotonic() < deadline, f"Waited {timeout} s in vain for: {what}\n{self.text}"

    def wait_for(self, *texts: str, timeout: float = PATIENCE_S) -> None:
        """Draw until all these texts are on the screen."""
        self.wait_until(lambda: all(text in self.text or text in self.words for text in texts), repr(texts), timeout)

    def settle(self, quiet_s: float = 0.2, at_most_s: float = 3.0) -> None:
        """Draw until nothing was written for a while; a blinking cursor never rests."""
        deadline = time.monotonic() + at_most_s
        while self.read(quiet_s) and time.monotonic() < deadline:
            pass

    def press(self, *keys: str) -> None:
        """Press keys by name; a single letter is itself."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type a text."""
        self.child.send(text)

    def resize(self, size: Size) -> None:
        """Change the terminal's size, as a person does with the mouse."""
        self._screen.resize(size.rows, size.columns)
        self.child.setwinsize(size.rows, size.columns)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait_for_end(self, timeout: float = PATIENCE_S) -> int:
        """Draw until the program has ended; its exit code, or minus the signal that ended it."""
        deadline = time.monotonic() + timeout
        while self.child.isalive():
            self.read()
            assert time.monotonic() < deadline, f"The program did not end.\n{self.text}"
        while self.read():
            pass
        return self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus)

    def left_behind(self) -> list[str]:
        """What an ended program has left changed in the terminal; nothing is what is wanted."""
        modes: dict[str, bool] = {}
        for numbers, switch in _PRIVATE_MODES.findall(self.output):
            for number in numbers.decode().split(";"):
                modes[number] = switch == b"h"
        left = [
            f"mode {number} is {'on' if is_on else 'off'}"
            for number, is_on in modes.items()
            if is_on != (number in _ON_BY_DEFAULT)
        ]
        now = termios.tcgetattr(self.child.child_fd)
        names = ("input", "output", "control", "local")
        left += [
            f"{name} settings of the line"
            for name, was, is_now in zip(names, self._line_settings, now, strict=False)
            if was != is_now
        ]
        pushed = len(re.findall(rb"\x1b\[>[0-9]+u", self.output)) - len(re.findall(rb"\x1b\[<[0-9]*u", self.output))
        if pushed > 0:
            left.append("the kitty keyboard protocol")
        return left
