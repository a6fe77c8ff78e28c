"""The scenarios on Home: rows made from the library, and which of them a search shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.tui.plain import fill, one_line
from simulator.tui.words import CHANNELS, skill_word

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scenario import Scenario
    from simulator.engine.library import Library, Problem

DIFFICULTY_ORDER: Final = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario as Home shows it."""

    id: str
    title: str
    summary: str
    situation: str
    company: str
    industry: str
    channel: str
    difficulty: str
    skills: tuple[str, ...]
    minutes: int
    persona: str
    persona_summary: str
    best: float | None

    @property
    def best_text(self) -> str:
        """The best score so far, or that there is none."""
        return "new" if self.best is None else f"best {self.best:.0f}"

    @property
    def short_skills(self) -> str:
        """The skills by their last word, for a row: "Cognitive empathy" is "empathy"."""
        return ", ".join(skill.split()[-1].casefold() for skill in self.skills)

    @property
    def haystack(self) -> str:
        parts = (self.title, self.summary, self.company, self.industry, self.channel, CHANNELS.get(self.channel, ""))
        return " ".join((*parts, self.difficulty, *self.skills, self.persona, self.id)).casefold()


@dataclass(frozen=True, slots=True)
class Filter:
    """What Home is narrowed down to."""

    query: str = ""
    difficulty: str | None = None
    channel: str | None = None

    def admits(self, row: ScenarioRow) -> bool:
        """Whether the row is shown: every word of the query is somewhere in it."""
        if self.difficulty not in {None, row.difficulty} or self.channel not in {None, row.channel}:
            return False
        haystack = row.haystack
        return all(word in haystack for word in self.query.casefold().split())


def shelf(library: Library, rubric: Rubric, best: Mapping[str, float]) -> tuple[ScenarioRow, ...]:
    """All scenarios, easy ones first, then by title."""
    names = {criterion.id: criterion.name for criterion in rubric.criteria}
    rows = [
        _row(loaded.item, _player(library, loaded.item), names, best.get(scenario_id))
        for scenario_id, loaded in library.scenarios.items()
    ]
    return tuple(sorted(rows, key=lambda row: (DIFFICULTY_ORDER.index(row.difficulty), row.title.casefold())))


def _player(library: Library, scenario: Scenario) -> Persona | None:
    loaded = library.personas.get(scenario.persona)
    return loaded.item if loaded else None


def _row(scenario: Scenario, persona: Persona | None, names: Mapping[str, str], best: float | None) -> ScenarioRow:
    fills = {"name": persona.name if persona else "the customer", "company": scenario.company}
    return ScenarioRow(
        id=scenario.id,
        title=one_line(scenario.title),
        summary=one_line(fill(scenario.summary, fills)),
        situation=one_line(fill(scenario.brief.situation, fills)),
        company=one_line(scenario.company),
        industry=one_line(scenario.industry),
        channel=scenario.channel.value,
        difficulty=scenario.difficulty,
        skills=tuple(one_line(names.get(skill, skill_word(skill))) for skill in scenario.skills),
        minutes=scenario.minutes,
        persona=one_line(persona.name) if persona else "Anyone",
        persona_summary=one_line(persona.summary) if persona else "",
        best=best,
    )


def channels_of(rows: Iterable[ScenarioRow]) -> tuple[str, ...]:
    """The channels that occur, in the usual order."""
    present = {row.channel for row in rows}
    return tuple(channel for channel in CHANNELS if channel in present)


def next_choice(choices: tuple[str, ...], current: str | None) -> str | None:
    """The choice after this one; after the last comes None, for all."""
    if current not in choices:
        return choices[0] if choices else None
    place = choices.index(current) + 1
    return choices[place] if place < len(choices) else None


def problems_notice(problems: Iterable[Problem]) -> str:
    """All content problems in one line; empty if there are none."""
    found = tuple(problems)
    if not found:
        return ""
    first = found[0]
    where = one_line(first.file.rsplit("/", 1)[-1]) + (f" line {first.line}" if first.line else "")
    files = len({problem.file for problem in found})
    what = "1 content file has" if files == 1 else f"{files} content files have"
    count = "a problem" if len(found) == 1 else f"{len(found)} problems"
    return f"{what} {count}, first in {where}: {one_line(first.message)} Run “simulator check” to see all."
