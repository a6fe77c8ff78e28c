"""Our own two themes, one dark and one light, and the variables that our styles add."""

from __future__ import annotations

import os
from typing import Final

from textual.theme import Theme

from simulator.tui.services import ThemeChoice

DARK: Final = Theme(
    name="dusk",
    dark=True,
    primary="#7cb7c4",
    secondary="#9aa9d6",
    accent="#e3b778",
    success="#93c49a",
    warning="#e3b778",
    error="#e48b86",
    foreground="#d8dde2",
    background="#15191d",
    surface="#1b2025",
    panel="#232a30",
    variables={
        "muted": "#98a4ae",
        "faint": "#56616b",
        "hairline": "#2c343b",
        "bubble-customer": "#20272d",
        "bubble-trainee": "#1f3338",
        "channel-chat": "#7cb7c4",
        "channel-email": "#c3a6dc",
        "channel-social": "#e3b778",
        "channel-phone": "#93c49a",
        "mood-frustration": "#e48b86",
        "mood-anxiety": "#e3b778",
        "mood-trust": "#93c49a",
        "text-muted": "#98a4ae",
        "text-success": "#93c49a",
        "text-accent": "#e3b778",
        "text-warning": "#e3b778",
        "text-error": "#e48b86",
        "text-primary": "#7cb7c4",
        "block-cursor-background": "#24383f",
        "block-cursor-foreground": "#f0f4f6",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#232a30",
        "block-cursor-blurred-foreground": "#d8dde2",
        "block-hover-background": "#20272d",
        "input-selection-background": "#7cb7c4 30%",
        "scrollbar": "#333d45",
        "scrollbar-hover": "#46535d",
        "scrollbar-active": "#7cb7c4",
        "scrollbar-background": "#15191d",
        "scrollbar-background-hover": "#15191d",
        "scrollbar-background-active": "#15191d",
        "scrollbar-corner-color": "#15191d",
        "border": "#7cb7c4",
        "border-blurred": "#2c343b",
    },
)

LIGHT: Final = Theme(
    name="daylight",
    dark=False,
    primary="#1d6a7a",
    secondary="#4a5aa8",
    accent="#8f5a0c",
    success="#2f6f40",
    warning="#8f5a0c",
    error="#a83232",
    foreground="#262b30",
    background="#faf8f4",
    surface="#f3f0ea",
    panel="#eae6de",
    variables={
        "muted": "#5a6167",
        "faint": "#a3a49f",
        "hairline": "#dedad1",
        "bubble-customer": "#efece5",
        "bubble-trainee": "#dcebed",
        "channel-chat": "#1d6a7a",
        "channel-email": "#754a9a",
        "channel-social": "#8f5a0c",
        "channel-phone": "#2f6f40",
        "mood-frustration": "#a83232",
        "mood-anxiety": "#8f5a0c",
        "mood-trust": "#2f6f40",
        "text-muted": "#5a6167",
        "text-success": "#2f6f40",
        "text-accent": "#8f5a0c",
        "text-warning": "#8f5a0c",
        "text-error": "#a83232",
        "text-primary": "#1d6a7a",
        "block-cursor-background": "#d3e4e7",
        "block-cursor-foreground": "#14181b",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#eae6de",
        "block-cursor-blurred-foreground": "#262b30",
        "block-hover-background": "#efece5",
        "input-selection-background": "#1d6a7a 25%",
        "scrollbar": "#d5d0c5",
        "scrollbar-hover": "#bdb7aa",
        "scrollbar-active": "#1d6a7a",
        "scrollbar-background": "#faf8f4",
        "scrollbar-background-hover": "#faf8f4",
        "scrollbar-background-active": "#faf8f4",
        "scrollbar-corner-color": "#faf8f4",
        "border": "#1d6a7a",
        "border-blurred": "#dedad1",
    },
)

_OURS: Final = (
    "muted", "faint", "hairline", "bubble-customer", "bubble-trainee", "channel-chat", "channel-email",
    "channel-social", "channel-phone", "mood-frustration", "mood-anxiety", "mood-trust",
)  # fmt: skip


def variable_defaults() -> dict[str, str]:
    """Our own variables, for themes that do not know them."""
    return {name: DARK.variables[name] for name in _OURS}


def theme_name(choice: ThemeChoice) -> str:
    """The theme for a choice; `auto` follows what the terminal says of its background."""
    if choice == "auto":
        return LIGHT.name if terminal_is_light(os.environ.get("COLORFGBG", "")) else DARK.name
    return LIGHT.name if choice == "light" else DARK.name


def terminal_is_light(colorfgbg: str) -> bool:
    """Whether COLORFGBG (as set by several terminals: "15;0") names a light background; False if unknown."""
    background = colorfgbg.rpartition(";")[2]
    return background.isdigit() and int(background) in {7, 9, 10, 11, 12, 13, 14, 15}
