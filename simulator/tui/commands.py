"""The palette: every command of the screen, every screen and every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from simulator.tui.plain import one_line

if TYPE_CHECKING:
    from simulator.tui.app import SimulatorApp
    from simulator.tui.navigator import Navigator


@dataclass(frozen=True, slots=True)
class _Offer:
    name: str
    help: str
    run: IgnoreReturnCallbackType

    @property
    def shown_help(self) -> str:
        """The help as content, which the palette draws as it is; a string it would read as markup."""
        return cast("str", Content(self.help))


class SimulatorCommands(Provider):
    """Offers what can be done from here."""

    @property
    def _nav(self) -> Navigator:
        return cast("SimulatorApp", self.app).nav

    def _offers(self) -> Iterator[_Offer]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id is None or binding.action in seen or not active.enabled:
                continue
            seen.add(binding.action)
            if binding.id != "app.palette":
                yield _Offer(
                    binding.description, f"{binding.tooltip}  ({binding.id})", self._runs(binding.action, active.node)
                )
        if not self._nav.is_ready:
            return
        nav = self._nav
        yield from (
            _Offer("Go to Home", "Scenarios", nav.home),
            _Offer("Go to History", "Past sessions", nav.history),
            _Offer("Go to Rubric", "What replies are scored on", nav.rubric),
            _Offer("Go to Settings", "Theme, pace, mood gauge", nav.settings),
            _Offer("Go to Help", "Every key", nav.help),
        )
        for scenario_id, loaded in nav.services.library.scenarios.items():
            scenario = loaded.item
            yield _Offer(f"Scenario: {one_line(scenario.title)}", one_line(scenario.summary), self._opens(scenario_id))

    def _runs(self, action: str, node: object) -> IgnoreReturnCallbackType:
        async def run() -> None:
            await self.app.run_action(action, default_namespace=node)  # type: ignore[arg-type]

        return run

    def _opens(self, scenario_id: str) -> IgnoreReturnCallbackType:
        return lambda: self._nav.briefing(scenario_id)

    async def discover(self) -> Hits:
        for offer in self._offers():
            yield DiscoveryHit(Content(offer.name), offer.run, text=offer.name, help=offer.shown_help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for offer in self._offers():
            score = matcher.match(offer.name)
            if score > 0:
                yield Hit(score, Content(offer.name), offer.run, text=offer.name, help=offer.shown_help)
