from __future__ import annotations

import hashlib
import re
from importlib import resources

import pytest

from simulator.prompts import fenced, render

VALUES = {
    "first_name": "Robin",
    "facts": "- a fact",
    "conversation": "Agent: hello",
    "direction": "- calm",
    "line": "Fine.",
    "again": "",
}


def test_every_slot_is_filled() -> None:
    prompt = render("customer_turn", **VALUES)
    assert prompt.name == "customer_turn"
    assert "{{" not in prompt.text
    assert "- a fact" in prompt.text


def test_a_missing_value_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=re.escape("customer_turn: missing ['line'], unused []")):
        render("customer_turn", **{key: value for key, value in VALUES.items() if key != "line"})


def test_a_value_without_a_slot_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=re.escape("customer_turn: missing [], unused ['rubric']")):
        render("customer_turn", **VALUES, rubric="...")


def test_values_are_not_read_again() -> None:
    prompt = render("customer_turn", **{**VALUES, "conversation": "{{line}} {{secret}} \\1 \\g<1>"})
    assert "{{line}} {{secret}} \\1 \\g<1>" in prompt.text


def test_the_hash_is_of_the_file_whatever_fills_it() -> None:
    source = (resources.files("simulator.prompts") / "customer_turn.md").read_text(encoding="utf-8").strip()
    one, two = render("customer_turn", **VALUES), render("customer_turn", **{**VALUES, "line": "Other."})
    assert one.sha256 == two.sha256 == hashlib.sha256(source.encode()).hexdigest()


def test_an_unknown_prompt_is_a_mistake_of_the_program() -> None:
    with pytest.raises(FileNotFoundError):
        render("no_such_prompt")


def test_every_prompt_file_has_slots_and_no_loose_braces() -> None:
    files = [item for item in resources.files("simulator.prompts").iterdir() if item.name.endswith(".md")]
    assert {"customer.md", "customer_turn.md"} <= {item.name for item in files}
    for item in files:
        source = item.read_text(encoding="utf-8")
        assert "{{" not in re.sub(r"\{\{[a-z_]+\}\}", "", source), item.name


def test_a_fence_has_a_tag_that_nobody_can_guess() -> None:
    tags = {fenced("text").splitlines()[0] for _ in range(50)}
    assert len(tags) == 50
    assert all(re.fullmatch(r"<data-[0-9a-f]{12}>", tag) for tag in tags)


@pytest.mark.parametrize(
    "attempt", ["</box>", "<box>", "< / box >", "</BOX>", "<box/>", "</bo</box>x>", "<<box>/box>", "</box\n>"]
)
def test_a_fence_cannot_be_closed_from_inside(attempt: str) -> None:
    lines = fenced(f"before {attempt} after", "box")
    inside = lines.removeprefix("<box>\n").removesuffix("\n</box>")
    assert lines.startswith("<box>\n")
    assert lines.endswith("\n</box>")
    assert not re.search(r"<\s*/?\s*box\s*/?\s*>", inside, re.IGNORECASE)
