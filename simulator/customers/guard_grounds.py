"""What a model's words are held against."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.scenario import Fact


@dataclass(frozen=True, slots=True)
class Barred:
    """Something that must not be said yet: a fact, or the unspoken concern."""

    id: str
    texts: tuple[str, ...]
    """In the words of its author."""
    words: tuple[str, ...] = ()
    """Words that a question for it would hold; by themselves they give nothing away."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that decides whether a message may be shown."""

    line: str
    """The authored line for this turn; what it says is never a fault."""
    known: tuple[str, ...]
    """Everything that the customer may draw on: persona, conversation, facts told or allowed now, opening."""
    told: tuple[str, ...]
    """The part of it that is about this case in the customer's own words: facts told or allowed, and their messages."""
    common: tuple[str, ...]
    """Other things this customer may say in this case: their words are too common to give a fact away."""
    barred: tuple[Barred, ...]
    due: tuple[tuple[Fact, str], ...]
    """Facts that have to be told now, each with its authored line."""
    own: tuple[str, ...]
    """The customer's earlier messages."""
    reply: str
    """The trainee's last reply; empty before the first."""
    labels: tuple[str, ...]
    """Names that a made-up transcript would put before a message."""
    company: str
    most_words: int
    leaving: bool
    """Whether this is the customer's last message."""
