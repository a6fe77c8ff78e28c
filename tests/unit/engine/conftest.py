from __future__ import annotations

import pytest
from builders import INSULT, UNDERSTANDS, appraisal
from fakes import Desk

READS = {
    "understand": UNDERSTANDS,
    "name": appraisal(empathy=3, concern="named"),
    "help": appraisal(offers=["hand-over"]),
    "ask": appraisal(asks=["tried"], question=2),
    "insult": INSULT,
    "blank": appraisal(),
}
"""What the fake appraiser reads in these replies."""


@pytest.fixture
def desk(clock: object) -> Desk:
    return Desk(clock, READS)
