"""What comes with the program is found in a source checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.content import load_library, roots, shipped_roots


def test_a_source_checkout_has_its_content_beside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "simulator"
    (package / "defaults" / "rubrics").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(roots, "_PACKAGE", package)
    assert [root.path for root in shipped_roots()] == [tmp_path, package / "defaults"]


def test_an_installed_wheel_has_it_all_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "simulator"
    for kind in ("personas", "scenarios", "rubrics"):
        (package / "defaults" / kind).mkdir(parents=True)
    core = (Path(roots.__file__).parent.parent / "defaults/rubrics/core.toml").read_bytes()
    (package / "defaults" / "rubrics" / "core.toml").write_bytes(core)
    (tmp_path / "site-packages" / "personas").mkdir()
    monkeypatch.setattr(roots, "_PACKAGE", package)
    assert [root.path for root in shipped_roots()] == [package / "defaults"]
    assert list(load_library().rubrics) == ["core"]
