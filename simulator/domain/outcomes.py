"""How the customer would have rated it: satisfaction, effort, recommendation, change of sentiment."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulator.domain.base import Value


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
