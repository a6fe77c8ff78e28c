"""What was made of imported replies and conversations: JSON lines, JSON documents, CSV rows and lines of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from pydantic import JsonValue

from simulator.domain.behaviours import Appraisal
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING
from simulator.domain.scoring import CriterionScore
from simulator.domain.transcript import Turn
from simulator.engine.imported import ReplyId, ScoredReplies, ScoredReply, ScoredTranscript, UnreadTranscript
from simulator.reports.session_document import (
    CORE_BEHAVIOURS,
    Document,
    behaviours_document,
    rating_document,
    scorecard_document,
)
from simulator.reports.tables import harmless

ScoredFile = ScoredTranscript | ScoredReplies | UnreadTranscript
CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)
REPLY_COLUMNS = (
    "id",
    *(f"{criterion}_level" for criterion in CRITERIA),
    *(f"{behaviour.value}_probability" for behaviour in CORE_BEHAVIOURS),
    "error",
)
FILE_COLUMNS = (
    "file",
    "replies",
    *(f"{name}_{part}" for name in (*CRITERIA, "overall") for part in ("score", "low", "high")),
    "verdict",
    "error",
)


def reply_document(scored: ScoredReply) -> Document:
    """One line of results."""
    appraisal = scored.appraisal
    if isinstance(appraisal, str):
        return {"id": scored.id, "error": appraisal}
    return {
        "id": scored.id,
        "ratings": [rating_document(rating) for rating in appraisal.ratings],
        "behaviours": behaviours_document(appraisal),
    }


def json_line(document: JsonValue) -> str:
    """One line with a line feed at the end; what could not be seen is escaped, so that nothing is lost."""
    text = json.dumps(document, ensure_ascii=False)
    if not text.isprintable():
        text = "".join(ch if ch.isprintable() else json.dumps(ch)[1:-1] for ch in text)
    return text + "\n"


def csv_line(cells: Sequence[str | float | None]) -> str:
    """One row on one line, whatever is in the cells; what a spreadsheet would run is defused."""
    out = io.StringIO()
    tidied = [harmless(" ".join(cell.split())) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(out, lineterminator="\n").writerow(tidied)
    return out.getvalue()


def reply_cells(scored: ScoredReply) -> list[str | float | None]:
    """In the order of `REPLY_COLUMNS`; empty where there is no level."""
    reply_id, appraisal = scored.id, scored.appraisal
    if isinstance(appraisal, str):
        return [reply_id, *[None] * (len(REPLY_COLUMNS) - 2), appraisal]
    levels = [appraisal.level(criterion) for criterion in CRITERIA]
    return [reply_id, *levels, *(round(appraisal.probability(behaviour), 2) for behaviour in CORE_BEHAVIOURS), None]


def reply_row(reply_id: ReplyId, appraisal: Appraisal | str) -> str:
    """One row of the table that people read."""
    name = _short("?" if reply_id is None else str(reply_id), 24)
    if isinstance(appraisal, str):
        return f"{name:<24}  {appraisal}"
    levels = "".join(f"{_level(appraisal.level(criterion)):>8}" for criterion in CRITERIA)
    shown = [o.behaviour.value.replace("_", " ") for o in appraisal.observations if o.probability >= 0.5]
    return f"{name:<24}{levels}   {', '.join(shown)}".rstrip()


REPLY_HEADING = f"{'Reply':<24}{'Empathy':>8}{'Paraph.':>8}{'Quest.':>8}   What it does"


def _level(level: int | None) -> str:
    return "-" if level is None else str(level)


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def file_document(scored: ScoredFile) -> Document:
    """A conversation with ratings in place, as in a session's document, and the scorecard; or a file's replies."""
    if isinstance(scored, UnreadTranscript):
        return {"file": scored.name, "error": scored.error}
    if isinstance(scored, ScoredReplies):
        return {"file": scored.name, "replies": [reply_document(reply) for reply in scored.replies]}
    document: Document = {
        "file": scored.transcript.name,
        "turns": [_turn(scored, turn) for turn in scored.transcript.turns],
        "scorecard": scorecard_document(scored.scorecard),
    }
    if scored.transcript.notes:
        document["notes"] = list(scored.transcript.notes)
    return document


def _turn(scored: ScoredTranscript, turn: Turn) -> Document:
    document: Document = {"index": turn.index, "speaker": turn.speaker.value, "text": turn.text}
    appraisal = scored.appraisals.get(turn.index)
    if appraisal is not None:
        document["ratings"] = [rating_document(rating) for rating in appraisal.ratings]
        document["behaviours"] = behaviours_document(appraisal)
    return document


def file_cells(scored: ScoredFile) -> list[str | float | None]:
    """In the order of `FILE_COLUMNS`."""
    empty = [None] * (len(FILE_COLUMNS) - 3)
    if isinstance(scored, UnreadTranscript):
        return [scored.name, None, *empty, scored.error]
    if isinstance(scored, ScoredReplies):
        return [scored.name, len(scored.replies), *empty, "single replies have no scorecard; score this file by itself"]
    card = scored.scorecard
    by_id = {score.criterion: score for score in card.criteria}
    scores = [*(by_id.get(criterion) for criterion in CRITERIA), card.overall]
    figures = [figure for score in scores for figure in _figures(score)]
    return [scored.transcript.name, len(scored.appraisals), *figures, card.verdict, None]


def _figures(score: CriterionScore | None) -> tuple[float | None, float | None, float | None]:
    if score is None or score.band is None:
        return None, None, None
    return score.score, score.band.low, score.band.high


def file_text(scored: ScoredFile) -> str:
    """What people read: of a conversation the bands first, then the level of each reply."""
    if isinstance(scored, UnreadTranscript):
        return f"{scored.name}\n  {scored.error}\n"
    if isinstance(scored, ScoredReplies):
        rows = [REPLY_HEADING, *(reply_row(reply.id, reply.appraisal) for reply in scored.replies)]
        return "\n".join([scored.name, *(f"  {row}" for row in rows)]) + "\n"
    lines = [scored.transcript.name, f"  {_counted(len(scored.appraisals), 'reply', 'replies')} read"]
    card = scored.scorecard
    lines += [f"  {_named(score.criterion):<28}{_band(score)}" for score in (*card.criteria, card.overall)]
    lines.append(f"  {'Against the pass mark':<28}{card.verdict} (pass mark {card.pass_mark:.0f})")
    lines.append(f"  {REPLY_HEADING}")
    lines += [f"  {reply_row(f'turn {index}', appraisal)}" for index, appraisal in scored.appraisals.items()]
    lines += [f"  Note: {note}." for note in scored.transcript.notes]
    return "\n".join(lines) + "\n"


def _named(criterion: str) -> str:
    return criterion.replace("_", " ").capitalize()


def _band(score: CriterionScore) -> str:
    if score.band is None:
        return f"not scored: {score.not_scored}"
    occasions = _counted(score.opportunities, "opportunity", "opportunities")
    return f"{score.band.low:.0f} to {score.band.high:.0f} of 100, from {occasions}"


def _counted(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
