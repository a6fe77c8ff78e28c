"""Hand calculations: recovery 0.5 at frustration 0.5 scales help by (0.6 + 0.4) x (1 - 0.15) = 0.85."""

from __future__ import annotations

import pytest

from simulator.domain.mood import (
    LARGEST_RELIEF,
    LARGEST_SLIGHT,
    PUSHES,
    RELIEF_WHEN_MET,
    Cause,
    Limits,
    Mood,
    Push,
    limits,
    move,
    scaled,
)

MIDDLING = Mood(frustration=0.5, anxiety=0.4, trust=0.4)
FREE = Limits(frustration_floor=0.0, anxiety_floor=0.0, trust_ceiling=1.0)
HELD = limits(MIDDLING, need_met=False, concern_named=False)


def test_help_is_scaled_by_recovery_and_works_less_on_the_furious() -> None:
    push = scaled(Cause("x", Push(-0.1, -0.2, 0.1)), MIDDLING, reactivity=0.5, recovery=0.5)
    assert (push.frustration, push.anxiety, push.trust) == pytest.approx((-0.085, -0.17, 0.085))

    furious = MIDDLING.model_copy(update={"frustration": 1.0})
    assert scaled(Cause("x", Push(-0.1)), furious, reactivity=0.5, recovery=1.0).frustration == pytest.approx(-0.098)


def test_hurt_is_scaled_by_reactivity_alone() -> None:
    hurt = Cause("blame", PUSHES["blame"])
    assert scaled(hurt, MIDDLING, reactivity=0.5, recovery=0.0).frustration == pytest.approx(0.17)
    assert scaled(hurt, MIDDLING, reactivity=0.0, recovery=1.0).frustration == pytest.approx(0.17 * 0.55)
    assert scaled(hurt, MIDDLING, reactivity=1.0, recovery=1.0).frustration == pytest.approx(0.17 * 1.45)


@pytest.mark.parametrize(
    "name", ["empathy_2", "empathy_3", "concern_named", "paraphrase_2", "paraphrase_3", "ownership", "offer_fully"]
)
def test_good_treatment_lowers_frustration_and_raises_trust(name: str) -> None:
    push = PUSHES[name]
    assert push.helps
    assert push.frustration < 0 < push.trust


@pytest.mark.parametrize("name", ["blame", "calm_down", "hostile", "dismissive", "policy_talk", "scripted", "cold"])
def test_bad_treatment_raises_frustration_and_costs_trust(name: str) -> None:
    push = PUSHES[name]
    assert not push.helps
    assert push.trust < 0 < push.frustration


def test_stock_sympathy_helps_once_a_little_and_then_hurts_more_and_more() -> None:
    first, second, more = (PUSHES[f"stock_{n}"].frustration for n in ("first", "second", "more"))
    assert PUSHES["empathy_2"].frustration < first < 0 < second < more
    assert PUSHES["stock_first"].trust == 0


def test_frustration_stops_at_45_percent_of_the_baseline_while_the_need_is_not_met() -> None:
    calm = Mood(frustration=0.25, anxiety=0.4, trust=0.4)
    assert move(calm, [Push(-0.2)], HELD, relieved=False).frustration == pytest.approx(0.225)
    met = limits(MIDDLING, need_met=True, concern_named=False)
    assert move(calm, [Push(-0.2)], met, relieved=False).frustration < 0.1


def test_the_floor_under_anxiety_is_half_the_baseline_and_a_quarter_once_the_worry_is_named() -> None:
    uneasy = Mood(frustration=0.5, anxiety=0.25, trust=0.4)
    named = limits(MIDDLING, need_met=False, concern_named=True)
    assert move(uneasy, [Push(0, -0.2)], HELD, relieved=False).anxiety == pytest.approx(0.2)
    assert move(uneasy, [Push(0, -0.2)], named, relieved=False).anxiety == pytest.approx(0.1)


def test_the_floor_never_lifts_somebody_who_is_below_it() -> None:
    serene = Mood(frustration=0.1, anxiety=0.05, trust=0.4)
    moved = move(serene, [Push(-0.1, -0.1)], HELD, relieved=False)
    assert (moved.frustration, moved.anxiety) == (0.1, 0.05)


