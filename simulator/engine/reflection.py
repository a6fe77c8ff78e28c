"""Empathic accuracy: what the trainee understood, compared with what the scenario knows."""

from __future__ import annotations

from typing import Literal, Protocol

from simulator.domain.events import EmpathicAccuracy
from simulator.domain.scenario import Scenario


class ConcernReader(Protocol):
    """Tells whether a text names the scenario's unspoken concern."""

    def __call__(self, text: str, scenario: Scenario) -> Literal["none", "near", "named"]: ...


FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"anger", "frustration", "disappointment"}),
    frozenset({"anxiety", "fear", "helplessness"}),
    frozenset({"shame", "embarrassment", "guilt"}),
    frozenset({"sadness", "grief", "loneliness"}),
    frozenset({"exhaustion", "helplessness", "frustration"}),
    frozenset({"distrust", "anger", "fear"}),
    frozenset({"pride", "hope"}),
)
"""Feelings that are close enough to one another to count half."""

_CONCERN_SCORES = {"none": 0.0, "near": 0.5, "named": 1.0}


def empathic_accuracy(scenario: Scenario, feeling: str, concern: str, reads: ConcernReader) -> EmpathicAccuracy:
    """How well the customer was read.

    Args:
        scenario: with the feeling and the worry.
        feeling: a feeling word the trainee chose; empty if none.
        concern: the worry in the trainee's words; empty if none.
        reads: tells whether those words name it.
    """
    return EmpathicAccuracy(
        feeling_said=feeling,
        feeling_true=scenario.concern.feeling,
        feeling_score=_feeling_score(scenario, feeling.strip().lower()),
        concern_said=concern,
        concern_true=scenario.concern.statement,
        concern_score=_CONCERN_SCORES[reads(concern, scenario)] if concern else 0.0,
    )


def _feeling_score(scenario: Scenario, feeling: str) -> float:
    true = scenario.concern.feeling
    if feeling == true:
        return 1.0
    also = {word.lower() for word in scenario.concern.also_feels}
    near = any(feeling in family and true in family for family in FAMILIES)
    return 0.5 if feeling and (feeling in also or near) else 0.0
