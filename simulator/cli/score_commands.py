"""The commands on replies from elsewhere: score and validate."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from simulator.cli.output import say, write
from simulator.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from simulator.bootstrap.scoring import Count, Scoring
    from simulator.content.imports import Conversations, ReplyLines

AS_JSON = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
Form = Literal["json", "csv", "table"]
VALIDATION_SEED = 1
"""Of the resampling: the same labels give the same bands."""


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(score)
    app.command()(validate)


def score(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|FOLDER|-",
            help="JSON lines of replies, a conversation as JSON, CSV or text, or a folder; - reads standard input.",
        ),
    ],
    *,
    as_json: AS_JSON = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of text.")] = False,
    as_table: Annotated[bool, typer.Option("--table", help="Text, also where no terminal shows it.")] = False,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write there; what is in it already is not scored again."),
    ] = None,
) -> None:
    """Score replies or conversations from elsewhere with the offline judge."""
    wished: list[Form] = [form for form, is_wanted in _forms(as_json, as_csv, as_table) if is_wanted]
    if len(wished) > 1:
        raise UsageError("Only one of --json, --csv and --table can be used.")
    if to is not None and wished == ["table"]:
        raise UsageError("--to writes JSON or CSV.", "", "Leave --table out.")
    from simulator.bootstrap.scoring import Scoring  # noqa: PLC0415 - loads the judge
    from simulator.content.imports import Conversations, recognise  # noqa: PLC0415

    path = Path(source)
    if source != "-" and path.is_dir():
        failed = _score_folder(Scoring(), path, _form(wished, to, "table"), to)
    else:
        _refuse_same(path, to)
        with _opened(source) as file:
            found = recognise(file, source)
            if isinstance(found, Conversations):
                failed = _score_conversations(Scoring(), found, _form(wished, to, "table"), to)
            else:
                usual: Form = "table" if sys.stdout.isatty() else "json"
                failed = _score_replies(Scoring(), found, file, _form(wished, to, usual), to)
    if failed:
        raise typer.Exit(1)


def _forms(as_json: bool, as_csv: bool, as_table: bool) -> tuple[tuple[Form, bool], ...]:
    return ("json", as_json), ("csv", as_csv), ("table", as_table)


def _form(wished: list[Form], to: Path | None, usual: Form) -> Form:
    """What was asked for; else what the file's ending says; else the usual."""
    if wished:
        return wished[0]
    if to is None:
        return usual
    return "csv" if to.suffix.casefold() == ".csv" else "json"


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    from simulator.content.imports import open_file  # noqa: PLC0415

    return nullcontext(sys.stdin.buffer) if source == "-" else open_file(Path(source))


def _refuse_same(path: Path, to: Path | None) -> None:
    if to is not None and to.exists() and path.exists() and path.samefile(to):
        raise UsageError("The results would be written over what is to be scored.", "", "Choose another name.")


def _score_replies(scoring: Scoring, lines: ReplyLines, file: BinaryIO, form: Form, to: Path | None) -> bool:
    from simulator.bootstrap.scoring import Count  # noqa: PLC0415
    from simulator.cli.progress import Progress  # noqa: PLC0415
    from simulator.reports import score_documents as documents  # noqa: PLC0415
    from simulator.reports.result_file import ResultFile  # noqa: PLC0415

    count = Count()
    heading = {"json": "", "csv": documents.csv_line(documents.REPLY_COLUMNS), "table": documents.REPLY_HEADING + "\n"}
    size = _size(file)
    progress = Progress("lines", size, wanted=to is not None or not sys.stdout.isatty())
    kept = None if to is None or form == "table" else ResultFile(to, form, heading=heading[form], field="id")
    with kept or nullcontext():
        if kept is None:
            write(heading[form])
        for result in scoring.replies(lines, count, kept.has if kept else lambda _: False):
            match form:
                case "json":
                    line = documents.json_line(documents.reply_document(result))
                case "csv":
                    line = documents.csv_line(documents.reply_cells(result))
                case "table":
                    line = documents.reply_row(result.id, result.appraisal) + "\n"
            (kept.write if kept else write)(line)
            progress.show(count.lines, file.tell() if size else None)
    progress.close()
    _tell(count, to)
    return count.failed > 0


def _size(file: BinaryIO) -> int | None:
    """Bytes of the file; None where it cannot be told, as of a pipe."""
    return os.fstat(file.fileno()).st_size if file.seekable() else None


