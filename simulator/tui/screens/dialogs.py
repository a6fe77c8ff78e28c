"""Questions that are asked over a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import OptionList, Static

from simulator.tui.screens.page import Dialog
from simulator.tui.widgets.key_bar import KeyBar
from simulator.tui.widgets.pick_list import Entry, PickList


class ChoiceDialog(Dialog):
    """A question with answers to pick from."""

    def __init__(self, question: str, entries: Sequence[Entry], *, detail: str = "", marked: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._entries = tuple(entries)
        self._marked = marked

    def compose(self) -> ComposeResult:
        with VerticalGroup(id="dialog"):
            yield Static(Content.styled(self._question, "bold"), markup=False, id="dialog-question")
            if self._detail:
                yield Static(Content.styled(self._detail, "$muted"), markup=False, id="dialog-detail")
            yield PickList(self._entries, id="dialog-list")
        yield KeyBar()

    def on_mount(self) -> None:
        picks = self.query_one(PickList)
        picks.mark(self._marked)
        picks.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)


def answer(answer_id: str, label: str, detail: str) -> Entry:
    """One answer with a line that says what follows."""
    return Entry(answer_id, Content.assemble((label, "bold"), "\n", (detail, "$muted")))


def leave_dialog() -> ChoiceDialog:
    """Asked before a running conversation is left."""
    return ChoiceDialog(
        "Leave the conversation?",
        (
            answer("stay", "Stay", "Go on where you are"),
            answer("leave", "Leave", "The session is kept and can be continued"),
            answer("end", "End now", "Stop here and see the debrief"),
        ),
    )


def delete_dialog(title: str) -> ChoiceDialog:
    """Asked before a session is deleted."""
    return ChoiceDialog(
        "Delete this session?",
        (
            answer("keep", "Keep it", "Nothing changes"),
            answer("delete", "Delete", "It is gone for good, with its scores"),
        ),
        detail=title,
    )
