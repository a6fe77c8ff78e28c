"""What can be set, where each value came from, and what the app itself remembers."""

from simulator.settings.loading import LoadedSettings, load_settings
from simulator.settings.model import (
    OFFLINE,
    BudgetSettings,
    CallOptions,
    ModelSettings,
    Role,
    RoleSettings,
    Settings,
    TraineeSettings,
    UiSettings,
)
from simulator.settings.remembered import save_remembered

__all__ = [
    "OFFLINE",
    "BudgetSettings",
    "CallOptions",
    "LoadedSettings",
    "ModelSettings",
    "Role",
    "RoleSettings",
    "Settings",
    "TraineeSettings",
    "UiSettings",
    "load_settings",
    "save_remembered",
]
