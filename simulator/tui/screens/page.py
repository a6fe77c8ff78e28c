"""What every screen has: the line at the top, the key bar, and the way to the other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen, Screen

from simulator.tui.actions import bindings_for
from simulator.tui.widgets.key_bar import KeyBar
from simulator.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator

BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]


class Page(Screen[None]):
    """A full screen."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    PLACE: ClassVar[str] = "page"
    """Where in the registry its commands are."""

    def __init__(self, nav: Navigator) -> None:
        super().__init__()
        self.nav = nav

    def heading(self) -> Content | str:
        """What stands at the top left."""
        return ""

    def note(self) -> Content | str:
        """What stands at the top right."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets between the bars."""
        return
        yield

    def compose(self) -> ComposeResult:
        yield TopBar(self.heading(), self.note())
        yield from self.body()
        yield KeyBar()

    def action_back(self) -> None:
        self.dismiss()


class ReadingPage(Page):
    """A screen that is only read."""

    BINDINGS = bindings_for("page")


class Dialog(ModalScreen[str | None]):
    """A question over the screen; it returns the id of the answer, or None."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS = bindings_for("dialog")

    def action_cancel(self) -> None:
        self.dismiss(None)
