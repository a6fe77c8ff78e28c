"""How an offer sits with what the customer needs."""

from __future__ import annotations

from collections.abc import Collection

from simulator.domain.behaviours import Appraisal, OfferMade
from simulator.domain.decisions import OfferVerdict
from simulator.domain.memory import Memory
from simulator.domain.scenario import Action, Scenario

_NOTHING_YET = Memory()
_ORDER = {"fully": 0, "over_limit": 1, "too_early": 2, "partly": 3, "no": 4}


def judge_offers(
    scenario: Scenario, appraisal: Appraisal, told: Collection[str], memory: Memory = _NOTHING_YET
) -> tuple[OfferVerdict, ...]:
    """A verdict on each offer of the reply, the one that counts most first.

    An offer that only makes sense once certain facts are known is a guess before that, even when it is the right one.
    One missing fact is forgiven once the worry behind it was named, or, where others are known, to somebody who has
    understood the customer.
    """
    known = set(told) | {fact.id for fact in scenario.facts if fact.on_record}
    known |= {restated.fact for restated in appraisal.restatements if restated.right}
    verdicts: dict[str, OfferVerdict] = {}
    for offer in appraisal.offers:
        verdict = _verdict(scenario, offer, known, memory)
        # a sum over the limit stays broken when the same offer comes again without the sum
        if offer.action not in verdicts or verdict.verdict == "over_limit":
            verdicts[offer.action] = verdict
    ranked = sorted(verdicts.values(), key=lambda verdict: _ORDER[verdict.verdict])
    return tuple(ranked)


def _verdict(scenario: Scenario, offer: OfferMade, known: Collection[str], memory: Memory) -> OfferVerdict:
    action = scenario.action(offer.action)
    if action.limit is not None and offer.amount is not None and offer.amount > action.limit:
        return OfferVerdict(action=action.id, verdict="over_limit")
    if action.meets != "no" and _is_a_guess(action, known, memory):
        return OfferVerdict(action=action.id, verdict="too_early")
    return OfferVerdict(action=action.id, verdict=action.meets)


def _is_a_guess(action: Action, known: Collection[str], memory: Memory) -> bool:
    missing = set(action.after) - set(known)
    if len(missing) != 1:
        return bool(missing)
    return not memory.concern_named and (len(action.after) == 1 or memory.understood == 0)
