"""The mood over the conversation as a plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from simulator.tui.state.mood_points import MoodPoint
from simulator.tui.words import MOOD_NAMES, MOOD_STYLES, amount_word


class MoodPlot(Vertical):
    """Three lines over the turns, with a legend in words, so that colour is not needed."""

    def __init__(self) -> None:
        super().__init__(id="mood-plot")
        self._points: tuple[MoodPoint, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(markup=False, id="plot-legend")
        yield Static(markup=False, id="plot-canvas")

    def show(self, points: Sequence[MoodPoint]) -> None:
        """Draw these points."""
        self._points = tuple(points)
        self._draw()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())

    def on_resize(self, _event: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        self.query_one("#plot-legend", Static).update(legend_text(self._points))
        canvas = self.query_one("#plot-canvas", Static)
        width, height = canvas.size.width, 14
        if len(self._points) < 2 or width < 20:
            canvas.update(Content.styled("Too few messages for a plot.", "$muted") if self._points else "")
            return
        variables = self.app.get_css_variables()
        colors = [Color.parse(variables[f"mood-{name}"]).rgb for name in MOOD_NAMES]
        muted = Color.parse(variables["muted"]).rgb
        canvas.update(Text.from_ansi(plot_ansi(self._points, colors, muted, width, height)))


def legend_text(points: Sequence[MoodPoint]) -> Content:
    """Where each feeling began and ended, in words."""
    if not points:
        return Content("")
    first, last = points[0], points[-1]
    lines = []
    for name, mark in zip(MOOD_NAMES, ("●", "◆", "■"), strict=True):
        began, ended = getattr(first, name), getattr(last, name)
        lines.append(
            Content.assemble(
                (f"{mark} {name.capitalize():<13}", MOOD_STYLES[name]),
                (f"{amount_word(began)} at first, {amount_word(ended)} at the end", "$muted"),
            )
        )
    return Content("\n").join(lines)


class _Plot(Protocol):
    """The part of plotext that is used; it has no types of its own."""

    def clear_figure(self) -> None: ...
    def plot(self, *data: Sequence[float], color: tuple[int, int, int], marker: str) -> None: ...
    def plotsize(self, width: int, height: int) -> None: ...
    def ylim(self, low: float, high: float) -> None: ...
    def yticks(self, ticks: Sequence[float], labels: Sequence[str]) -> None: ...
    def xticks(self, ticks: Sequence[float], labels: Sequence[str]) -> None: ...
    def canvas_color(self, color: str) -> None: ...
    def axes_color(self, color: str) -> None: ...
    def ticks_color(self, color: tuple[int, int, int]) -> None: ...
    def frame(self, state: bool) -> None: ...
    def build(self) -> str: ...


def plot_ansi(
    points: Sequence[MoodPoint],
    colors: Sequence[tuple[int, int, int]],
    muted: tuple[int, int, int],
    width: int,
    height: int,
) -> str:
    """The plot as terminal text with colours."""
    import plotext  # noqa: PLC0415 - only needed where a plot is drawn

    plot = cast("_Plot", plotext)
    plot.clear_figure()
    plot.plotsize(width, height)
    plot.canvas_color("default")
    plot.axes_color("default")
    plot.ticks_color(muted)
    turns = [float(point.turn) for point in points]
    for name, color in zip(MOOD_NAMES, colors, strict=True):
        plot.plot(turns, [getattr(point, name) for point in points], color=color, marker="braille")
    plot.ylim(0, 1)
    plot.yticks([0, 0.5, 1], ["none", "some", "full"])
    plot.xticks(turns, [f"{turn:.0f}" for turn in turns])
    plot.frame(False)  # noqa: FBT003 - plotext's own signature
    return plot.build()
