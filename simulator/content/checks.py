"""Checks of meaning: what fits the form of a file and still would not play well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from simulator.content.findings import Finding, KeyPath
from simulator.content.wording import nearest
from simulator.domain.persona import Persona, ReactionKind
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Fact, Gate, Scenario, dangling_references

Groups = tuple[tuple[str, ...], ...]
GroupMatch = Callable[[str, Groups], bool]
"""Whether a text holds at least one entry of every group; the same one that recognises naming in play."""

ENOUGH_LINES = 2
"""Lines that a persona should have for a reaction which comes once or twice in a session."""
ENOUGH_OFTEN: dict[ReactionKind, int] = {
    ReactionKind.UNDERSTOOD: 4,
    ReactionKind.CONFIRMED: 4,
    ReactionKind.STOCK_SYMPATHY: 4,
    ReactionKind.COLD: 4,
    ReactionKind.ASKED_AGAIN: 4,
    ReactionKind.GOOD_QUESTION: 3,
    ReactionKind.DEFLECT: 3,
    ReactionKind.DONT_KNOW: 5,
    ReactionKind.NUDGE: 6,
}
"""The same for reactions that come more often; no line is ever said twice."""


@dataclass(frozen=True, slots=True)
class Known:
    """What else there is, for references from one file to another."""

    personas: Collection[str]
    criteria: Collection[str]
    group_match: GroupMatch | None = None
    """None leaves the checks of the unspoken concern out."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def persona_findings(persona: Persona) -> Iterator[Finding]:
    """Reactions without lines, with few lines, and lines that stand twice."""
    for kind in ReactionKind:
        have, enough = len(persona.lines.get(kind, ())), ENOUGH_OFTEN.get(kind, ENOUGH_LINES)
        if not have:
            yield Finding(
                ("lines", kind.value),
                f'There is no line for the reaction "{kind.value}".',
                f'Add {kind.value} = ["...", "..."] under [lines], in this person\'s own words.',
            )
        elif have < enough:
            yield Finding(
                ("lines", kind.value),
                f'The reaction "{kind.value}" has {have} {"line" if have == 1 else "lines"}; {enough} would be enough.',
                "No line is said twice in a session, so with few lines the customer runs out of words.",
                "warning",
            )
    yield from _lines_said_twice(persona)


def _lines_said_twice(persona: Persona) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for kind, lines in persona.lines.items():
        for place, line in enumerate(lines):
            folded = " ".join(line.casefold().split())
            if folded in first:
                yield Finding(
                    ("lines", kind.value, place),
                    f'This line stands already under "{first[folded]}".',
                    "Say it in other words here: a line that comes back sounds like a machine.",
                    "warning",
                )
            first.setdefault(folded, kind.value)


def rubric_findings(rubric: Rubric) -> Iterator[Finding]:
    yield from _same_ids(("criteria",), "criterion", rubric.criteria)


def scenario_findings(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """References that lead nowhere, ids that stand twice, a need that cannot be met, a concern given away."""
    yield from _same_ids(("facts",), "fact", scenario.facts)
    yield from _same_ids(("actions",), "action", scenario.actions)
    yield from _same_ids(("knowledge",), "article", scenario.knowledge)
    facts = tuple(fact.id for fact in scenario.facts)
    for path, missing in dangling_references(scenario):
        yield replace(_unknown(path, "fact", missing, facts), is_about_facts=True)
    if scenario.persona not in known.personas:
        yield _unknown(("persona",), "persona", scenario.persona, tuple(known.personas))
    for place, skill in enumerate(scenario.skills):
        if skill not in known.criteria:
            yield _unknown(("skills", place), "criterion", skill, tuple(known.criteria))
    if not any(action.meets == "fully" for action in scenario.actions):
        yield Finding(
            ("actions",),
            "No action meets the need fully, so the session can never end well.",
            'Give at least one action meets = "fully".',
        )
    if known.group_match is not None:
        yield from _concern_findings(scenario, known.group_match)


def _same_ids(path: KeyPath, noun: str, items: Iterable[_HasId]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for place, item in enumerate(items):
        seen[item.id] += 1
        if seen[item.id] == 2:
            yield Finding(
                (*path, place, "id"),
                f'The id "{item.id}" is used by two entries.',
                f"Give every {noun} an id of its own, and look at what refers to it.",
            )


def _unknown(path: KeyPath, noun: str, missing: str, known: tuple[str, ...]) -> Finding:
    guess = nearest(missing, known)
    hint = f"Did you mean {guess}? " if guess else ""
    listed = ", ".join(sorted(known)) or "none"
    return Finding(path, f'There is no {noun} with the id "{missing}".', f"{hint}Known are: {listed}.")


def _concern_findings(scenario: Scenario, group_match: GroupMatch) -> Iterator[Finding]:
    groups = scenario.concern.words
    if not groups:
        yield Finding(
            ("concern", "words"),
            "Without words, naming the concern can never be recognised.",
            'Add words = [["...", "..."], ["..."]]: naming it must hold one entry of every group.',
        )
        return
    for place, naming in enumerate(scenario.concern.naming):
        if not group_match(naming, groups):
            lacking = [n for n, group in enumerate(groups, 1) if not group_match(naming, (group,))]
            numbers = " and ".join(map(str, lacking)) or "one"
            yield Finding(
                ("concern", "naming", place),
                f"This naming of the concern would not be recognised: it holds no entry of group {numbers} of words.",
                "Add the word that it uses to that group of concern.words, or say it with one that is there.",
            )
    for path, line in _said_before_naming(scenario):
        if group_match(line, groups):
            yield Finding(
                path,
                f'This line gives the concern away: "{line[:80]}"',
                "It holds a word of every group of concern.words. Hint at the worry without naming it, "
                "or make the groups more particular.",
            )


def _said_before_naming(scenario: Scenario) -> Iterator[tuple[KeyPath, str]]:
    for place, line in enumerate(scenario.opening.lines):
        yield ("opening", "lines", place), line
    for place, line in enumerate(scenario.concern.cues):
        yield ("concern", "cues", place), line
    for number, fact in enumerate(scenario.facts):
        if fact.gate is not Gate.EARNED:
            for path, line in _said_of(fact):
                yield ("facts", number, *path), line


def _said_of(fact: Fact) -> Iterator[tuple[KeyPath, str]]:
    for place, line in enumerate(fact.says):
        yield ("says", place), line
    for place, line in enumerate(fact.again):
        yield ("again", place), line
    if fact.correction is not None:
        yield ("correction",), fact.correction
