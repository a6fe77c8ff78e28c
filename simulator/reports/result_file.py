"""A file of results that grows by whole lines, and knows after an interruption what is in it already."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from simulator.errors import UsageError

Form = Literal["json", "csv"]


def key_of(name: str | int | None, form: Form) -> str:
    """How a result's id or file is told from others in that form."""
    if form == "json":
        return json.dumps(name)
    return "" if name is None else " ".join(str(name).split()).lstrip("'")


class ResultFile:
    """Lines at the end of a file; a line is written at once or not at all, so that a stop leaves whole ones.

    Args:
        path: created if it is not there.
        form: of its lines.
        heading: its first line; empty in JSON lines.
        field: the key that names a result, "id" or "file".

    Raises:
        UsageError: it holds something else, or cannot be written.
    """

    def __init__(self, path: Path, form: Form, *, heading: str, field: str) -> None:
        self._path, self._form, self._heading, self._field = path, form, heading, field
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise UsageError(f"{path} cannot be written.", error.strerror or "", "Choose another place.") from error
        try:
            self._drop_broken_end()
            self._refuse_other()
        except UsageError:
            self._file.close()
            raise
        self._keys = self._read_keys()
        self._loose: Counter[str] | None = None
        if heading and path.stat().st_size == 0:
            self.write(heading)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def write(self, line: str) -> None:
        """One line, with its line feed."""
        data = memoryview(line.encode())
        while data:
            data = data[self._file.write(data) or 0 :]

    def has(self, name: str | int | None) -> bool:
        """Whether a result of that name is there; each counts for one question.

        As long as the names come in the order of the file, none is kept in memory.
        """
        key = key_of(name, self._form)
        if self._loose is None:
            following = next(self._keys, None)
            if following is None or following == key:
                return following is not None
            self._loose = Counter([following, *self._keys])
        if not self._loose[key]:
            return False
        self._loose[key] -= 1
        return True

    def _drop_broken_end(self) -> None:
        end = 0
        with self._path.open("rb") as file:
            for line in file:
                end += len(line) if line.endswith(b"\n") else 0
        if end == self._path.stat().st_size:
            return
        self._refuse_other()
        with self._path.open("rb+") as file:
            file.truncate(end)

    def _refuse_other(self) -> None:
        with self._path.open("rb") as file:
            first = file.readline()
        ours = first.startswith(f'{{"{self._field}": '.encode())
        if self._form == "csv":
            ours = first == self._heading.encode()
        if first.strip() and not ours:
            raise UsageError(
                f"{self._path} exists already and holds something else.",
                "Only results of the same kind can be continued.",
                "Choose another name, or delete it.",
            )

    def _read_keys(self) -> Iterator[str]:
        with self._path.open("rb") as file:
            for line in file:
                if line.strip() and line != self._heading.encode():
                    yield self._key(line.decode(errors="replace"))

    def _key(self, line: str) -> str:
        if self._form == "csv":
            return key_of(next(csv.reader([line]), [""])[0], "csv")
        try:
            return key_of(json.loads(line)[self._field], "json")
        except (ValueError, KeyError, TypeError):
            return ""
