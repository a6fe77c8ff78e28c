"""What has gone wrong: the case, its facts and their gates, the worry beneath, and what meets the need."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from simulator.domain.base import Identifier, Line, Unit, Value, WordGroups
from simulator.domain.persona import ReactionKind

Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]
TwoLines = Annotated[tuple[Line, ...], Field(min_length=2, max_length=20)]


class Channel(StrEnum):
    CHAT = "chat"
    EMAIL = "email"
    SOCIAL = "social"
    PHONE_LOG = "phone_log"


class Gate(StrEnum):
    """When the customer may say a fact."""

    OPENING = "opening"
    """Said of their own accord; also known before it is asked."""
    ASKED = "asked"
    """Said when a question asks for it."""
    EARNED = "earned"
    """Said only when asked for *and* trust is high enough, or once the unspoken concern was named."""


class Aspect(StrEnum):
    """What kind of question a fact answers, so that general questions find it."""

    WHAT_HAPPENED = "what_happened"
    WHEN = "when"
    TRIED = "tried"
    AMOUNT = "amount"
    DEVICE = "device"
    GOAL = "goal"
    IMPACT = "impact"
    DEADLINE = "deadline"
    FEELING = "feeling"
    PREFERENCE = "preference"
    HISTORY = "history"
    OTHER = "other"


class Fact(Value):
    """One thing the customer knows."""

    id: Identifier
    gate: Gate
    about: Aspect
    statement: Line
    """The plain fact, for trainers and reports, e.g. "The export fails at about 80 percent"."""
    says: TwoLines
    """How the customer says it, first person, short."""
    again: Lines
    """How the customer says it when asked a second time."""
    asks: Annotated[tuple[Line, ...], Field(min_length=3, max_length=12)]
    """Questions that ask for it, in the different words different trainees would use."""
    words: Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]
    """Words that a question for this fact, or a paraphrase of it, is likely to hold."""
    not_words: Annotated[tuple[Line, ...], Field(max_length=12)] = ()
    """Words that would make a restatement of this fact wrong, e.g. "Android" when it is an iPhone."""
    correction: Line | None = None
    """What the customer says to someone who gets this fact wrong, e.g. "Not Android. It's an iPhone."."""
    trust: Unit = 0.45
    """The trust from which an earned fact is told."""
    on_record: bool = False
    """Whether the trainee can read it in the record, so that asking for it is asking again."""


class RecordField(Value):
    label: Annotated[Line, Field(max_length=40)]
    value: Annotated[Line, Field(max_length=200)]


class HistoryEntry(Value):
    """An earlier contact, in any channel."""

    when: Annotated[Line, Field(max_length=40)]
    channel: Annotated[Line, Field(max_length=40)]
    note: Line


class Record(Value):
    """What the trainee sees about the customer."""

    fields: Annotated[tuple[RecordField, ...], Field(min_length=2, max_length=14)]
    history: Annotated[tuple[HistoryEntry, ...], Field(max_length=12)] = ()


class Article(Value):
    """A knowledge article."""

    id: Identifier
    title: Annotated[Line, Field(max_length=100)]
    text: Annotated[str, Field(min_length=20, max_length=2000)]


class ActionKind(StrEnum):
    REFUND = "refund"
    REPLACEMENT = "replacement"
    CALL_BACK = "call_back"
    HAND_OVER = "hand_over"
    HAPPINESS_FUND = "happiness_fund"
    FIX = "fix"
    EXPLAIN = "explain"
    OTHER = "other"


class Action(Value):
    """Something the trainee may do or offer, with its guardrail, and how the customer takes it."""

    id: Identifier
    kind: ActionKind
    label: Annotated[Line, Field(max_length=60)]
    """What the button says, e.g. "Refund the double charge"."""
    guardrail: Line
    """What the trainee is allowed, e.g. "Up to 60 EUR without asking anyone"."""
    limit: Annotated[float, Field(gt=0)] | None = None
    """The largest sum of money, in the scenario's currency; None if no sum is involved."""
    meets: Literal["fully", "partly", "no"]
    """Whether it meets the customer's need."""
    after: tuple[Identifier, ...] = ()
    """Facts that must be known before this makes sense to offer; before that it is a guess."""
    offered_by: WordGroups
    """Words by which an offer of this is recognised in a reply."""
    reactions: TwoLines
    """What the customer says when it is offered at the right time."""
    too_early: Annotated[tuple[Line, ...], Field(max_length=10)] = ()
    """What the customer says when it is offered before the facts in `after` are known."""


class Goal(Value):
    """What the customer is trying to get done, behind the symptom."""

    statement: Line
    fact: Identifier
    """The fact that tells it."""


