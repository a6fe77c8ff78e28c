"""Puts the layers of settings together: command line, environment, project, user, what the app remembers, defaults."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulator.errors import SettingsError
from simulator.settings.layers import KEYS, OPEN_TABLES, Layer, command_line, environment, remembered, settings_file
from simulator.settings.model import Settings
from simulator.settings.places import REMEMBERED_FILE, SETTINGS_FILE, config_dir, default_data_dir

DEFAULT = "default"
_IN_ADDRESS = re.compile(r"//[^/\s]*@")
"""A name or a key in an address, which is not to be said again."""


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
        SettingsError: unknown keys or wrong values; names every one with its place, and near keys.
    """
    config = config_dir(env)
    merged = Layer()
    for layer in (
        _defaults(folder),
        remembered(config, config / REMEMBERED_FILE),
        settings_file(config / SETTINGS_FILE),
        settings_file(folder / SETTINGS_FILE),
        environment(env, folder),
        command_line(cli, folder),
    ):
        merged.values |= layer.values
        merged.sources |= layer.sources
        merged.problems += layer.problems
    settings = _validated(merged)
    if settings is None or merged.problems:
        raise _refused(merged.problems)
    sources = {key: _source(key, merged.sources) for key in KEYS}
    return LoadedSettings(settings, types.MappingProxyType(sources), config)


def _defaults(folder: Path) -> Layer:
    layer = Layer()
    layer.set("data_dir", default_data_dir(), DEFAULT)
    layer.set("workspace", folder, DEFAULT)
    return layer


def _source(key: str, sources: Mapping[str, str]) -> str:
    """Of a table of the user's own: all places that add to it."""
    own = [source for name, source in sources.items() if name == key or name.startswith(f"{key}.")]
    return ", ".join(dict.fromkeys(own)) or DEFAULT


def _validated(layer: Layer) -> Settings | None:
    try:
        return Settings.model_validate(_nested(layer.values))
    except ValidationError as error:
        layer.problems += (_worded(found, layer.sources) for found in error.errors(include_url=False))
        return None


def _nested(values: Mapping[str, object]) -> dict[str, object]:
    root: dict[str, object] = {}
    for key, value in values.items():
        *tables, name = _parts(key)
        node = root
        for table in tables:
            below = node.setdefault(table, {})
            if not isinstance(below, dict):
                break  # the table itself was given a value, which is refused
            node = below
        else:
            node[name] = value
    return root


def _parts(key: str) -> list[str]:
    """The key's parts; the ids in a table of the user's own may have dots in them."""
    for table in OPEN_TABLES:
        if key.startswith(f"{table}."):
            return [*table.split("."), key[len(table) + 1 :]]
    return key.split(".")


def _worded(error: ErrorDetails, sources: Mapping[str, str]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    value = error.get("input")
    shown = f'"{_IN_ADDRESS.sub("//…@", value)}"' if isinstance(value, str) else str(value)
    return f"{key} cannot be {shown} (from {sources.get(key, DEFAULT)}): {_rule(error)}."


_RULES = {
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "float_type": "it must be a number",
    "float_parsing": "it must be a number",
    "finite_number": "it must be a number",
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_parsing_size": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "string_type": 'it must be text in "double quotes"',
    "path_type": "it must be the path of a folder",
    "model_type": "it is a table, with keys of its own below a line in [brackets]",
    "dict_type": "it is a table, with keys of its own below a line in [brackets]",
    "model_attributes_type": "it is a table, with keys of its own below a line in [brackets]",
}


def _rule(error: ErrorDetails) -> str:
    match error["type"]:
        case "literal_error":
            return f"it must be {error.get('ctx', {}).get('expected', 'another word')}"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return f"it must be {_limit(error)}"
        case "value_error":
            return str(error.get("ctx", {}).get("error"))
        case kind:
            return _RULES.get(kind, "this value has no meaning here")


def _limit(error: ErrorDetails) -> str:
    words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    return "".join(f"{words[name]} {value:g}" for name, value in error.get("ctx", {}).items() if name in words)


def _refused(problems: Sequence[str]) -> SettingsError:
    title = "A setting cannot be used" if len(problems) == 1 else f"{len(problems)} settings cannot be used"
    return SettingsError(f"{title}.", "\n".join(problems), "Mend what is named and start again.")
