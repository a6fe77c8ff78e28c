"""The customer's mood, and how one reply changes it.

The mood is an appraisal of how one is being treated, not the sentiment of the last line: each observed behaviour is a
cause with its own push, scaled by the person's reactivity (what hurts) and recovery (what helps).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.domain.base import Unit, Value


class Mood(Value):
    """What the customer feels, each from 0 (none) to 1 (full)."""

    frustration: Unit
    anxiety: Unit
    trust: Unit

    @property
    def sentiment(self) -> float:
        """One figure from -1 (wholly negative) to 1 (wholly positive)."""
        return self.trust - (0.65 * self.frustration + 0.35 * self.anxiety)


@dataclass(frozen=True, slots=True)
class Push:
    """What a cause does to somebody of middling reactivity and recovery."""

    frustration: float = 0.0
    anxiety: float = 0.0
    trust: float = 0.0

    @property
    def helps(self) -> bool:
        return self.trust - self.frustration - self.anxiety > 0

    def times(self, factor: float) -> Push:
        return Push(self.frustration * factor, self.anxiety * factor, self.trust * factor)


@dataclass(frozen=True, slots=True)
class Cause:
    """A push with the name that the debrief gives it."""

    name: str
    push: Push


PUSHES: dict[str, Push] = {
    "empathy_2": Push(-0.09, -0.07, 0.10),
    "empathy_3": Push(-0.13, -0.12, 0.15),
    "concern_named": Push(-0.10, -0.20, 0.18),
    "concern_wrong": Push(0.03, 0.01, -0.03),
    "paraphrase_2": Push(-0.06, -0.04, 0.07),
    "paraphrase_3": Push(-0.09, -0.06, 0.10),
    "restated_wrong": Push(0.06, 0.02, -0.05),
    "question_2": Push(-0.02, -0.01, 0.04),
    "question_3": Push(-0.05, -0.02, 0.07),
    "ownership": Push(-0.04, -0.04, 0.05),
    "next_step": Push(-0.01, -0.05, 0.03),
    "personal_knowledge": Push(-0.04, -0.02, 0.06),
    "offer_fully": Push(-0.20, -0.20, 0.12),
    "offer_partly": Push(-0.04, -0.04, 0.02),
    "offer_no": Push(0.06, 0.02, -0.04),
    "offer_too_early": Push(0.06, 0.03, -0.05),
    "offer_over_limit": Push(0.0, 0.0, 0.0),
    "stock_first": Push(-0.02, -0.01, 0.0),
    "stock_second": Push(0.03, 0.0, -0.03),
    "stock_more": Push(0.07, 0.02, -0.06),
    "cold": Push(0.03, 0.015, -0.02),
    "asked_again": Push(0.09, 0.02, -0.07),
    "jargon": Push(0.03, 0.05, -0.03),
    "blame": Push(0.17, 0.05, -0.16),
    "calm_down": Push(0.17, 0.03, -0.13),
    "policy_talk": Push(0.06, 0.02, -0.06),
    "scripted": Push(0.06, 0.01, -0.05),
    "interrogation": Push(0.05, 0.05, -0.04),
    "hostile": Push(0.36, 0.12, -0.36),
    "dismissive": Push(0.17, 0.06, -0.16),
    "empty": Push(0.06, 0.04, -0.04),
    "other_language": Push(0.05, 0.04, -0.03),
    "nonsense": Push(0.07, 0.04, -0.06),
    "to_machine": Push(0.07, 0.05, -0.08),
    "repeated": Push(0.09, 0.01, -0.07),
    "handed_off": Push(0.07, 0.03, -0.06),
    "kept_waiting": Push(0.02, 0.02, 0.0),
    "getting_nowhere": Push(0.02, 0.01, -0.01),
}

LARGEST_RELIEF = 0.20
"""The most that frustration or anxiety falls after one reply while the need is not met: nobody turns nice at once."""

RELIEF_WHEN_MET = 0.35
"""The most that it falls with the reply that meets the need."""

LARGEST_GAIN_OF_TRUST = 0.22
"""The most that one reply earns, however good it is: trust is built over several."""

LARGEST_SLIGHT = Push(0.16, 0.09, -0.12)
"""The most that a reply does which is clumsy, cold or useless, but not against the customer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold until something real has changed."""

    frustration_floor: float
    """Frustration does not fall below this while the need is not met."""
    anxiety_floor: float
    """Anxiety does not fall below this while the worry is not named and the need not met."""
    trust_ceiling: float


def limits(baseline: Mood, *, need_met: bool, concern_named: bool) -> Limits:
    """The bounds for somebody who began with that baseline."""
    if need_met:
        return Limits(0.15 * baseline.frustration, 0.15 * baseline.anxiety, 0.95)
    return Limits(
        frustration_floor=0.45 * baseline.frustration,
        anxiety_floor=(0.25 if concern_named else 0.5) * baseline.anxiety,
        trust_ceiling=0.9 if concern_named else 0.8,
    )


def scaled(cause: Cause, mood: Mood, *, reactivity: float, recovery: float) -> Push:
    """What the cause does to this person in this mood.

    What hurts is scaled by reactivity, what helps by recovery; and what helps works less on somebody who is still
    beside themselves.
    """
    if cause.push.helps:
        return cause.push.times((0.6 + 0.8 * recovery) * (1.0 - 0.3 * mood.frustration))
    return cause.push.times(0.55 + 0.9 * reactivity)


def move(mood: Mood, pushes: Iterable[Push], bounds: Limits, *, relieved: bool, attacked: bool = True) -> Mood:
    """The mood after those pushes.

    Args:
        mood: before.
        pushes: what each cause does.
        bounds: what holds until the need is met.
        relieved: whether the need was met by this reply, so that relief may come at once.
        attacked: whether this reply turned against the customer, so that harm knows no limit.
    """
    summed = add(pushes)
    push = summed if attacked else _slight_at_most(summed)
    relief = RELIEF_WHEN_MET if relieved else LARGEST_RELIEF
    frustration = max(mood.frustration - relief, _pushed(mood.frustration, push.frustration))
    anxiety = max(mood.anxiety - relief, _pushed(mood.anxiety, push.anxiety))
    trust = mood.trust + min(push.trust, LARGEST_GAIN_OF_TRUST)
    return Mood(
        frustration=_unit(_not_below(frustration, bounds.frustration_floor, mood.frustration)),
        anxiety=_unit(_not_below(anxiety, bounds.anxiety_floor, mood.anxiety)),
        trust=_unit(min(trust, max(bounds.trust_ceiling, mood.trust))),
    )


def add(pushes: Iterable[Push]) -> Push:
    """All of them together."""
    pushes = tuple(pushes)
    return Push(sum(p.frustration for p in pushes), sum(p.anxiety for p in pushes), sum(p.trust for p in pushes))


def _slight_at_most(push: Push) -> Push:
    """A reply that only fails to help hurts no more than this, however many faults it has."""
    most = LARGEST_SLIGHT
    return Push(min(push.frustration, most.frustration), min(push.anxiety, most.anxiety), max(push.trust, most.trust))


def left_in_anger(mood: Mood) -> Mood:
    """The mood of somebody who leaves over how they were treated: full of it, and no trust left."""
    return Mood(frustration=1.0, anxiety=_unit(mood.anxiety + 0.1), trust=0.0)


def _pushed(value: float, push: float) -> float:
    """What hurts moves less the nearer one is to the top, where there is little left to lose."""
    return value + (push * (1.15 - 0.65 * value) if push > 0 else push)


def _not_below(value: float, floor: float, before: float) -> float:
    """The floor holds relief back; it never lifts somebody who is below it already."""
    return max(value, min(floor, before))


def _unit(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
