"""The conversation: the transcript, the composer, and the case beside them."""

from __future__ import annotations

from contextlib import aclosing
from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Static, TextArea

from simulator.domain.transcript import MAX_REPLY_CHARS
from simulator.engine.sessions import CustomerTyping, OpenSession, ReplyRecorded, TurnItem
from simulator.errors import SimulatorError
from simulator.tui.actions import bindings_for
from simulator.tui.error_text import error_note
from simulator.tui.plain import one_line
from simulator.tui.screens.dialogs import leave_dialog
from simulator.tui.screens.page import Page
from simulator.tui.state import conversation as reducer
from simulator.tui.state.conversation import Activity
from simulator.tui.widgets.case_file import action_label
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.mood_gauge import MoodStrip
from simulator.tui.widgets.provenance import cost_text
from simulator.tui.widgets.side_panel import SidePanel
from simulator.tui.widgets.top_bar import TopBar
from simulator.tui.widgets.transcript import Transcript
from simulator.tui.widgets.turn_notes import action_chip, ended_text, error_text
from simulator.tui.words import CHANNEL_STYLES, CHANNELS, count_of

if TYPE_CHECKING:
    from simulator.tui.navigator import Navigator

DRAWS_A_SECOND = 20
DRAFT_DELAY_S = 0.4


