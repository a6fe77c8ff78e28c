"""Measured figures against their targets, and how they are printed."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; without a target it is there to explain another."""

    name: str
    value: float
    unit: str
    target: float | None = None
    """The largest value that is fast, or small, enough."""
    detail: str = ""

    @property
    def is_met(self) -> bool:
        return self.target is None or self.value <= self.target


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.02 else f"{seconds * 1000:.1f} ms"


def line(figure: Figure) -> str:
    """The figure, its target and whether it is met, in one line."""
    value = f"{figure.value:.2f} {figure.unit}" if figure.value < 10 else f"{figure.value:.0f} {figure.unit}"
    if figure.target is None:
        verdict = ""
    else:
        verdict = f"at most {figure.target:g} {figure.unit}: {'met' if figure.is_met else 'NOT MET'}"
    return f"{figure.name:<52}{value:>10}   {verdict:<28}{figure.detail}".rstrip()