def _tell(count: Count, to: Path | None) -> None:
    """What else is worth knowing, beside the results."""
    parts = [f"{count.scored:,} scored"]
    if count.failed:
        parts.append(f"{count.failed:,} could not be read")
    if count.skipped:
        parts.append(f"{count.skipped:,} were there already")
    if count.shortened:
        parts.append(f"{count.shortened:,} longer than 20,000 characters, read up to there")
    where = f" Results are in {to}." if to is not None else ""
    if to is not None or count.failed or count.shortened or not count.lines or sys.stderr.isatty():
        what = "There is nothing in it to score" if not count.lines else "Replies: " + ", ".join(parts)
        sys.stderr.write(f"{what}.{where}\n")


def _score_conversations(scoring: Scoring, found: Conversations, form: Form, to: Path | None) -> bool:
    from simulator.engine.imported import UnreadTranscript  # noqa: PLC0415
    from simulator.reports import score_documents as documents  # noqa: PLC0415
    from simulator.reports.session_document import to_json  # noqa: PLC0415

    results = scoring.conversations(found)
    match form:
        case "json" if len(results) == 1:
            text = to_json(documents.file_document(results[0]))
        case "json":
            text = "".join(documents.json_line(documents.file_document(result)) for result in results)
        case "csv":
            rows = [documents.FILE_COLUMNS, *(documents.file_cells(result) for result in results)]
            text = "".join(documents.csv_line(row) for row in rows)
        case "table":
            text = "\n".join(documents.file_text(result) for result in results)
    if to is None:
        write(text)
    else:
        _write_new(to, text)
    return any(isinstance(result, UnreadTranscript) for result in results)


def _write_new(to: Path, text: str) -> None:
    try:
        with to.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{to} exists already.", "", "Choose another name, or delete it.") from error
    except OSError as error:
        raise UsageError(f"{to} cannot be written.", error.strerror or "", "Choose another place.") from error
    say(f"Written to {to}")


def _score_folder(scoring: Scoring, folder: Path, form: Form, to: Path | None) -> bool:
    from simulator.bootstrap.scoring import Count  # noqa: PLC0415
    from simulator.cli.progress import Progress  # noqa: PLC0415
    from simulator.content.imports import files_in  # noqa: PLC0415
    from simulator.reports import score_documents as documents  # noqa: PLC0415
    from simulator.reports.result_file import ResultFile  # noqa: PLC0415

    paths = list(files_in(folder, leave_out=to))
    heading = documents.csv_line(documents.FILE_COLUMNS) if form == "csv" else ""
    progress = Progress("files", wanted=to is not None or not sys.stdout.isatty())
    kept = None if to is None or form == "table" else ResultFile(to, form, heading=heading, field="file")
    count = Count()
    with kept or nullcontext():
        if kept is None:
            write(heading)
        for n, result in enumerate(scoring.folder(paths, folder, count, kept.has if kept else lambda _: False)):
            match form:
                case "json":
                    text = documents.json_line(documents.file_document(result))
                case "csv":
                    text = documents.csv_line(documents.file_cells(result))
                case "table":
                    text = ("\n" if n else "") + documents.file_text(result)
            (kept.write if kept else write)(text)
            progress.show(count.lines)
    progress.close()
    if to is not None:
        there = f", {count.skipped:,} of them were there already" if count.skipped else ""
        sys.stderr.write(f"Results: {count.lines:,}{there}. They are in {to}.\n")
    return count.failed > 0


def validate(
    labels: Annotated[
        str, typer.Argument(metavar="LABELS", help="JSON lines of replies with labels; - reads standard input.")
    ],
    *,
    bar: Annotated[
        float | None,
        typer.Option("--bar", metavar="X", min=0.0, max=1.0, help="Name what may lie below this kappa."),
    ] = None,
    as_json: AS_JSON = False,
) -> None:
    """Measure how far the offline judge agrees with people's labels."""
    from simulator.bootstrap.scoring import validate_lines  # noqa: PLC0415 - loads the judge
    from simulator.cli.progress import Progress  # noqa: PLC0415
    from simulator.reports.session_document import to_json  # noqa: PLC0415
    from simulator.reports.validation_documents import validation_document, validation_text  # noqa: PLC0415

    progress = Progress("lines", wanted=True)
    with _opened(labels) as file:
        found = validate_lines(file, seed=VALIDATION_SEED, watch=progress.show)
    progress.close()
    if not found.read:
        raise UsageError(
            f"There are no labelled replies in {labels}.",
            " ".join(found.complaints[:1]),
            'Each line needs "id", "context", "reply" and "labels".',
        )
    write(to_json(validation_document(found, bar)) if as_json else validation_text(found, bar))
    if found.unread:
        sys.stderr.write(f"Lines that could not be read and are in no figure: {found.unread:,}.\n")
        for complaint in found.complaints:
            sys.stderr.write(f"  {complaint}\n")
