"""Puts together what scores replies and conversations from elsewhere: `simulator score` and `simulator validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from simulator.bootstrap.services import RUBRIC, content_roots, read_settings
from simulator.content import load_library
from simulator.content.imports import Conversations, ReplyLines, open_file, recognise
from simulator.content.reply_lines import label_names, raw_lines, read_labelled, read_reply
from simulator.domain.rubric import Rubric
from simulator.engine.imported import (
    ImportedTranscript,
    LabelledReply,
    ReplyId,
    ScoredReplies,
    ScoredReply,
    ScoredTranscript,
    UnreadReply,
    UnreadTranscript,
    score_reply,
    score_transcript,
)
from simulator.engine.library import Loaded, pick
from simulator.engine.validation import Tally, Validation
from simulator.errors import UsageError
from simulator.judging.offline import OfflineAppraiser

ScoredFile = ScoredTranscript | ScoredReplies | UnreadTranscript
Known = Callable[[ReplyId], bool]
"""Whether a result of that id is there already."""


@dataclass(slots=True)
class Count:
    """What happened while lines were read."""

    lines: int = 0
    scored: int = 0
    failed: int = 0
    """Could not be read, now or when the result was written that is there already."""
    skipped: int = 0
    """Results that were there already."""
    shortened: int = 0


@dataclass
class Scoring:
    """Scores with the offline judge."""

    appraiser: OfflineAppraiser = field(default_factory=OfflineAppraiser)

    @cached_property
    def rubric(self) -> Loaded[Rubric]:
        """The core rubric, the workspace's if it has one; read only when a scorecard is asked for."""
        return pick(load_library(content_roots(read_settings())).rubrics, RUBRIC, "rubric")

    def replies(self, source: ReplyLines, count: Count, is_there: Known) -> Iterator[ScoredReply]:
        """A result for each line, in order, but for those that are there already."""
        for line in raw_lines(source.lines):
            count.lines += 1
            imported = read_reply(line)
            is_unread = isinstance(imported, UnreadReply)
            count.failed += is_unread
            if is_there(imported.id):
                count.skipped += 1
                continue
            result = score_reply(self.appraiser, imported)
            count.scored += not is_unread
            count.shortened += result.shortened
            yield result

    def conversations(self, source: Conversations) -> tuple[ScoredTranscript | UnreadTranscript, ...]:
        """Each conversation of a file."""
        return tuple(self._scored(found) for found in source.found)

    def folder(
        self, paths: Iterable[Path], folder: Path, count: Count, is_there: Callable[[str], bool]
    ) -> Iterator[ScoredFile]:
        """A result for each file, in order; several for one that holds several conversations."""
        for path in paths:
            for source in self._sources(path, path.relative_to(folder).as_posix()):
                count.lines += 1
                count.failed += isinstance(source, UnreadTranscript)
                if is_there(source.name):
                    count.skipped += 1
                elif isinstance(source, ReplyLines):
                    yield self._file_of_replies(source, count)
                else:
                    yield self._scored(source)

    def _sources(self, path: Path, name: str) -> Iterator[ReplyLines | ImportedTranscript | UnreadTranscript]:
        try:
            file = open_file(path)
        except UsageError as error:
            yield UnreadTranscript(name, error.detail or error.title)
            return
        with file:
            source = recognise(file, name)
            if isinstance(source, Conversations):
                yield from source.found
            else:
                yield source

    def _file_of_replies(self, source: ReplyLines, count: Count) -> ScoredReplies | UnreadTranscript:
        inside = Count()
        replies = tuple(self.replies(source, inside, lambda _: False))
        count.failed += inside.failed > 0 or not replies
        return ScoredReplies(source.name, replies) if replies else UnreadTranscript(source.name, "The file is empty.")

    def _scored(self, found: ImportedTranscript | UnreadTranscript) -> ScoredTranscript | UnreadTranscript:
        return found if isinstance(found, UnreadTranscript) else score_transcript(self.appraiser, self.rubric, found)


def validate_lines(file: BinaryIO, *, seed: int, watch: Callable[[int], None]) -> Validation:
    """How far the offline judge agrees with labelled lines.

    Args:
        file: JSON lines, open at the beginning.
        seed: of the resampling.
        watch: called after each line with how many were read.
    """
    appraiser, tally = OfflineAppraiser(), Tally()
    for n, line in enumerate(raw_lines(file), start=1):
        labelled = read_labelled(line)
        if isinstance(labelled, LabelledReply):
            tally.add(labelled, score_reply(appraiser, labelled.reply), label_names(line))
        else:
            tally.refuse(n, labelled.error)
        watch(n)
    return tally.result(f"{appraiser.name} {appraiser.version}", seed=seed)
