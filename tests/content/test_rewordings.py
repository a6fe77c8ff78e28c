"""Floors for reading words that no author foresaw: questions, namings and offers written without sight of the material.

`tests/data/rewordings` was written from each scenario's facts and worry alone. The eight scenarios in `DEVELOPMENT`
were looked at, and weights and thresholds were fitted on them. Of the other seven only the totals were ever looked at:
their figures are the ones to believe. Floors stand a little below what was measured (see MODEL_CARD.md).
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import tomli

from simulator.domain.scenario import Scenario
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.ports import ReplyContext
from simulator.judging.offline.concern import read_concern
from simulator.judging.offline.offers import read_offers
from simulator.judging.offline.questions import read_questions
from simulator.judging.offline.situation import Situation, situation

ROOT = Path(__file__).parents[2]
REWORDINGS = ROOT / "tests" / "data" / "rewordings"
DEVELOPMENT = frozenset(
    {
        "bot-handoff", "budget-line", "cancel-it", "estimated-bill", "evening-dropouts", "export-crash",
        "form-closes-friday", "late-gift",
    }
)  # fmt: skip
NAMES = sorted(path.stem for path in REWORDINGS.glob("*.toml"))
HOLDOUT = [name for name in NAMES if name not in DEVELOPMENT]


def asked(read: Situation) -> set[str]:
    return {question.fact for question in read_questions(read).found if question.confidence >= 0.5}


@lru_cache(maxsize=64)
def counts(name: str) -> Counter[str]:
    scenario = Scenario.model_validate(tomli.loads((ROOT / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")))
    data = tomli.loads((REWORDINGS / f"{name}.toml").read_text(encoding="utf-8"))
    context = ReplyContext(
        turns=(Turn(index=0, speaker=Speaker.CUSTOMER, text=scenario.opening.lines[0]),),
        scenario=scenario,
        disclosed=scenario.opening.tells,
    )
    out: Counter[str] = Counter()
    for question in data["questions"]:
        for text in question["asks"]:
            found = asked(situation(text, context))
            out.update(question=1, right=question["fact"] in found, wrong=bool(found) and question["fact"] not in found)
    for kind in ("naming", "not_naming"):
        for text in data[kind]:
            named = read_concern(situation(text, context)).reading == "named"
            out.update({kind: 1, f"{kind} named": named})
    for text in data["unanswerable"]:
        out.update({"unanswerable": 1, "unanswerable answered": bool(asked(situation(text, context)))})
    for offer in data["offers"]:
        for text in offer["says"]:
            made = {made.action for made in read_offers(situation(text, context))}
            out.update(offer=1, offered=offer["action"] in made)
    return out


def share(names: list[str], part: str, whole: str) -> float:
    total = sum((counts(name) for name in names), Counter[str]())
    return total[part] / total[whole]


def test_the_seven_were_held_out() -> None:
    assert len(HOLDOUT) == 7
    assert set(NAMES) >= DEVELOPMENT


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("part", "whole", "everywhere", "held_out"),
    [
        ("right", "question", 0.75, 0.73),
        ("naming named", "naming", 0.76, 0.72),
        ("offered", "offer", 0.85, 0.81),
    ],
)
def test_enough_is_understood(part: str, whole: str, everywhere: float, held_out: float) -> None:
    assert share(NAMES, part, whole) >= everywhere
    assert share(HOLDOUT, part, whole) >= held_out


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("part", "whole", "everywhere", "held_out"),
    [
        ("wrong", "question", 0.12, 0.135),
        ("not_naming named", "not_naming", 0.04, 0.05),
        ("unanswerable answered", "unanswerable", 0.27, 0.40),
    ],
)
def test_little_is_misunderstood(part: str, whole: str, everywhere: float, held_out: float) -> None:
    assert share(NAMES, part, whole) <= everywhere
    assert share(HOLDOUT, part, whole) <= held_out
