"""Ratings of one reply on the three core criteria, by the anchors of the core rubric."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING, Level
from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.judging.offline.behaviours import observe, shown
from simulator.judging.offline.features import Features, read_features
from simulator.judging.offline.level_empathy import empathy_level
from simulator.judging.offline.level_paraphrasing import paraphrasing_level
from simulator.judging.offline.level_questioning import questioning_level
from simulator.judging.offline.level_weights import ReadSigns, phrases_in, weighed
from simulator.judging.offline.opportunity import missing_opportunity
from simulator.judging.offline.patterns import short
from simulator.judging.offline.signs import signs, spoken_to_them
from simulator.judging.offline.situation import Situation, situation
from simulator.judging.offline.verdict import Verdict

CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)

_NO_REPLY: tuple[tuple[Behaviour, str], ...] = (
    (Behaviour.EMPTY, "There were no words in this reply."),
    (Behaviour.TO_MACHINE, "This speaks to a machine or a judge and not to the customer, so nothing in it counts."),
    (Behaviour.NONSENSE, "This reply cannot be read as a sentence, so it gave the customer nothing."),
    (Behaviour.OTHER_LANGUAGE, "This is in a language that the customer did not write in, so it did not reach them."),
)
_NEVER_WEIGHED = (
    Behaviour.HOSTILE,
    Behaviour.BLAME,
    Behaviour.DISMISSIVE,
    Behaviour.KEYWORD_LIST,
    Behaviour.QUESTION_STUFFING,
)
"""What the rules alone decide on: no phrase may outweigh it."""
_REPEATED = "This repeats an earlier reply; what was said before does not count a second time."


def rate(features: Features, observations: Sequence[Observation]) -> tuple[RatingResult, ...]:
    """One rating or one reason for none, per core criterion."""
    for behaviour, reason in _NO_REPLY:
        if shown(observations, behaviour):
            return tuple(Rating(criterion=c, level=0, reason=reason) for c in CRITERIA)
    if features.repeats >= 0.85 and shown(observations, Behaviour.REPEATED):
        return tuple(Rating(criterion=c, level=0, reason=_REPEATED) for c in CRITERIA)
    verdicts = rule_verdicts(features, observations)
    if _is_from_elsewhere(features) and not any(shown(observations, behaviour) for behaviour in _NEVER_WEIGHED):
        verdicts = _weighed(features, observations, verdicts)
    return tuple(_result(criterion, verdict, features, observations) for criterion, verdict in verdicts)


def _weighed(
    features: Features, observations: Sequence[Observation], rules: tuple[tuple[str, Verdict], ...]
) -> tuple[tuple[str, Verdict], ...]:
    """The weighed levels; an apology or stock sympathy is level 1 by its anchor, however little else there is."""
    read = read_signs(features.situation)
    is_kind = shown(observations, Behaviour.STOCK_SYMPATHY) or shown(observations, Behaviour.APOLOGY)
    out = []
    for criterion, rule in rules:
        verdict = weighed(criterion, read, rule)
        stays = criterion == EMPATHY and verdict.level == 0 and rule.level == 1 and is_kind
        out.append((criterion, rule if stays else verdict))
    return tuple(out)


def read_signs(whole: Situation) -> ReadSigns:
    """The signs and phrases of what a reply says to this customer."""
    part = situation(spoken_to_them(whole), whole.context)
    features = read_features(part)
    observations = observe(features)
    return ReadSigns(part, signs(features, observations, rule_verdicts(features, observations)), phrases_in(part))


def rule_verdicts(features: Features, observations: Sequence[Observation]) -> tuple[tuple[str, Verdict], ...]:
    """What the rules make of a reply, by criterion."""
    return (
        (EMPATHY, empathy_level(features, observations)),
        (PARAPHRASING, paraphrasing_level(features, observations)),
        (QUESTIONING, questioning_level(features, observations)),
    )


def _is_from_elsewhere(features: Features) -> bool:
    """Whether no scenario tells what the case is about, but a conversation does."""
    return features.situation.prepared is None and bool(features.situation.customer)


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
