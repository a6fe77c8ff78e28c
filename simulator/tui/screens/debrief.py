"""The debrief: how it went, with evidence, in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, Static, Tab, Tabs

from simulator.domain.scenario import Scenario
from simulator.engine.debrief import Debrief
from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for
from simulator.tui.error_text import error_note
from simulator.tui.plain import one_line
from simulator.tui.screens.page import Page
from simulator.tui.widgets import debrief_texts as texts
from simulator.tui.widgets.case_file import action_label
from simulator.tui.widgets.mood_plot import MoodPlot
from simulator.tui.widgets.provenance import provenance_text
from simulator.tui.widgets.top_bar import TopBar
from simulator.tui.words import CHANNELS, count_of

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator

WIDE = 100
JUDGING_LOOK_S = 0.5
"""How often it is looked at how many replies the judge still has."""
SECTIONS = ("Summary", "Transcript", "Moments", "Mood", "Outcome", "Beneath", "Stronger")


class DebriefScreen(Page):
    """One finished session, looked at from seven sides."""

    CSS_PATH = "../styles/debrief.tcss"
    BINDINGS = bindings_for("debrief")

    def __init__(self, nav: Navigator, session_id: str) -> None:
        super().__init__(nav)
        self._session_id = session_id
        self._debrief: Debrief | None = None
        self._scenario_id = ""

    def heading(self) -> Content:
        return Content.styled("Debrief", "bold")

    def body(self) -> ComposeResult:
        with Vertical(id="debrief"):
            yield Tabs(*(Tab(Content(name), id=f"tab-{n}") for n, name in enumerate(SECTIONS, start=1)), id="sections")
            yield Static("Reading the conversation…", markup=False, id="debrief-message")
            with ContentSwitcher(id="pages"):
                for n in range(1, len(SECTIONS) + 1):
                    with VerticalScroll(id=f"page-{n}", classes="debrief-page"):
                        if n == SECTIONS.index("Mood") + 1:
                            yield MoodPlot()

    def on_mount(self) -> None:
        self.query_one("#pages").display = False
        self.query_one("#sections").display = False
        self.set_interval(JUDGING_LOOK_S, self._show_judging)
        self._build()

    def _show_judging(self) -> None:
        left = self.nav.services.sessions.judging_left(self._session_id)
        if self._debrief is None and left:
            message = self.query_one("#debrief-message", Static)
            message.update(Content(f"The judge still reads {count_of(left, 'reply', 'replies')}…"))

    @work(exclusive=True, group="debrief")
    async def _build(self) -> None:
        message = self.query_one("#debrief-message", Static)
        try:
            debrief = await self.nav.services.sessions.debrief(self._session_id)
            scenario = (await self.nav.services.sessions.state(self._session_id)).started.scenario
        except SimulatorError as error:
            note = error_note(error)
            message.update(
                Content.assemble((note.title, "bold $text-error"), "\n", note.detail, "\n", (note.hint, "$muted"))
            )
            return
        self._debrief = debrief
        self._scenario_id = scenario.id
        message.display = False
        self.query_one("#pages").display = True
        self.query_one("#sections").display = True
        self._fill(debrief, scenario)
        self.refresh_bindings()
        self.action_tab(1)

    def _fill(self, debrief: Debrief, scenario: Scenario) -> None:
        title = Content.assemble(("Debrief", "bold"), (f"   {one_line(debrief.scenario_title)}", "$muted"))
        self.query_one("#top-title", Static).update(title)
        channel = CHANNELS.get(debrief.channel, debrief.channel)
        self.query_one(TopBar).set_note(
            Content.styled(f"with {one_line(debrief.persona_name)}  ·  {channel}", "$muted")
        )
        names = texts.Names(
            {criterion.id: criterion.name for criterion in self.nav.services.rubric.criteria},
            {action.id: action_label(action) for action in scenario.actions},
        )
        bar_width = 40 if self.app.size.width >= WIDE else 30
        provenance = provenance_text(debrief, self.nav.services.spent(self._session_id))
        summary = [texts.Block(text) for text in (texts.summary_text(debrief, bar_width=bar_width), provenance)]
        self._mount_blocks("Summary", [block for block in summary if block.content.plain])
        self._mount_blocks("Transcript", texts.transcript_blocks(debrief, names))
        self._mount_blocks("Moments", texts.moments_blocks(debrief))
        self._mount_blocks("Outcome", [texts.Block(texts.outcome_text(debrief))])
        self._mount_blocks("Beneath", [texts.Block(texts.beneath_text(debrief))])
        self._mount_stronger(texts.stronger_blocks(debrief))
        self.query_one(MoodPlot).show(texts.mood_points(debrief))

    def _page(self, name: str) -> VerticalScroll:
        return self.query_one(f"#page-{SECTIONS.index(name) + 1}", VerticalScroll)

    def _mount_blocks(self, name: str, blocks: list[texts.Block]) -> None:
        self._page(name).mount(
            *(Static(block.content, markup=False, classes=f"block {block.classes}") for block in blocks)
        )

    def _mount_stronger(self, blocks: list[texts.Block]) -> None:
        """The weak reply beside the strong one; what was said before above, and why below."""
        if not blocks:
            none = Content.styled("No reply stood out as weak enough to rewrite.", "$muted")
            self._mount_blocks("Stronger", [texts.Block(none)])
            return
        said, weak, strong, why = (
            Static(block.content, markup=False, classes=f"block {block.classes}") for block in blocks
        )
        self._page("Stronger").mount(said, Horizontal(weak, strong, id="versus"), why)

    @on(Tabs.TabActivated, "#sections")
    def _section_chosen(self, event: Tabs.TabActivated) -> None:
        page = (event.tab.id or "tab-1").replace("tab-", "page-")
        self.query_one(ContentSwitcher).current = page

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        return self._debrief is not None or action not in {"tab", "again"}

    def action_tab(self, number: int) -> None:
        self.query_one(Tabs).active = f"tab-{number}"
        self.query_one(ContentSwitcher).current = f"page-{number}"
        self.query_one(f"#page-{number}").focus()

    def action_again(self) -> None:
        self.nav.briefing(self._scenario_id)

    def action_rubric(self) -> None:
        self.nav.rubric()

    def action_home(self) -> None:
        self.nav.home()