class ConversationScreen(Page):
    """One session while it runs."""

    CSS_PATH = "../styles/conversation.tcss"
    BINDINGS = bindings_for("conversation")
    AUTO_FOCUS = "#composer"

    def __init__(self, nav: Navigator, session: OpenSession) -> None:
        super().__init__(nav)
        self._session_id = session.id
        self._scenario = session.state.started.scenario
        self._persona = session.state.started.persona
        self._view = reducer.opened(session)
        self._replies = reducer.replies_of(session.state)
        self._draft = session.draft
        self._kept_draft = session.draft
        self._action: str | None = None
        self._ticker: Timer | None = None
        self._draft_timer: Timer | None = None
        self._ticked_at = monotonic()

    def heading(self) -> Content:
        return Content.assemble(
            (one_line(self._persona.name), "bold"), ("   " + one_line(self._scenario.title), "$muted")
        )

    def note(self) -> Content:
        channel = self._scenario.channel.value
        count = sum(bubble.speaker == "trainee" for bubble in self._view.bubbles)
        spent = self.nav.services.spent(self._session_id)
        cost = "" if spent is None or not spent.calls else f"  ·  {cost_text(spent)}"
        said = f"  ·  {count_of(count, 'reply', 'replies')}{cost}"
        return Content.assemble((CHANNELS[channel], CHANNEL_STYLES[channel]), (said, "$muted"))

    def body(self) -> ComposeResult:
        actions = {action.id: action_label(action) for action in self._scenario.actions}
        with Grid(id="conversation"):
            with Vertical(id="talk"):
                yield MoodStrip()
                yield Transcript(self._persona.name, self._scenario.channel.value, actions)
            yield SidePanel(self._scenario)
            with Vertical(id="reply-area"):
                yield Static(markup=False, id="turn-error")
                yield Static(markup=False, id="action-chip")
                yield Composer("Write your reply…", replies=self._replies, id="composer")
                with Horizontal(id="ended"):
                    yield Static(markup=False, id="ended-text")
                    yield Button(Content("Look back"), id="go-on", variant="primary", compact=True)

    def on_mount(self) -> None:
        self._ticker = self.set_interval(1 / DRAWS_A_SECOND, self._tick, pause=True)
        self.query_one(Composer).write(self._draft)
        self._draw()
        if self._view.activity is Activity.READING:
            self._begin_turn(None)

    async def on_unmount(self) -> None:
        await self._keep_draft()

    # the turn

    @on(Composer.Sent, "#composer")
    def _sent(self, event: Composer.Sent) -> None:
        if self._view.is_revealing:
            self.action_skip()
            return
        if not self._view.may_reply:
            return
        if not event.text.strip():
            self.nav.tell("Write a few words first.")
            return
        if len(event.text) > MAX_REPLY_CHARS:
            self.nav.tell(f"A reply holds {MAX_REPLY_CHARS:,} characters; the rest was cut.", severity="warning")
        self._begin_turn(event.text)

    def _begin_turn(self, text: str | None) -> None:
        self._view = reducer.proceeding(self._view) if text is None else reducer.sending(self._view, text)
        self._draw()
        self._take_turn(text, self._action if text is not None else None)

    @work(exclusive=True, group="turn", exit_on_error=False)
    async def _take_turn(self, text: str | None, action: str | None) -> None:
        sessions = self.nav.services.sessions
        items = sessions.proceed(self._session_id) if text is None else sessions.say(self._session_id, text, action)
        try:
            async with aclosing(items) as stream:
                async for item in stream:
                    self._receive(item)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a turn is told beside it
            self._view = reducer.failed(self._view, error_note(error))
            if not isinstance(error, SimulatorError):
                self.nav.report_fault(error)
            if self._view.restored is not None:
                self.query_one(Composer).write(self._view.restored)
        else:
            self._view = reducer.finished(self._view)
            self._take_recorded_reply()
        self._draw()

    def _take_recorded_reply(self) -> None:
        """In a recording, the reply that was given stands ready to be sent."""
        move = self.nav.services.sessions.next_move(self._session_id)
        if move is not None:
            self.query_one(Composer).write(move.text)
            self._choose(move.action)

    def _receive(self, item: TurnItem) -> None:
        self._view = reducer.received(self._view, item)
        if isinstance(item, ReplyRecorded):
            self.query_one(Composer).remember(item.turn.text)
            self.query_one(Composer).write("")
            self._choose(None)
        if isinstance(item, CustomerTyping) and self._is_ticking():
            return  # a write for every few letters would starve the keyboard
        self._view = reducer.ticked(self._view, 0.0, self.nav.services.ui.pace)
        self._draw()

    def _tick(self) -> None:
        now = monotonic()
        elapsed, self._ticked_at = now - self._ticked_at, now
        before = self._view
        self._view = reducer.ticked(before, elapsed, self.nav.services.ui.pace)
        if self._view.activity is not before.activity:
            self._draw()
        else:
            self.query_one(Transcript).show(self._view)

    def _draw(self) -> None:
        view = self._view
        self.query_one(Transcript).show(view)
        self._draw_mood()
        self.query_one(TopBar).set_note(self.note())
        error = self.query_one("#turn-error", Static)
        error.display = view.error is not None
        if view.error is not None:
            error.update(error_text(view.error, may_retry=view.retry, has_replied=self._has_replied))
        self._draw_ended(view)
        if self._ticker is not None:
            if view.speech is None:
                self._ticker.pause()
            elif not self._is_ticking():
                self._ticked_at = monotonic()
                self._ticker.resume()
        self.refresh_bindings()

    @property
    def _has_replied(self) -> bool:
        return any(bubble.speaker == "trainee" for bubble in self._view.bubbles)

    def _is_ticking(self) -> bool:
        return self._ticker is not None and self._ticker._active.is_set()  # noqa: SLF001 - Timer does not tell otherwise

    def _draw_ended(self, view: reducer.ConversationView) -> None:
        ended = self.query_one("#ended")
        is_over = view.activity is Activity.ENDED
        if is_over and not ended.display:
            self.query_one("#ended-text", Static).update(ended_text(self._persona.first_name))
            self.call_after_refresh(self.query_one("#go-on").focus)
        ended.display = is_over
        self.query_one(Composer).display = not is_over

    def _draw_mood(self) -> None:
        visible = self.nav.services.ui.show_mood
        strip = self.query_one(MoodStrip)
        strip.display = visible
        strip.show(self._view.mood)
        self.query_one(SidePanel).show_mood(self._view, visible=visible)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        match action:
            case "skip":
                return self._view.is_revealing
            case "retry":
                return self._view.retry
            case "go_offline":
                return self._view.retry and self._view.error is not None and self._view.error.is_model
            case "drop_action":
                return self._action is not None
            case "debrief":
                return self._view.activity is Activity.ENDED
            case _:
                return True

    def action_skip(self) -> None:
        self._view = reducer.skipped(self._view)
        self._draw()

    def action_retry(self) -> None:
        self._begin_turn(None)

    def action_go_offline(self) -> None:
        self.nav.services.sessions.use_offline(self._session_id)
        self._begin_turn(None)

    def on_key(self, event: events.Key) -> None:
        """Who clicked into the transcript and types on, types into the composer."""
        if isinstance(self.focused, Transcript) and event.is_printable and event.character:
            event.stop()
            composer = self.query_one(Composer)
            composer.focus()
            composer.insert(event.character)

    # the panel

    def action_panel(self, tab: str) -> None:
        panel = self.query_one(SidePanel)
        is_open = self.has_class("-wide") or self.has_class("-panel")
        if is_open and panel.active_tab == tab and panel.has_focus_within:
            self._close_panel()
            return
        self.add_class("-panel")
        panel.open_tab(tab)

    def _close_panel(self) -> None:
        self.remove_class("-panel")
        self.query_one(Composer).focus()

    def action_toggle_mood(self) -> None:
        self.nav.save_ui(show_mood=not self.nav.services.ui.show_mood, then=self._draw_mood)

    # the action

    @on(SidePanel.ActionPicked)
    def _action_picked(self, event: SidePanel.ActionPicked) -> None:
        self._choose(None if event.action == self._action else event.action)
        self._close_panel()

    def action_drop_action(self) -> None:
        self._choose(None)

    def _choose(self, action_id: str | None) -> None:
        self._action = action_id
        chip = self.query_one("#action-chip", Static)
        chip.display = action_id is not None
        if action_id is not None:
            chip.update(action_chip(self._scenario.action(action_id)))
        self.query_one(SidePanel).show_chosen(action_id)
        self.refresh_bindings()

    @on(TextArea.Changed, "#composer")
    def _typed(self, event: TextArea.Changed) -> None:
        self._draft = event.text_area.text
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_DELAY_S, self._save_draft)

    @work(exclusive=True, group="draft")
    async def _save_draft(self) -> None:
        await self._keep_draft()

    async def _keep_draft(self) -> None:
        text = self._draft
        if text == self._kept_draft or self._view.activity is Activity.ENDED:
            return
        self._kept_draft = text
        try:
            await self.nav.services.store.save_draft(self._session_id, text)
        except SimulatorError as error:
            self.nav.tell(error_note(error).text, severity="warning")

    # the end

    @on(Button.Pressed, "#go-on")
    def action_debrief(self) -> None:
        self.nav.reflect(self._session_id)

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        panel = self.query_one(SidePanel)
        if self.has_class("-panel") and (self.has_class("-narrow") or panel.has_focus_within):
            self._close_panel()
        elif self._view.activity is Activity.ENDED:
            self.nav.reflect(self._session_id)
        else:
            await self._ask_to_leave()

    async def _ask_to_leave(self) -> None:
        chosen = await self.app.push_screen_wait(leave_dialog())
        if chosen == "leave":
            self.nav.home()
        elif chosen == "end":
            await self.nav.cancel_turn(self)
            try:
                await self.nav.services.sessions.stop(self._session_id)
            except SimulatorError as error:
                self._view = reducer.failed(self._view, error_note(error))
                self._draw()
            else:
                self.nav.reflect(self._session_id)
