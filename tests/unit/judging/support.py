"""What the tests of the offline appraiser share: scenarios, contexts, a case of the labelled table."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import tomli

from simulator.domain.scenario import Scenario
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.ports import ReplyContext

SCENARIOS = Path(__file__).parents[3] / "scenarios"
CODES = {"e": "cognitive_empathy", "p": "paraphrasing", "q": "purpose_driven_questioning"}


class Case(NamedTuple):
    """One labelled reply; levels like "e1 p01 q-": allowed digits a criterion, "-" for not scored."""

    scenario: str
    reply: str
    levels: str = ""
    shows: str = ""
    hides: str = ""


@lru_cache(maxsize=64)
def scenario(name: str) -> Scenario:
    return Scenario.model_validate(tomli.loads((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8")))


def names() -> list[str]:
    return sorted(path.stem for path in SCENARIOS.glob("*.toml"))


def turns(*said: str) -> tuple[Turn, ...]:
    """The customer first, then in turn."""
    speakers = (Speaker.CUSTOMER, Speaker.TRAINEE)
    return tuple(Turn(index=i, speaker=speakers[i % 2], text=text) for i, text in enumerate(said))


def opened(
    name: str, *more: str, told: tuple[str, ...] = (), need_met: bool = False, action: str | None = None
) -> ReplyContext:
    """A session of the scenario after its opening, and what was said since (trainee, customer, ...)."""
    case = scenario(name)
    return ReplyContext(
        turns=turns(case.opening.lines[0], *more),
        scenario=case,
        disclosed=(*case.opening.tells, *told),
        need_met=need_met,
        action=action,
    )


def imported(*said: str) -> ReplyContext:
    """A conversation from elsewhere, without a scenario."""
    return ReplyContext(turns=turns(*said))
