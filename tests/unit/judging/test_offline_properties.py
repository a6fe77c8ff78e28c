"""What holds for every text: no raising, verbatim evidence, levels and probabilities in range, and steadiness."""

from __future__ import annotations

import random
import re
import time
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.judging import replies
from unit.judging.support import names, opened, scenario

from simulator.domain.behaviours import Appraisal
from simulator.domain.scoring import Rating
from simulator.engine.ports import ReplyContext
from simulator.judging.offline import OfflineAppraiser, matches_concern

APPRAISER = OfflineAppraiser()
CONTEXTS = [ReplyContext(), opened("late-gift"), opened("quiet-hearing-aids", "Hello.", "So what now?")]
SNIPPETS = [
    "?", "!", "...", "you", "I'll", "£60", "Monday", "refund", "because", "worried", "\n", "so", "what", "it's", "80 %",
    "is that right", "sorry", "\u200b", "👍", "\x00", "don\u2019t", ",", "the frame",
    "ß", "١٢", "\u202e", "²", "1,2,3.4",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SNIPPETS), max_size=60).map(" ".join))


def sound(appraisal: Appraisal, reply: str) -> None:
    for observation in appraisal.observations:
        assert 0.0 < observation.probability <= 1.0
        assert all(quote and quote in reply for quote in observation.evidence)
    for rating in appraisal.ratings:
        if isinstance(rating, Rating):
            assert rating.level in {0, 1, 2, 3}
            assert all(quote and quote in reply for quote in rating.evidence)
            assert rating.evidence or rating.level == 0
            assert rating.reason
        else:
            assert rating.not_scored
    assert len(appraisal.ratings) == 3
    quotes = [q.quote for q in appraisal.questions] + [r.quote for r in appraisal.restatements]
    quotes += [*appraisal.unanswered, *(o.quote for o in appraisal.offers), appraisal.concern.quote]
    assert all(quote in reply for quote in quotes)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reply=TEXTS, context=st.sampled_from(CONTEXTS))
def test_any_text_is_read_soundly_and_the_same_each_time(reply: str, context: ReplyContext) -> None:
    appraisal = APPRAISER.appraise(reply, context)
    sound(appraisal, reply)
    assert OfflineAppraiser().appraise(reply, context) == appraisal


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(reply=TEXTS)
def test_reflection_of_any_text_has_a_reading(reply: str) -> None:
    assert matches_concern(reply, scenario("late-gift")) in {"none", "near", "named"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", "you ", "?", "so you so you ", "x" * 99 + " ", "I'm sorry. ", "1,", "'", "é ", "? what "]
)
def test_longest_reply_is_read_in_bounded_time(unit: str) -> None:
    reply = (unit * 20_000)[:20_000]
    started = time.process_time()
    sound(APPRAISER.appraise(reply, opened("late-gift")), reply)
    assert time.process_time() - started < 4


def test_ordinary_replies_take_a_few_milliseconds() -> None:
    cases = [(case.reply, opened(case.scenario)) for case in replies.GOOD]
    for reply, context in cases:
        APPRAISER.appraise(reply, context)
    fresh = [(reply + " Thanks.", context) for reply, context in cases]
    started = time.process_time()
    for reply, context in fresh:
        APPRAISER.appraise(reply, context)
    assert (time.process_time() - started) / len(fresh) < 0.05


def typo(text: str, rng: random.Random) -> str:
    """One slip in every long word: two letters swapped."""

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        i = rng.randrange(1, len(word) - 2)
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]

    return re.sub(r"[A-Za-z]{8,}", slip, text)


@lru_cache(maxsize=1024)
def plain_levels(name: str, text: str) -> list[int | None]:
    return levels(APPRAISER.appraise(text, opened(name)))


def levels(appraisal: Appraisal) -> list[int | None]:
    return [appraisal.level(r.criterion) for r in appraisal.ratings]


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ("lower case", 0.05), ("no articles", 0.05), ("no apostrophes", 0.05), ("no commas", 0.08), ("slips", 0.08),
    ],
)  # fmt: skip
def test_spelling_and_grammar_slips_hardly_change_a_level(change: str, allowed: float) -> None:
    rng = random.Random(7)
    changed = total = 0
    worse: list[str] = []
    for case in _plain_replies():
        text = case[1]
        other = {
            "lower case": text.lower(),
            "no articles": re.sub(r"\b(the|a|an) ", "", text),
            "no apostrophes": text.replace("'", ""),
            "no commas": text.replace(",", ""),
            "slips": typo(text, rng),
        }[change]
        before = plain_levels(*case)
        after = levels(APPRAISER.appraise(other, opened(case[0])))
        total += 3
        moved = sum(a != b for a, b in zip(before, after, strict=True))
        changed += moved
        if moved:
            worse.append(f"{before}->{after} {other}")
    assert changed <= allowed * total, (changed, total, worse)


def _plain_replies() -> list[tuple[str, str]]:
    cases = [*replies.GOOD, *replies.HOLLOW, *replies.COLD, *replies.TERSE]
    out = [(case.scenario, case.reply) for case in cases]
    for name in names()[::4]:
        exemplars = scenario(name).exemplars
        out += [(name, line) for line in (*exemplars.paraphrase, *exemplars.empathy, *exemplars.questions)]
    return out


def test_length_alone_gains_nothing() -> None:
    filler = " I really want to help you with this today and I will do my very best for you in every way."
    for case in replies.HOLLOW:
        before = APPRAISER.appraise(case.reply, opened(case.scenario))
        after = APPRAISER.appraise(case.reply + filler * 6, opened(case.scenario))
        for criterion in ("cognitive_empathy", "paraphrasing", "purpose_driven_questioning"):
            assert (after.level(criterion) or 0) <= max(before.level(criterion) or 0, 1)
