"""Personalising a scenario, dangling references, and what the models refuse."""

from __future__ import annotations

from typing import Any

import pytest
from builders import action, fact, persona, rubric, scenario
from pydantic import ValidationError

from simulator.domain.persona import Persona
from simulator.domain.personalise import personalise
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import dangling_references
from simulator.errors import ContentError


def test_the_customers_name_and_the_company_are_put_in() -> None:
    case = personalise(scenario(), persona(name="Ana Maria Cruz"))
    assert case.brief.situation == "Ana Maria Cruz has written."
    assert case.brief.role == "You answer chats for Sample Post."
    assert case.record.fields[0].value == "Ana Maria Cruz"
    assert case.record.history[0].note == "Ana ordered one item."


def test_what_was_put_in_is_not_read_again() -> None:
    case = personalise(scenario(), persona(name="{company} {name}"))
    assert case.brief.situation == "{company} {name} has written."


def test_other_braces_stay_as_they_are() -> None:
    odd = scenario(brief={"situation": "Code {x} and {Name} and {{name}}."})
    assert personalise(odd, persona()).brief.situation == "Code {x} and {Name} and {Robin Sample}."


def test_nothing_else_changes_and_doing_it_twice_changes_nothing() -> None:
    case = scenario()
    once = personalise(case, persona())
    assert personalise(once, persona(name="Somebody Else")) == once
    assert once.facts == case.facts
    assert once.concern == case.concern
    assert once.lines == case.lines


def test_a_name_that_makes_a_text_too_long_is_an_error_that_says_who_and_where() -> None:
    case = scenario(record={"fields": [{"label": "Customer", "value": "x" * 178 + " {name}"}] * 2})
    fits = personalise(case, persona(name="N" * 21))
    assert len(fits.record.fields[0].value) == 200
    with pytest.raises(ContentError) as caught:
        personalise(case, persona(name="N" * 22))
    assert "N" * 22 in caught.value.title
    assert "parcel" in caught.value.title
    assert "record.fields.0.value" in caught.value.detail
    assert caught.value.hint


def test_a_sound_scenario_has_no_dangling_references() -> None:
    assert dangling_references(scenario()) == []


def test_every_reference_to_a_missing_fact_is_found_with_its_path() -> None:
    broken = scenario(
        goal={"fact": "gaol"},
        opening={"tells": ["late", "lat"]},
        concern={"unlocks": ["last-yaer"]},
        actions=[action("a", "fully", after=["late", "deadlien"]), action("b", "no"), action("c", "partly")],
    )
    assert dangling_references(broken) == [
        (("goal", "fact"), "gaol"),
        (("opening", "tells", 1), "lat"),
        (("concern", "unlocks", 0), "last-yaer"),
        (("actions", 0, "after", 1), "deadlien"),
    ]


def test_facts_and_actions_are_found_by_id() -> None:
    case = scenario()
    assert case.fact("goal").about.value == "goal"
    assert case.action("trace").meets == "partly"
    with pytest.raises(KeyError):
        case.fact("nothing")
    with pytest.raises(KeyError):
        case.action("nothing")


@pytest.mark.parametrize(
    "changes",
    [
        {"temperament": {"reactivity": 1.1}},
        {"temperament": {"walk_out": 0.5}},
        {"temperament": {"patience": 1}},
        {"voice": {"max_words": 5}},
        {"voice": {"swaps": {"please": ""}}},
        {"voice": {"swaps": {"": "x"}}},
        {"id": "Robin"},
        {"nickname": "Rob"},
    ],
)
def test_a_persona_that_could_not_be_played_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        persona(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": [fact("one", "earned")]},
        {"facts": [fact(f"f{n}", "secret") for n in range(6)]},
        {"channel": "fax"},
        {"opening": {"frustration": 0.5}},
        {"max_turns": 2},
        {"titel": "x"},
    ],
)
def test_a_scenario_that_could_not_be_played_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        scenario(**changes)


def test_the_levels_of_a_criterion_come_in_order() -> None:
    data = rubric().model_dump()
    data["criteria"][0]["levels"] = list(reversed(data["criteria"][0]["levels"]))
    with pytest.raises(ValidationError, match="in this order"):
        Rubric.model_validate(data)


def test_values_are_frozen() -> None:
    with pytest.raises(ValidationError):
        persona().age = 3  # type: ignore[misc]


def test_a_persona_is_called_by_the_first_of_their_names() -> None:
    assert persona(name="Mei-Lin Zhao").first_name == "Mei-Lin"
    assert isinstance(persona(), Persona)
