"""What the conversation screen shows, as a value, and how each thing that happens changes it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal, assert_never

from simulator.domain.mood import Mood
from simulator.domain.session import Phase, SessionState, opening_mood
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.sessions import (
    CustomerSaid,
    CustomerTyping,
    Ended,
    OpenSession,
    ReplyRead,
    ReplyRecorded,
    TurnItem,
)
from simulator.tui.error_text import ErrorNote
from simulator.tui.plain import plain
from simulator.tui.services import Pace

LONGEST_REVEAL_S: Final = {"human": 4.0, "quick": 1.2}
"""No message takes longer than this to appear, however slowly the persona types."""
PAUSE_BEFORE_TYPING_S: Final = {"human": 0.7, "quick": 0.2}


class Activity(StrEnum):
    """Whose move it is."""

    TRAINEE = "trainee"
    SENDING = "sending"
    """The reply is not durable yet."""
    READING = "reading"
    """The customer has the reply and has not begun to answer."""
    TYPING = "typing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as it is drawn."""

    speaker: Literal["customer", "trainee"]
    text: str
    action: str | None = None
    """The action's id."""
    interrupted: bool = False
    unseen: str = ""
    """What has arrived of this message and is not visible yet; it takes its place already, so that nothing jumps."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The customer's message while it appears."""

    text: str = ""
    complete: bool = False
    waited_s: float = 0.0
    shown: float = 0.0
    """Characters that are visible."""

    @property
    def visible(self) -> str:
        return self.text[: int(self.shown)]

    @property
    def unseen(self) -> str:
        return self.text[int(self.shown) :]

    @property
    def all_shown(self) -> bool:
        return self.complete and self.shown >= len(self.text)


@dataclass(frozen=True, slots=True)
class ConversationView:
    """Everything on the screen that comes from the conversation."""

    bubbles: tuple[Bubble, ...]
    activity: Activity
    mood: Mood
    mood_before: Mood
    """The mood one customer message ago, so that a change can be shown."""
    typing_cps: float
    speech: Speech | None = None
    next_mood: Mood | None = None
    error: ErrorNote | None = None
    retry: bool = False
    """Whether the answer is still due, so that asking again makes sense."""
    restored: str | None = None
    """Text to put back into the composer, after a reply that was not kept."""
    sending_text: str = ""
    ending: str | None = None
    """The ending's id, once the customer's last words are shown."""
    pending_ending: str | None = None

    @property
    def shown_bubbles(self) -> tuple[Bubble, ...]:
        """The bubbles with what is visible of the message that appears now."""
        if self.speech is None or not self.speech.visible:
            return self.bubbles
        return (*self.bubbles, Bubble("customer", self.speech.visible, unseen=self.speech.unseen))

    @property
    def may_reply(self) -> bool:
        return self.activity is Activity.TRAINEE

    @property
    def is_revealing(self) -> bool:
        """Whether there are words that have arrived and are not visible yet."""
        return self.speech is not None and not self.speech.all_shown


def opened(session: OpenSession) -> ConversationView:
    """The view of a session that is begun or gone on with."""
    state = session.state
    moods = [mood for _, mood in state.moods]
    started = state.started
    mood = moods[-1] if moods else opening_mood(started)
    ended = state.phase is Phase.ENDED
    return ConversationView(
        bubbles=tuple(_bubble(turn) for turn in state.turns),
        activity=_activity(state.phase),
        mood=mood,
        mood_before=moods[-2] if len(moods) > 1 else mood,
        typing_cps=started.persona.voice.typing_cps,
        ending=state.ending.value if ended and state.ending else None,
    )


def sending(view: ConversationView, text: str) -> ConversationView:
    """The trainee has sent a reply; nothing is durable yet."""
    return replace(view, activity=Activity.SENDING, sending_text=text, error=None, retry=False, restored=None)


def proceeding(view: ConversationView) -> ConversationView:
    """The customer is asked for what is due."""
    return replace(view, activity=Activity.READING, error=None, retry=False, restored=None)


