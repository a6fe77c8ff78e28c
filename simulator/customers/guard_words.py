"""Reading words for the guard: content stems, numbers in any spelling, names, and sentences."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOPS = frozenset(
    """
    a about above actually after again all almost already also although always am an and another any anybody anyone
    anything are around as asked at away back be because been before being below best better between both but by call
    came can can't cannot come comes could couldn't day days did didn't do does doesn't doing don't done down each else
    end enough even ever every everybody everyone everything far few find first for found from further gave get gets
    getting give given gives go goes going gone good got had hadn't happen happened happens has hasn't have haven't
    having he he'd he's help her here hers him his hold how i i'd i'll i'm i've if in into is isn't it it'd it'll it's
    its just keep kept kind knew know known knows last later least left less let let's like little long look looking
    lot made make makes many matter may maybe me mean means might mind mine more most much must my myself need needed
    needs never new next no nobody none nor not nothing now of off often oh ok okay on once one only onto or other
    others ought our ours out over own part people perhaps please point put quite rather really right said same say
    saying says second see seem seems seen send sent set shall she should shouldn't show since so some somebody someone
    something soon sorry start still stop such sure take taken tell than thank thanks that that's the their theirs them
    then there there's these they they'd they'll they're they've thing things think this those though thought through
    time times to today told tomorrow too took tried try trying turn twice two under understand until up upon us use
    used using very wait waiting want wanted wants was wasn't way we we'd we'll we're we've week well went were weren't
    what what's whatever when where whether which while who whole whom whose why will with within without won't word
    work works would wouldn't write writing wrong wrote yes yesterday yet you you'd you'll you're you've your yours
    """.split()  # noqa: SIM905
)
"""Words that say too little by themselves to give a fact away."""
_NUMBER_WORDS = (
    {
        word: str(number)
        for number, word in enumerate(
            """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
        """.split()  # noqa: SIM905
        )
    }
    | {
        word: str(10 * number)
        for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety hundred".split(), 2)  # noqa: SIM905
    }
    | {"thousand": "1000"}
)
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(),  # noqa: SIM905
        3,
    )
}
_DAYS = {
    short: f"day:{day[:3]}"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for short in (day, f"{day}s", day[:3], f"{day[:3]}s", day[:4], f"{day[:4]}s")
}
_MONTHS = {
    short: f"month:{month[:3]}"
    for month in (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    )
    for short in (month, month[:3])
} | {"sept": "month:sep"}  # fmt: skip
_ALSO_WORDS = frozenset(
    {"sun", "sat", "mon", "wed", "may", "march", "mar", "dec", "jan", "suns", "sats", "mons", "weds"}
)
"""Short days and months that mean something else in small letters."""
_CAPITALS_OF_ALL = frozenset(
    """
    i i'm i'd i'll i've ok okay mr mrs ms dr st god christmas easter english tv pc pdf id dm pm am faq sms url usb gps
    hi hello dear yes no yours sincerely regards best thanks thank kind sir madam lol omg tbh idk wtf asap eta fyi imo
    btw ps internet wifi wi-fi
    """.split()  # noqa: SIM905
)
"""Words that are written with a capital without naming anything of this case."""
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_COMPOUND = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*")
_STARTS = re.compile(r"(?:^|[.!?…:;]+[\"'”’)]*\s+|[\"“(‘]|\n)\s*$")


@dataclass(frozen=True, slots=True)
class Detail:
    """A number, day, month or name, as it is compared and as it was written."""

    key: str
    quote: str


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # importing it loads every language, about a third of a second: not before a model speaks
    return importlib.import_module("snowballstemmer").stemmer("english")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The English stem of a lower-case word."""
    return str(_stemmer().stemWord(word)) if 2 < len(word) < 40 else word


def words(text: str) -> list[str]:
    """Lower-case words with straight apostrophes; no numbers."""
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


def plain(text: str) -> list[str]:
    """All words and numbers of the text, lower-case: what near-verbatim repeats are compared by."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower().replace("’", "'"))


@lru_cache(maxsize=4_096)
def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning, numbers in digits."""
    found = {stem(word.removesuffix("'s")) for word in words(text) if word not in _STOPS and len(word) > 2}
    return frozenset(found) | {detail.key for detail in figures(text)}


