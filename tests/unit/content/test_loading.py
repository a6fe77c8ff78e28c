"""From folders to a library: what wins, what is left out, and what is checked across files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.content import ContentRoot, check_paths, load_library
from simulator.engine.library import Problem

Change = Callable[..., list[Problem]]
Groups = tuple[tuple[str, ...], ...]


def holds_each(text: str, groups: Groups) -> bool:
    """A plain matcher, enough for the samples."""
    return all(any(word in text.lower() for word in group) for group in groups)


def write(root: Path, name: str, text: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def sample(workspace: Path, name: str) -> str:
    return (workspace / name).read_text(encoding="utf-8")


def test_a_workspace_is_added_to_what_is_shipped(workspace: Path) -> None:
    library = load_library([ContentRoot(workspace)])
    own = library.scenarios["sample-case"]
    file = workspace / "scenarios" / "sample-case.toml"
    assert own.item.title == "The parcel that is not there"
    assert (own.path, own.sha256) == (str(file), hashlib.sha256(file.read_bytes()).hexdigest())
    assert "sample-customer" in library.personas
    assert "core" in library.rubrics
    assert len(library.scenarios) > 1
    assert [problem for problem in library.problems if "workspace" in problem.file] == []


def test_the_nearest_root_wins_and_the_shadowed_file_is_reported(workspace: Path, tmp_path: Path) -> None:
    name = "scenarios/sample-case.toml"
    far = tmp_path / "far"
    shadowed = write(far, name, sample(workspace, name).replace("minutes = 8", "minutes = 11"))
    library = load_library([ContentRoot(workspace), ContentRoot(far)])
    assert library.scenarios["sample-case"].item.minutes == 8
    (problem,) = [problem for problem in library.problems if problem.file == str(shadowed)]
    assert (problem.severity, problem.key, problem.line) == ("warning", "id", 1)
    assert str(workspace / name) in problem.message
    turned = load_library([ContentRoot(far), ContentRoot(workspace)])
    assert turned.scenarios["sample-case"].item.minutes == 11


def test_a_broken_file_is_left_out_and_does_not_let_a_farther_one_through(workspace: Path, tmp_path: Path) -> None:
    name = "scenarios/sample-case.toml"
    write(tmp_path / "far", name, sample(workspace, name))
    write(workspace, name, sample(workspace, name).replace("minutes = 8", "minutes = 1000"))
    library = load_library([ContentRoot(workspace), ContentRoot(tmp_path / "far")])
    assert "sample-case" not in library.scenarios
    assert {problem.key for problem in library.problems if problem.severity == "error"} == {"minutes"}


def test_a_scenario_of_a_broken_persona_is_not_blamed(workspace: Path) -> None:
    name = "personas/sample-customer.toml"
    write(workspace, name, sample(workspace, name).replace("age = 40", "age = 400"))
    library = load_library([ContentRoot(workspace)])
    assert "sample-customer" not in library.personas
    assert "sample-case" in library.scenarios
    assert [problem.key for problem in library.problems if problem.severity == "error"] == ["age"]


def test_two_files_of_one_folder_cannot_share_an_id(workspace: Path) -> None:
    write(workspace, "scenarios/second.toml", sample(workspace, "scenarios/sample-case.toml"))
    for problems in (load_library([ContentRoot(workspace)]).problems, tuple(check_paths([workspace]))):
        errors = [problem for problem in problems if problem.severity == "error"]
        assert [(Path(problem.file).name, problem.key, problem.line) for problem in errors] == [
            ("second.toml", "id", 1)
        ]
        assert "sample-case.toml" in errors[0].message


def test_roots_that_do_not_exist_hold_nothing(tmp_path: Path) -> None:
    library = load_library([ContentRoot(tmp_path / "none")], with_shipped=False)
    assert (dict(library.scenarios), dict(library.personas), library.problems) == ({}, {}, ())


def test_a_naming_that_would_not_be_recognised_names_the_group(scenario_with: Change) -> None:
    (problem,) = scenario_with("letting the child down again.", "letting the child down.", group_match=holds_each)
    assert (problem.key, problem.severity) == ("concern.naming[0]", "error")
    assert "no entry of group 2" in problem.message


@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("Hi. The parcel from Monday is still not here.", "opening.lines[1]"),
        ("I counted on it.", "concern.cues[2]"),
        ("Well: It was ordered on Monday.", "facts[1].says[1]"),
        ("As I said: The party is on Saturday.", "facts[4].again[0]"),
    ],
)
def test_a_line_that_gives_the_concern_away_is_an_error(scenario_with: Change, old: str, key: str) -> None:
    (problem,) = scenario_with(old, "I'm letting her down again.", group_match=holds_each)
    assert (problem.key, problem.severity) == (key, "error")
    assert "gives the concern away" in problem.message


def test_an_earned_fact_may_tell_the_concern(scenario_with: Change) -> None:
    text = "Well: Last year they missed the birthday."
    assert scenario_with(text, "I'm letting her down again.", group_match=holds_each) == []


def test_without_word_groups_naming_can_never_be_recognised(scenario_with: Change) -> None:
    groups = (
        'words = [\n    ["letting", "disappointed", "disappointing"],\n    ["again", "second time", "once more"],\n]'
    )
    (problem,) = scenario_with(groups, "words = []", group_match=holds_each)
    assert problem.key == "concern.words"


def test_a_file_is_checked_once_and_files_outside_of_folders_find_their_kind(workspace: Path, tmp_path: Path) -> None:
    text = sample(workspace, "scenarios/sample-case.toml").replace("minutes = 8", "minutes = 0")
    file = write(tmp_path / "elsewhere", "sample-case.toml", text)
    problems = check_paths([file, file.parent, file])
    assert [problem.key for problem in problems] == ["minutes", "persona"]
    known = check_paths([file], [ContentRoot(workspace)])
    assert [problem.key for problem in known] == ["minutes"], "the workspace has the persona"


def test_a_rubric_is_checked(tmp_path: Path) -> None:
    levels = "\n".join(
        f'[[criteria.levels]]\nlevel = {n}\nanchor = "a"\nexample = "e"\nnear_miss = "n"' for n in (0, 1, 3, 2)
    )
    file = write(
        tmp_path,
        "rubrics/own.toml",
        'id = "own"\ntitle = "T"\ndescription = "D"\npass_mark = 101\npass_mark_method = "M"\n'
        f'[[criteria]]\nid = "one"\nname = "N"\ndefinition = "D"\n{levels}\n',
    )
    problems = check_paths([file])
    assert [(problem.key, problem.line) for problem in problems] == [("pass_mark", 4), ("criteria[0]", 6)]
    assert "levels must be 0, 1, 2 and 3, in this order" in problems[1].message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_ever_raises(workspace: Path, data: st.DataObject) -> None:
    whole = (Path(__file__).parents[2] / "data/content/scenarios/sample-case.toml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 200))
    put = data.draw(
        st.text(max_size=12) | st.sampled_from(["[", "]", "[[facts]]\n", '"', "= 3\n", "{", "inf", "\n[a]\n"])
    )
    file = workspace / "scenarios" / "sample-case.toml"
    file.write_bytes((whole[:start] + put + whole[start + length :]).encode("utf-8", "surrogatepass"))
    for problem in load_library([ContentRoot(workspace)], with_shipped=False, group_match=holds_each).problems:
        assert problem.message
        assert problem.hint
        assert problem.line is None or 1 <= problem.line <= whole.count("\n") + 20
