"""The rubric: what replies are scored on, with examples and near misses."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.domain.rubric import Criterion, Rubric
from simulator.tui.plain import one_line, plain
from simulator.tui.screens.page import ReadingPage
from simulator.tui.widgets.case_file import heading

_LEVEL_STYLES = ("$text-error", "$text-accent", "$primary", "$text-success")


class RubricScreen(ReadingPage):
    """The whole rubric on one page."""

    CSS_PATH = "../styles/reading.tcss"
    AUTO_FOCUS = "#reading"

    def heading(self) -> Content:
        return Content.styled("Rubric", "bold")

    def note(self) -> Content:
        return Content.styled(one_line(self.nav.services.rubric.title), "$muted")

    def body(self) -> ComposeResult:
        with VerticalScroll(id="reading"):
            yield Static(rubric_text(self.nav.services.rubric), markup=False)


def rubric_text(rubric: Rubric) -> Content:
    """Every criterion with its levels."""
    mark = f"Pass mark {rubric.pass_mark:.0f} of 100. {plain(rubric.pass_mark_method)}"
    intro = Content.assemble(plain(rubric.description), "\n", (mark, "$muted"))
    return Content("\n\n\n").join([intro, *(_criterion_text(criterion) for criterion in rubric.criteria)])


def _criterion_text(criterion: Criterion) -> Content:
    blocks = [Content.assemble(heading(one_line(criterion.name)), "\n", plain(criterion.definition))]
    blocks += [
        Content.assemble(
            (f"Level {anchor.level}  ", f"bold {_LEVEL_STYLES[anchor.level]}"),
            plain(anchor.anchor),
            "\n",
            ("For example  ", "$muted"),
            (plain(anchor.example), "italic"),
            "\n",
            ("Near miss    ", "$muted"),
            (plain(anchor.near_miss), "$muted"),
        )
        for anchor in criterion.levels
    ]
    return Content("\n\n").join(blocks)
