"""What was observed in one trainee reply."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from simulator.domain.base import Unit, Value
from simulator.domain.scoring import Rating, RatingResult


class Behaviour(StrEnum):
    """Something that a reply can do. Each is observed with a probability."""

    PARAPHRASE = "paraphrase"
    """Gives back the customer's situation in other words."""
    ECHO = "echo"
    """Repeats the customer's own words nearly verbatim."""
    QUESTION = "question"
    OPEN_QUESTION = "open_question"
    PURPOSE_QUESTION = "purpose_question"
    """Asks about the goal or what matters behind the symptom."""
    INTERROGATION = "interrogation"
    """Three or more questions at once."""
    CHECKS_UNDERSTANDING = "checks_understanding"
    """Asks whether a restatement is right."""
    COGNITIVE_EMPATHY = "cognitive_empathy"
    """Shows understanding of this customer's perspective and its cause."""
    STOCK_SYMPATHY = "stock_sympathy"
    """Sympathy or apology that would fit any customer."""
    APOLOGY = "apology"
    OWNERSHIP = "ownership"
    """Takes responsibility or commits to do something oneself."""
    NEXT_STEP = "next_step"
    """Says what happens next, ideally by when."""
    PERSONAL_KNOWLEDGE = "personal_knowledge"
    """Uses the record or history so that it adds value."""
    ASKS_AGAIN = "asks_again"
    """Asks for what was said or is on the record."""
    PREMATURE_SOLUTION = "premature_solution"
    """Offers a solution before showing any grasp of the situation."""
    JARGON = "jargon"
    BLAME = "blame"
    CALM_DOWN = "calm_down"
    POLICY_TALK = "policy_talk"
    SCRIPTED = "scripted"
    """A pasted or template reply."""
    REPEATED = "repeated"
    """The same as an earlier reply of this trainee."""
    HOSTILE = "hostile"
    """Insults, mocks or threatens."""
    DISMISSIVE = "dismissive"
    GREETING = "greeting"
    CLOSING = "closing"
    WAIT_REQUEST = "wait_request"
    HAND_OFF = "hand_off"
    """Passes the customer on."""
    CONTEXT_KEPT = "context_kept"
    """Hands over with the story, so that it need not be told again."""
    EMPTY = "empty"
    OTHER_LANGUAGE = "other_language"
    NONSENSE = "nonsense"
    TO_MACHINE = "to_machine"
    """Addresses the judge or the machine instead of the customer."""
    QUESTION_STUFFING = "question_stuffing"
    KEYWORD_LIST = "keyword_list"
    """A list of empathy words without a sentence about this customer."""


class Observation(Value):
    behaviour: Behaviour
    probability: Unit
    evidence: tuple[str, ...] = ()
    """Words of the reply, verbatim."""


class FactQuestion(Value):
    """A question in the reply that asks for one fact."""

    fact: str
    form: Literal["open", "confirm"]
    """`confirm` restates a detail and wants a yes or no."""
    quote: str
    confidence: Unit


class Restatement(Value):
    """A fact that the reply gives back, rightly or wrongly."""

    fact: str
    right: bool
    quote: str


class OfferMade(Value):
    """An action that the reply offers, promises or reports as done."""

    action: str
    quote: str
    amount: Annotated[float, Field(ge=0)] | None = None
    """The sum offered, in the scenario's currency; None if none is named."""


class ConcernReading(Value):
    """Whether the reply names the unspoken concern."""

    reading: Literal["none", "wrong", "named"]
    quote: str = ""


class Appraisal(Value):
    """Everything that was read in one reply. What follows from it is decided elsewhere."""

    observations: tuple[Observation, ...] = ()
    """Behaviours with a probability above 0, most probable first."""
    questions: tuple[FactQuestion, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    unanswered: tuple[str, ...] = ()
    """Quotes of questions that no fact answers."""
    offers: tuple[OfferMade, ...] = ()
    concern: ConcernReading = ConcernReading(reading="none")
    ratings: tuple[RatingResult, ...] = ()

    def probability(self, behaviour: Behaviour) -> float:
        """How probable the behaviour is, 0 to 1; 0 when it was not observed."""
        for observation in self.observations:
            if observation.behaviour is behaviour:
                return observation.probability
        return 0.0

    def shows(self, behaviour: Behaviour, threshold: float = 0.5) -> bool:
        """Whether the behaviour is at least that probable."""
        return self.probability(behaviour) >= threshold

    def level(self, criterion: str) -> int | None:
        """The level reached on a criterion; None when it was not scored."""
        for rating in self.ratings:
            if isinstance(rating, Rating) and rating.criterion == criterion:
                return rating.level
        return None
