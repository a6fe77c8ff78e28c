"""The registry of keys, the words for errors, and text that stays text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from textual.color import Color
from tui.fakes import StrictApp

from simulator.errors import ModelError, SimulatorError
from simulator.tui.actions import COMMANDS, PLACES, bindings_for, command, keymap_problems
from simulator.tui.error_text import FAULT_TITLE, error_note
from simulator.tui.plain import clipped, fill, one_line, plain
from simulator.tui.themes import DARK, LIGHT, terminal_is_light, theme_name


def test_every_command_has_an_id_of_its_own_a_label_and_a_tooltip():
    assert len({entry.id for entry in COMMANDS}) == len(COMMANDS)
    assert all(entry.label and entry.tooltip and entry.place in PLACES for entry in COMMANDS)


def test_no_two_commands_of_one_place_share_a_key():
    assert keymap_problems({}) == ()


def test_a_keymap_with_a_wrong_name_or_a_double_key_is_told():
    problems = keymap_problems({"home.serch": "ctrl+f", "home.history": "r"})
    assert problems[0] == "No command is called home.serch."
    assert "r is set for both home.history and home.rubric." in problems


def test_one_binding_can_be_left_to_a_widget():
    names = {binding.id for binding in bindings_for("home", without="open")}
    assert "home.open" not in names
    assert [binding.id for binding in bindings_for("home", only="open")] == ["home.open"]
    assert command("home.open").label == "Open"
    assert command("nothing") is None


def test_an_error_is_told_with_title_detail_and_hint():
    note = error_note(ModelError("The model did not answer", "It took 30 seconds", "Try again!"))
    assert (note.title, note.detail, note.hint) == ("The model did not answer.", "It took 30 seconds.", "Try again!")
    assert note.text == "The model did not answer. It took 30 seconds. Try again!"


def test_an_unknown_error_is_called_our_fault():
    note = error_note(ZeroDivisionError("division by zero"))
    assert note.title == FAULT_TITLE + "."
    assert "kept" in note.hint


def test_an_error_of_a_file_cannot_colour_the_screen():
    assert error_note(SimulatorError("a\x1b[31mb")).title == "a[31mb."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\there", "tab    here"),
        ("\u202egnp.exe", "gnp.exe"),
        ("bell\x07 null\x00", "bell null"),
        ("lone \ud800 half", "lone  half"),
        ("Żółć 你好 👋🏽", "Żółć 你好 👋🏽"),
    ],
)
def test_plain_keeps_letters_and_drops_controls(text, shown):
    assert plain(text) == shown


def test_one_line_and_clipped_never_break_a_row():
    assert one_line("a\n\n b\tc") == "a b c"
    assert clipped("abcdef", 4) == "abc…"
    assert clipped("abc", 4) == "abc"


def test_only_our_placeholders_are_filled():
    assert fill("{name} at {company} {x}", {"name": "A", "company": "B"}) == "A at B {x}"


@pytest.mark.parametrize(("value", "light"), [("15;0", False), ("0;15", True), ("12;default;7", True), ("", False)])
def test_the_terminals_word_decides_on_the_theme(value, light):
    assert terminal_is_light(value) is light


def test_a_choice_names_its_theme(monkeypatch):
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert [theme_name(choice) for choice in ("auto", "dark", "light")] == [LIGHT.name, DARK.name, LIGHT.name]


TEXTS = (
    "muted", "text-success", "text-accent", "text-error", "text-primary", "channel-chat", "channel-email",
    "channel-social", "channel-phone", "mood-frustration", "mood-anxiety", "mood-trust",
)  # fmt: skip
GROUNDS = ("background", "surface")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", TEXTS)
def test_text_stands_out_from_its_ground(theme, ground, name):
    """4.5 to 1, as WCAG 2.2 asks for text (success criterion 1.4.3)."""
    assert contrast(theme.variables[name], getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["bubble-customer", "bubble-trainee", "block-cursor-background"])
def test_words_stand_out_from_bubbles(theme, ground):
    assert contrast(theme.foreground, theme.variables[ground]) >= 7
    assert contrast(theme.variables["muted"], theme.variables[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel / 255) for channel in Color.parse(color).rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_nothing_heavy_is_imported_before_the_first_paint():
    heavy = "pydantic", "sqlalchemy", "litellm", "numpy", "plotext", "simulator.domain", "simulator.engine"
    code = f"import sys, simulator.tui.app; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_screen_key_has_an_id_so_that_it_can_be_remapped():
    assert all(binding.id for binding in StrictApp.BINDINGS)
