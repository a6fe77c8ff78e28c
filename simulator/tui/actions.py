"""The one registry of keys: it feeds the screens' bindings, the key bar, help, the palette and the user's keymap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does in one place."""

    place: str
    name: str
    key: str
    """Keys, separated by commas; the first that works is shown."""
    action: str
    label: str
    tooltip: str
    group: str = ""
    """Keys of one group are shown together under this word."""
    priority: bool = False

    @property
    def id(self) -> str:
        """What a keymap names it by, e.g. "home.search"."""
        return f"{self.place}.{self.name}"


PLACES: Final = {
    "app": "Everywhere",
    "list": "In other lists",
    "home": "Home",
    "briefing": "Briefing",
    "conversation": "Conversation",
    "composer": "Writing a reply",
    "reflection": "Looking back",
    "debrief": "Debrief",
    "history": "History",
    "page": "Reading",
    "settings": "Settings",
    "dialog": "Questions",
}

COMMANDS: Final = (
    Command("home", "open", "enter", "select", "Open", "Open the chosen scenario or session"),
    Command("home", "search", "slash", "search", "Search", "Search scenarios by any word"),
    Command("home", "clear", "escape", "clear", "Show all", "Out of the search, back to all scenarios"),
    Command("home", "level", "d", "cycle_difficulty", "Level", "Show only easy, medium or hard scenarios"),
    Command("home", "channel", "c", "cycle_channel", "Channel", "Show only one channel"),
    Command("home", "surprise", "s", "surprise", "Surprise", "Open a scenario picked at random"),
    Command("home", "history", "h", "history", "History", "Past sessions"),
    Command("home", "rubric", "r", "rubric", "Rubric", "What replies are scored on"),
    Command("home", "settings", "comma", "settings", "Settings", "Theme, pace, mood gauge"),
    Command("briefing", "start", "enter", "start", "Start", "Begin the conversation"),
    Command("briefing", "persona", "p", "persona", "Who plays", "Choose another customer for this scenario"),
    Command("briefing", "rubric", "r", "rubric", "Rubric", "What your replies are scored on"),
    Command("briefing", "back", "escape", "back", "Back", "Back without starting"),
    Command("composer", "send", "enter", "send", "Send", "Send the reply; while they type: show it at once"),
    Command("composer", "newline", "ctrl+j,shift+enter", "newline", "New line", "Begin a new line"),
    Command("conversation", "record", "f2,ctrl+r", "panel('record')", "Record", "The case and the customer's record"),
    Command("conversation", "knowledge", "f3,ctrl+n", "panel('knowledge')", "Knowledge", "Knowledge articles"),
    Command("conversation", "actions", "f4,ctrl+t", "panel('actions')", "Actions", "What you may do, with its limits"),
    Command("conversation", "mood", "f5,ctrl+g", "toggle_mood", "Mood", "Show or hide the mood gauge"),
    Command(
        "conversation", "drop_action", "f8,ctrl+l", "drop_action", "Drop action", "Send the reply without the action"
    ),
    Command("conversation", "skip", "ctrl+s", "skip", "Skip", "Show the whole message at once"),
    Command("conversation", "retry", "f9", "retry", "Try again", "Ask for the customer's answer again"),
    Command(
        "conversation", "offline", "ctrl+o", "go_offline", "Offline", "Go on with the offline customer, without a model"
    ),
    Command("conversation", "debrief", "f10", "debrief", "Go on", "Go on to the debrief"),
    Command("conversation", "leave", "escape", "leave", "Leave", "Close the panel, or leave the conversation"),
    Command("reflection", "next", "ctrl+s", "submit", "See the debrief", "Keep your answer and see the debrief"),
    Command("reflection", "skip", "f10", "skip", "Skip", "See the debrief without answering"),
    Command("reflection", "home", "escape", "home", "Later", "Leave; the debrief waits in the history"),
    *(
        Command("debrief", f"tab_{n}", str(n), f"tab({n})", label, label, group="Sections")
        for n, label in enumerate(
            ("Summary", "Transcript", "Moments", "Mood", "Outcome", "Beneath", "Stronger version"), start=1
        )
    ),
    Command("debrief", "again", "a", "again", "Again", "Play the same scenario once more"),
    Command("debrief", "rubric", "r", "rubric", "Rubric", "The whole rubric"),
    Command("debrief", "home", "escape", "home", "Home", "Back to Home"),
    Command("history", "open", "enter", "select", "Open", "Open the debrief, or go on with the session"),
    Command("history", "older", "n", "older", "Older", "The page with older sessions"),
    Command("history", "newer", "p", "newer", "Newer", "The page with newer sessions"),
    Command("history", "delete", "d", "delete", "Delete", "Delete the chosen session for good"),
    Command("history", "back", "escape", "back", "Back", "Back to where you were"),
    Command("page", "back", "escape", "back", "Back", "Back to where you were"),
    Command("settings", "next", "right,enter,space", "change(1)", "Change", "The next value"),
    Command("settings", "previous", "left", "change(-1)", "Change back", "The value before"),
    Command("list", "choose", "enter", "select", "Choose", "Take the marked row"),
    Command("dialog", "cancel", "escape", "cancel", "Cancel", "Close without changing anything"),
    Command("app", "help", "f1,question_mark", "help", "Help", "Every key, and how a session goes"),
    Command("app", "palette", "ctrl+p", "command_palette", "Menu", "Find anything by its name"),
    Command("app", "quit", "ctrl+q", "quit", "Quit", "Close the app; everything is kept", priority=True),
)

_BY_ID: Final = {command.id: command for command in COMMANDS}


def bindings_for(place: str, *, only: str = "", without: str = "") -> list[BindingType]:
    """The bindings of one place, or one of them, or all but one: what a list binds itself its screen must not."""
    return [
        Binding(
            command.key,
            command.action,
            command.label,
            tooltip=command.tooltip,
            id=command.id,
            priority=command.priority,
            group=Binding.Group(command.group) if command.group else None,
        )
        for command in COMMANDS
        if command.place == place and only in {"", command.name} and command.name != without
    ]


def command(command_id: str) -> Command | None:
    """The command with that id, if there is one."""
    return _BY_ID.get(command_id)


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that work for a command under the user's keymap."""
    return tuple(key.strip() for key in keymap.get(command.id, command.key).split(","))


def keymap_problems(keymap: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with a keymap: ids that nothing has, and keys that two commands of one place would share."""
    problems = [f"No command is called {name}." for name in keymap if name not in _BY_ID]
    taken: dict[tuple[str, str], str] = {}
    for entry in COMMANDS:
        for key in keys_of(entry, keymap):
            other = taken.setdefault((entry.place, key), entry.id)
            if other != entry.id:
                problems.append(f"{key} is set for both {other} and {entry.id}.")
    return tuple(problems)
