"""What the appraiser knows when it reads a reply: the reply, the conversation, and the case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simulator.domain.transcript import Speaker
from simulator.engine.ports import ReplyContext
from simulator.judging.offline.asks import Ask, asks_in, statements
from simulator.judging.offline.prepared import Prepared, content, prepare
from simulator.judging.offline.words import Span, Text, read


@dataclass(frozen=True)
class Situation:
    """One reply in its context, read."""

    reply: Text
    context: ReplyContext
    prepared: Prepared | None
    customer: tuple[Text, ...]
    """What the customer said, oldest first."""
    earlier: tuple[Text, ...]
    """What the trainee said before, oldest first."""

    @property
    def last(self) -> Text | None:
        """The customer's last message."""
        return self.customer[-1] if self.customer else None

    @cached_property
    def heard(self) -> frozenset[str]:
        """Content concepts of everything the customer said."""
        return frozenset().union(*(content(text.whole.words) for text in self.customer))

    @cached_property
    def known(self) -> frozenset[str]:
        """Content concepts of this case: what was said, and what the scenario holds."""
        return self.heard | (self.prepared.vocabulary if self.prepared else frozenset())

    @cached_property
    def disclosed(self) -> frozenset[str]:
        """Facts that the customer has told."""
        told = set(self.context.disclosed)
        if self.prepared and not told and self.customer:
            told.update(self.prepared.scenario.opening.tells)
        return frozenset(told)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        return asks_in(self.reply)

    @cached_property
    def statements(self) -> list[Span]:
        return statements(self.reply)


def situation(reply: str, context: ReplyContext) -> Situation:
    """The reply and its context, read."""
    customer = tuple(read(turn.text) for turn in context.turns if turn.speaker is Speaker.CUSTOMER)
    earlier = tuple(read(turn.text) for turn in context.turns if turn.speaker is Speaker.TRAINEE)
    prepared = prepare(context.scenario) if context.scenario is not None else None
    return Situation(read(reply), context, prepared, customer, earlier)
