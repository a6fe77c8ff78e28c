"""Hand-labelled replies: levels within the expected set, and clear behaviours shown or not."""

from __future__ import annotations

import pytest
from unit.judging import replies
from unit.judging.support import CODES, Case, opened

from simulator.domain.behaviours import Behaviour
from simulator.judging.offline import OfflineAppraiser

APPRAISER = OfflineAppraiser()


@pytest.mark.parametrize("case", replies.ALL, ids=lambda case: f"{case.scenario}: {case.reply[:50]}")
def test_labelled_reply_is_read_as_a_person_reads_it(case: Case) -> None:
    appraisal = APPRAISER.appraise(case.reply, opened(case.scenario))
    for expected in case.levels.split():
        level = appraisal.level(CODES[expected[0]])
        assert ("-" if level is None else str(level)) in expected[1:], (expected, appraisal.ratings)
    for name in case.shows.split():
        assert appraisal.shows(Behaviour(name)), (name, appraisal.observations)
    for name in case.hides.split():
        assert not appraisal.shows(Behaviour(name)), (name, appraisal.observations)


def test_the_table_is_large_and_spans_scenarios() -> None:
    assert len(replies.ALL) >= 120
    assert len({case.scenario for case in replies.ALL}) >= 8
