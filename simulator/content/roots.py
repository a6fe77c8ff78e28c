"""Where content is looked for: a workspace, and what comes with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.content.kinds import KINDS

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class ContentRoot:
    """A folder that may hold personas/, scenarios/ and rubrics/."""

    path: Path


def shipped_roots() -> tuple[ContentRoot, ...]:
    """What comes with the program: inside the package, and beside it in a source checkout."""
    defaults = _PACKAGE / "defaults"
    checkout = _PACKAGE.parent
    if (defaults / "personas").is_dir() or not (checkout / "pyproject.toml").is_file():
        return (ContentRoot(defaults),)
    return (ContentRoot(checkout), ContentRoot(defaults))


def content_files(folder: Path) -> list[Path]:
    """The .toml files of a folder, by name; none if it does not exist.

    A folder that cannot be listed is given back itself, so that reading it tells why.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return [folder]
    settings = (
        set() if folder.name in {kind.folder for kind in KINDS} else {"simulator.toml", "ui.toml", "pyproject.toml"}
    )
    return sorted(path for path in found if path.name not in settings)
