from __future__ import annotations

from random import Random

import pytest
from builders import persona, scenario, started

from simulator.customers.lines import FALLBACKS, LinePicker
from simulator.domain.events import SessionStarted
from simulator.domain.persona import ReactionKind as Kind

APPROVAL = {Kind.UNDERSTOOD, Kind.CONCERN_NAMED, Kind.CONFIRMED, Kind.GOOD_QUESTION, Kind.OWNED, Kind.OFFER_WELCOME}


def with_lines(own: dict[str, list[str]], case: dict[str, list[str]] | None = None) -> SessionStarted:
    everybody = persona()
    return started(
        persona=everybody.model_copy(update={"lines": {Kind(k): tuple(v) for k, v in own.items()}}),
        scenario=scenario(lines=case or {}),
    )


def test_no_line_is_handed_out_twice() -> None:
    picker = LinePicker(with_lines({"cold": ["a", "b", "c"]}), (), Random(1))
    assert {picker.one_of(["a", "b", "c"]) for _ in range(3)} == {"a", "b", "c"}
    assert picker.one_of(["a", "b", "c"]) is None
    assert sorted(picker.taken) == ["a", "b", "c"]


def test_what_was_said_before_is_not_said_again() -> None:
    picker = LinePicker(with_lines({"cold": ["a", "b"]}), {"a"}, Random(1))
    assert picker.reaction(Kind.COLD) == "b"
    assert picker.in_order(["a", "b", "c"]) == "c"
    assert picker.taken == ["b", "c"]


def test_lines_in_order_come_in_order() -> None:
    picker = LinePicker(with_lines({"cold": ["x"]}), (), Random(1))
    assert [picker.in_order(["1", "2"]) for _ in range(3)] == ["1", "2", None]


def test_a_reaction_comes_from_the_case_and_from_the_person() -> None:
    first = {
        LinePicker(with_lines({"cold": ["person"]}, {"cold": ["case"]}), (), Random(seed)).reaction(Kind.COLD)
        for seed in range(20)
    }
    assert first == {"person", "case"}


def test_a_line_about_the_case_is_left_out_when_the_reply_did_not_speak_of_it() -> None:
    said = {
        LinePicker(
            with_lines({"understood": ["person"]}, {"understood": ["case"]}), (), Random(seed), (Kind.UNDERSTOOD,)
        ).reaction(Kind.UNDERSTOOD)
        for seed in range(20)
    }
    assert said == {"person"}


def test_when_one_source_is_used_up_the_other_serves() -> None:
    picker = LinePicker(with_lines({"cold": ["person"]}, {"cold": ["case"]}), (), Random(1))
    assert {picker.reaction(Kind.COLD), picker.reaction(Kind.COLD)} == {"person", "case"}


def test_a_kind_that_is_used_up_is_stood_in_for() -> None:
    picker = LinePicker(
        with_lines({"stock_sympathy": ["a"], "stock_sympathy_again": ["b"], "nudge": ["c"]}), (), Random(1)
    )
    assert [picker.reaction(Kind.STOCK_SYMPATHY) for _ in range(4)] == ["a", "b", "c", None]


@pytest.mark.parametrize("kind", sorted(APPROVAL))
def test_approval_has_no_stand_in(kind: Kind) -> None:
    lines = {k.value: ["other"] for k in Kind if k is not kind}
    assert LinePicker(with_lines(lines), (), Random(1)).reaction(kind) is None


def test_no_stand_in_turns_displeasure_into_approval() -> None:
    assert not {kind for stand_ins in FALLBACKS.values() for kind in stand_ins} & APPROVAL