def received(view: ConversationView, item: TurnItem) -> ConversationView:
    """The view after one item of the turn's stream."""
    match item:
        case ReplyRecorded():
            bubbles = (*view.bubbles, _bubble(item.turn))
            return replace(view, bubbles=bubbles, activity=Activity.READING, sending_text="")
        case ReplyRead():
            return replace(view, next_mood=item.decision.mood)
        case CustomerTyping():
            speech = view.speech or Speech()
            speech = replace(speech, text=speech.text + plain(item.text))
            return replace(view, speech=speech, activity=Activity.TYPING)
        case CustomerSaid():
            speech = replace(view.speech or Speech(), text=plain(item.turn.text), complete=True)
            return replace(view, speech=speech, activity=Activity.TYPING, next_mood=item.state.mood)
        case Ended():
            return _ended(view, item)
        case _:
            assert_never(item)


def _ended(view: ConversationView, item: Ended) -> ConversationView:
    view = replace(view, pending_ending=item.ending.value)
    return view if view.speech is not None else _settled(view)


def ticked(view: ConversationView, elapsed_s: float, pace: Pace) -> ConversationView:
    """The view after some time has passed: a little more of the message is visible."""
    if pace == "instant":
        return skipped(view)
    speech = view.speech
    if speech is None:
        return view
    waited = speech.waited_s + elapsed_s
    if waited < PAUSE_BEFORE_TYPING_S[pace]:
        return replace(view, speech=replace(speech, waited_s=waited))
    shown = speech.shown + elapsed_s * reveal_cps(len(speech.text), view.typing_cps, pace)
    speech = replace(speech, waited_s=waited, shown=min(shown, float(len(speech.text))))
    view = replace(view, speech=speech)
    return _settled(view) if speech.all_shown else view


def reveal_cps(length: int, typing_cps: float, pace: Pace) -> float:
    """Characters a second at which a message of that length appears."""
    if pace == "instant":
        return math.inf
    at_least = max(length, 1) / LONGEST_REVEAL_S[pace]
    return max(at_least, typing_cps if pace == "human" else typing_cps * 4)


def skipped(view: ConversationView) -> ConversationView:
    """Everything that has arrived is visible at once."""
    if view.speech is None:
        return view
    waited = max(PAUSE_BEFORE_TYPING_S.values())
    speech = replace(view.speech, shown=float(len(view.speech.text)), waited_s=waited)
    view = replace(view, speech=speech)
    return _settled(view) if speech.all_shown else view


def finished(view: ConversationView) -> ConversationView:
    """The turn's stream has ended; if nothing is left to show, it is the trainee's move."""
    if view.speech is None and view.activity in {Activity.READING, Activity.SENDING}:
        return replace(view, activity=Activity.TRAINEE)
    return view


def failed(view: ConversationView, note: ErrorNote) -> ConversationView:
    """The turn broke off: a reply that was not kept goes back to the composer, a kept one waits for its answer."""
    kept = view.activity is not Activity.SENDING
    return replace(
        view,
        activity=Activity.TRAINEE if not kept else Activity.READING,
        speech=None,
        next_mood=None,
        error=note,
        retry=kept,
        restored=None if kept else view.sending_text,
        sending_text="",
    )


def _settled(view: ConversationView) -> ConversationView:
    """The message that was appearing becomes one of the bubbles."""
    bubbles = view.bubbles
    if view.speech is not None and view.speech.text:
        bubbles = (*bubbles, Bubble("customer", view.speech.text))
    ended = view.pending_ending is not None
    return replace(
        view,
        bubbles=bubbles,
        speech=None,
        activity=Activity.ENDED if ended else Activity.TRAINEE,
        mood=view.next_mood or view.mood,
        mood_before=view.mood,
        next_mood=None,
        ending=view.pending_ending,
    )


def _activity(phase: Phase) -> Activity:
    if phase is Phase.ENDED:
        return Activity.ENDED
    return Activity.TRAINEE if phase is Phase.TRAINEE_TO_REPLY else Activity.READING


def _bubble(turn: Turn) -> Bubble:
    speaker: Literal["customer", "trainee"] = "customer" if turn.speaker is Speaker.CUSTOMER else "trainee"
    return Bubble(speaker, plain(turn.text), turn.action, turn.interrupted)


def replies_of(state: SessionState) -> tuple[str, ...]:
    """What the trainee has said so far, oldest first."""
    return tuple(turn.text for turn in state.turns if turn.speaker is Speaker.TRAINEE)
