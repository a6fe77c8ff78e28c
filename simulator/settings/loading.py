"""Reads the layers of settings: command line, environment, project, user, what the app remembers, defaults."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli
from pydantic import BaseModel, TypeAdapter, ValidationError

from simulator.errors import SettingsError
from simulator.settings.model import Settings
from simulator.settings.places import REMEMBERED_FILE, SETTINGS_FILE, config_dir, default_data_dir
from simulator.settings.remembered import load_remembered

PREFIX = "SIMULATOR_"
NOT_SETTINGS = frozenset({"SIMULATOR_CONFIG_DIR", "SIMULATOR_DEBUG"})

Flat = dict[str, object]
"""Values by dotted key."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and where each came from."""

    settings: Settings
    sources: Mapping[str, str]
    """By dotted key: "command line", the variable's name, the file's path, or "default"."""
    config_dir: Path


def load_settings(cli: Mapping[str, object], env: Mapping[str, str], folder: Path) -> LoadedSettings:
    """All settings; the nearest layer wins, value by value.

    Args:
        cli: values typed on the command line, by dotted key; None is not typed.
        env: environment variables; SIMULATOR_UI__THEME sets ui.theme.
        folder: the folder the program was started in, where simulator.toml may lie.

    Raises:
        SettingsError: an unknown key or a wrong value; names the place, and a near key.
    """
    config = config_dir(env)
    layers: list[tuple[str, Flat]] = [
        ("command line", {key: value for key, value in cli.items() if value is not None}),
        *_from_env(env),
        _from_file(folder / SETTINGS_FILE),
        _from_file(config / SETTINGS_FILE),
        (str(config / REMEMBERED_FILE), load_remembered(config)),
        ("default", {"data_dir": default_data_dir(), "workspace": folder}),
    ]
    values: Flat = {}
    sources = dict.fromkeys(_known_keys(), "default")
    for name, layer in layers:
        for key, value in layer.items():
            _check(key, value, name)
            if key not in values:
                values[key] = value
                sources[key] = name
    settings = Settings.model_validate(_nested(values))
    return LoadedSettings(_expanded(settings), types.MappingProxyType(sources), config)


def _expanded(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"data_dir": settings.data_dir.expanduser(), "workspace": settings.workspace.expanduser()}
    )


def _known_keys() -> list[str]:
    return [key for key, _ in _fields(Settings, "")]


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _fields(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", kind


def _from_env(env: Mapping[str, str]) -> list[tuple[str, Flat]]:
    names = sorted(name for name in env if name.startswith(PREFIX) and name not in NOT_SETTINGS)
    return [(name, {name.removeprefix(PREFIX).lower().replace("__", "."): env[name]}) for name in names]


def _from_file(path: Path) -> tuple[str, Flat]:
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return str(path), {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings in {path} cannot be read.", str(error), "Check the file.") from error
    except tomli.TOMLDecodeError as error:
        raise SettingsError(f"The settings in {path} are not valid TOML.", str(error), "Mend that line.") from error
    return str(path), dict(_flat(data, ""))


def _flat(data: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    known = _known_keys()
    for name, value in data.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and key not in known:
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _check(key: str, value: object, place: str) -> None:
    """Each value by itself, so that the message can name its place."""
    kinds = dict(_fields(Settings, ""))
    if key not in kinds:
        near = get_close_matches(key, kinds, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(kinds)}."
        raise SettingsError(f'There is no setting "{key}".', f"Found in {place}.", hint)
    try:
        TypeAdapter(kinds[key]).validate_python(value)
    except ValidationError as error:
        expected = error.errors()[0]["msg"].removeprefix("Input should be ")
        raise SettingsError(
            f'The setting "{key}" cannot be {value!r}.', f"Found in {place}.", f"It should be {expected}."
        ) from error
    if key.startswith("models.") and value != "offline":
        raise SettingsError(
            f'The setting "{key}" cannot be {value!r}.',
            f"Found in {place}. Language models cannot be used in this version yet.",
            'Use "offline".',
        )


def _nested(values: Flat) -> dict[str, object]:
    nested: dict[str, object] = {}
    for key, value in values.items():
        group, dot, name = key.partition(".")
        if not dot:
            nested[key] = value
            continue
        inner = nested.setdefault(group, {})
        if isinstance(inner, dict):
            inner[name] = value
    return nested
