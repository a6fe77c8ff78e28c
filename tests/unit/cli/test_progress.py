"""The line on standard error that tells how far a long piece of work is."""

from __future__ import annotations

import io

import pytest

from simulator.cli import progress
from simulator.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    at = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: at[0])
    return at


def drawn(monkeypatch: pytest.MonkeyPatch, err: io.StringIO, now: list[float], *, wanted: bool = True) -> str:
    monkeypatch.setattr("sys.stderr", err)
    line = Progress("lines", 1000, wanted=wanted)
    line.show(1, 10)
    now[0] += 5.0
    line.show(1200, 500)
    line.show(1201, 501)
    line.close()
    return err.getvalue()


def test_long_work_is_drawn_at_a_pace_and_taken_away(monkeypatch: pytest.MonkeyPatch, now: list[float]) -> None:
    text = drawn(monkeypatch, Terminal(), now)
    assert text.count("lines") == 1
    assert "[############............]  50%  1,200 lines" in text
    assert text.endswith(" \r")


def test_nothing_is_drawn_where_nobody_sees_it(monkeypatch: pytest.MonkeyPatch, now: list[float]) -> None:
    assert drawn(monkeypatch, io.StringIO(), now) == ""
    assert drawn(monkeypatch, Terminal(), now, wanted=False) == ""
