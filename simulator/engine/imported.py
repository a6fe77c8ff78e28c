"""Replies and conversations from elsewhere, and scoring them; they have no scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.domain.behaviours import Appraisal
from simulator.domain.rubric import Rubric
from simulator.domain.scoring import Scorecard
from simulator.domain.totals import total
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.library import Loaded
from simulator.engine.ports import Appraiser, ReplyContext

ReplyId = str | int | None
"""As it was read; None where it could not be."""
SEED = 0
"""Of the resampling behind the bands: the same conversation gives the same bands."""


@dataclass(frozen=True, slots=True)
class ImportedReply:
    """One reply with the conversation before it."""

    id: str | int
    context: tuple[Turn, ...]
    reply: str
    shortened: bool = False
    """Whether it was longer than what is read."""


@dataclass(frozen=True, slots=True)
class UnreadReply:
    """A line that holds no reply that could be read."""

    id: ReplyId
    error: str


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """A reply with what a person made of it."""

    reply: ImportedReply
    labels: Mapping[str, int]
    """Level or 0/1 by criterion or behaviour; what the person left open is not in it."""
    cluster: str | None = None
    """The situation or session it belongs to."""


@dataclass(frozen=True, slots=True)
class ImportedTranscript:
    """A whole conversation."""

    name: str
    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()
    """What was passed over."""


@dataclass(frozen=True, slots=True)
class UnreadTranscript:
    """A file that holds no conversation that could be read."""

    name: str
    error: str


@dataclass(frozen=True, slots=True)
class ScoredTranscript:
    """A conversation with what was made of each reply, and the whole."""

    transcript: ImportedTranscript
    appraisals: Mapping[int, Appraisal]
    """By turn index."""
    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class ScoredReply:
    """What was made of one line."""

    id: ReplyId
    appraisal: Appraisal | str
    """A text is why there is none."""
    shortened: bool = False
    """Whether only the beginning was read."""


@dataclass(frozen=True, slots=True)
class ScoredReplies:
    """What was made of a file of single replies."""

    name: str
    replies: tuple[ScoredReply, ...]


def score_reply(appraiser: Appraiser, imported: ImportedReply | UnreadReply) -> ScoredReply:
    """Everything that is read in one reply, or why it is not."""
    if isinstance(imported, UnreadReply):
        return ScoredReply(imported.id, imported.error)
    appraisal = appraiser.appraise(imported.reply, ReplyContext(turns=imported.context))
    return ScoredReply(imported.id, appraisal, imported.shortened)


def score_transcript(appraiser: Appraiser, rubric: Loaded[Rubric], transcript: ImportedTranscript) -> ScoredTranscript:
    """Each reply of the trainee in its place, and the scorecard over them."""
    appraisals = {
        turn.index: appraiser.appraise(turn.text, ReplyContext(turns=transcript.turns[: turn.index]))
        for turn in transcript.turns
        if turn.speaker is Speaker.TRAINEE
    }
    ratings = tuple((index, appraisal.ratings) for index, appraisal in appraisals.items())
    totals = total(rubric.item, [results for _, results in ratings], seed=SEED)
    scorecard = Scorecard(
        judge=appraiser.name,
        judge_version=appraiser.version,
        rubric=rubric.item.id,
        rubric_sha256=rubric.sha256,
        ratings=ratings,
        criteria=totals.criteria,
        overall=totals.overall,
        pass_mark=rubric.item.pass_mark,
        verdict=totals.verdict,
    )
    return ScoredTranscript(transcript, appraisals, scorecard)
