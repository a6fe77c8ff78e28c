"""What judges make of one reply: every rating on its own, and the panel's median with its spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from simulator.domain.base import Value
from simulator.domain.scoring import JudgeRef, NotScored, Rating, RatingResult, Spread

NO_ANSWER = "the judge left this criterion out"
TOO_FAR_APART = 1
"""Levels by which two judges may differ before it is said."""
LEANING = 0.5
"""Levels by which two judges may differ on average over a session before it is said."""


class PanelRef(Value):
    """Which judges rate, and how often each of them."""

    judges: Annotated[tuple[JudgeRef, ...], Field(min_length=1)]
    runs: Annotated[int, Field(ge=1)] = 1

    @property
    def name(self) -> str:
        """All names, in order."""
        return ", ".join(judge.name for judge in self.judges)

    @property
    def version(self) -> str:
        """All versions, in order."""
        return ", ".join(judge.version for judge in self.judges)


class Judgement(Value):
    """One judge's ratings of a reply, one time."""

    judge: str
    run: Annotated[int, Field(ge=1)]
    """Which of its runs, from 1."""
    ratings: tuple[RatingResult, ...] = ()
    failure: str = ""
    """Why it gave no ratings at all; empty when it answered."""


class JudgedReply(Value):
    """What a panel makes of one reply."""

    index: int
    """The turn of the trainee's reply."""
    panel: PanelRef
    ratings: tuple[RatingResult, ...]
    """One for each criterion of the rubric, in its order: the median, or why there is none."""
    spreads: tuple[Spread, ...] = ()
    individual: tuple[Judgement, ...] = ()
    """Every rating that was asked for; none when the rules alone decided."""
    notes: tuple[str, ...] = ()
    """Where the panel and the offline judge are far apart, and what else a reader should know."""
    failures: tuple[str, ...] = ()
    """What went wrong with a model, each once."""
    attempt: Annotated[int, Field(ge=1)] = 1
    """Which try this was, from 1."""

    @property
    def is_unanswered(self) -> bool:
        """Whether fewer than half of the judgements came, so that asking again makes sense."""
        answered = sum(not judgement.failure for judgement in self.individual)
        return 2 * answered < len(self.individual)

    @property
    def is_rated(self) -> bool:
        """Whether the judges rated it on at least one criterion, before it was seen whether there was an occasion."""
        ratings, _ = median_ratings([rating.criterion for rating in self.ratings], self.individual)
        return any(isinstance(rating, Rating) for rating in ratings)


def median_ratings(
    criteria: Sequence[str], judgements: Sequence[Judgement]
) -> tuple[tuple[RatingResult, ...], tuple[Spread, ...]]:
    """The panel's rating for each criterion, and how far the ratings lie apart.

    The level is the median; of an even number the lower of the two in the middle. Evidence and reason are those of
    the first rating at that level. A criterion is not scored when fewer than half of its ratings can be used.

    Args:
        criteria: ids, in order.
        judgements: all that were asked for, failed ones among them.
    """
    ratings: list[RatingResult] = []
    spreads: list[Spread] = []
    for criterion in criteria:
        results = [_result(criterion, judgement) for judgement in judgements]
        valid = [result for result in results if isinstance(result, Rating)]
        if not valid or 2 * len(valid) < len(results):
            ratings.append(_not_scored(criterion, results))
            continue
        ranked = sorted(rating.level for rating in valid)
        median = ranked[(len(ranked) - 1) // 2]
        ratings.append(next(rating for rating in valid if rating.level == median))
        spreads.append(
            Spread(criterion=criterion, lowest=ranked[0], highest=ranked[-1], valid=len(valid), asked=len(results))
        )
    return tuple(ratings), tuple(spreads)


def _result(criterion: str, judgement: Judgement) -> RatingResult:
    """What this judgement says on a criterion."""
    for rating in judgement.ratings:
        if rating.criterion == criterion:
            return rating
    return NotScored(criterion=criterion, not_scored=judgement.failure or NO_ANSWER)


def _not_scored(criterion: str, results: Sequence[RatingResult]) -> NotScored:
    reasons = Counter(result.not_scored for result in results if isinstance(result, NotScored))
    if not reasons:
        return NotScored(criterion=criterion, not_scored="no judge was asked")
    reason = reasons.most_common(1)[0][0]
    if len(results) > 1:
        valid = len(results) - reasons.total()
        reason = f"{valid or 'none'} of {len(results)} ratings could be used; mostly: {reason}"
    return NotScored(criterion=criterion, not_scored=reason)


def disagreements(panel: Iterable[RatingResult], offline: Iterable[RatingResult]) -> tuple[str, ...]:
    """A note for each criterion on which the two are more than one level apart."""
    return tuple(
        f"{mine.criterion.replace('_', ' ').capitalize()}: level {mine.level} here, level {other.level} by the offline "
        "judge. They are far apart, so look at the evidence yourself."
        for mine, other in _pairs(panel, offline)
        if abs(mine.level - other.level) > TOO_FAR_APART
    )


def leaning(replies: Iterable[tuple[Iterable[RatingResult], Iterable[RatingResult]]]) -> float | None:
    """By how many levels the panel is more generous than the offline judge on average; negative when it is stricter.

    Args:
        replies: the panel's and the offline judge's ratings of each reply; only criteria that both rated count.
    """
    differences = [mine.level - other.level for panel, offline in replies for mine, other in _pairs(panel, offline)]
    return sum(differences) / len(differences) if differences else None


def leaning_note(mean: float | None) -> str:
    """A sentence where judges lean to one side by more than half a level; else empty."""
    if mean is None or abs(mean) <= LEANING:
        return ""
    side = "more generous" if mean > 0 else "stricter"
    return f"Over the session the judge was {side} than the offline judge, by {abs(mean):.1f} levels on average."


def _pairs(panel: Iterable[RatingResult], offline: Iterable[RatingResult]) -> list[tuple[Rating, Rating]]:
    """Ratings of the same criterion, where both gave a level."""
    theirs = {rating.criterion: rating for rating in offline if isinstance(rating, Rating)}
    return [
        (rating, theirs[rating.criterion])
        for rating in panel
        if isinstance(rating, Rating) and rating.criterion in theirs
    ]
