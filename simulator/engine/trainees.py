"""Simulated trainees of different skill, who play a scenario from its own material.

They show whether a scenario can tell good from hollow: played by all of them, moods, disclosures, endings and scores
must come apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from simulator.domain.scenario import Action, ActionKind, Fact, Gate
from simulator.domain.session import SessionState
from simulator.domain.transcript import Speaker


@dataclass(frozen=True, slots=True)
class Move:
    """What a simulated trainee does next."""

    text: str
    action: str | None = None


class Trainee(Protocol):
    """Somebody who answers the customer."""

    name: str

    def next_move(self, state: SessionState) -> Move:
        """The next reply; the same state gives the same move."""
        ...


def _rng(state: SessionState, name: str) -> Random:
    return Random(f"{state.started.seed}:{name}:{len(state.turns)}")


def _written(state: SessionState) -> str:
    return "\n".join(turn.text for turn in state.turns if turn.speaker is Speaker.TRAINEE)


def _unused(options: Sequence[str], state: SessionState, rng: Random) -> str | None:
    written = _written(state)
    free = [option for option in options if option not in written]
    return rng.choice(free) if free else None


def _helping_action(state: SessionState) -> Action:
    return next(action for action in state.started.scenario.actions if action.meets == "fully")


def _missing_facts(state: SessionState, action: Action) -> list[Fact]:
    """Facts that must be known before the action makes sense, and are not."""
    facts = (state.started.scenario.fact(fact_id) for fact_id in action.after)
    return [fact for fact in facts if fact.id not in state.disclosed and not fact.on_record]


class Connecting:
    """Gives the case back, asks what it is for, names the worry, then helps."""

    name = "connecting"

    def next_move(self, state: SessionState) -> Move:
        """Understanding first, help as soon as it is known what would help."""
        rng = _rng(state, self.name)
        scenario, memory = state.started.scenario, state.memory
        action = _helping_action(state)
        missing = _missing_facts(state, action)
        if memory.replies == 0:
            return Move(" ".join([rng.choice(scenario.exemplars.paraphrase), self._question(state, rng)]))
        if memory.need_met:
            return Move(_unused((*scenario.concern.naming, *scenario.exemplars.empathy), state, rng) or "Thank you.")
        if memory.replies >= 2 and not memory.concern_named:
            return Move(_unused(scenario.concern.naming, state, rng) or scenario.concern.naming[0])
        if memory.replies >= 3 and not missing and memory.understood >= 1:
            return Move(_unused(scenario.exemplars.solution, state, rng) or scenario.exemplars.solution[0])
        if missing and memory.replies >= 3:
            return Move(_unused(missing[0].asks, state, rng) or missing[0].asks[0])
        empathy = _unused(scenario.exemplars.empathy, state, rng) or rng.choice(scenario.exemplars.empathy)
        return Move(f"{empathy} {self._question(state, rng)}")

    def _question(self, state: SessionState, rng: Random) -> str:
        """A good question for something not told yet, the goal before all."""
        scenario = state.started.scenario
        goal = scenario.fact(scenario.goal.fact)
        if goal.id not in state.disclosed:
            fitting = [q for q in scenario.exemplars.questions if _shares_word(q, goal.words)]
            if (question := _unused(fitting, state, rng)) is not None:
                return question
        return _unused(scenario.exemplars.questions, state, rng) or rng.choice(goal.asks)


def _shares_word(text: str, words: Iterable[str]) -> bool:
    lowered = text.lower()
    return any(word.lower() in lowered for word in words)


_SYMPATHY = (
    "I'm so sorry for the inconvenience.",
    "Sorry to hear that, I understand your frustration.",
    "We apologise for any trouble this may have caused you.",
    "I totally understand how you feel.",
    "So sorry about this!",
    "I do apologise for the inconvenience caused.",
    "We are very sorry for the experience you had.",
    "Sorry again about all this.",
)


class Perfunctory:
    """Sorry, next question, sorry, solution: polite, correct, and nobody was heard."""

    name = "perfunctory"

    def next_move(self, state: SessionState) -> Move:
        """One stock phrase, then what the form asks; then the fix."""
        rng = _rng(state, self.name)
        action = _helping_action(state)
        sorry = _unused(_SYMPATHY, state, rng) or "Sorry."
        if state.memory.need_met:
            return Move("Is there anything else I can help you with today?")
        missing = _missing_facts(state, action)
        if state.memory.replies >= 2 and not missing:
            return Move(f"{sorry} I can do this for you now: {action.label.lower()}.", action.id)
        asks = [*missing, *(f for f in state.started.scenario.facts if f.gate is Gate.ASKED)]
        for fact in asks:
            if fact.id not in state.disclosed and (question := _unused(fact.asks, state, rng)) is not None:
                return Move(f"{sorry} {question}")
        return Move(f"{sorry} I can do this for you now: {action.label.lower()}.", action.id)


_PROCEDURE = (
    "Please provide your account number and date of birth to proceed.",
    "Kindly confirm your full name and email address on file.",
    "As per our procedure I need to complete verification before I can continue.",
    "Please refer to the help article, it has all the steps.",
    "Please be advised that our policy does not allow exceptions.",
    "Your request has been logged. Reference will be sent by email.",
    "Please clear your cache, restart the device and try again.",
    "According to our terms and conditions this is handled within 10 working days.",
    "Kindly note the case will be escalated to the relevant department.",
    "Please fill in the contact form so the request can be processed.",
    "Your request is being processed in accordance with our guidelines.",
    "Please rate this conversation after it has been closed.",
)


class Robotic:
    """Procedure, policy, and a standard answer that does not fit."""

    name = "robotic"

    def next_move(self, state: SessionState) -> Move:
        """The next line of the script, whatever was said."""
        rng = _rng(state, self.name)
        if state.memory.replies == 3:
            wrong = [a for a in state.started.scenario.actions if a.meets == "no" and a.kind is not ActionKind.OTHER]
            if wrong:
                return Move(f"I can offer the following: {wrong[0].label.lower()}.", wrong[0].id)
        return Move(_unused(_PROCEDURE, state, rng) or "Please follow the procedure.")


_HOSTILITY = (
    "That's not my problem. You should have read the instructions.",
    "Calm down, you're overreacting.",
    "Are you stupid? It says so right there.",
    "I don't have time for this. Nothing I can do, whatever.",
    "This is your own fault, obviously you did something wrong.",
    "Stop whining.",
)


class Hostile:
    """Blames, belittles, brushes off."""

    name = "hostile"

    def next_move(self, state: SessionState) -> Move:
        """One more thing that nobody should write."""
        rng = _rng(state, self.name)
        return Move(_unused(_HOSTILITY, state, rng) or "Whatever. Not my problem.")


TRAINEES: tuple[Trainee, ...] = (Connecting(), Perfunctory(), Robotic(), Hostile())
"""From the most to the least skilled."""
