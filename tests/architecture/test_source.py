"""Sizes and habits of the source, without an opt-out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "simulator"
FILES = sorted(SOURCE.rglob("*.py"))

MOST_LINES = 400
MOST_APP_LINES = 250
MOST_FUNCTION_LINES = 50
MOST_PUBLIC_METHODS = 20

MAY_CATCH_EVERYTHING = {
    "simulator/cli/guard.py": "the last resort of the commands",
    "simulator/tui/app.py": "the last resort of the app",
    "simulator/tui/screens/conversation.py": "the turn worker",
}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def test_there_is_source_to_look_at() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_fits_in_the_head(path: Path) -> None:
    most = MOST_APP_LINES if name_of(path) == "simulator/tui/app.py" else MOST_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def test_a_function_fits_on_a_screen() -> None:
    long = {
        f"{name_of(path)}:{node.name}": length
        for path in FILES
        for node in functions(tree_of(path))
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_no_class_does_everything() -> None:
    large = {
        f"{name_of(path)}:{node.name}": count
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and (count := sum(isinstance(m, FUNCTIONS) and not m.name.startswith("_") for m in node.body))
        > MOST_PUBLIC_METHODS
    }
    assert large == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in FILES
        if not path.name.startswith("_") and not (ast.get_docstring(tree_of(path)) or "").strip()
    ]
    assert silent == []


def broad_handlers(tree: ast.AST) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = {kind.id if isinstance(kind, ast.Name) else getattr(kind, "attr", None) for kind in kinds}
        if names & {None, "Exception", "BaseException"} and not raises_again(node):
            yield node


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Cleaning up on the way out swallows nothing."""
    last = handler.body[-1]
    return (
        isinstance(last, ast.Raise)
        and last.exc is None
        and not any(isinstance(n, ast.Return) for n in ast.walk(handler))
    )


def test_everything_is_caught_in_three_places_only() -> None:
    found = [name_of(path) for path in FILES for _ in broad_handlers(tree_of(path))]
    assert set(found) <= set(MAY_CATCH_EVERYTHING)
    assert len(found) == len(set(found)), "once in each place"


@pytest.mark.parametrize(
    "code",
    [
        "except Exception:\n  pass",
        "except:\n  pass",
        "except (OSError, Exception) as e:\n  pass",
        "except BaseException:\n  raise ValueError",
    ],
)
def test_the_check_for_broad_handlers_sees_them(code: str) -> None:
    assert len(list(broad_handlers(ast.parse(f"try:\n  x\n{code}")))) == 1


@pytest.mark.parametrize("code", ["except OSError:\n  pass", "except BaseException:\n  x.close()\n  raise"])
def test_the_check_for_broad_handlers_leaves_others_alone(code: str) -> None:
    assert list(broad_handlers(ast.parse(f"try:\n  x\n{code}"))) == []


def test_only_the_commands_print() -> None:
    prints = [
        f"{name_of(path)}:{node.lineno}"
        for path in FILES
        if "cli" not in path.relative_to(SOURCE).parts
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert prints == []


def test_the_rules_have_no_clock_no_files_and_no_chance_of_their_own() -> None:
    banned = {"time", "os", "pathlib", "socket", "subprocess", "asyncio", "tempfile", "secrets", "uuid", "io"}
    found: list[str] = []
    for path in FILES:
        if "domain" not in path.relative_to(SOURCE).parts:
            continue
        for node in ast.walk(tree_of(path)):
            imported = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found += [f"{name_of(path)}: {m}" for m in imported if m.partition(".")[0] in banned]
            unseeded = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Random"
            if unseeded and not node.args:
                found.append(f"{name_of(path)}:{node.lineno}: Random without a seed")
            if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
                found.append(f"{name_of(path)}:{node.lineno}: asks for the time")
    assert found == []


def test_nothing_hides_from_the_linters_in_bulk() -> None:
    hidden = [
        f"{name_of(path)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# (ruff: noqa|noqa|type: ignore)(?![:\[])|# mypy: ", line)
    ]
    assert hidden == []
