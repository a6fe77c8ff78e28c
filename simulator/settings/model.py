"""Everything that can be set, as frozen values."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class UiSettings(_Group):
    """How the app looks and behaves."""

    theme: Literal["auto", "dark", "light"] = "auto"
    """Colours; auto takes dark or light from the terminal where it tells."""
    show_mood: bool = True
    """Whether the mood gauge is shown during a conversation."""
    pace: Literal["human", "quick", "instant"] = "human"
    """How fast the customer types."""
    keymap: dict[str, str] = Field(default_factory=dict)
    """Keys by the id of what they do, e.g. { "home.search" = "ctrl+f" }."""


class TraineeSettings(_Group):
    """Who practises."""

    name: str = ""


class ModelSettings(_Group):
    """Who voices the customer and who scores."""

    customer: str = "offline"
    judge: str = "offline"


class Settings(_Group):
    """All settings."""

    data_dir: Path
    """Where sessions are kept."""
    workspace: Path
    """The folder whose personas/, scenarios/ and rubrics/ come before the shipped ones."""
    ui: UiSettings = UiSettings()
    trainee: TraineeSettings = TraineeSettings()
    models: ModelSettings = ModelSettings()
