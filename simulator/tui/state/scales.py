"""Bars made of characters: an amount from 0 to 1, and a score with its band on 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["track", "band", "score", "mark", "full", "empty"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are drawn in one style."""

    text: str
    part: Part


def gauge(value: float, width: int) -> tuple[Piece, ...]:
    """A bar filled to `value`, 0 to 1."""
    filled = round(min(1.0, max(0.0, value)) * width)
    pieces = (Piece("━" * filled, "full"), Piece("━" * (width - filled), "empty"))
    return tuple(piece for piece in pieces if piece.text)


def band_bar(
    score: float | None, low: float | None, high: float | None, pass_mark: float | None, width: int
) -> tuple[Piece, ...]:
    """A line from 0 to 100 with the band thick, the score as a dot and the pass mark as a stroke."""
    cells: list[tuple[str, Part]] = [("─", "track")] * width
    if low is not None and high is not None:
        for cell in range(_cell(low, width), _cell(high, width) + 1):
            cells[cell] = ("━", "band")
    if pass_mark is not None:
        cells[_cell(pass_mark, width)] = ("┃", "mark")
    if score is not None:
        cells[_cell(score, width)] = ("●", "score")
    return _joined(cells)


def _cell(score: float, width: int) -> int:
    return round(min(100.0, max(0.0, score)) / 100 * (width - 1))


def _joined(cells: list[tuple[str, Part]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for text, part in cells:
        if pieces and pieces[-1].part == part:
            pieces[-1] = Piece(pieces[-1].text + text, part)
        else:
            pieces.append(Piece(text, part))
    return tuple(pieces)
