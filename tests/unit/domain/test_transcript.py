from __future__ import annotations

import pytest

from simulator.domain.transcript import MAX_REPLY_CHARS, clean_text, is_verbatim


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain text", "plain text"),
        ("  trimmed \n", "trimmed"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("nul\x00bell\x07del\x7fc1\x9b", "nulbelldelc1"),
        ("evil\u202etxt.exe\u2066x\u2069", "eviltxt.exex"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("[@click=app.quit]bye[/]", "[@click=app.quit]bye[/]"),
        ("Überraschung, naïve, 日本語, ¿qué?", "Überraschung, naïve, 日本語, ¿qué?"),
        ("family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"),
        ("\x00\x01", ""),
        ("", ""),
    ],
)
def test_controls_go_and_letters_stay(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_a_reply_is_cut_at_the_limit() -> None:
    assert clean_text("abcdef", limit=4) == "abcd"
    assert len(clean_text("x" * (MAX_REPLY_CHARS + 5))) == MAX_REPLY_CHARS


@pytest.mark.parametrize("raw", ["a\r\nb\t\x1b", " \u202ex ", "x" * 30, "x" * 9 + " y"])
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean_text(raw, limit=10)
    assert clean_text(once, limit=10) == once


def test_a_quote_is_verbatim_or_none_at_all() -> None:
    text = "So it stopped on Sunday."
    assert is_verbatim("stopped on Sunday", text)
    assert not is_verbatim("stopped on sunday", text)
    assert not is_verbatim("stopped  on", text)
    assert not is_verbatim("", text)
