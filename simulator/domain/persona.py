"""Who the trainee talks to: temperament, voice, and lines in their own words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from simulator.domain.base import Identifier, Line, Unit, Value
from simulator.domain.mood import Mood


class ReactionKind(StrEnum):
    """How a customer can react to the way a reply treated them."""

    UNDERSTOOD = "understood"
    CONCERN_NAMED = "concern_named"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    GOOD_QUESTION = "good_question"
    OWNED = "owned"
    GREETED = "greeted"
    STOCK_SYMPATHY = "stock_sympathy"
    STOCK_SYMPATHY_AGAIN = "stock_sympathy_again"
    COLD = "cold"
    ASKED_AGAIN = "asked_again"
    JARGON = "jargon"
    BLAMED = "blamed"
    CALM_DOWN = "calm_down"
    POLICY = "policy"
    SCRIPTED = "scripted"
    RUSHED = "rushed"
    INTERROGATED = "interrogated"
    INSULTED = "insulted"
    EMPTY = "empty"
    OTHER_LANGUAGE = "other_language"
    NONSENSE = "nonsense"
    TO_MACHINE = "to_machine"
    REPEATED = "repeated"
    HANDED_OFF = "handed_off"
    WAIT = "wait"
    OFFER_WELCOME = "offer_welcome"
    OFFER_PARTIAL = "offer_partial"
    OFFER_WRONG = "offer_wrong"
    DONT_KNOW = "dont_know"
    DEFLECT = "deflect"
    NUDGE = "nudge"
    WARNING = "warning"
    IS_THAT_ALL = "is_that_all"
    CLOSE_CONNECTED = "close_connected"
    CLOSE_COLD = "close_cold"
    CLOSE_UNRESOLVED = "close_unresolved"
    WALK_OUT = "walk_out"


class Temperament(Value):
    """How this person's mood moves."""

    reactivity: Unit
    """How strongly bad treatment moves them: 0 hardly, 1 at once."""
    recovery: Unit
    """How readily good treatment calms them: 0 slowly, 1 at once."""
    patience: Annotated[int, Field(ge=2, le=12)]
    """How many unhelpful replies they put up with before they leave."""
    walk_out: Annotated[float, Field(ge=0.7, le=1.0)]
    """The frustration at which they leave."""
    baseline: Mood
    """Their mood when the conversation opens, before the scenario's own weight."""


class Voice(Value):
    """How this person writes."""

    tone: Literal["formal", "plain", "casual", "chatty", "blunt"]
    max_words: Annotated[int, Field(ge=15, le=90)]
    """The longest message they write, in words; an email may run to twice that."""
    case: Literal["sentence", "lower"] = "sentence"
    full_stop: Literal["kept", "dropped", "dots"] = "kept"
    """What ends a message: a full stop, nothing, or three dots."""
    exclaims: Unit = 0.0
    """How often a heated sentence ends in an exclamation mark."""
    emoji: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    """Emoji that this person uses, now and then, at the end of a message."""
    drops_articles: Unit = 0.0
    """The share of "the", "a" and "an" left out, as some who learned English later do."""
    swaps: dict[Line, Line] = Field(default_factory=dict)
    """Whole words this person writes in their own way, e.g. { you = "u", please = "pls" }."""
    pet_phrases: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    """Short openers of their own, set before a sentence now and then, e.g. "Look," or "To be honest,"."""
    typing_cps: Annotated[float, Field(ge=2.0, le=20.0)] = 7.0
    """Typing speed in characters a second, for the human pace on screen."""


class Persona(Value):
    """A customer."""

    id: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    name: Annotated[Line, Field(max_length=60)]
    age: Annotated[int, Field(ge=16, le=100)]
    pronouns: Literal["she/her", "he/him", "they/them"]
    kind: Literal["frustrated", "anxious", "ambiguous", "cold"]
    """How they come across at first."""
    occupation: Line
    lives_in: Line
    tech_ease: Literal["low", "medium", "high"]
    summary: Annotated[Line, Field(max_length=200)]
    """One or two sentences that a trainer reads when choosing."""
    background: Annotated[str, Field(min_length=40, max_length=1500)]
    """A paragraph: their life, what they have been through with companies, what they hope for."""
    values: Annotated[tuple[Line, ...], Field(min_length=2, max_length=8)]
    boundaries: Annotated[tuple[Line, ...], Field(min_length=1, max_length=8)]
    temperament: Temperament
    voice: Voice
    lines: dict[ReactionKind, Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]]
    """What they say in each kind of reaction, in their own voice."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]
