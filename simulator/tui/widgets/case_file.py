"""The case as text: the brief, the record, the history, the articles and the actions; names are filled in already."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from simulator.domain.persona import Persona
from simulator.domain.scenario import Action, Article, Record, Scenario
from simulator.tui.plain import one_line, plain
from simulator.tui.widgets.pick_list import Entry


def heading(text: str) -> Content:
    """A small heading."""
    return Content.styled(text, "bold $primary")


def brief_text(scenario: Scenario) -> Content:
    """Whom the trainee plays, and what they know."""
    role, situation = plain(scenario.brief.role), plain(scenario.brief.situation)
    return Content.assemble(role, "\n\n", situation)


class RecordTable(Grid):
    """The customer record, labels in a column of their own."""

    def __init__(self, record: Record) -> None:
        super().__init__(classes="record-table")
        self._record = record

    def compose(self) -> ComposeResult:
        for field in self._record.fields:
            yield Static(Content.styled(one_line(field.label), "$muted"), markup=False)
            yield Static(one_line(field.value), markup=False)


def history_text(record: Record) -> Content:
    """Earlier contacts, oldest first."""
    if not record.history:
        return Content.styled("No earlier contact.", "$muted")
    entries = [
        Content.assemble(
            (one_line(entry.when), "bold"),
            (f"  {one_line(entry.channel)}", "$text-accent"),
            "\n",
            plain(entry.note),
        )
        for entry in record.history
    ]
    return Content("\n\n").join(entries)


def article_text(article: Article) -> Content:
    """One knowledge article with its title."""
    return Content.assemble((one_line(article.title), "bold"), "\n", plain(article.text).strip())


def articles_text(scenario: Scenario) -> Content:
    """All knowledge articles."""
    return Content("\n\n").join([article_text(article) for article in scenario.knowledge])


def action_text(action: Action, *, chosen: bool = False) -> Content:
    """What may be done, and within which limits."""
    mark = ("  ✓ chosen", "$text-accent") if chosen else ("", "")
    guardrail = one_line(action.guardrail)
    return Content.assemble((action_label(action), "bold"), mark, "\n", (guardrail, "$muted"))


def action_label(action: Action) -> str:
    """What the action is called, on one line."""
    return one_line(action.label)


def action_entries(scenario: Scenario, chosen: str | None) -> list[Entry]:
    """The actions as rows to pick from."""
    return [Entry(action.id, action_text(action, chosen=action.id == chosen)) for action in scenario.actions]


def persona_text(persona: Persona) -> Content:
    """Who plays: enough to choose by, nothing of how their mood is computed."""
    about = f"{persona.age}, {one_line(persona.occupation)}, {one_line(persona.lives_in)}"
    return Content.assemble((one_line(persona.name), "bold"), (f"  {about}", "$muted"), "\n", plain(persona.summary))
