"""The bar at the bottom: every key of the screen, wrapped where the terminal is narrow, each to be clicked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.screen import Screen


_GAP = "  "


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: str
    label: str
    press: str
    tooltip: str


def _item(entry: _Entry) -> Content:
    meta = Style.from_meta({"press": entry.press, "tip": entry.tooltip})
    return Content.assemble((entry.keys, "bold $primary"), " ", (entry.label, "$muted")).stylize(meta)


class KeyBar(Static):
    """Lists the active bindings of the screen."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("", markup=False, id="key-bar")
        self._drawn = Content("")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)
        self.call_after_refresh(self._draw)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if not self.is_attached or not self.content_size.width:
            return
        lines: list[list[Content]] = [[]]
        room = self.content_size.width
        for entry in self._entries():
            item = _item(entry)
            if lines[-1] and room < len(item):
                lines.append([])
                room = self.content_size.width
            lines[-1].append(item)
            room -= len(item) + len(_GAP)
        drawn = Content("\n").join([Content(_GAP).join(line) for line in lines])
        if not drawn.is_same(self._drawn):
            self._drawn = drawn
            self.update(drawn)

    def _entries(self) -> Iterator[_Entry]:
        """One entry a command; the keys of a group become one entry."""
        shown: dict[str, list[ActiveBinding]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                shown.setdefault(binding.group.description if binding.group else binding.action, []).append(active)
        for actives in shown.values():
            first, last = actives[0].binding, actives[-1].binding
            key = self.app.get_key_display(first)
            if first.group is None:
                yield _Entry(key, first.description, first.key, first.tooltip)
            else:
                keys = f"{key}-{self.app.get_key_display(last)}"
                yield _Entry(keys, first.group.description, first.key, first.group.description)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.tooltip = event.style.meta.get("tip")

    def on_click(self, event: events.Click) -> None:
        press = event.style.meta.get("press")
        if isinstance(press, str):
            event.stop()
            self.app.simulate_key(press)
