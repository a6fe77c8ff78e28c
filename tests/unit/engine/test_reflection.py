from __future__ import annotations

import pytest
from builders import scenario
from fakes import reads_concern

from simulator.engine.reflection import empathic_accuracy

CASE = scenario()
"""The customer feels guilt, and sadness too."""


@pytest.mark.parametrize(
    ("feeling", "score"),
    [
        ("guilt", 1.0),
        (" Guilt ", 1.0),
        ("sadness", 0.5),
        ("shame", 0.5),
        ("embarrassment", 0.5),
        ("fear", 0.0),
        ("pride", 0.0),
        ("nonsense", 0.0),
        ("", 0.0),
    ],
)
def test_the_feeling_counts_whole_a_neighbour_half_and_another_nothing(feeling: str, score: float) -> None:
    accuracy = empathic_accuracy(CASE, feeling, "", reads_concern)
    assert accuracy.feeling_score == score
    assert (accuracy.feeling_said, accuracy.feeling_true) == (feeling, "guilt")


@pytest.mark.parametrize(
    ("concern", "score"), [("letting her down", 1.0), ("some worry", 0.5), ("money", 0.0), ("", 0.0)]
)
def test_the_worry_counts_whole_near_it_half_and_another_nothing(concern: str, score: float) -> None:
    accuracy = empathic_accuracy(CASE, "", concern, reads_concern)
    assert accuracy.concern_score == score
    assert accuracy.concern_true == CASE.concern.statement


def test_nothing_said_is_not_read() -> None:
    def never(text: str, case: object) -> str:
        raise AssertionError(text)

    assert empathic_accuracy(CASE, "", "", never).concern_score == 0.0  # type: ignore[arg-type]
