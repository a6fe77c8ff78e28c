"""The doors open one way, and what is imported lazily stays so in a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running the code."""
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=25
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.strip().splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


@pytest.mark.slow
def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=25,
    )
    assert done.returncode == 0, done.stdout
    assert "5 kept, 0 broken" in done.stdout


def test_importing_the_commands_loads_nothing_heavy() -> None:
    loaded = packages(modules_after("import simulator.cli"))
    assert not loaded & {"textual", "litellm", "sqlalchemy", "numpy"}


def test_the_commands_themselves_can_be_listed_without_anything_heavy() -> None:
    loaded = packages(modules_after("import simulator.cli.main"))
    assert not loaded & {"textual", "litellm", "sqlalchemy", "numpy", "plotext"}


def test_the_version_is_told_without_anything_at_all() -> None:
    code = (
        "import sys\nsys.argv = ['simulator', '--version']\nfrom simulator.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code"
    )
    loaded = packages(modules_after(code))
    assert not loaded & {"textual", "litellm", "sqlalchemy", "numpy", "pydantic", "typer", "click", "rich"}


def test_the_version_is_the_packages_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=25,
    )
    from simulator import __version__  # noqa: PLC0415 - the test before must find the interpreter fresh

    assert __version__ in done.stdout


def test_the_rules_load_no_third_party_but_pydantic() -> None:
    plain = packages(modules_after("from pydantic import BaseModel, Field, TypeAdapter"))
    loaded = packages(
        modules_after("import simulator.domain.deciding, simulator.domain.events, simulator.engine.practice")
    )
    third_party = loaded - plain - set(sys.stdlib_module_names) - {"simulator"}
    assert {name for name in third_party if not name.startswith("_")} == set()