def contents(texts: Iterable[str]) -> frozenset[str]:
    """The content of several texts together."""
    return frozenset().union(*(content(text) for text in texts))


@lru_cache(maxsize=4_096)
def figures(text: str) -> tuple[Detail, ...]:
    """Numbers, ordinals, days and months, in the order of the text, written out or not; "one" and "first" are none."""
    found = [(match.start(), Detail(_digits(match.group()), match.group())) for match in _DIGITS.finditer(text)]
    for match in _COMPOUND.finditer(text):
        tens, ones = (_NUMBER_WORDS[part.lower()] for part in match.groups())
        found.append((match.start(), Detail(str(int(tens) + int(ones)), match.group())))
    simple = _COMPOUND.sub(lambda match: " " * len(match.group()), text)
    for match in _WORD.finditer(simple):
        word = match.group()
        starts = word.lower() in _ALSO_WORDS and _begins(text, match.start())
        if not starts and (key := _figure(word)) is not None:
            found.append((match.start(), Detail(key, word)))
    return tuple(detail for _, detail in sorted(found, key=lambda item: item[0]))


def _digits(written: str) -> str:
    hours, colon, minutes = written.partition(":")
    if colon and hours.isdecimal():
        hour = str(int(hours) % 12 or 12)
        return hour if minutes == "00" else f"{hour}:{minutes}"
    bare = re.sub(r",(?=\d{3})", "", written)
    bare = re.sub(r"\.0+$", "", bare)
    return bare.lstrip("0") or "0"


def _figure(word: str) -> str | None:
    low = word.lower().replace("’s", "").replace("'s", "")
    if low in {"one", "first", "zero"}:
        return None
    if low in _ALSO_WORDS and not word[0].isupper():
        return None
    return _NUMBER_WORDS.get(low) or _ORDINALS.get(low) or _DAYS.get(low) or _MONTHS.get(low)


def same_figure(key: str, known: frozenset[str]) -> bool:
    """Whether a figure is among the known ones; also as an hour on the other clock, or with half or a quarter of it."""
    if key in known:
        return True
    hours, colon, minutes = key.partition(":")
    if colon and minutes in {"15", "30", "45"}:
        return hours in known or str(int(hours) % 12 + 1) in known
    if not key.isdecimal() or int(key) > 24:
        return False
    hour = int(key)
    if any(f"{clock % 12 or 12}:{minutes}" in known for clock in (hour, hour - 1) for minutes in ("15", "30", "45")):
        return True
    return any(str(other) in known for other in (hour + 12, hour - 12) if 0 < other <= 24)


@lru_cache(maxsize=4_096)
def names(text: str) -> tuple[Detail, ...]:
    """Words with a capital inside a sentence, that are no greeting, abbreviation of everybody's, day or month."""
    found: list[Detail] = []
    for match in _NAME.finditer(text):
        word = match.group()
        low = word.lower().replace("’", "'").removesuffix("'s")
        if low in _CAPITALS_OF_ALL or low in _STOPS or _figure(word) is not None or low.split("'")[0] == "i":
            continue
        shouted = word.isupper() and len(word) > 1
        if shouted or _begins(text, match.start()):
            continue
        found.append(Detail(f"name:{stem(low)}", word))
    return tuple(found)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a line begins there, where any word has a capital."""
    return start == 0 or _STARTS.search(text[max(0, start - 12) : start]) is not None


_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)(?<!\b[ap]\.m)"
    r"[.!?…]+[\"'”’)]*(?=\s)|\n+"
)


def split_first(text: str) -> tuple[str, str]:
    """The first sentence that is certainly complete, and the rest; an empty first one when there is none yet."""
    for match in _SENTENCE_END.finditer(text):
        if re.search(r"\w", text[: match.end()]):
            return text[: match.end()], text[match.end() :]
    return "", text


def sentences(text: str) -> list[str]:
    """The sentences of a finished text."""
    found: list[str] = []
    rest = text
    while rest.strip():
        first, rest = split_first(rest)
        if not first:
            first, rest = rest, ""
        found.append(first.strip())
    return found
