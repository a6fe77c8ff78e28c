"""How Home draws a scenario: as a row of the list, and with room in the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from simulator.tui.plain import one_line
from simulator.tui.state.shelf import ScenarioRow
from simulator.tui.widgets.pick_list import Entry
from simulator.tui.words import (
    CHANNEL_STYLES,
    CHANNELS,
    DIFFICULTIES,
    DIFFICULTY_MARKS,
    DIFFICULTY_STYLES,
    count_of,
)

if TYPE_CHECKING:
    from simulator.engine.ports import SessionSummary


def shelf_entries(rows: Sequence[ScenarioRow], unfinished: Sequence[SessionSummary]) -> list[Entry]:
    """What was left unfinished, and then the scenarios."""
    entries: list[Entry] = []
    if unfinished:
        entries.append(Entry("heading-continue", Content.styled("Continue", "bold $muted"), is_heading=True))
        entries += [Entry(f"session-{session.id}", _session_row(session)) for session in unfinished]
        entries.append(Entry("heading-scenarios", Content.styled("Scenarios", "bold $muted"), is_heading=True))
    entries += [Entry(f"scenario-{row.id}", _scenario_row(row)) for row in rows]
    return entries


def _session_row(session: SessionSummary) -> Content:
    told = f"with {one_line(session.persona_name)}, {count_of(session.replies, 'reply', 'replies')} so far"
    return Content.assemble(
        ("↻ ", "$text-accent"), (one_line(session.scenario_title), "bold"), "\n", ("  " + told, "$muted")
    )


def _scenario_row(row: ScenarioRow) -> Content:
    best_style = "$muted" if row.best is None else "$text-success"
    return Content.assemble(
        (row.title, "bold"),
        (f"   {row.best_text}", best_style),
        "\n",
        (DIFFICULTY_MARKS[row.difficulty], DIFFICULTY_STYLES[row.difficulty]),
        (f" {DIFFICULTIES[row.difficulty]}", "$muted"),
        (" · ", "$faint"),
        (CHANNELS[row.channel], CHANNEL_STYLES[row.channel]),
        (f" · {row.minutes} min · {row.short_skills}", "$muted"),
    )


def preview_text(row: ScenarioRow | None, session: SessionSummary | None) -> Content:
    """The chosen scenario with room."""
    if row is None:
        return Content("")
    parts: list[Content | str | tuple[str, str]] = [(row.title, "bold $primary"), "\n"]
    parts += [(f"{row.company}  ·  {row.industry}", "$muted"), "\n\n", row.summary, "\n\n"]
    parts += [(row.situation, "$muted"), "\n\n"]
    parts += [_fact("Level", DIFFICULTIES[row.difficulty]), _fact("Channel", CHANNELS[row.channel])]
    parts += [_fact("Takes", f"about {row.minutes} minutes"), _fact("Trains", ("\n" + " " * 11).join(row.skills))]
    parts += [_fact("Your best", "not played yet" if row.best is None else f"{row.best:.0f} of 100"), "\n"]
    parts += [("Who plays", "bold $muted"), "\n", (row.persona, "bold"), "\n", row.persona_summary]
    if session is not None:
        told = f"\n\nYou stopped after {count_of(session.replies, 'reply', 'replies')}. Enter goes on from there."
        parts.append((told, "$text-accent"))
    return Content.assemble(*parts)


def _fact(label: str, value: str) -> Content:
    return Content.assemble((f"{label:<11}", "$muted"), value, "\n")


def no_match_text(*, has_any: bool) -> Content:
    """Said where the list would be, when it is empty."""
    if has_any:
        return Content.styled("Nothing matches. Escape shows all scenarios again.", "$muted")
    return Content.styled("There are no scenarios. “simulator check” says what is wrong with the files.", "$muted")
