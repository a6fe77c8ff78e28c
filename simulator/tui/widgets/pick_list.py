"""A list to pick one entry from; entries are drawn as they are, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Entry:
    """One row; a heading cannot be picked."""

    id: str
    content: Content
    is_heading: bool = False


class PickList(OptionList):
    """An option list without frame, which keeps its place when the rows change."""

    def __init__(self, entries: Iterable[Entry] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(*(_option(entry) for entry in entries), id=id, markup=False)

    def show(self, entries: Sequence[Entry], *, keep: bool = True) -> None:
        """Replace the rows. With `keep`, the marked one stays marked if it is still there."""
        marked = self.highlighted_option.id if keep and self.highlighted_option else None
        self.clear_options()
        self.add_options(_option(entry) for entry in entries)
        pickable = [place for place, entry in enumerate(entries) if not entry.is_heading]
        kept = [place for place in pickable if entries[place].id == marked]
        places = kept or pickable
        self.highlighted = places[0] if places else None


def _option(entry: Entry) -> Option:
    return Option(entry.content, id=entry.id, disabled=entry.is_heading)
