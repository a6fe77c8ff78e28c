"""Every file that comes with the program loads and cross-checks without an error."""

from __future__ import annotations

import statistics
import time

import pytest

from simulator.content import load_library
from simulator.domain.personalise import personalise
from simulator.domain.scenario import Channel
from simulator.engine.library import Library
from simulator.judging.offline import group_match


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(group_match=group_match)


def test_no_shipped_file_has_a_problem(library: Library) -> None:
    assert [f"{p.file}:{p.line} {p.key} {p.message}" for p in library.problems] == []


def test_there_is_enough_and_varied_content(library: Library) -> None:
    scenarios = [loaded.item for loaded in library.scenarios.values()]
    personas = [loaded.item for loaded in library.personas.values()]
    assert len(personas) >= 10
    assert len(scenarios) >= 12
    assert {scenario.channel for scenario in scenarios} == set(Channel)
    assert len({scenario.industry for scenario in scenarios}) >= 6
    assert {scenario.difficulty for scenario in scenarios} == {"easy", "medium", "hard"}
    assert {persona.kind for persona in personas} == {"frustrated", "anxious", "ambiguous", "cold"}


def test_the_core_rubric_has_the_three_criteria(library: Library) -> None:
    core = library.rubrics["core"].item
    assert [criterion.id for criterion in core.criteria] == [
        "cognitive_empathy",
        "paraphrasing",
        "purpose_driven_questioning",
    ]
    assert core.pass_mark == 60
    assert "provisional" in core.pass_mark_method.lower()
    texts = [text for c in core.criteria for level in c.levels for text in (level.example, level.near_miss)]
    assert len(set(texts)) == len(texts) == 24


def test_any_persona_can_play_any_scenario(library: Library) -> None:
    for persona in library.personas.values():
        for scenario in library.scenarios.values():
            assert "{" not in personalise(scenario.item, persona.item).model_dump_json().replace('{"', "")


def test_loading_takes_little_of_the_start(library: Library) -> None:
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        load_library()
        took.append(time.perf_counter() - begun)
    assert statistics.median(took) < 0.4, "150 ms are meant; the rest is for busy machines"
