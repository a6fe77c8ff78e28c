"""The case as text: the brief, the record, the history, the articles and the actions."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from simulator.domain.persona import Persona
from simulator.domain.scenario import Action, Article, Record, Scenario
from simulator.tui.plain import fill, one_line, plain
from simulator.tui.widgets.pick_list import Entry


def fills(scenario: Scenario, persona: Persona) -> Mapping[str, str]:
    """What stands for the names in authored texts."""
    return {"name": persona.name, "company": scenario.company}


def heading(text: str) -> Content:
    """A small heading."""
    return Content.styled(text, "bold $primary")


def brief_text(scenario: Scenario, names: Mapping[str, str]) -> Content:
    """Whom the trainee plays, and what they know."""
    role, situation = fill(scenario.brief.role, names), fill(scenario.brief.situation, names)
    return Content.assemble(role, "\n\n", situation)


def record_text(record: Record, names: Mapping[str, str]) -> Content:
    """The customer record, labels in a column."""
    width = min(20, max(len(one_line(field.label)) for field in record.fields))
    lines = []
    for field in record.fields:
        label, value = one_line(field.label), one_line(fill(field.value, names))
        lines.append(Content.assemble((f"{label:<{width}}  ", "$muted"), value))
    return Content("\n").join(lines)


def history_text(record: Record, names: Mapping[str, str]) -> Content:
    """Earlier contacts, oldest first."""
    if not record.history:
        return Content.styled("No earlier contact.", "$muted")
    entries = [
        Content.assemble(
            (one_line(entry.when), "bold"),
            (f"  {one_line(entry.channel)}", "$text-accent"),
            "\n",
            fill(entry.note, names),
        )
        for entry in record.history
    ]
    return Content("\n\n").join(entries)


def article_text(article: Article, names: Mapping[str, str]) -> Content:
    """One knowledge article with its title."""
    return Content.assemble((one_line(article.title), "bold"), "\n", fill(article.text, names).strip())


def articles_text(scenario: Scenario, names: Mapping[str, str]) -> Content:
    """All knowledge articles."""
    return Content("\n\n").join([article_text(article, names) for article in scenario.knowledge])


def action_text(action: Action, names: Mapping[str, str], *, chosen: bool = False) -> Content:
    """What may be done, and within which limits."""
    mark = ("● ", "bold $text-accent") if chosen else ("○ ", "$faint")
    guardrail = one_line(fill(action.guardrail, names))
    return Content.assemble(mark, (action_label(action), "bold"), "\n  ", (guardrail, "$muted"))


def action_label(action: Action) -> str:
    """What the action is called, on one line."""
    return one_line(plain(action.label))


def action_entries(scenario: Scenario, names: Mapping[str, str], chosen: str | None) -> list[Entry]:
    """The actions as rows to pick from."""
    return [
        Entry(action.id, action_text(action, names, chosen=action.id == chosen)) for action in scenario.actions
    ]


def persona_text(persona: Persona) -> Content:
    """Who plays: enough to choose by, nothing of how their mood is computed."""
    about = f"{persona.age}, {one_line(persona.occupation)}, {one_line(persona.lives_in)}"
    return Content.assemble((one_line(persona.name), "bold"), (f"  {about}", "$muted"), "\n", plain(persona.summary))
