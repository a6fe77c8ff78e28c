"""Loads the library from its roots, and checks single files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from simulator.content.checks import GroupMatch, Known, persona_findings, rubric_findings, scenario_findings
from simulator.content.entries import Entry, examined
from simulator.content.findings import Finding
from simulator.content.kinds import KINDS, PERSONA
from simulator.content.roots import ContentRoot, content_files, shipped_roots
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario
from simulator.engine.library import Library, Loaded, Problem

M = TypeVar("M", bound=BaseModel)


def load_library(
    roots: Sequence[ContentRoot] = (), *, group_match: GroupMatch | None = None, with_shipped: bool = True
) -> Library:
    """Everything that can be used, and what is wrong with the rest.

    Args:
        roots: nearest first; of two items with the same id the nearer one is used, also when it is broken.
        group_match: recognises word groups in a text; without it the checks of the unspoken concern,
            which are slow, are left out.
        with_shipped: whether the content that comes with the program is added behind the roots.
    """
    entries: list[Entry] = []
    for root in (*roots, *(shipped_roots() if with_shipped else ())):
        _add_root(entries, root)
    known = _known(entries, group_match)
    for entry in entries:
        entry.add(_meaning(entry, known))
    return Library(
        scenarios=_usable(entries, Scenario),
        personas=_usable(entries, Persona),
        rubrics=_usable(entries, Rubric),
        problems=tuple(problem for entry in entries for problem in entry.problems()),
    )


def check_paths(
    paths: Iterable[Path], roots: Sequence[ContentRoot] = (), *, group_match: GroupMatch | None = None
) -> list[Problem]:
    """All problems of these files and folders, file by file.

    Args:
        paths: content files, folders of them, or workspaces.
        roots: where else personas and rubrics are known from, beside the shipped ones.
        group_match: recognises word groups in a text; None leaves the checks of the unspoken concern out.
    """
    entries: list[Entry] = []
    seen: set[Path] = set()
    for path in paths:
        files = _files_of(path)
        if not files:
            entries.append(Entry(path, findings=[_empty_folder()]))
        for file in files:
            if file.absolute() not in seen:
                seen.add(file.absolute())
                entries.append(examined(file))
    others: list[Entry] = []
    for root in (*roots, *shipped_roots()):
        _add_root(others, root)
    known = _known([*entries, *others], group_match)
    _claim_ids(entries)
    for entry in entries:
        entry.add(_meaning(entry, known))
    return [problem for entry in entries for problem in entry.problems()]


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    folders = [folder for kind in KINDS if (folder := path / kind.folder).is_dir()] or [path]
    return [file for folder in folders for file in content_files(folder)]


def _empty_folder() -> Finding:
    return Finding((), "There is no content in this folder.", "Content is in files that end in .toml.", "warning")


def _add_root(entries: list[Entry], root: ContentRoot) -> None:
    """Add what the root holds; what is there already shadows it."""
    nearer = {(entry.kind, entry.id): entry for entry in entries if entry.kind and entry.id and not entry.is_shadowed}
    own = [examined(file, kind) for kind in KINDS for file in content_files(root.path / kind.folder)]
    for entry in own:
        other = nearer.get((entry.kind, entry.id)) if entry.kind and entry.id else None
        if other is not None:
            entry.shadow(other.path)
    _claim_ids(entry for entry in own if not entry.is_shadowed)
    entries += own


def _claim_ids(entries: Iterable[Entry]) -> None:
    """Report ids that two files of the same folder claim."""
    first: dict[tuple[str, Path, str], Entry] = {}
    for entry in entries:
        if entry.kind is None or entry.id is None:
            continue
        other = first.setdefault((entry.kind.name, entry.path.absolute().parent, entry.id), entry)
        if other is not entry:
            entry.add(
                [
                    Finding(
                        ("id",),
                        f'The id "{entry.id}" is used by another {entry.kind.name}, too: {other.path}',
                        "Give this one another id.",
                    )
                ]
            )


def _known(entries: Sequence[Entry], group_match: GroupMatch | None) -> Known:
    personas = {entry.id for entry in entries if entry.kind is PERSONA and entry.id}
    rubrics = [entry.item for entry in entries if isinstance(entry.item, Rubric)]
    criteria = {criterion.id for rubric in rubrics for criterion in rubric.criteria}
    return Known(personas, criteria, group_match)


def _meaning(entry: Entry, known: Known) -> Iterator[Finding]:
    match entry.item:
        case _ if entry.is_shadowed:
            return
        case Persona() as persona:
            yield from persona_findings(persona)
        case Scenario() as scenario:
            yield from scenario_findings(scenario, known)
        case Rubric() as rubric:
            yield from rubric_findings(rubric)


def _usable(entries: Iterable[Entry], model: type[M]) -> Mapping[str, Loaded[M]]:
    return {
        entry.id: Loaded(entry.item, entry.sha256, str(entry.path))
        for entry in entries
        if isinstance(entry.item, model) and entry.id and entry.is_usable
    }
