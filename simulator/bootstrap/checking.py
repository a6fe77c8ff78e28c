"""Checks content files: the workspace's and the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.bootstrap.services import content_roots, read_settings
from simulator.content import check_paths, shipped_roots
from simulator.engine.library import Problem
from simulator.judging.offline import group_match


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """What `simulator check` found."""

    files: int
    problems: tuple[Problem, ...]


def check_content(paths: Sequence[Path]) -> CheckedContent:
    """Every problem in those files and folders; in the workspace and the shipped content if none is named."""
    roots = content_roots(read_settings())
    wanted = list(paths) or [folder for root in (*roots, *shipped_roots()) for folder in _content_folders(root.path)]
    problems = check_paths(wanted, roots, group_match=group_match)
    return CheckedContent(sum(len(_toml_files(path)) for path in wanted), tuple(problems))


def _content_folders(root: Path) -> list[Path]:
    return [root / name for name in ("personas", "scenarios", "rubrics") if (root / name).is_dir()]


def _toml_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.toml")) if path.is_dir() else [path]
