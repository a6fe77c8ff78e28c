"""Shown when the program has a fault: calm words, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import OptionList, Static

from simulator.tui.error_text import FAULT_TITLE
from simulator.tui.screens.dialogs import answer
from simulator.tui.screens.page import Dialog
from simulator.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator


class FaultScreen(Dialog):
    """Says that it is not the trainee's doing, and that nothing is lost."""

    def __init__(self, nav: Navigator) -> None:
        super().__init__()
        self._nav = nav

    def compose(self) -> ComposeResult:
        with VerticalGroup(id="dialog"):
            yield Static(Content.styled(FAULT_TITLE, "bold $text-error"), markup=False, id="dialog-question")
            kept = "It is not something you did. Your session is kept up to the last message and can be continued."
            yield Static(Content(kept), markup=False, id="dialog-detail")
            yield PickList(
                (
                    answer("home", "Back to Home", "“Continue” takes up the session where it was"),
                    answer("quit", "Quit", "Close the app"),
                ),
                id="dialog-list",
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "quit":
            self.app.exit(return_code=70)
        else:
            self._nav.home()

    def action_cancel(self) -> None:
        self._nav.home()
