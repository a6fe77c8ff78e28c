"""The level of cognitive empathy in one reply."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features, Line
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.patterns import has
from simulator.judging.offline.prepared import content
from simulator.judging.offline.understanding import understanding_lines
from simulator.judging.offline.verdict import Verdict

_TENTATIVE = (
    r"\b(wonder|imagine|perhaps|maybe|may|might|could|sounds?|seems?|sense|guess|suspect|am i right|as if|as "
    r"though|i think|i can see|must|feels?|impression)\b"
)


def empathy_level(features: Features, observations: Sequence[Observation]) -> Verdict:
    """0 none, 1 stock or without cause, 2 tied to what they told, 3 the goal or the unspoken worry."""
    if (hostile := shown(observations, Behaviour.HOSTILE)) is not None:
        return Verdict(0, "The reply attacks the customer instead of taking their side of it.", hostile.evidence)
    if (blame := shown(observations, Behaviour.BLAME)) is not None:
        return Verdict(0, "It puts the fault on the customer instead of seeing it from their side.", blame.evidence)
    carried = understanding_lines(features)
    if features.keyword_list:
        return _hollow(features, observations, "It lists feeling words without a sentence about this customer.")
    if features.concern.reading == "named":
        return Verdict(
            3, "It names the worry beneath what the customer said, in their situation.", (features.concern.quote,)
        )
    if carried:
        best = max(carried, key=lambda line: (_reaches_goal(line, features), len(line.terms)))
        quotes = tuple(line.span.quote for line in carried)
        if _reaches_goal(best, features):
            return Verdict(3, "It says what is at stake for the customer and reaches the goal behind it.", quotes)
        if features.concern.reading == "wrong":
            return Verdict(
                2,
                "It takes the customer's side with their own details, though the worry it guesses is not theirs.",
                quotes,
            )
        return Verdict(
            2,
            "It ties a feeling or what is at stake to what this customer told; the worry beneath stays unsaid.",
            quotes,
        )
    return _hollow(features, observations, "")


def _reaches_goal(line: Line, features: Features) -> bool:
    prepared = features.situation.prepared
    if prepared is None or not (line.perspective and line.you):
        return False
    return (
        len(content(line.span.words) & prepared.goal) >= 3
        and has(_TENTATIVE, line.span)
        and has(frames.STAKE, line.span)
    )


def _hollow(features: Features, observations: Sequence[Observation], reason: str) -> Verdict:
    stock = shown(observations, Behaviour.STOCK_SYMPATHY) or shown(observations, Behaviour.APOLOGY)
    cold = shown(observations, Behaviour.DISMISSIVE) or shown(observations, Behaviour.BLAME)
    if cold is not None and stock is None:
        return Verdict(
            0, "It brushes off what the customer brought instead of seeing it from their side.", cold.evidence
        )
    if shown(observations, Behaviour.CALM_DOWN) is not None and stock is None:
        return Verdict(0, "It tells the customer how to feel instead of understanding why they feel so.")
    if stock is not None:
        return Verdict(
            1,
            reason or "The sympathy would fit any customer: nothing of this one's situation is in it.",
            stock.evidence,
        )
    named = [line for line in features.lines if (line.feeling or line.perspective) and line.you and not line.is_echo]
    named += [line for line in features.lines if line.perspective and line.feeling and line not in named]
    if named:
        return Verdict(
            1, reason or "It names a feeling but not what in this customer's situation causes it.",
            (named[0].span.quote,),
        )  # fmt: skip
    if features.keyword_list:
        return Verdict(0, reason)
    return Verdict(0, "Nothing in it shows how this looks or feels from the customer's side.")
