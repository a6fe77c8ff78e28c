from __future__ import annotations

import itertools
from typing import Any

import pytest

from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Experience, Outcome, outcome_of

OPENING = Mood(frustration=0.6, anxiety=0.4, trust=0.4)
"""Sentiment 0.4 - (0.39 + 0.14) = -0.13."""
SAME_END = Mood(frustration=0.4, anxiety=0.4, trust=0.4)
"""Sentiment 0.4 - (0.26 + 0.14) = 0."""


def rated(ending: EndingKind, end: Mood = SAME_END, **remembers: Any) -> Outcome:
    memory = Memory(**{"replies": 3, **remembers})
    return outcome_of(Experience(opening=OPENING, end=end, memory=memory, ending=ending), verbatim="")


def test_endings_are_rated_in_order_whatever_the_mood() -> None:
    order = [EndingKind.CONNECTED, EndingKind.COLD, EndingKind.HEARD_UNRESOLVED, EndingKind.WALKED_OUT]
    moods = [Mood(frustration=f, anxiety=0.3, trust=t) for f, t in itertools.product((0.1, 0.5, 0.9), (0.1, 0.5, 0.9))]
    for mood in moods:
        csat = [rated(kind, mood).csat for kind in order]
        nps = [rated(kind, mood).nps for kind in order]
        assert csat == sorted(csat, reverse=True)
        assert nps == sorted(nps, reverse=True)


def test_the_ends_of_the_scale() -> None:
    happy, gone = Mood(frustration=0, anxiety=0, trust=1), Mood(frustration=1, anxiety=1, trust=0)
    best = rated(EndingKind.CONNECTED, happy, need_met=True, concern_named=True)
    assert (best.csat, best.nps) == (5, 10)
    worst = rated(EndingKind.WALKED_OUT, gone)
    assert (worst.csat, worst.nps) == (1, 0)


def test_satisfaction_follows_mood_within_an_ending() -> None:
    """Connected, sentiment 0: 4.4, so 4; with sentiment 0.82 it is 5.1, so 5."""
    assert rated(EndingKind.CONNECTED).csat == 4
    assert rated(EndingKind.CONNECTED, Mood(frustration=0.0, anxiety=0.2, trust=0.89)).csat == 5


@pytest.mark.parametrize(
    ("remembers", "effort"),
    [
        ({"need_met": True}, 2),
        ({"need_met": True, "asked_again": 1}, 3),
        ({"need_met": True, "asked_again": 2, "unhelpful": 2}, 5),
        ({"need_met": False}, 4),
        ({"need_met": False, "bad_treatment": 3, "asked_again": 3}, 7),
        ({"need_met": True, "replies": 13}, 3),
    ],
)
def test_effort_grows_with_what_they_had_to_put_up_with(remembers: dict[str, Any], effort: int) -> None:
    """From 1.6: 1.1 for each time asked again, 0.7 for bad treatment, 2 unsolved, 0.16 for each reply over three."""
    assert rated(EndingKind.COLD, **remembers).effort == effort


def test_sentiment_delta_is_half_the_change() -> None:
    """From -0.13 to 0 is 0.13, halved 0.065, rounded to 0.06 or 0.07."""
    assert rated(EndingKind.COLD).sentiment_delta == pytest.approx(0.065, abs=0.006)
    assert rated(EndingKind.COLD, OPENING).sentiment_delta == 0.0
    assert rated(EndingKind.COLD, Mood(frustration=1, anxiety=1, trust=0)).sentiment_delta < 0


def test_finding_the_worry_is_recorded_and_recommended() -> None:
    found = rated(EndingKind.COLD, concern_named=True)
    missed = rated(EndingKind.COLD)
    assert (found.concern_found, missed.concern_found) == (True, False)
    assert found.nps >= missed.nps


def test_a_conversation_broken_off_is_neither_good_nor_the_worst() -> None:
    stopped, out = rated(EndingKind.STOPPED), rated(EndingKind.REPLIES_ENDED)
    assert stopped.csat == out.csat == 2
