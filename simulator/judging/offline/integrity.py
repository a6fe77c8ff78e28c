"""Replies that are no replies: empty, mashed keys, another language, words for a machine, unfilled templates."""

from __future__ import annotations

import re
import unicodedata

from simulator.domain.behaviours import Behaviour
from simulator.judging.offline.lexicon.languages import COMMON_ENGLISH, OTHER_STOPS, STRICTLY_ENGLISH
from simulator.judging.offline.lexicon.marks import MARKS, RAW_MACHINE, RAW_TEMPLATE
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS
from simulator.judging.offline.patterns import compiled_raw, has
from simulator.judging.offline.words import Text

_VOWELS = re.compile(r"[aeiouyáéíóúàèìòùäëïöüâêîôûøåæœãõ]")
_MASH = re.compile(
    r"(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|jkl[ö;]|qwer|wert|erty|rtyu|tyui|uiop|zxcv|xcvb|cvbn|vbnm|qaz|wsx|lkjh|fdsa)"
)
_KEYS = frozenset("asd sdf dfg fgh ghj hjk jkl qwe wer ert rty uio iop zxc xcv cvb vbn bnm lkj kjh jhg dsa ewq".split())  # noqa: SIM905
"""Neighbouring keys that make no word."""
_REPEATED_LETTERS = re.compile(r"(.)\1{4,}")
_RUN_OF_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")


def is_empty(text: str) -> bool:
    """Whether there is no letter and no digit in it."""
    return not any(ch.isalnum() for ch in text)


def foreign_share(reply: Text) -> float:
    """How clearly the reply is in another language than English, 0 to 1."""
    letters = [ch for ch in reply.source[:4000] if ch.isalpha()]
    if not letters:
        return 0.0
    other_script = sum(1 for ch in letters if not unicodedata.name(ch, "?").startswith("LATIN"))
    if other_script > 0.4 * len(letters):
        return 0.97
    raws = [w.raw.lower() for w in reply.whole.words if w.raw.isalpha() or "'" in w.raw]
    if len(raws) < 3:
        return 0.0
    english = sum(1 for w in raws if w in COMMON_ENGLISH or w in STRICTLY_ENGLISH)
    best = max(sum(1 for w in raws if w in stops and w not in STRICTLY_ENGLISH) for stops in OTHER_STOPS.values())
    if best < 2 or best <= english:
        return 0.0
    return min(0.97, 0.5 + (best - english) / len(raws))


def nonsense_share(reply: Text) -> float:
    """How clearly the reply is mashed keys or words without a sentence, 0 to 1."""
    raws = [w.raw.lower() for w in reply.whole.words]
    if not raws:
        return 0.0
    mashed = sum(1 for w in raws if _is_mash(w))
    share = mashed / len(raws)
    if share >= 0.4:
        return min(0.97, 0.55 + share / 2)
    if len(raws) >= 5 and len(set(raws)) <= max(1, len(raws) // 6):
        return 0.9
    small = sum(1 for w in reply.whole.words if w.norm in STOP_WORDS)
    if len(raws) >= 8 and small == 0:
        return 0.7
    return 0.3 * share


def _is_mash(word: str) -> bool:
    if word.isdigit() or not word.isalpha() or not word.isascii() or word in COMMON_ENGLISH:
        return False
    if _REPEATED_LETTERS.search(word) or len(word) > 28:
        return True
    if word in _KEYS or (len(word) >= 5 and word[:3] in _KEYS and _RUN_OF_CONSONANTS.search(word)):
        return True
    if len(word) >= 4 and (_MASH.search(word) or not _VOWELS.search(word)):
        return len(word) >= 5 or not _VOWELS.search(word)
    return bool(_CONSONANTS.search(word))


def machine_marks(text: str) -> list[str]:
    """Verbatim marks of text for a machine that only the raw reply shows."""
    return _raw(RAW_MACHINE, text)


def speaks_to_machine(reply: Text) -> bool:
    """Whether the reply addresses a judge or a machine instead of the customer."""
    marks = MARKS[Behaviour.TO_MACHINE]
    return bool(machine_marks(reply.source)) or any(has(p, s) for w, p in marks if w >= 5 for s in reply.sentences)


def template_marks(text: str) -> list[str]:
    """Verbatim gaps of a template."""
    return _raw(RAW_TEMPLATE, text)


def _raw(patterns: tuple[str, ...], text: str) -> list[str]:
    return [match.group() for pattern in patterns if (match := compiled_raw(pattern).search(text)) and match.group()]
