"""The debrief as Markdown or as plain lines, for the terminal, files and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from simulator.domain.endings import EndingKind
from simulator.domain.scoring import NotScored, Spread
from simulator.domain.transcript import Speaker
from simulator.engine.debrief import AnnotatedTurn, CriterionView, Debrief

ENDINGS = {
    EndingKind.CONNECTED: "Connected resolution: the need is met and the customer felt understood.",
    EndingKind.COLD: "Cold resolution: correct, but the customer never felt understood.",
    EndingKind.HEARD_UNRESOLVED: "Heard but unresolved: the customer felt understood, the problem stayed.",
    EndingKind.WALKED_OUT: "The customer walked out.",
    EndingKind.STOPPED: "You ended the conversation.",
    EndingKind.REPLIES_ENDED: "The prepared replies were used up.",
}


def _ending(debrief: Debrief) -> tuple[str, ...]:
    """How it ended and why, each said once."""
    return tuple(dict.fromkeys(part for part in (ENDINGS[debrief.ending], debrief.ending_reason) if part))


def band_text(score: float | None, low: float | None, high: float | None) -> str:
    """A score as a band, e.g. "52 to 70"; the middle is left out, since it would claim too much."""
    if score is None or low is None or high is None:
        return "not scored"
    return f"{low:.0f} to {high:.0f}"


def spread_text(spread: Spread | None) -> str:
    """How far several ratings lie apart, e.g. " (1 to 3 in 5 ratings)"; empty where there was one, or they agree."""
    if spread is None or spread.lowest == spread.highest:
        return ""
    return f" ({spread.lowest} to {spread.highest} in {spread.valid} ratings)"


def judging_notes(debrief: Debrief) -> Iterator[str]:
    """Who rated, where it was not the offline judge, and what to know about it."""
    card = debrief.scorecard
    if card.judges:
        names = ", ".join(judge.name for judge in card.judges)
        several = f"; each level is the median of {card.runs * len(card.judges)} ratings, of two the lower"
        yield f"Scored by {names}{several if card.runs * len(card.judges) > 1 else ''}."
    yield from debrief.notes
    for turn in debrief.turns:
        yield from (f"Turn {turn.turn.index + 1}: {note}" for note in turn.judge_notes)


def markdown(debrief: Debrief) -> str:
    """The whole debrief as Markdown. What people wrote stands in quote blocks, escaped."""
    return "\n".join(_markdown_lines(debrief)) + "\n"


def _markdown_lines(debrief: Debrief) -> Iterator[str]:
    yield f"# {_escaped(debrief.scenario_title)}"
    yield f"\nWith {_escaped(debrief.persona_name)}. {' '.join(map(_escaped, _ending(debrief)))}"
    yield "\n## Scores\n"
    overall = debrief.scorecard.overall
    band = overall.band
    yield (
        f"Overall: {band_text(overall.score, band.low if band else None, band.high if band else None)} "
        f"({debrief.scorecard.verdict}; pass mark {debrief.scorecard.pass_mark:.0f})\n"
    )
    yield "| Criterion | Score | Replies that could show it | Typical level |\n|---|---|---|---|"
    for view in debrief.criteria:
        level = "none" if view.typical_level is None else str(view.typical_level)
        yield f"| {view.name} | {_score_words(view)} | {view.opportunities} | {level} |"
    yield f"\n{debrief.method}"
    for note in judging_notes(debrief):
        yield f"\n{_escaped(note)}"
    yield "\n## How the customer saw it\n"
    outcome = debrief.outcome
    yield (
        f"Satisfaction {outcome.csat} of 5, effort {outcome.effort} of 7 (less is better), would recommend "
        f"{outcome.nps} of 10, sentiment {outcome.sentiment_delta:+.2f}."
    )
    if outcome.verbatim:
        yield f"\n> {_escaped(outcome.verbatim)}"
    yield f"\nWhat they wanted to get done: {_escaped(debrief.goal)}"
    yield f"\nWhat they did not say: {_escaped(debrief.concern)}"
    if debrief.moments:
        yield "\n## Moments\n"
        for moment in debrief.moments:
            label = "Connection" if moment.kind == "connection" else "Missed"
            yield f"- **{label}**, turn {moment.turn + 1}: “{_escaped(moment.quote)}”. {_escaped(moment.why)}"
    if debrief.stronger is not None:
        yield "\n## A stronger version\n"
        yield f"Customer:\n\n{_quoted(debrief.stronger.customer_said)}\n"
        yield f"You wrote:\n\n{_quoted(debrief.stronger.weak)}\n"
        yield f"Stronger:\n\n{_quoted(debrief.stronger.strong)}\n\n{_escaped(debrief.stronger.why)}"
    yield "\n## Transcript"
    for turn in debrief.turns:
        yield from _markdown_turn(debrief, turn)


def _markdown_turn(debrief: Debrief, annotated: AnnotatedTurn) -> Iterator[str]:
    who = debrief.persona_name if annotated.turn.speaker is Speaker.CUSTOMER else "You"
    yield f"\n**{_escaped(who)}**\n\n{_quoted(annotated.turn.text or '(nothing)')}"
    spreads = {spread.criterion: spread for spread in annotated.spreads}
    for rating in annotated.ratings:
        if isinstance(rating, NotScored):
            continue
        quotes = ", ".join(f"“{_escaped(quote)}”" for quote in rating.evidence)
        name = rating.criterion.replace("_", " ")
        level = f"level {rating.level}{spread_text(spreads.get(rating.criterion))}"
        yield f"\n- {name}: {level}. {_escaped(rating.reason)} {quotes}".rstrip()


def _plain_spreads(annotated: AnnotatedTurn) -> Iterator[str]:
    for spread in annotated.spreads:
        if words := spread_text(spread):
            yield f"Turn {annotated.turn.index + 1}, {spread.criterion.replace('_', ' ')}: the judges differ{words}."


def _quoted(text: str) -> str:
    return "\n".join(f"> {_escaped(line)}" for line in text.splitlines() or [""])


def _escaped(text: str) -> str:
    """The text with Markdown's own signs made harmless."""
    return "".join(f"\\{ch}" if ch in "\\`*_{}[]<>#|~" else ch for ch in text)


