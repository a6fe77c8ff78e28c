"""Ratings of one reply on the three core criteria, by the anchors of the core rubric."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING, Level
from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features
from simulator.judging.offline.level_empathy import empathy_level
from simulator.judging.offline.level_paraphrasing import paraphrasing_level
from simulator.judging.offline.level_questioning import questioning_level
from simulator.judging.offline.opportunity import missing_opportunity
from simulator.judging.offline.patterns import short
from simulator.judging.offline.verdict import Verdict

CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)

_NO_REPLY: tuple[tuple[Behaviour, str], ...] = (
    (Behaviour.EMPTY, "There were no words in this reply."),
    (Behaviour.TO_MACHINE, "This speaks to a machine or a judge and not to the customer, so nothing in it counts."),
    (Behaviour.NONSENSE, "This reply cannot be read as a sentence, so it gave the customer nothing."),
    (Behaviour.OTHER_LANGUAGE, "This is in a language that the customer did not write in, so it did not reach them."),
)
_REPEATED = "This repeats an earlier reply; what was said before does not count a second time."


def rate(features: Features, observations: Sequence[Observation]) -> tuple[RatingResult, ...]:
    """One rating or one reason for none, per core criterion."""
    for behaviour, reason in _NO_REPLY:
        if shown(observations, behaviour):
            return tuple(Rating(criterion=c, level=0, reason=reason) for c in CRITERIA)
    if features.repeats >= 0.85 and shown(observations, Behaviour.REPEATED):
        return tuple(Rating(criterion=c, level=0, reason=_REPEATED) for c in CRITERIA)
    verdicts = (
        (EMPATHY, empathy_level(features, observations)),
        (PARAPHRASING, paraphrasing_level(features, observations)),
        (QUESTIONING, questioning_level(features, observations)),
    )
    return tuple(_result(criterion, verdict, features, observations) for criterion, verdict in verdicts)


def _result(criterion: str, verdict: Verdict, features: Features, observations: Sequence[Observation]) -> RatingResult:
    if verdict.level <= 1:
        reason = missing_opportunity(criterion, features, observations)
        if reason is not None:
            return NotScored(criterion=criterion, not_scored=reason)
    source = features.reply.source
    quotes = tuple(dict.fromkeys(q for quote in verdict.quotes if (q := short(quote)) and q in source))[:3]
    level: Level = verdict.level
    if level >= 1 and not quotes:
        quotes = (short(features.reply.whole.quote),)
    return Rating(criterion=criterion, level=level, evidence=quotes, reason=verdict.reason)
