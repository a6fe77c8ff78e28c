from __future__ import annotations

from typing import Any

import pytest
from builders import persona

from simulator.domain.endings import SCAR, Ending, EndingKind, ending_after, is_heard, near_leaving
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood

TEMPERAMENT = persona().temperament
"""Patience 4, walks out at 0.9."""
HEARD = {"understood": 1, "paraphrased": 1, "attentive": 2}


def mood(frustration: float = 0.5, trust: float = 0.5) -> Mood:
    return Mood(frustration=frustration, anxiety=0.3, trust=trust)


def ends(
    *, at: Mood | None = None, closing: bool = False, insulted: bool = False, max_turns: int = 14, **remembers: Any
) -> Ending | None:
    memory = Memory(**{"replies": 3, **remembers})
    return ending_after(memory, at or mood(), TEMPERAMENT, max_turns=max_turns, closing=closing, insulted=insulted)


def kind(ending: Ending | None) -> EndingKind | None:
    return ending.kind if ending else None


@pytest.mark.parametrize(
    ("remembers", "heard"),
    [
        ({}, False),
        ({"understood": 1}, False),
        ({"understood": 1, "paraphrased": 1}, True),
        ({"understood": 2}, True),
        ({"paraphrased": 5}, False),
        ({"paraphrased": 5, "good_questions": 6}, False),
        ({"concern_named": True}, False),
        ({"concern_named": True, "paraphrased": 1}, True),
        ({"concern_named": True, "good_questions": 2}, True),
        ({"understood": 1, "good_questions": 1}, False),
    ],
)
def test_being_heard_takes_depth_and_not_giving_back_alone(remembers: dict[str, Any], heard: bool) -> None:
    assert is_heard(Memory(attentive=2, **remembers), mood()) is heard


@pytest.mark.parametrize(
    "remembers",
    [
        {"understood": 1, "paraphrased": 1},
        {"understood": 1, "paraphrased": 1, "concern_named": True},
        {"understood": 1, "paraphrased": 1, "concern_named": True, "good_questions": 1},
    ],
)
def test_one_attentive_reply_is_not_enough_however_much_was_in_it(remembers: dict[str, Any]) -> None:
    assert not is_heard(Memory(attentive=0, **remembers), mood(trust=0.9))
    assert not is_heard(Memory(attentive=1, **remembers), mood(trust=0.9))
    assert is_heard(Memory(attentive=2, **remembers), mood(trust=0.9))


def test_after_two_bad_replies_nobody_feels_heard_any_more() -> None:
    assert SCAR == 2
    deep: dict[str, Any] = {"understood": 9, "paraphrased": 9, "good_questions": 9, "attentive": 9}
    assert is_heard(Memory(bad_treatment=1, concern_named=True, **deep), mood(trust=0.9))
    assert not is_heard(Memory(bad_treatment=2, concern_named=True, **deep), mood(trust=0.9))
    assert not is_heard(Memory(bad_treatment=3, concern_named=True, **deep), mood(trust=0.9))


def test_nobody_feels_heard_by_somebody_they_do_not_trust() -> None:
    memory = Memory(understood=4, paraphrased=4, concern_named=True, attentive=4)
    assert is_heard(memory, mood(trust=0.4))
    assert not is_heard(memory, mood(trust=0.39))


def test_it_goes_on_while_there_is_hope() -> None:
    assert ends() is None


def test_need_met_and_heard_is_a_connection() -> None:
    assert kind(ends(need_met=True, settling=1, **HEARD)) is EndingKind.CONNECTED


def test_need_met_and_not_heard_leaves_one_more_chance_and_then_ends_cold() -> None:
    assert ends(need_met=True, settling=1) is None
    assert kind(ends(need_met=True, settling=2)) is EndingKind.COLD


def test_patience_and_time_do_not_run_out_on_somebody_who_was_helped() -> None:
    assert ends(need_met=True, settling=1, unhelpful=9, replies=14) is None


