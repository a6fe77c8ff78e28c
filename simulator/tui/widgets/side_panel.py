"""Beside the conversation: record, knowledge, actions and mood."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static, TabbedContent, TabPane

from simulator.domain.scenario import Scenario
from simulator.tui.state.conversation import ConversationView
from simulator.tui.widgets.case_file import (
    RecordTable,
    action_entries,
    articles_text,
    brief_text,
    heading,
    history_text,
)
from simulator.tui.widgets.mood_gauge import MoodPanel
from simulator.tui.widgets.pick_list import PickList


class SidePanel(Vertical):
    """Four tabs about the case."""

    @dataclass
    class ActionPicked(Message):
        """An action was picked to go with the next reply."""

        action: str

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(id="side-panel")
        self._scenario = scenario

    def compose(self) -> ComposeResult:
        with TabbedContent(initial="record"):
            with TabPane("Record", id="record"), VerticalScroll():
                yield RecordTable(self._scenario.record)
                yield Static(self._history_and_role(), markup=False)
            with TabPane("Knowledge", id="knowledge"), VerticalScroll():
                yield Static(articles_text(self._scenario), markup=False)
            with TabPane("Actions", id="actions"):
                yield Static("Goes with your next reply.", markup=False, classes="hint")
                yield PickList(action_entries(self._scenario, None), id="action-list")
            with TabPane("Mood", id="mood"), VerticalScroll():
                yield MoodPanel()

    def open_tab(self, tab: str) -> None:
        """Show a tab and put the focus where it is used."""
        self.query_one(TabbedContent).active = tab
        if tab == "actions":
            self.query_one(PickList).focus()
        else:
            self.query_one(f"#{tab} VerticalScroll").focus()

    @property
    def active_tab(self) -> str:
        return self.query_one(TabbedContent).active

    def show_mood(self, view: ConversationView, *, visible: bool) -> None:
        """Draw the mood tab."""
        self.query_one(MoodPanel).show(view.mood, view.mood_before, visible=visible)

    def show_chosen(self, action: str | None) -> None:
        """Mark the action that is chosen."""
        self.query_one(PickList).show(action_entries(self._scenario, action))

    @on(OptionList.OptionSelected, "#action-list")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.ActionPicked(event.option_id))

    def _history_and_role(self) -> Content:
        return Content.assemble(
            "\n",
            heading("Earlier contacts"),
            "\n",
            history_text(self._scenario.record),
            "\n\n",
            heading("Your role"),
            "\n",
            brief_text(self._scenario),
        )
