"""Finds the words that a judge quotes in the reply that it rates; what is kept is always the reply's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_SAME = {
    **dict.fromkeys("‘’\u02bc\u201b\u2032`\u00b4", "'"),
    **dict.fromkeys("“”„\u201f«»\u2033", '"'),
    "…": "...",
}
_AROUND = " \t\n\"'.…"
_FEWEST_SIGNS = 2
"""Letters and figures that a quote needs; less stands in any reply."""
_JOINED_SCRIPTS_END = 0x0590
"""Below it are the scripts that part words by spaces: Latin, Greek, Cyrillic, Armenian."""


_TO_A_JUDGE = re.compile(
    r"""
    <\s*/?\s*data-                                       # the delimiter of the data
    | <\|\w+\|> | \[/?inst\] | <</?sys>>                 # a model's own marks
    | (?:^|[.!?]\s+) \s* (?:system|assistant|judge|grader|evaluator|rater) \s* :
    | ["']level["']\s*: | ["']evidence["']\s*:            # the form of the answer
    | \b(?:every|all|each|any)\s+(?:levels?|criteri(?:on|a)|scores?)\b
    | \blevels?\s*(?:is|are|=|:)\s*[0-3]\b | \blevel\s+3\b.*\bcriteri(?:on|a)\b
    | \b(?:rate|score|grade)\s+(?:this|it|me|my|the)\b[^.!?]*\b(?:[0-3]|three|top|highest|full)\b
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def speaks_to_a_judge(quote: str) -> bool:
    """Whether the words speak to whoever rates them, or look like a machine's own marks; such words carry no level."""
    return _TO_A_JUDGE.search(quote) is not None


def own_words(quote: str, reply: str) -> str | None:
    """The reply's own words that the quote means; None when they are not in the reply.

    The quote may differ in capitals, in the form of apostrophes and quotation marks, in the width of white space, and
    in the white space, quotation marks, full stops and ellipses around it. It has to hold whole words.
    """
    if len(quote) > 2 * len(reply) + 20:
        return None
    plain, places = _plain(reply)
    wanted, _ = _plain(quote)
    if _says_nothing(wanted, plain):
        return None
    for words in dict.fromkeys((wanted.strip(), wanted.strip(_AROUND))):
        for start in _occurrences(words, plain):
            return reply[places[start] : places[start + len(words) - 1] + 1]
    return None


@lru_cache(maxsize=8)  # a reply is looked into once for each quote
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in one form of writing, and for each of its signs the place in the text."""
    signs: list[str] = []
    places: list[int] = []
    for place, ch in enumerate(text):
        plain = " " if ch.isspace() else _SAME.get(ch, ch.casefold())
        if plain == " " and signs and signs[-1] == " ":
            continue
        signs += plain
        places += [place] * len(plain)
    return "".join(signs), tuple(places)


def _says_nothing(quote: str, reply: str) -> bool:
    fewest = min(_FEWEST_SIGNS, max(1, _signs(reply)))
    return _signs(quote) < fewest


def _signs(text: str) -> int:
    return sum(ch.isalnum() for ch in text)


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Where the words stand as whole words."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not _cuts(text, start) and not _cuts(text, end):
            yield start
        start = text.find(words, start + 1)


def _cuts(text: str, place: int) -> bool:
    """Whether that place lies within a word."""
    if place in {0, len(text)}:
        return False
    before, after = text[place - 1], text[place]
    return before.isalnum() and after.isalnum() and max(ord(before), ord(after)) < _JOINED_SCRIPTS_END