class Concern(Value):
    """The worry that the customer does not say."""

    statement: Line
    """In the customer's perspective, e.g. "They are afraid that ...", for the debrief."""
    feeling: Literal[
        "anger",
        "frustration",
        "disappointment",
        "anxiety",
        "fear",
        "shame",
        "embarrassment",
        "sadness",
        "guilt",
        "helplessness",
        "exhaustion",
        "distrust",
        "loneliness",
        "pride",
        "hope",
        "grief",
    ]
    """What the customer feels most."""
    also_feels: tuple[Line, ...] = ()
    """Other feelings that a reader may rightly name."""
    cues: Annotated[tuple[Line, ...], Field(min_length=4, max_length=12)]
    """Things the customer lets slip that hint at it without telling it."""
    naming: Annotated[tuple[Line, ...], Field(min_length=3, max_length=8)]
    """What naming it sounds like, in a trainee's words; each must match `words`."""
    words: WordGroups
    """Words by which naming it is recognised."""
    wrong_guesses: Annotated[tuple[Line, ...], Field(max_length=6)] = ()
    """Worries that a trainee may name wrongly, e.g. "worried about your data being stolen"."""
    reveals: TwoLines
    """What the customer says when it is named: relief, and the worry in their own words."""
    changes: Line
    """What changes when it is named, for the debrief."""
    unlocks: tuple[Identifier, ...] = ()
    """Earned facts that are told from then on."""


class Need(Value):
    statement: Line
    """What would really help, for the debrief."""


class Opening(Value):
    lines: TwoLines
    """First messages; one is chosen. It must not hold a fact that is not `opening`."""
    tells: tuple[Identifier, ...] = ()
    """The opening facts that every one of these lines tells."""
    frustration: Annotated[float, Field(ge=-0.4, le=0.4)] = 0.0
    """What this situation adds to the persona's own frustration."""
    anxiety: Annotated[float, Field(ge=-0.4, le=0.4)] = 0.0
    trust: Annotated[float, Field(ge=-0.4, le=0.4)] = 0.0


class EndingLines(Value):
    """What the customer says when it ends, and what they write in the survey afterwards."""

    connected: TwoLines
    cold: TwoLines
    heard_unresolved: TwoLines
    walked_out: TwoLines


class Exemplars(Value):
    """Good replies made of this scenario's material, for stronger versions and for playing a connecting trainee."""

    paraphrase: TwoLines
    empathy: TwoLines
    questions: Annotated[tuple[Line, ...], Field(min_length=3, max_length=20)]
    solution: TwoLines
    """Replies that offer what fully meets the need."""


class Brief(Value):
    role: Line
    """Whom the trainee plays, e.g. "You are on the evening chat team of ..."."""
    situation: Line
    """What they know before it starts; no fact that is not on the record."""


class Scenario(Value):
    """A case to practise on. Any persona can play it."""

    id: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    title: Annotated[Line, Field(max_length=70)]
    summary: Annotated[Line, Field(max_length=160)]
    company: Annotated[Line, Field(max_length=60)]
    industry: Annotated[Line, Field(max_length=40)]
    channel: Channel
    difficulty: Literal["easy", "medium", "hard"]
    skills: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=5)]
    """Criteria that this scenario trains most, by id."""
    minutes: Annotated[int, Field(ge=3, le=40)]
    currency: Annotated[str, Field(min_length=1, max_length=4)]
    """The sign or code that sums are written with, e.g. "£"."""
    persona: Identifier
    """Who plays it unless somebody else is chosen."""
    max_turns: Annotated[int, Field(ge=6, le=30)] = 14
    """Trainee replies after which the customer has to go."""
    brief: Brief
    record: Record
    knowledge: Annotated[tuple[Article, ...], Field(min_length=1, max_length=8)]
    opening: Opening
    facts: Annotated[tuple[Fact, ...], Field(min_length=6, max_length=24)]
    goal: Goal
    concern: Concern
    need: Need
    actions: Annotated[tuple[Action, ...], Field(min_length=3, max_length=10)]
    jargon: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Words of the trade that this customer would not know."""
    lines: dict[ReactionKind, Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]] = Field(
        default_factory=dict
    )
    """Reactions that only make sense in this scenario; used beside the persona's own."""
    endings: EndingLines
    verbatims: EndingLines
    """What they write in the survey afterwards, by ending."""
    exemplars: Exemplars

    def fact(self, fact_id: str) -> Fact:
        """The fact with that id; KeyError if there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def action(self, action_id: str) -> Action:
        """The action with that id; KeyError if there is none."""
        for action in self.actions:
            if action.id == action_id:
                return action
        raise KeyError(action_id)


def dangling_references(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """Where the scenario names a fact that it does not have: the key's path, and the id."""
    known = {fact.id for fact in scenario.facts}
    used: list[tuple[tuple[str | int, ...], str]] = [(("goal", "fact"), scenario.goal.fact)]
    used += [(("opening", "tells", i), f) for i, f in enumerate(scenario.opening.tells)]
    used += [(("concern", "unlocks", i), f) for i, f in enumerate(scenario.concern.unlocks)]
    for n, action in enumerate(scenario.actions):
        used += [(("actions", n, "after", i), f) for i, f in enumerate(action.after)]
    return [(path, fact) for path, fact in used if fact not in known]
