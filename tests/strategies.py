"""Hypothesis strategies for what can be read in a reply to a scenario."""

from __future__ import annotations

from hypothesis import strategies as st

from simulator.domain.behaviours import (
    Appraisal,
    Behaviour,
    ConcernReading,
    FactQuestion,
    Observation,
    OfferMade,
    Restatement,
)
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import NotScored, Rating, RatingResult

CRITERIA = ("cognitive_empathy", "paraphrasing", "purpose_driven_questioning")
UNIT = st.floats(0.0, 1.0)


def rating_results(criterion: str) -> st.SearchStrategy[RatingResult]:
    rated = st.builds(
        Rating, criterion=st.just(criterion), level=st.sampled_from((0, 1, 2, 3)), reason=st.just("because")
    )
    return rated | st.just(NotScored(criterion=criterion, not_scored="no opportunity"))


def ratings() -> st.SearchStrategy[tuple[RatingResult, ...]]:
    return st.tuples(*(rating_results(criterion) for criterion in CRITERIA))


def appraisals(scenario: Scenario) -> st.SearchStrategy[Appraisal]:
    """Anything that could be read in one reply, likely or not."""
    fact = st.sampled_from([f.id for f in scenario.facts])
    question = st.builds(
        FactQuestion, fact=fact, form=st.sampled_from(("open", "confirm")), quote=st.just("?"), confidence=UNIT
    )
    offer = st.builds(
        OfferMade,
        action=st.sampled_from([a.id for a in scenario.actions]),
        quote=st.just("!"),
        amount=st.none() | st.floats(0, 500),
    )
    observation = st.builds(Observation, behaviour=st.sampled_from(Behaviour), probability=UNIT)
    return st.builds(
        Appraisal,
        observations=st.lists(observation, max_size=4, unique_by=lambda o: o.behaviour).map(tuple),
        questions=st.lists(question, max_size=3).map(tuple),
        restatements=st.lists(
            st.builds(Restatement, fact=fact, right=st.booleans(), quote=st.just("x")), max_size=2
        ).map(tuple),
        unanswered=st.sampled_from(((), ("what?",))),
        offers=st.lists(offer, max_size=2).map(tuple),
        concern=st.builds(ConcernReading, reading=st.sampled_from(("none", "none", "none", "wrong", "named"))),
        ratings=ratings(),
    )
