from __future__ import annotations

import pytest

from simulator.engine.library import Loaded, pick
from simulator.errors import NotFoundError

ITEMS = {name: Loaded(name, "", "") for name in ("late-gift", "late-bus", "export-crash")}


def test_what_is_there_is_found() -> None:
    assert pick(ITEMS, "late-gift", "scenario").item == "late-gift"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("late-gfit", "Did you mean late-gift"),
        ("zzz", "There are: export-crash, late-bus, late-gift."),
    ],
)
def test_what_is_not_there_is_guessed_or_listed(asked: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        pick(ITEMS, asked, "scenario")
    assert caught.value.hint.startswith(hint)
    assert asked in caught.value.title


def test_an_empty_library_says_so() -> None:
    with pytest.raises(NotFoundError) as caught:
        pick({}, "x", "persona")
    assert caught.value.hint == "There are: none."
