"""Settings: what is nearer to the hand wins, and what is not known is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from simulator.errors import SettingsError
from simulator.settings import LoadedSettings, load_settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


@pytest.fixture
def env(config: Path) -> dict[str, str]:
    return {"SIMULATOR_CONFIG_DIR": str(config), "PATH": "/bin", "SIMULATOR_DEBUG": "1"}


def refused(env: dict[str, str], project: Path, **cli: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(cli, env, project)
    assert caught.value.title
    assert caught.value.hint
    return caught.value.detail


def loaded(env: dict[str, str], project: Path) -> LoadedSettings:
    return load_settings({}, env, project)


def test_without_any_settings_the_defaults_hold(env: dict[str, str], project: Path, config: Path) -> None:
    result = loaded(env, project)
    assert result.settings.workspace == project
    assert result.settings.data_dir.name == "empathy-simulator"
    assert (result.settings.ui.theme, result.settings.ui.show_mood, result.settings.ui.pace) == ("auto", True, "human")
    assert (result.settings.models.customer, result.settings.models.judge) == ("offline", "offline")
    assert set(result.sources.values()) == {"default"}
    assert result.config_dir == config


def test_each_layer_goes_before_the_next(env: dict[str, str], project: Path, config: Path) -> None:
    typed = {"ui.theme": "light", "ui.pace": None}
    remembered, user, mine = config / "remembered.json", config / "simulator.toml", project / "simulator.toml"
    values = []
    remembered.write_text('{"ui.theme": "dark"}')
    values.append(loaded(env, project))
    user.write_text('[ui]\ntheme = "light"\n')
    values.append(loaded(env, project))
    mine.write_text('[ui]\ntheme = "auto"\n')
    values.append(loaded(env, project))
    env["SIMULATOR_UI__THEME"] = "dark"
    values.append(loaded(env, project))
    values.append(load_settings(typed, env, project))
    assert [(one.settings.ui.theme, one.sources["ui.theme"]) for one in values] == [
        ("dark", str(remembered)),
        ("light", str(user)),
        ("auto", str(mine)),
        ("dark", "SIMULATOR_UI__THEME"),
        ("light", "command line"),
    ]
    assert values[-1].sources["ui.pace"] == "default", "an option that was not typed sets nothing"


def test_layers_are_joined_value_by_value(env: dict[str, str], project: Path, config: Path) -> None:
    (config / "simulator.toml").write_text('[ui]\npace = "instant"\n[ui.keymap]\n"session.stop" = "f9"\n')
    (project / "simulator.toml").write_text('[ui.keymap]\n"home.search" = "f3"\n[trainee]\nname = "Ana"\n')
    env["SIMULATOR_UI__SHOW_MOOD"] = "false"
    ui = loaded(env, project).settings.ui
    assert (ui.pace, ui.show_mood) == ("instant", False)
    assert ui.keymap == {"session.stop": "f9", "home.search": "f3"}
    assert loaded(env, project).sources["ui.keymap"] == f"{config / 'simulator.toml'}, {project / 'simulator.toml'}"


def test_the_data_directory_can_be_set_by_the_environment(env: dict[str, str], project: Path, tmp_path: Path) -> None:
    env["SIMULATOR_DATA_DIR"] = str(tmp_path / "elsewhere")
    assert loaded(env, project).settings.data_dir == tmp_path / "elsewhere"
    env["SIMULATOR_DATA_DIR"] = ""
    assert loaded(env, project).sources["data_dir"] == "default", "an empty variable counts as not set"


def test_paths_start_where_they_are_written(
    env: dict[str, str], project: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    (config / "simulator.toml").write_text('workspace = "mine"\ndata_dir = "~/sessions"\n')
    settings = loaded(env, project).settings
    assert settings.workspace == config / "mine"
    assert settings.data_dir == Path("/home/ana/sessions")
    env["SIMULATOR_WORKSPACE"] = "here"
    assert loaded(env, project).settings.workspace == project / "here"


def test_a_file_may_begin_with_a_byte_order_mark(env: dict[str, str], project: Path) -> None:
    (project / "simulator.toml").write_bytes(b'\xef\xbb\xbf[trainee]\r\nname = "Zo\xc3\xab"\r\n')
    assert loaded(env, project).settings.trainee.name == "Zoë"


@pytest.mark.parametrize(
    ("content", "named", "suggested"),
    [
        ('[ui]\nteme = "dark"', '"ui.teme"', "Did you mean ui.theme?"),
        ('pace = "human"', '"pace"', "Did you mean ui.pace?"),
        ('dat_dir = "x"', '"dat_dir"', "Did you mean data_dir?"),
        ('[colours]\nred = "x"', '"colours"', "There are: data_dir, workspace"),
        ('[ui.theme]\nname = "dark"', "ui.theme", "'auto', 'dark' or 'light'"),
    ],
)
def test_unknown_keys_are_refused_with_the_file_and_a_suggestion(
    env: dict[str, str], project: Path, content: str, named: str, suggested: str
) -> None:
    (project / "simulator.toml").write_text(content)
    detail = refused(env, project)
    assert named in detail
    assert str(project / "simulator.toml") in detail
    assert suggested in detail


def test_unknown_variables_and_options_are_refused(env: dict[str, str], project: Path) -> None:
    env["SIMULATOR_UI__TEME"] = "dark"
    detail = refused(env, project, dat_dir="x")
    assert "SIMULATOR_UI__TEME is not known. Did you mean SIMULATOR_UI__THEME?" in detail
    assert '"dat_dir" (from command line) is not a setting. Did you mean data_dir?' in detail


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[ui]\nshow_mood = 7", "ui.show_mood cannot be 7"),
        ('[ui]\nshow_mood = "maybe"', "it must be true or false"),
        ('[ui]\npace = "slow"', "it must be 'human', 'quick' or 'instant'"),
        ("[trainee]\nname = 3", 'it must be text in "double quotes"'),
        ("data_dir = 3", "it must be the path of a folder"),
        ("ui = 3", "keys of its own"),
        ("[ui]\nkeymap = 3", "keys of its own"),
        ("[ui.keymap]\nx = 3", 'it must be text in "double quotes"'),
        ("[ui\n", "line 1"),
        ('a = "b"\nb = ', "line 2"),
    ],
)
def test_wrong_values_are_explained_without_jargon(env: dict[str, str], project: Path, content: str, said: str) -> None:
    (project / "simulator.toml").write_text(content)
    detail = refused(env, project)
    assert said in detail
    assert str(project / "simulator.toml") in detail
    assert not any(word in detail.lower() for word in ("pydantic", "input", "validat", "dict", "bool", "parse"))


def test_all_problems_are_named_at_once(env: dict[str, str], project: Path, config: Path) -> None:
    (config / "simulator.toml").write_text('colour = "red"\n')
    (project / "simulator.toml").write_text('[ui]\npace = "slow"\n[models]\nruns = 10\n')
    detail = refused(env, project)
    assert len(detail.splitlines()) == 3
    assert all(name in detail for name in ("colour", "ui.pace", "models.runs"))


def test_a_file_that_is_not_text_or_cannot_be_read_is_named(env: dict[str, str], project: Path) -> None:
    file = project / "simulator.toml"
    file.write_bytes(b"name = '\xff'")
    assert "not UTF-8" in refused(env, project)
    file.unlink()
    file.mkdir()
    assert f"{file} cannot be read" in refused(env, project)


def test_settings_cannot_be_changed_by_accident(env: dict[str, str], project: Path) -> None:
    settings = loaded(env, project).settings
    with pytest.raises(ValidationError):
        settings.ui.pace = "instant"  # type: ignore[misc]
