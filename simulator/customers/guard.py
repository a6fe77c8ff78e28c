"""Holds back what a model should not have said as a customer: each check is a small pure function.

It reads surfaces: words, numbers, names and forms. A wrong meaning in the right words passes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.customers.guard_facts import gave_away, invented
from simulator.customers.guard_grounds import Grounds
from simulator.customers.guard_talk import broke_character, spoke_as_the_agent, spoke_in_stage_directions
from simulator.customers.guard_words import plain, sentences
from simulator.domain.events import SpeechFault, SpeechFaultKind

Check = Callable[[str, Grounds], list[SpeechFault]]

ROOM = 1.25
"""How far a message may run over the persona's longest, since nobody counts words."""
SPARE_WORDS = 4
LONGEST_WORD = 14
"""Characters a word takes on average at the very most; longer strings are no language."""
_RUN = 4
"""Words in a row that are compared to find what was said before."""
_SHORTEST_REPEAT = 6
"""Words below which saying the same again is no fault."""
SAME = 0.75
"""Share of a message's word runs that make it a repetition of another text."""
_LONG_ENOUGH_TO_GO_ROUND = 8
VARIED = 0.6
"""Share of a message's word runs that differ, at least."""
_LATIN = 0.85
"""Share of letters that are of the Latin alphabet, at least."""
_ENGLISH = 0.14
"""Share of small English words, at least; the shipped customers' own lines lie above 0.2."""
_ENOUGH_WORDS = 7
"""Words from which the share of English ones says something."""
_SMALL_WORDS = frozenset(
    """
    a about all am an and any are as at be been but by can can't come did didn't do does doesn't don't for from get go
    going got had has have he her here his how i i'd i'll i'm i've if in is isn't it it's just know me more my never no
    not now nobody nothing of on one only or our out over please she so somebody that that's the their them then there
    there's they this to u until up us wait want was wasn't we were what what's when where which who why will with won't
    would yes yet you you'd you're you've your ur im ive dont cant its thats
    """.split()  # noqa: SIM905
)


def faults_in(text: str, grounds: Grounds) -> tuple[SpeechFault, ...]:
    """Everything that is wrong with a message, or with as much of it as has come."""
    if empty := said_nothing(text, grounds):
        return tuple(empty)
    return tuple(fault for check in CHECKS for fault in check(text, grounds))


def said_nothing(text: str, grounds: Grounds) -> list[SpeechFault]:
    """No letter and no digit, or nothing but a name."""
    bare = text.strip(" \n.,!?…-")
    nothing = not re.search(r"\w", bare) or bare in grounds.labels
    return [SpeechFault(kind=SpeechFaultKind.EMPTY)] if nothing else []


def ran_on(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Longer than this person writes, with a fair margin; a longer authored line gives more room."""
    most = max(grounds.most_words, len(grounds.line.split())) * ROOM + SPARE_WORDS
    too_long = len(text.split()) > most or len(text) > most * LONGEST_WORD
    return [SpeechFault(kind=SpeechFaultKind.TOO_LONG)] if too_long else []


def repeated(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Nearly the words of an earlier message of their own, of the trainee's reply, or of itself."""
    said = sentences(text)
    line = _normal(grounds.line)
    before = {_normal(sentence) for source in (*grounds.own, grounds.reply) for sentence in sentences(source)}
    for n, sentence in enumerate(said):
        normal = _normal(sentence)
        again = normal in before or normal in {_normal(earlier) for earlier in said[:n]}
        if again and len(normal.split()) >= _SHORTEST_REPEAT and normal not in line:
            return [SpeechFault(kind=SpeechFaultKind.REPETITION, quote=sentence[:120])]
    if _goes_round(text) and not _goes_round(grounds.line):
        return [SpeechFault(kind=SpeechFaultKind.REPETITION)]
    if any(_same(text, source) for source in (*grounds.own, grounds.reply)) and not _same(text, grounds.line):
        return [SpeechFault(kind=SpeechFaultKind.REPETITION)]
    return []


def spoke_another_language(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Other letters than Latin ones, or hardly a small English word, or one of the line's, in a whole message."""
    letters = [ch for ch in text if ch.isalpha()]
    fault = [SpeechFault(kind=SpeechFaultKind.WRONG_LANGUAGE)]
    if letters and sum(ch < "\u0250" for ch in letters) < _LATIN * len(letters):
        return fault
    said = [word for word in plain(text) if not word.isdecimal()]
    of_the_line = frozenset(plain(grounds.line))  # some authors write in telegrams: "Restarted, tried PNG."
    english = sum(word in _SMALL_WORDS or word in of_the_line for word in said)
    return fault if len(said) >= _ENOUGH_WORDS and english < _ENGLISH * len(said) else []


CHECKS: tuple[Check, ...] = (
    spoke_in_stage_directions,
    spoke_as_the_agent,
    broke_character,
    gave_away,
    invented,
    spoke_another_language,
    repeated,
    ran_on,
)
"""What is checked beside that there is anything at all."""


def _normal(text: str) -> str:
    return " ".join(plain(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    said = plain(text)
    return {tuple(said[n : n + _RUN]) for n in range(len(said) - _RUN + 1)}


def _goes_round(text: str) -> bool:
    """Whether most of its word runs come more than once: a model that is stuck."""
    count = len(plain(text)) - _RUN + 1
    return count >= _LONG_ENOUGH_TO_GO_ROUND and len(_runs(text)) < VARIED * count


def _same(text: str, source: str) -> bool:
    runs = _runs(text)
    return len(runs) > _SHORTEST_REPEAT - _RUN and len(runs & _runs(source)) >= SAME * len(runs)