def test_an_insult_on_top_of_other_bad_treatment_ends_it() -> None:
    assert ends(insulted=True, bad_treatment=2) is None
    left = ends(insulted=True, bad_treatment=3)
    assert kind(left) is EndingKind.WALKED_OUT
    assert left is not None
    assert "insulted" in left.reason


def test_no_reply_that_insults_ends_as_a_connection() -> None:
    for bad in (0, 1, 2):
        assert ends(insulted=True, bad_treatment=bad, need_met=True, settling=1, **HEARD) is None
        assert kind(ends(insulted=True, bad_treatment=bad, need_met=True, settling=2, **HEARD)) is EndingKind.COLD


def test_bad_treatment_drives_away_even_somebody_who_was_helped() -> None:
    for settling in (1, 2):
        left = ends(bad_treatment=3, need_met=True, settling=settling, **HEARD)
        assert kind(left) is EndingKind.WALKED_OUT
        assert left is not None
        assert "once too often" in left.reason
        insulted = ends(insulted=True, bad_treatment=3, need_met=True, settling=settling, **HEARD)
        assert kind(insulted) is EndingKind.WALKED_OUT
        assert insulted is not None
        assert "insulted" in insulted.reason


def test_with_a_scar_help_ends_cold_and_running_out_is_walking_out() -> None:
    scarred: dict[str, Any] = {"bad_treatment": 2, **HEARD}
    assert ends(need_met=True, settling=1, **scarred) is None
    assert kind(ends(need_met=True, settling=2, **scarred)) is EndingKind.COLD
    assert kind(ends(unhelpful=4, **scarred)) is EndingKind.WALKED_OUT
    assert kind(ends(closing=True, closings=2, **scarred)) is EndingKind.WALKED_OUT
    assert kind(ends(replies=14, **scarred)) is EndingKind.WALKED_OUT


def test_the_third_bad_reply_is_one_too_many() -> None:
    assert ends(bad_treatment=2) is None
    left = ends(bad_treatment=3, **HEARD)
    assert kind(left) is EndingKind.WALKED_OUT
    assert left is not None
    assert "once too often" in left.reason


def test_frustration_past_the_point_ends_it_only_after_a_warning() -> None:
    assert ends(at=mood(frustration=0.95)) is None
    assert kind(ends(at=mood(frustration=0.9), warned=True)) is EndingKind.WALKED_OUT
    assert ends(at=mood(frustration=0.89), warned=True) is None


def test_out_of_patience_depends_on_being_heard() -> None:
    assert ends(unhelpful=3) is None
    assert kind(ends(unhelpful=4)) is EndingKind.WALKED_OUT
    assert kind(ends(unhelpful=4, **HEARD)) is EndingKind.HEARD_UNRESOLVED


def test_the_second_goodbye_is_taken_at_its_word() -> None:
    assert ends(closing=True, closings=1) is None
    assert ends(closing=False, closings=2) is None
    assert kind(ends(closing=True, closings=2)) is EndingKind.WALKED_OUT
    assert kind(ends(closing=True, closings=2, **HEARD)) is EndingKind.HEARD_UNRESOLVED


def test_at_the_last_reply_the_customer_has_to_go() -> None:
    assert ends(replies=13) is None
    out = ends(replies=14)
    assert kind(out) is EndingKind.WALKED_OUT
    assert out is not None
    assert "time" in out.reason
    assert kind(ends(replies=14, **HEARD)) is EndingKind.HEARD_UNRESOLVED


@pytest.mark.parametrize(
    ("frustration", "remembers", "near"),
    [
        (0.5, {}, False),
        (0.83, {}, True),
        (0.8, {}, False),
        (0.5, {"unhelpful": 3}, True),
        (0.5, {"unhelpful": 2}, False),
        (0.5, {"bad_treatment": 2}, True),
        (0.5, {"bad_treatment": 1}, False),
    ],
)
def test_who_is_about_to_leave(frustration: float, remembers: dict[str, Any], near: bool) -> None:
    assert near_leaving(Memory(**remembers), mood(frustration), TEMPERAMENT) is near
