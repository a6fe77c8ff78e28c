"""What is changed in the app is kept for the next start, without touching the user's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import SettingsError
from simulator.settings import load_settings, save_remembered


def test_changes_add_up_and_come_back(tmp_path: Path) -> None:
    config = tmp_path / "new" / "config"
    save_remembered(config, {"ui.theme": "light"})
    save_remembered(config, {"ui.show_mood": False})
    loaded = load_settings({}, {"SIMULATOR_CONFIG_DIR": str(config)}, tmp_path)
    assert (loaded.settings.ui.theme, loaded.settings.ui.show_mood) == ("light", False)
    assert [file.name for file in config.iterdir()] == ["remembered.json"]


def test_the_users_own_file_goes_before_and_stays_as_written(tmp_path: Path) -> None:
    own = tmp_path / "simulator.toml"
    own.write_text('# mine\n[ui]\ntheme = "dark"\n')
    save_remembered(tmp_path, {"ui.theme": "light"})
    loaded = load_settings({}, {"SIMULATOR_CONFIG_DIR": str(tmp_path)}, tmp_path / "elsewhere")
    assert loaded.settings.ui.theme == "dark"
    assert own.read_text() == '# mine\n[ui]\ntheme = "dark"\n'


@pytest.mark.parametrize("damage", ["", "{", "[]", "\xff", '{"ui.theme": "dark", "gone": 1}'])
def test_a_damaged_file_keeps_nobody_from_starting(tmp_path: Path, damage: str) -> None:
    (tmp_path / "remembered.json").write_text(damage, encoding="latin-1")
    loaded = load_settings({}, {"SIMULATOR_CONFIG_DIR": str(tmp_path)}, tmp_path)
    assert loaded.settings.ui.theme == ("dark" if "dark" in damage else "auto")


def test_a_change_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(SettingsError) as caught:
        save_remembered(tmp_path / "config", {"ui.theme": "light"})
    assert "could not be kept" in caught.value.title
    assert str(tmp_path / "config") in caught.value.detail