def _score_words(view: CriterionView) -> str:
    if view.score is None:
        return f"not scored: {view.not_scored}"
    return band_text(view.score, view.low, view.high)


def plain(debrief: Debrief, width: int = 80) -> str:
    """The debrief in plain lines, no more than `width` columns, readable aloud."""
    lines: list[str] = []
    for block in _plain_blocks(debrief):
        wrapped = (textwrap.wrap(line, width) or [""] for line in block.splitlines() or [""])
        lines += [line for part in wrapped for line in part]
    return "\n".join(lines) + "\n"


def _plain_blocks(debrief: Debrief) -> Iterator[str]:
    yield f"DEBRIEF: {debrief.scenario_title}, with {debrief.persona_name}"
    yield from _ending(debrief)
    yield ""
    overall = debrief.scorecard.overall
    band = overall.band
    words = band_text(overall.score, band.low if band else None, band.high if band else None)
    verdict = f"{debrief.scorecard.verdict}, pass mark {debrief.scorecard.pass_mark:.0f}"
    yield f"Overall: {words} ({verdict})"
    for view in debrief.criteria:
        yield f"{view.name}: {_score_words(view)} ({view.opportunities} replies could show it)"
        if view.anchor:
            yield f"  Typical, level {view.typical_level}: {view.anchor}"
        if view.next_anchor:
            yield f"  Next: {view.next_anchor}"
    yield debrief.method
    yield from judging_notes(debrief)
    for turn in debrief.turns:
        yield from _plain_spreads(turn)
    yield ""
    outcome = debrief.outcome
    yield (
        f"The customer: satisfaction {outcome.csat} of 5, effort {outcome.effort} of 7 (less is better), "
        f"would recommend {outcome.nps} of 10."
    )
    if outcome.verbatim:
        yield f'In their words: "{outcome.verbatim}"'
    yield f"What they wanted to get done: {debrief.goal}"
    yield f"What they did not say: {debrief.concern}"
    if debrief.accuracy is not None:
        accuracy = debrief.accuracy
        yield (
            f"You read: {accuracy.feeling_said or 'nothing'} (it was {accuracy.feeling_true}); "
            f"the worry: {_HIT[accuracy.concern_score]}."
        )
    yield ""
    for moment in debrief.moments:
        label = "Connection" if moment.kind == "connection" else "Missed"
        yield f'{label}, turn {moment.turn + 1}: "{moment.quote}" {moment.why}'
    if debrief.stronger is not None:
        yield ""
        yield f'Your weakest reply: "{debrief.stronger.weak}"'
        yield f'Stronger: "{debrief.stronger.strong}"'
        yield debrief.stronger.why


_HIT = {0.0: "not found", 0.5: "close", 1.0: "found"}
