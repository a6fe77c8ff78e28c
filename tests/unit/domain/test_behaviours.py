from __future__ import annotations

from builders import EMPATHY, PARAPHRASING, QUESTIONING, appraisal, levels

from simulator.domain.behaviours import Appraisal, Behaviour, Observation


def test_a_behaviour_is_shown_from_even_odds_on() -> None:
    read = Appraisal(
        observations=(
            Observation(behaviour=Behaviour.BLAME, probability=0.5),
            Observation(behaviour=Behaviour.POLICY_TALK, probability=0.49),
        )
    )
    assert read.shows(Behaviour.BLAME)
    assert not read.shows(Behaviour.POLICY_TALK)
    assert read.shows(Behaviour.POLICY_TALK, threshold=0.4)
    assert read.probability(Behaviour.HOSTILE) == 0.0


def test_a_level_that_was_not_scored_is_no_level() -> None:
    read = Appraisal(ratings=levels(empathy=0, paraphrase=None, question=3))
    assert (read.level(EMPATHY), read.level(PARAPHRASING), read.level(QUESTIONING)) == (0, None, 3)
    assert appraisal().level("other") is None
