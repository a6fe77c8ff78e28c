"""Ratings with evidence, opportunities, and scores with bands."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulator.domain.base import Value
from simulator.domain.rubric import Level


class Rating(Value):
    """A level that one reply reached on one criterion, with the words that carried it."""

    criterion: str
    level: Level
    evidence: tuple[str, ...] = ()
    """Words of this reply, verbatim; empty only at level 0, where it is absence that counts."""
    reason: str


class NotScored(Value):
    """No rating, and why. Never a zero in disguise."""

    criterion: str
    not_scored: str


RatingResult = Rating | NotScored


class Band(Value):
    """An interval of scores, 0 to 100."""

    low: float
    high: float


class CriterionScore(Value):
    """How one criterion came out over a session."""

    criterion: str
    score: Annotated[float, Field(ge=0.0, le=100.0)] | None
    """0 to 100; None when there was nothing to score."""
    band: Band | None = None
    """Where the score would lie in 90 of 100 resamplings of the turns."""
    opportunities: int = 0
    """How many replies could have shown it."""
    not_scored: str | None = None
    """Why there is no score."""


class JudgeRef(Value):
    """A judge as it is named on what it rated."""

    name: str
    version: str
    prompt_sha256: str = ""
    """Of the prompt's wording; empty for a judge that needs none."""


class Spread(Value):
    """How far the ratings of one reply on one criterion lie apart."""

    criterion: str
    lowest: Level
    highest: Level
    valid: Annotated[int, Field(ge=1)]
    """Ratings that could be used."""
    asked: Annotated[int, Field(ge=1)]
    """Ratings that were asked for."""


class Scorecard(Value):
    """The scores of one session by one judge."""

    judge: str
    judge_version: str
    rubric: str
    rubric_sha256: str
    ratings: tuple[tuple[int, tuple[RatingResult, ...]], ...]
    """Turn index and its ratings, in order."""
    criteria: tuple[CriterionScore, ...]
    overall: CriterionScore
    """The weighted mean over criteria; `criterion` is "overall"."""
    pass_mark: float
    verdict: str
    """pass, borderline, fail or insufficient data."""
    judges: tuple[JudgeRef, ...] = ()
    """Who rated, when they were asked beside the offline judge; empty when the offline judge's ratings count."""
    runs: Annotated[int, Field(ge=1)] = 1
    """How often each of them rated each reply; the level is the median."""
    spreads: tuple[tuple[int, tuple[Spread, ...]], ...] = ()
    """Turn index and how far its ratings lie apart, where there were several."""
    notes: tuple[str, ...] = ()
    """What whoever reads the scores should know about how they came about."""
