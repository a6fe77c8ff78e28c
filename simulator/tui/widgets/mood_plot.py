"""The mood over the conversation as a plot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.text import Text
from textual import events, work
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

    @work(exclusive=True, group="plot")
    async def _draw(self) -> None:
        self.query_one("#plot-legend", Static).update(legend_text(self._points))
        canvas = self.query_one("#plot-canvas", Static)
        width, height = canvas.size.width, 14
        if len(self._points) < 2 or width < 20:
            canvas.update(Content.styled("Too few messages for a plot.", "$muted") if self._points else "")
            return
        variables = self.app.get_css_variables()
        colors = [Color.parse(variables[f"mood-{name}"]).rgb for name in MOOD_NAMES]
        muted, ground = Color.parse(variables["muted"]).rgb, Color.parse(variables["background"]).rgb
        ansi = await asyncio.to_thread(plot_ansi, self._points, colors, muted, ground, width, height)
        canvas.update(Text.from_ansi(ansi))


def legend_text(points: Sequence[MoodPoint]) -> Content:
    """Where each feeling began and ended, in words."""
    if not points:
        return Content("")
    first, last = points[0], points[-1]
    lines = []
    for name in MOOD_NAMES:
        began, ended = getattr(first, name), getattr(last, name)
        lines.append(
            Content.assemble(
                (f"━━ {name.capitalize():<13}", MOOD_STYLES[name]),
                (f"{amount_word(began)} at first, {amount_word(ended)} at the end", "$muted"),
            )
        )
    return Content("\n").join(lines)


def plot_ansi(
    points: Sequence[MoodPoint],
    colors: Sequence[tuple[int, int, int]],
    muted: tuple[int, int, int],
    ground: tuple[int, int, int],
    width: int,
    height: int,
) -> str:
    """The plot as terminal text with colours; slow the first time, when plotext is imported."""
    import plotext  # noqa: PLC0415 - only needed where a plot is drawn

    quiet = plotext.pixel(muted, ground)
    figure = plotext.figure
    figure.clear()
    figure.plot_size(width, height)
    figure.canvas(ground)
    figure.axes(active=True, pixel=quiet)
    figure.axes(active=False, side=1)
    turns = [point.turn for point in points]
    for name, color in zip(MOOD_NAMES, colors, strict=True):
        marker = plotext.marker("braille", plotext.pixel(color, ground))
        signal = figure.signal(turns, [getattr(point, name) for point in points], marker=marker)
        figure.draw(signal.lines())
    rows, columns = figure.ruler("y"), figure.ruler("x")
    rows.lim(0, 1)
    rows.ticks([0, 0.5, 1], ["none", "some", "full"])
    columns.ticks(turns, [str(turn) for turn in turns])
    for ruler in (rows, columns):
        ruler.pixel(quiet)
    return str(figure.build())
