"""One content file on its way into the library: what it became, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from simulator.content.findings import Finding, KeyPath, dotted
from simulator.content.kinds import KINDS, Kind, kind_of
from simulator.content.positions import Positions
from simulator.content.sources import Source, read_source
from simulator.content.texts import text_findings
from simulator.content.validation import validated
from simulator.engine.library import Problem


@dataclass(slots=True)
class Entry:
    """A file."""

    path: Path
    kind: Kind | None = None
    id: str | None = None
    """As the file says it, also when the rest is broken."""
    item: BaseModel | None = None
    """Mended for further checks when the file is wrong; see `is_usable`."""
    sha256: str = ""
    text: str | None = None
    findings: list[Finding] = field(default_factory=list)
    mended: frozenset[KeyPath] = frozenset()
    is_shadowed: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether it is free of errors and not shadowed."""
        return not self.is_shadowed and not any(finding.severity == "error" for finding in self.findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep what was found, save where the item is not what the file says."""
        ids_are_mended = any(place[-1:] == ("id",) for place in self.mended)
        self.findings += (
            finding
            for finding in findings
            if not (finding.is_about_facts and ids_are_mended)
            and not any(finding.path[: len(place)] == place for place in self.mended)
        )

    def shadow(self, other: Path) -> None:
        """Another file with the same id is nearer; what is wrong in this one does not matter."""
        self.is_shadowed = True
        self.findings = [
            Finding(
                ("id",),
                f"This file is not used: {other} has the same id and is nearer.",
                "If both are wanted, give one of them another id.",
                "warning",
            )
        ]

    def problems(self) -> list[Problem]:
        """What was found, by line."""
        if not self.findings:
            return []
        positions = Positions(self.text) if self.text is not None else None
        found = [
            Problem(
                file=str(self.path),
                line=finding.line or (positions.line(finding.path) if positions else None),
                key=dotted(finding.path),
                severity=finding.severity,
                message=finding.message,
                hint=finding.hint,
            )
            for finding in self.findings
        ]
        return sorted(found, key=lambda problem: problem.line or 0)


def examined(path: Path, kind: Kind | None = None) -> Entry:
    """The file, read and checked for itself.

    Args:
        path: the file.
        kind: what it must be; told by its keys or its folder when None.
    """
    source = read_source(path)
    if isinstance(source, Finding):
        return Entry(path, kind, findings=[source])
    kind = kind or kind_of(path, source.data)
    if kind is None:
        return Entry(path, text=source.text, findings=[_unknown_kind()])
    return _examined_as(kind, path, source)


def _examined_as(kind: Kind, path: Path, source: Source) -> Entry:
    checked = validated(kind, source.data)
    own_id = source.data.get("id")
    entry = Entry(
        path=path,
        kind=kind,
        id=own_id if isinstance(own_id, str) else None,
        item=checked.item,
        sha256=source.sha256,
        text=source.text,
        findings=list(checked.findings),
        mended=checked.mended,
    )
    entry.findings += text_findings(kind, source.text, source.data)
    if entry.id is not None and entry.id != path.stem and ("id",) not in entry.mended:
        message = f'The id "{entry.id}" differs from the name of the file.'
        entry.findings.append(Finding(("id",), message, f"Rename the file to {entry.id}.toml.", "warning"))
    return entry


def _unknown_kind() -> Finding:
    folders = ", ".join(f"{kind.folder}/" for kind in KINDS)
    return Finding(
        (),
        "It cannot be told whether this is a persona, a scenario or a rubric.",
        f"Put it into one of the folders {folders}, or begin with a copy of a file that works.",
    )
