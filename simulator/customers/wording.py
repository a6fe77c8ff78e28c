"""Puts plain lines into a persona's own way of typing, without touching what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from simulator.domain.mood import Mood
from simulator.domain.persona import Voice

_ARTICLE = re.compile(r"\b(the|an|a) (?=[a-z])", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(^|[.!?]\s+)([a-z])")
_KEEPS_CAPITAL = re.compile(r"^(?:I|I['’]\w+|[A-Z]{2,}.*|\d.*)$")
HEATED = 0.6
"""Frustration from which a sentence may end in an exclamation mark, and emoji stop."""


def in_voice(text: str, voice: Voice, mood: Mood, rng: Random) -> str:
    """The text as this person types it in this mood.

    Args:
        text: one message in plain spelling.
        voice: typing habits.
        mood: heat brings exclamation marks and takes emoji away.
        rng: decides what happens only now and then.
    """
    text = _swap(text, voice.swaps)
    text = _drop_articles(text, voice.drops_articles, rng)
    if mood.frustration > HEATED and rng.random() < voice.exclaims:
        text = re.sub(r"\.(?=\s|$)", "!", text, count=1)
    if voice.case == "lower":
        text = _lower(text)
    text = _end(text, voice.full_stop)
    if voice.emoji and mood.frustration < HEATED and rng.random() < 0.25:
        text = f"{text} {rng.choice(voice.emoji)}"
    return text


def _swap(text: str, swaps: dict[str, str]) -> str:
    for plain, own in swaps.items():
        pattern = re.escape(plain).replace("'", "['’]")
        text = re.sub(rf"(?<![\w'’@./-]){pattern}(?![\w@-]|['’]\w|\.\w)", _cased(own), text, flags=re.IGNORECASE)
    return text


def _cased(own: str) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        return own[0].upper() + own[1:] if match.group()[0].isupper() and match.group() != "I" else own

    return replace


def _drop_articles(text: str, share: float, rng: Random) -> str:
    if share <= 0:
        return text
    dropped = _ARTICLE.sub(lambda match: "" if rng.random() < share else match.group(), text)
    return _SENTENCE_START.sub(lambda match: match.group(1) + match.group(2).upper(), dropped)


def _lower(text: str) -> str:
    """Sentence starts and "I" in lower case; names and codes inside a sentence keep their capitals."""
    words = text.split(" ")
    starts = True
    for n, word in enumerate(words):
        if re.fullmatch(r"I(['’]\w+)?[,.!?]*", word) or (starts and not _KEEPS_CAPITAL.match(word)):
            words[n] = word[0].lower() + word[1:] if word else word
        starts = word.endswith((".", "!", "?", "\n"))
    return " ".join(words)


def _end(text: str, full_stop: str) -> str:
    if not text.endswith(".") or text.endswith(".."):
        return text
    match full_stop:
        case "dropped":
            return text[:-1]
        case "dots":
            return text[:-1] + "..."
        case _:
            return text
