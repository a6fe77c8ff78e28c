"""A list to pick one entry from; entries are drawn as they are, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.tui.actions import bindings_for


@dataclass(frozen=True, slots=True)
class Entry:
    """One row; a heading cannot be picked."""

    id: str
    content: Content
    is_heading: bool = False


class PickList(OptionList):
    """An option list without frame, which keeps its place when the rows change."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list")

    def __init__(self, entries: Iterable[Entry] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(*_options(tuple(entries)), id=id, markup=False)

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace the rows; the marked one stays marked if it is still there."""
        marked = self.highlighted_option.id if self.highlighted_option else None
        self.clear_options()
        self.add_options(_options(entries))
        self.mark(marked or "")

    def mark(self, entry_id: str) -> None:
        """Mark a row; the first that can be picked if there is none of that id."""
        pickable = [place for place, option in enumerate(self.options) if not option.disabled]
        kept = [place for place in pickable if self.options[place].id == entry_id]
        places = kept or pickable
        self.highlighted = places[0] if places else None


def _options(entries: Sequence[Entry]) -> list[Option]:
    """The rows with an empty line between them."""
    options: list[Option] = []
    for entry in entries:
        if options and not (options[-1].disabled and options[-1].id):
            options.append(Option("", disabled=True))
        options.append(Option(entry.content, id=entry.id, disabled=entry.is_heading))
    return options
