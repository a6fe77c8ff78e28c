"""How scores and words came about: who judged, how far judges lie apart, and what models have used."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from simulator.domain.scoring import Spread
from simulator.engine.chat import Spent
from simulator.engine.debrief import AnnotatedTurn, Debrief
from simulator.tui.plain import one_line, plain
from simulator.tui.words import count_of, skill_word


def provenance_text(debrief: Debrief, spent: Spent | None) -> Content:
    """Who scored, what to know about it, and what models have used; nothing when no model had a part in it."""
    lines: list[Content] = []
    card = debrief.scorecard
    if card.judges:
        times = "" if card.runs == 1 else f", {card.runs} times each reply; the median counts"
        lines.append(Content.assemble(("Scored by  ", "$muted"), one_line(card.judge), times))
    lines += [Content.assemble(("▲ ", "$text-accent"), plain(note)) for note in debrief.notes]
    if spent is not None and spent.calls:
        lines.append(Content.assemble(("Models used  ", "$muted"), spent_text(spent)))
    return Content("\n").join(lines)


def spent_text(spent: Spent) -> str:
    """Calls, tokens and money, e.g. "12 calls, about 8,400 tokens, $0.0123"."""
    about = "about " if spent.is_estimate else ""
    return f"{count_of(spent.calls, 'call')}, {about}{spent.tokens:,} tokens, {cost_text(spent)}"


def cost_text(spent: Spent) -> str:
    """The money, as far as prices are known: unknown is never nothing."""
    if spent.cost_usd is None:
        return "cost not known"
    least = "at least " if spent.unpriced_calls else ""
    return f"{least}${spent.cost_usd:.4f}"


def judges_apart(annotated: AnnotatedTurn, criteria: Mapping[str, str]) -> list[Content]:
    """Where the judges of a reply differ, among themselves or from the offline judge."""
    lines = [_spread_text(spread, criteria) for spread in annotated.spreads if spread.lowest != spread.highest]
    lines += [Content.assemble(("▲ ", "$text-accent"), (plain(note), "$muted")) for note in annotated.judge_notes]
    return lines


def _spread_text(spread: Spread, criteria: Mapping[str, str]) -> Content:
    name = one_line(criteria.get(spread.criterion, skill_word(spread.criterion)))
    return Content.styled(f"{name}: the judges' levels lie between {spread.lowest} and {spread.highest}", "$muted")
