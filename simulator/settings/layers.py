"""One source of settings each: the command line, the environment, a file, the defaults."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli
from pydantic import BaseModel

from simulator.settings.model import Settings
from simulator.settings.places import CONFIG_DIR_VARIABLE
from simulator.settings.remembered import load_remembered

PREFIX = "SIMULATOR_"
NOT_SETTINGS = frozenset({CONFIG_DIR_VARIABLE, "SIMULATOR_DEBUG"})
PATH_KEYS = frozenset({"data_dir", "workspace"})
OPEN_TABLES = frozenset({"ui.keymap"})
"""Tables whose keys are the user's own."""


@dataclass(slots=True)
class Layer:
    """Values by dotted key, where each comes from, and what cannot be used."""

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def set(self, key: str, value: object, source: str) -> None:
        self.values[key] = value
        self.sources[key] = source


def known_keys(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[str]:
    """Every key that holds a value, dotted."""
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from known_keys(info.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


KEYS = tuple(known_keys())


def command_line(typed: Mapping[str, object], here: Path) -> Layer:
    """What was typed; None stands for an option that was not."""
    layer = Layer()
    for key, value in typed.items():
        if value is not None:
            _take(layer, key, value, source="command line", base=here)
    return layer


def environment(env: Mapping[str, str], here: Path) -> Layer:
    """Variables that begin with SIMULATOR_, e.g. SIMULATOR_UI__PACE for ui.pace. An empty one counts as not set."""
    names = {variable(key): key for key in KEYS if key not in OPEN_TABLES}
    layer = Layer()
    for name in sorted(env):
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        key = names.get(name)
        if key is None:
            layer.problems.append(f"The environment variable {name} is not known. {_meant(name, tuple(names))}")
        elif env[name] != "":
            _take(layer, key, env[name], source=name, base=here)
    return layer


def variable(key: str) -> str:
    """The environment variable that sets a key."""
    return PREFIX + key.replace(".", "__").upper()


def remembered(config: Path, path: Path) -> Layer:
    """What was changed in the app."""
    layer = Layer()
    for key, value in load_remembered(config).items():
        layer.set(key, value, str(path))
    return layer


def settings_file(path: Path) -> Layer:
    """A TOML file; nothing if it does not exist. Relative paths in it start at its own folder."""
    layer = Layer()
    data = _read(path, layer)
    for key, value in _leaves(data, ""):
        _take(layer, key, value, source=str(path), base=path.absolute().parent)
    return layer


def _read(path: Path, layer: Layer) -> Mapping[str, object]:
    try:
        return tomli.loads(path.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        layer.problems.append(f"{path} cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError:
        layer.problems.append(f"{path} is not UTF-8 text. Save it again with the encoding UTF-8.")
    except tomli.TOMLDecodeError as error:
        layer.problems.append(
            f"{path}, line {error.lineno}: this cannot be understood ({error.msg}). "
            'Write key = value below a [table], and text in "double quotes".'
        )
    except (ValueError, RecursionError) as error:
        layer.problems.append(f"{path} cannot be understood: {error}.")
    return {}


def _leaves(data: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in data.items():
        key = prefix + name
        is_table = key in OPEN_TABLES or any(known.startswith(f"{key}.") for known in KEYS)
        if is_table and isinstance(value, Mapping):
            yield from _leaves(value, f"{key}.")
        else:
            yield key, value


def _take(layer: Layer, key: str, value: object, *, source: str, base: Path) -> None:
    if not _is_known(key):
        layer.problems.append(f'"{key}" (from {source}) is not a setting. {_meant(key, KEYS)}')
        return
    if key in PATH_KEYS and isinstance(value, str | Path):
        value = base / Path(value).expanduser()
    layer.set(key, value, source)


def _is_known(key: str) -> bool:
    """Also a table that was given a value, which is refused later for what it is."""
    return key in KEYS or key in _tables() or any(key.startswith(f"{table}.") for table in OPEN_TABLES)


def _tables() -> frozenset[str]:
    return frozenset(key.rsplit(".", 1)[0] for key in KEYS if "." in key)


def _meant(word: str, known: tuple[str, ...]) -> str:
    """A suggestion: by the whole name, or by its last part in another table."""
    if word.lower().endswith("api_key"):
        return (
            "Keys are read from the provider's own environment variable, such as OPENAI_API_KEY, and kept nowhere else."
        )
    by_name = difflib.get_close_matches(word, known, n=1, cutoff=0.75)
    by_part = [key for key in known if key.rsplit(".", 1)[-1] == word.rsplit(".", 1)[-1]]
    guess = next(iter([*by_part, *by_name]), None)
    return f"Did you mean {guess}?" if guess else f"There are: {', '.join(known)}."
