from __future__ import annotations

from random import Random
from typing import Any

import pytest

from simulator.customers.wording import HEATED, in_voice
from simulator.domain.mood import Mood
from simulator.domain.persona import Voice

CALM = Mood(frustration=0.3, anxiety=0.3, trust=0.5)
HOT = Mood(frustration=0.8, anxiety=0.3, trust=0.2)


def typed(text: str, *, mood: Mood = CALM, seed: int = 1, **voice: Any) -> str:
    own = Voice.model_validate({"tone": "plain", "max_words": 40, **voice})
    return in_voice(text, own, mood, Random(seed))


def typings(text: str, *, mood: Mood = CALM, **voice: Any) -> set[str]:
    return {typed(text, mood=mood, seed=seed, **voice) for seed in range(200)}


def test_a_plain_voice_changes_nothing() -> None:
    text = "It's late. I'd like to know why, don't you? Ref AB-12."
    assert typings(text, mood=HOT) == {text}


@pytest.mark.parametrize(
    ("plain", "swapped"),
    [
        ("please help", "pls help"),
        ("Please help", "Pls help"),
        ("help, please.", "help, pls."),
        ("pleased to meet you", "pleased to meet u"),
        ("thank you", "thank u"),
        ("You know you said", "U know u said"),
        ("yours and your own", "yours and your own"),
        ("you're late", "you're late"),
        ("me@you.com or you@me.com", "me@you.com or you@me.com"),
        ("see www.you.com/you now", "see www.you.com/you now"),
        ("code you-12 and you_x", "code you-12 and you_x"),
        ("(you)", "(u)"),
    ],
)
def test_whole_words_are_swapped_and_addresses_and_codes_are_not(plain: str, swapped: str) -> None:
    assert typed(plain, swaps={"please": "pls", "you": "u"}) == swapped


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_swap_finds_both_apostrophes(apostrophe: str) -> None:
    text = f"I don{apostrophe}t know. Don{apostrophe}t ask."
    assert typed(text, swaps={"don't": "dont"}) == "I dont know. Dont ask."


def test_the_capital_of_i_says_nothing_about_its_swap() -> None:
    assert typed("Well, I'm here and I’m late.", swaps={"i'm": "im"}) == "Well, im here and im late."
    assert typed("Well, I'm here.", swaps={"i'm": "I am"}) == "Well, I am here."


def test_what_was_put_in_is_not_swapped_again() -> None:
    assert typed("mum and mom", swaps={"mum": "mom", "mom": "ma"}) == "mom and ma"


def test_the_longer_swap_wins() -> None:
    assert typed("thank you so much", swaps={"thank you": "ta", "you": "u"}) == "ta so much"


def test_numbers_codes_and_sums_survive_every_habit() -> None:
    text = "The order A4-77 of 3.5 kg cost £12.50 on the 3rd. Mail a@the.org about it."
    habits = {"case": "lower", "drops_articles": 1.0, "full_stop": "dropped", "swaps": {"order": "ordr", "a": "uh"}}
    for written in typings(text, mood=HOT, exclaims=1.0, **habits):
        for kept in ("A4-77", "3.5", "£12.50", "3rd", "a@the.org"):
            assert kept in written


def test_articles_are_dropped_in_the_share_given() -> None:
    text = "The box is in the hall with a lid and an inlay."
    assert typed(text, drops_articles=1.0) == "Box is in hall with lid and inlay."
    assert typed(text, drops_articles=0.0) == text
    lengths = {len(written) for written in typings(text, drops_articles=0.5)}
    assert len(lengths) > 3


@pytest.mark.parametrize(
    "text", ["We took plan A then.", "On the 3rd.", "The EU said no.", "Other theatre, another day."]
)
def test_what_only_looks_like_an_article_stays(text: str) -> None:
    assert typed(text, drops_articles=1.0) == text


def test_lower_case_typing_keeps_names_and_codes_inside_a_sentence() -> None:
    text = "I asked Anna on Monday. She said I'd get it. USB works. 3 times! Really?"
    assert typed(text, case="lower") == "i asked Anna on Monday. she said i'd get it. USB works. 3 times! really?"


@pytest.mark.parametrize(
    ("habit", "text", "written"),
    [
        ("dropped", "It is late. Very late.", "It is late. Very late"),
        ("dots", "It is late. Very late.", "It is late. Very late..."),
        ("kept", "It is late.", "It is late."),
        ("dropped", "Is it late?", "Is it late?"),
        ("dots", "It is late...", "It is late..."),
        ("dropped", "It is late...", "It is late..."),
    ],
)
def test_what_ends_a_message(habit: str, text: str, written: str) -> None:
    assert typed(text, full_stop=habit) == written


def test_heat_brings_one_exclamation_mark_and_calm_none() -> None:
    text = "It is late. Very late."
    assert typed(text, mood=HOT, exclaims=1.0) == "It is late! Very late."
    assert typed(text, mood=CALM, exclaims=1.0) == text
    assert typings(text, mood=HOT, exclaims=0.5) == {text, "It is late! Very late."}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Well... no.", "Well... no!"),
        ("At 10 p.m. he came.", "At 10 p.m. he came!"),
        ("Mr. Haas and Mrs. Haas called.", "Mr. Haas and Mrs. Haas called!"),
        ("It cost 3.50 then.", "It cost 3.50 then!"),
    ],
)
def test_only_a_real_full_stop_becomes_an_exclamation_mark(text: str, written: str) -> None:
    assert typed(text, mood=HOT, exclaims=1.0) == written


def test_emoji_come_now_and_then_and_never_in_anger() -> None:
    assert typings("Okay.", emoji=["😅"]) == {"Okay.", "Okay. 😅"}
    assert typings("Okay.", mood=HOT, emoji=["😅"]) == {"Okay."}
    at_the_edge = CALM.model_copy(update={"frustration": HEATED})
    assert typings("Okay.", mood=at_the_edge, emoji=["😅"]) == {"Okay."}
