"""The sections of the debrief as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content

from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.domain.transcript import Speaker
from simulator.engine.debrief import AnnotatedTurn, CriterionView, Debrief, Moment
from simulator.engine.phrases import CAUSES
from simulator.tui.plain import one_line, plain
from simulator.tui.state.mood_points import MoodPoint
from simulator.tui.state.scales import band_bar, gauge
from simulator.tui.widgets.case_file import heading
from simulator.tui.widgets.provenance import judges_apart
from simulator.tui.words import ENDING_SENTENCES, ENDING_STYLES, ENDINGS, VERDICTS, count_of, skill_word

Piece = Content | str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page, and how it is set."""

    content: Content
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called."""

    criteria: Mapping[str, str]
    actions: Mapping[str, str]


_BAR_STYLES = {"track": "$faint", "band": "$primary", "score": "bold $primary", "mark": "$text-accent"}
_LEVEL_STYLES = ("$text-error", "$text-accent", "$primary", "$text-success")


def _stacked(blocks: list[Content]) -> Content:
    return Content("\n\n").join([block for block in blocks if block.plain.strip()])


def summary_text(debrief: Debrief, *, bar_width: int) -> Content:
    """How it ended, the scores with their bands against the anchors, and how they were computed."""
    ending = debrief.ending.value
    told = Content.assemble((ENDINGS[ending], f"bold {ENDING_STYLES[ending]}"), "\n", ENDING_SENTENCES[ending])
    if debrief.ending_reason and ending not in {"stopped", "replies_ended"}:
        told = Content.assemble(told, "\n", (plain(debrief.ending_reason), "$muted"))
    card, overall = debrief.scorecard, debrief.scorecard.overall
    low, high = (overall.band.low, overall.band.high) if overall.band else (None, None)
    pass_mark = card.pass_mark
    title = Content.assemble(
        ("Overall", "bold"), (f"   {VERDICTS.get(card.verdict, one_line(card.verdict))}", "$muted")
    )
    total = _scored(title, overall.score, low, high, pass_mark, bar_width, overall.not_scored)
    legend = Content.assemble(
        ("● ", "bold $primary"), ("score   ", "$muted"), ("━ ", "$primary"), ("band   ", "$muted"),
        ("┃ ", "$text-accent"), (f"pass mark {pass_mark:.0f}", "$muted"),
    )  # fmt: skip
    criteria = [_criterion_text(view, pass_mark, bar_width) for view in debrief.criteria]
    return _stacked(
        [told, Content.assemble(total, "\n", legend), *criteria, Content.styled(plain(debrief.method), "$muted")]
    )


def _criterion_text(view: CriterionView, pass_mark: float, width: int) -> Content:
    counted = count_of(view.opportunities, "opportunity", "opportunities")
    title = Content.assemble((one_line(view.name), "bold"), (f"   {counted}", "$muted"))
    parts: list[Piece] = [_scored(title, view.score, view.low, view.high, pass_mark, width, view.not_scored)]
    if view.typical_level is not None:
        parts += [
            "\n",
            (f"Typical, level {view.typical_level}: ", _LEVEL_STYLES[view.typical_level]),
            plain(view.anchor),
        ]
        if view.next_anchor:
            parts += ["\n", (f"Next, level {view.typical_level + 1}: ", "$muted"), (plain(view.next_anchor), "$muted")]
    return Content.assemble(*parts)


def _scored(
    title: Content, score: float | None, low: float | None, high: float | None, mark: float, width: int, why: str | None
) -> Content:
    if score is None:
        return Content.assemble(title, "\n", ("Not scored", "$text-accent"), (f"  {plain(why or '')}", "$muted"))
    bar = [(piece.text, _BAR_STYLES[piece.part]) for piece in band_bar(score, low, high, mark, width)]
    band = f"  {low:.0f} to {high:.0f}" if low is not None and high is not None else ""
    return Content.assemble(title, "\n", *bar, (f"  {score:.0f}", "bold"), (band, "$muted"))


def transcript_blocks(debrief: Debrief, names: Names) -> list[Block]:
    """Everything that was said, and under each reply what was read in it."""
    blocks: list[Block] = []
    for annotated in debrief.turns:
        blocks.append(_turn_block(annotated, debrief.persona_name, names))
        notes = _notes(annotated, names)
        if notes:
            blocks.append(Block(Content("\n").join(notes), "notes"))
    return blocks


def _turn_block(annotated: AnnotatedTurn, customer: str, names: Names) -> Block:
    turn = annotated.turn
    is_customer = turn.speaker is Speaker.CUSTOMER
    speaker = (one_line(customer), "bold $muted") if is_customer else ("You", "bold $primary")
    parts: list[Piece] = [speaker, (f"  turn {turn.index + 1}", "$muted"), "\n", plain(turn.text)]
    if turn.action:
        parts += ["\n", (f"▸ {names.actions.get(turn.action, one_line(turn.action))}", "$text-accent")]
    return Block(Content.assemble(*parts), "turn -customer" if is_customer else "turn -trainee")


def _notes(annotated: AnnotatedTurn, names: Names) -> list[Content]:
    lines = [Content.assemble(("told  ", "$muted"), one_line(fact)) for fact in annotated.disclosed]
    lines += [_rating_text(rating, names) for rating in annotated.ratings]
    lines += judges_apart(annotated, names.criteria)
    if annotated.noticed:
        noticed = ", ".join(one_line(word) for word in annotated.noticed)
        lines.append(Content.assemble(("noticed  ", "$muted"), noticed))
    for move in annotated.moves:
        cause = CAUSES.get(move.cause) or one_line(move.cause).replace("_", " ")
        lines.append(
            Content.assemble(("mood  ", "$muted"), cause, "  ", *_moved(move.frustration, move.anxiety, move.trust))
        )
    for moment in annotated.moments:
        lines.append(Content.assemble(_moment_mark(moment), "  ", plain(moment.why)))
    return lines


def _rating_text(rating: RatingResult, names: Names) -> Content:
    name = one_line(names.criteria.get(rating.criterion, skill_word(rating.criterion)))
    match rating:
        case NotScored():
            return Content.assemble((f"–  {name}: not scored, {plain(rating.not_scored)}", "$muted"))
        case Rating():
            quotes = " ".join(f"“{one_line(quote)}”" for quote in rating.evidence)
            style = _LEVEL_STYLES[rating.level]
            return Content.assemble(
                (f"{rating.level}  ", f"bold {style}"), (name, style), (f"  {quotes}" if quotes else "", "italic"),
                (f"  {plain(rating.reason)}", "$muted"),
            )  # fmt: skip


def _moved(frustration: float, anxiety: float, trust: float) -> list[Piece]:
    parts: list[Piece] = []
    for name, change, good in (("frustration", frustration, -1), ("anxiety", anxiety, -1), ("trust", trust, 1)):
        if abs(change) >= 0.005:
            style = "$text-success" if change * good > 0 else "$text-error"
            parts.append((f"{name} {change:+.2f}  ", style))
    return parts


def _moment_mark(moment: Moment) -> Content:
    if moment.kind == "connection":
        return Content.styled("◆ Connection", "bold $text-success")
    return Content.styled("◇ Missed", "bold $text-accent")


def moments_blocks(debrief: Debrief) -> list[Block]:
    """Where connection happened, and where it was passed over."""
    if not debrief.moments:
        return [Block(Content.styled("No moment stood out, in either direction.", "$muted"))]
    return [
        Block(
            Content("\n").join(
                [
                    Content.assemble(_moment_mark(moment), (f"  turn {moment.turn + 1}", "$muted")),
                    Content.styled(f"“{plain(moment.quote)}”", "italic"),
                    Content(plain(moment.why)),
                ]
            ),
            f"moment -{moment.kind}",
        )
        for moment in debrief.moments
    ]


def outcome_text(debrief: Debrief) -> Content:
    """How the customer would have rated it, and in what words."""
    outcome = debrief.outcome
    words = Content.styled("They left no comment.", "$muted")
    if outcome.verbatim:
        words = Content.assemble(
            (f"“{plain(outcome.verbatim)}”", "italic"),
            "\n",
            (f"{one_line(debrief.persona_name)}, in the survey", "$muted"),
        )
    found = ("named", "$text-success") if outcome.concern_found else ("not named", "$text-accent")
    change = outcome.sentiment_delta
    rows = [
        _row("Satisfaction", outcome.csat / 5, f"{outcome.csat} of 5", "5 is very satisfied"),
        _row("Effort", outcome.effort / 7, f"{outcome.effort} of 7", "1 is very easy, 7 very hard"),
        _row("Recommend", outcome.nps / 10, f"{outcome.nps} of 10", _nps_word(outcome.nps)),
    ]
    better = "better than at the start" if change > 0 else "not better than at the start"
    rows.append(
        Content.assemble((f"{'Sentiment':<14}", "$muted"), (f"{change:+.2f}", "bold"), (f"  {better}", "$muted"))
    )
    rows.append(Content.assemble((f"{'Worry':<14}", "$muted"), found))
    return _stacked([words, Content("\n").join(rows)])


def _nps_word(nps: int) -> str:
    if nps >= 9:
        return "would recommend you"
    return "has no strong opinion" if nps >= 7 else "would advise against you"


def _row(label: str, share: float, value: str, meaning: str) -> Content:
    bar = [(piece.text, "$primary" if piece.part == "full" else "$hairline") for piece in gauge(share, 20)]
    return Content.assemble((f"{label:<14}", "$muted"), *bar, (f"  {value:<9}", "bold"), (meaning, "$muted"))


def beneath_text(debrief: Debrief) -> Content:
    """What lay beneath: the worry, the goal, the need, what was never told, and how well it was read."""
    named = "Nobody named it."
    if debrief.concern_named_at is not None:
        named = f"You named it in turn {debrief.concern_named_at + 1}."
    blocks = [
        Content.assemble(heading("What they did not say"), "\n", plain(debrief.concern), "\n", (named, "$muted")),
        Content.assemble(heading("What changes when it is named"), "\n", plain(debrief.concern_changes)),
        _accuracy_text(debrief),
        Content.assemble(heading("What they wanted to get done"), "\n", plain(debrief.goal)),
        Content.assemble(heading("What would really help"), "\n", plain(debrief.need)),
    ]
    if debrief.untold:
        untold = "\n".join(f"· {one_line(fact)}" for fact in debrief.untold)
        blocks.append(Content.assemble(heading("What they never got to tell"), "\n", untold))
    return _stacked(blocks)


def _accuracy_text(debrief: Debrief) -> Content:
    accuracy = debrief.accuracy
    title = heading("How well you read them")
    if accuracy is None:
        return Content.assemble(title, "\n", ("You skipped the question, so it is not scored.", "$muted"))
    return Content.assemble(
        title,
        ("\nFeeling   ", "$muted"),
        f"you said {one_line(accuracy.feeling_said)}, it was {one_line(accuracy.feeling_true)}  ",
        _hit(accuracy.feeling_score),
        ("\nWorry     ", "$muted"),
        f"you said “{one_line(accuracy.concern_said)}”  ",
        _hit(accuracy.concern_score),
    )


def _hit(score: float) -> Content:
    if score >= 0.99:
        return Content.styled("right", "bold $text-success")
    return (
        Content.styled("near", "bold $text-accent")
        if score > 0
        else Content.styled("something else", "bold $text-error")
    )


def stronger_blocks(debrief: Debrief) -> list[Block]:
    """What the customer had said, the weakest reply, a better one, and why it is better; empty if there is none."""
    stronger = debrief.stronger
    if stronger is None:
        return []
    said = f"{one_line(debrief.persona_name)} had said"
    return [
        Block(Content.assemble((said, "bold $muted"), "\n", plain(stronger.customer_said)), "said"),
        Block(
            Content.assemble((f"You wrote, turn {stronger.turn + 1}", "bold $text-accent"), "\n", plain(stronger.weak)),
            "weak",
        ),
        Block(Content.assemble(("Stronger", "bold $text-success"), "\n", plain(stronger.strong)), "strong"),
        Block(Content.assemble(("What does the work", "bold $muted"), "\n", plain(stronger.why)), "why"),
    ]


def mood_points(debrief: Debrief) -> tuple[MoodPoint, ...]:
    """The mood with each of the customer's messages, for the plot."""
    return tuple(
        MoodPoint(annotated.turn.index + 1, annotated.mood.frustration, annotated.mood.anxiety, annotated.mood.trust)
        for annotated in debrief.turns
        if annotated.mood is not None
    )