def test_trust_stops_at_the_ceiling_and_is_not_pulled_down_to_it() -> None:
    trusting = Mood(frustration=0.5, anxiety=0.4, trust=0.75)
    assert move(trusting, [Push(trust=0.2)], HELD, relieved=False).trust == pytest.approx(0.8)
    assert move(trusting, [Push(trust=0.2)], FREE, relieved=False).trust == pytest.approx(0.95)
    devoted = trusting.model_copy(update={"trust": 0.9})
    assert move(devoted, [Push(trust=0.2)], HELD, relieved=False).trust == pytest.approx(0.9)


def test_nobody_turns_nice_at_once_and_a_little_faster_when_the_need_is_met() -> None:
    livid = Mood(frustration=0.9, anxiety=0.9, trust=0.1)
    pushes = [Push(-0.3, -0.3, 0.0), Push(-0.3, -0.3, 0.0)]
    slowly = move(livid, pushes, FREE, relieved=False)
    assert slowly.frustration == pytest.approx(0.9 - LARGEST_RELIEF)
    assert slowly.anxiety == pytest.approx(0.9 - LARGEST_RELIEF)
    helped = move(livid, pushes, FREE, relieved=True)
    assert helped.frustration == pytest.approx(0.9 - RELIEF_WHEN_MET)
    assert LARGEST_RELIEF < RELIEF_WHEN_MET < 0.6


def test_hurt_moves_less_where_there_is_little_left_to_lose() -> None:
    """At 0.5 a push counts 1.15 - 0.65 x 0.5 = 0.825 times, at 0.9 only 0.565 times."""
    assert move(MIDDLING, [Push(0.1), Push(0.1)], HELD, relieved=False).frustration == pytest.approx(0.5 + 0.2 * 0.825)
    livid = MIDDLING.model_copy(update={"frustration": 0.9})
    assert move(livid, [Push(0.1)], HELD, relieved=False).frustration == pytest.approx(0.9 + 0.1 * 0.565)


def test_hurt_is_not_capped_as_relief_is() -> None:
    hurt = move(MIDDLING, [Push(0.3), Push(0.3)], HELD, relieved=False)
    assert hurt.frustration > 0.5 + 2 * LARGEST_RELIEF


def test_what_only_fails_to_help_hurts_no_more_than_a_slight_and_an_attack_does() -> None:
    faults = [Push(0.1, 0.1, -0.1)] * 6
    slighted = move(MIDDLING, faults, HELD, relieved=False, attacked=False)
    attacked = move(MIDDLING, faults, HELD, relieved=False, attacked=True)
    assert slighted == move(MIDDLING, [LARGEST_SLIGHT], HELD, relieved=False, attacked=True)
    assert attacked.frustration > slighted.frustration
    assert attacked.trust < slighted.trust


def test_a_small_slight_counts_as_it_is() -> None:
    small = [Push(0.05, 0.02, -0.03)]
    slighted, attacked = (move(MIDDLING, small, HELD, relieved=False, attacked=a) for a in (False, True))
    assert slighted == attacked


def test_every_feeling_stays_within_0_and_1() -> None:
    assert move(MIDDLING, [Push(5, 5, -5)], FREE, relieved=False) == Mood(frustration=1, anxiety=1, trust=0)
    content = Mood(frustration=0.1, anxiety=0.1, trust=0.1)
    assert move(content, [Push(-5, -5, -5)], FREE, relieved=True) == Mood(frustration=0, anxiety=0, trust=0)


@pytest.mark.parametrize(
    ("mood", "expected"),
    [
        (Mood(frustration=1, anxiety=1, trust=0), -1.0),
        (Mood(frustration=0, anxiety=0, trust=1), 1.0),
        (Mood(frustration=0.6, anxiety=0.2, trust=0.5), 0.04),
    ],
)
def test_sentiment_is_trust_less_frustration_and_anxiety_weighted(mood: Mood, expected: float) -> None:
    assert mood.sentiment == pytest.approx(expected)


def test_one_reply_earns_only_so_much_trust() -> None:
    moved = move(MIDDLING, [Push(trust=0.5)], FREE, relieved=False)
    assert moved.trust == pytest.approx(MIDDLING.trust + 0.22)
