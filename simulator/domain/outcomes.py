"""How the customer would have rated it: satisfaction, effort, recommendation, change of sentiment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from simulator.domain.base import Value
from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood


class Outcome(Value):
    """The customer's own view, computed from mood, ending and what they had to go through."""

    csat: Annotated[int, Field(ge=1, le=5)]
    """Satisfaction, 1 very dissatisfied to 5 very satisfied."""
    effort: Annotated[int, Field(ge=1, le=7)]
    """Customer effort, 1 very easy to 7 very hard."""
    nps: Annotated[int, Field(ge=0, le=10)]
    """Likelihood to recommend, 0 to 10."""
    sentiment_delta: Annotated[float, Field(ge=-1.0, le=1.0)]
    """Change of sentiment from opening to end, -1 to 1; above 0 is better."""
    concern_found: bool
    verbatim: str = ""
    """What they wrote in the survey."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What the customer went through."""

    opening: Mood
    end: Mood
    memory: Memory
    ending: EndingKind


def outcome_of(experience: Experience, *, verbatim: str) -> Outcome:
    """How this customer would have rated it.

    Args:
        experience: mood at both ends, what they remember, and how it ended.
        verbatim: what they write in the survey.
    """
    memory, end = experience.memory, experience.end
    delta = (end.sentiment - experience.opening.sentiment) / 2
    base = {
        EndingKind.CONNECTED: 4.4,
        EndingKind.COLD: 3.0,
        EndingKind.HEARD_UNRESOLVED: 2.9,
        EndingKind.WALKED_OUT: 1.0,
    }.get(experience.ending, 2.3)
    satisfaction = base + 0.9 * end.sentiment
    effort = (
        1.6 + 1.1 * memory.asked_again + 0.45 * memory.unhelpful + 0.7 * memory.bad_treatment
        + 0.16 * max(0, memory.replies - 3) + (0.0 if memory.need_met else 2.0)
    )  # fmt: skip
    recommend = 2.2 * satisfaction - 1.2 + (0.6 if memory.concern_named else 0.0)
    return Outcome(
        csat=_between(satisfaction, 1, 5),
        effort=_between(effort, 1, 7),
        nps=_between(recommend, 0, 10),
        sentiment_delta=round(max(-1.0, min(1.0, delta)), 2),
        concern_found=memory.concern_named,
        verbatim=verbatim,
    )


def _between(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))
