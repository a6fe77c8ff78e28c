"""Puts plain lines into a persona's own way of typing, without touching what they say."""

from __future__ import annotations

import re
from random import Random

from simulator.domain.mood import Mood
from simulator.domain.persona import Voice

_ARTICLE = re.compile(r"\b(?:the|an|a|The|An) (?=[a-z])")  # a capital A may be a name: "plan A"
_SENTENCE_START = re.compile(r"(^|[.!?]\s+)([a-z])")
_KEEPS_CAPITAL = re.compile(r"^(?:I|I['’]\w+|[A-Z]{2,}.*|\d.*)$")
_FULL_STOP = re.compile(r"(?<=\w\w)(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\.(?=\s|$)")
"""Not one of three dots, nor the one of "p.m." or "Mr."."""
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
        text = _FULL_STOP.sub("!", text, count=1)
    if voice.case == "lower":
        text = _lower(text)
    text = _end(text, voice.full_stop)
    if voice.emoji and mood.frustration < HEATED and rng.random() < 0.25:
        text = f"{text} {rng.choice(voice.emoji)}"
    return text


def _swap(text: str, swaps: dict[str, str]) -> str:
    """All in one pass, so that what was put in is not swapped again."""
    if not swaps:
        return text
    own = {_plain(word): typed for word, typed in swaps.items()}
    words = "|".join(re.escape(word).replace("'", "['’]") for word in sorted(own, key=len, reverse=True))
    pattern = rf"(?<![\w'’@./-])(?:{words})(?![\w@-]|['’]\w|\.\w)"
    return re.sub(pattern, lambda match: _cased(match.group(), own[_plain(match.group())]), text, flags=re.IGNORECASE)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _cased(word: str, own: str) -> str:
    """With a capital where the word had one; that of "I" says nothing."""
    capital = word[0].isupper() and not re.match(r"I(?:['’]|$)", word)
    return own[0].upper() + own[1:] if capital else own


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
