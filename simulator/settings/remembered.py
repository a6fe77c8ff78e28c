"""What was changed in the app's settings screen: a file of the app's own, so that the user's file stays as written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from simulator.errors import SettingsError
from simulator.settings.places import REMEMBERED_FILE

REMEMBERED_KEYS = frozenset({"ui.theme", "ui.show_mood", "ui.pace"})


def load_remembered(folder: Path) -> dict[str, object]:
    """The remembered values by dotted key; a damaged file counts as none."""
    try:
        data = json.loads((folder / REMEMBERED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if key in REMEMBERED_KEYS}


def save_remembered(folder: Path, changes: Mapping[str, object]) -> None:
    """Keep these values beside the ones kept before, all or none.

    Raises:
        SettingsError: they cannot be written.
    """
    values = {**load_remembered(folder), **changes}
    path = folder / REMEMBERED_FILE
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(values, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise SettingsError(
            "The change counts for now, but it could not be kept.",
            f"{path}: {error.strerror}",
            "Make that folder writable, or set it in simulator.toml.",
        ) from error
