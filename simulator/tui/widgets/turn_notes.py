"""Notes around the composer: the chosen action, what went wrong, and that it is over."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from simulator.domain.scenario import Action
from simulator.tui.error_text import ErrorNote
from simulator.tui.plain import one_line
from simulator.tui.widgets.case_file import action_label


def action_chip(action: Action) -> Content:
    """The action that goes with the next reply, with its limit; a click on the cross drops it."""
    guardrail = one_line(action.guardrail)
    cross = Content.styled("  ✕ ", "bold $text-accent").stylize(Style.from_meta({"@click": "screen.drop_action"}))
    return Content.assemble(
        ("▸ ", "$text-accent"), (action_label(action), "bold $text-accent"), cross, (f" {guardrail}", "$muted")
    )


def error_text(note: ErrorNote, *, may_retry: bool, has_replied: bool = True) -> Content:
    """What went wrong, where the trainee looks. A way on comes before the details, of which there may be many."""
    title = ("▲ " + note.title, "bold $text-error")
    details: list[Content | str | tuple[str, str]] = [note.detail]
    if note.hint:
        details += [" " if note.detail else "", (note.hint, "$muted")]
    if may_retry:
        kept, what = ("Your reply is kept; ", "answer") if has_replied else ("", "message")
        without = ", Control-O goes on with the offline customer" if note.is_model else ""
        return Content.assemble(title, f" {kept}F9 asks for the {what} again{without}.\n", *details)
    return Content.assemble(
        title, " " if note.detail or note.hint else "", *details, "\n", ("Your text is back below.", "$muted")
    )


def ended_text(first_name: str) -> Content:
    """Said where the composer was. It does not tell how it went: the trainee is asked first."""
    return Content.assemble(
        ("The conversation is over.", "bold"),
        (f"  Before the debrief: what did you read in {one_line(first_name)}?", "$muted"),
    )
