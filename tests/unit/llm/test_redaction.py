"""No key gets into a text that is shown or kept."""

from __future__ import annotations

import pytest

from simulator.llm.redaction import HIDDEN, redact


@pytest.mark.parametrize(
    "name",
    [
        "OPENAI_API_KEY",
        "HF_TOKEN",
        "AWS_SECRET",
        "AWS_ACCESS_KEY_ID",
        "DB_PASSWORD",
        "my_credentials",
        "KEY",
        "API_KEY_2",
    ],
)
def test_the_values_of_variables_that_hold_keys_are_taken_out(name: str) -> None:
    assert redact("It was plain-words-9, twice: plain-words-9.", {name: "plain-words-9"}) == (
        f"It was {HIDDEN}, twice: {HIDDEN}."
    )


@pytest.mark.parametrize("name", ["PATH", "MONKEY", "KEYBOARD", "TOKENIZERS", "HOME"])
def test_other_variables_are_left_alone(name: str) -> None:
    assert redact("It was plain-words-9.", {name: "plain-words-9"}) == "It was plain-words-9."


def test_a_key_that_begins_like_another_is_taken_out_whole() -> None:
    env = {"A_KEY": "plain-words", "B_KEY": "plain-words-and-more"}
    assert redact("plain-words-and-more", env) == HIDDEN


def test_a_value_too_short_to_be_a_key_does_not_spoil_every_text() -> None:
    assert redact("Is it so?", {"A_KEY": "so", "B_KEY": "", "C_KEY": " "}) == "Is it so?"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Incorrect API key provided: sk-proj-abcDEF123456.", "abcDEF"),
        ("Incorrect API key provided: sk-abcde***********3456.", "3456"),
        ("Incorrect API key provided: whatever1234.", "whatever1234"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc-def", "eyJ"),
        ("{'Authorization': 'Bearer 0123456789abcdef'}", "0123456789"),
        ("https://models.example/v1?key=AIzaSyA1234567890&alt=sse", "SyA123"),
        ("https://models.example/v1?alt=sse&key=plainkey1234", "plainkey"),
        ("https://ana:geheim@models.example/v1", "geheim"),
        ('{"api_key": "abcd-efgh-ijkl"}', "abcd"),
        ("x-api-key: abcd-efgh-ijkl", "abcd"),
        ("gsk_abcdefghijkl, hf_abcdefghijkl and ghp_abcdefghijkl", "abcdef"),
        ("AKIAIOSFODNN7EXAMPLE", "FODNN7"),
    ],
)
def test_what_looks_like_a_key_is_taken_out(text: str, secret: str) -> None:
    shown = redact(text, {})
    assert secret not in shown
    assert HIDDEN in shown


@pytest.mark.parametrize(
    "text",
    [
        "The key was refused.",
        "Please wait for task-9 of the risk-averse desk.",
        "Missing credentials. Please pass an `api_key`, or set OPENAI_API_KEY.",
        "Rate limit reached: 3 requests a minute.",
        "The token limit is 4096 tokens.",
        "https://models.example/v1/chat",
        "I asked for it: the basic plan, please.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text, {}) == text
