"""Where files of settings and data lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "empathy-simulator"
SETTINGS_FILE = "simulator.toml"
REMEMBERED_FILE = "remembered.json"
CONFIG_DIR_VARIABLE = "SIMULATOR_CONFIG_DIR"


def default_data_dir() -> Path:
    """The user's own data folder of this app; not created here."""
    return user_data_path(APP, appauthor=False)


def config_dir(env: Mapping[str, str]) -> Path:
    """The user's own settings folder of this app; SIMULATOR_CONFIG_DIR names another."""
    named = env.get(CONFIG_DIR_VARIABLE)
    return Path(named).expanduser() if named else user_config_path(APP, appauthor=False)
