from __future__ import annotations

from typing import Any

import pytest
from builders import appraisal

from simulator.domain.behaviours import Behaviour
from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.persona import ReactionKind as Kind
from simulator.domain.reactions import Landing, reactions_to


def landed(*shown: Behaviour, **changes: Any) -> tuple[Kind, ...]:
    quiet: dict[str, Any] = {
        "appraisal": appraisal(*shown),
        "before": Memory(),
        "after": Memory(),
        "empathy": 0,
        "paraphrase": 0,
        "question": 0,
        "stock": False,
        "cold": False,
        "names_concern": False,
        "offer": None,
        "asked_again": False,
        "confirmed": False,
        "corrected": False,
        "deflected": False,
        "dont_know": False,
        "answered": True,
        "warns": False,
        "ending": None,
    }
    return reactions_to(Landing(**{**quiet, **changes}))


def test_a_plain_question_calls_for_an_answer_only() -> None:
    assert landed() == ()


def test_without_an_answer_they_ask_for_one() -> None:
    assert landed(answered=False) == (Kind.NUDGE,)


@pytest.mark.parametrize(
    ("ending", "last_word"),
    [
        (EndingKind.CONNECTED, Kind.CLOSE_CONNECTED),
        (EndingKind.COLD, Kind.CLOSE_COLD),
        (EndingKind.HEARD_UNRESOLVED, Kind.CLOSE_UNRESOLVED),
        (EndingKind.WALKED_OUT, Kind.WALK_OUT),
    ],
)
def test_who_leaves_reacts_to_nothing_else(ending: EndingKind, last_word: Kind) -> None:
    assert landed(Behaviour.HOSTILE, ending=ending, warns=True, empathy=3) == (last_word,)


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (Behaviour.HOSTILE, Kind.INSULTED),
        (Behaviour.EMPTY, Kind.EMPTY),
        (Behaviour.NONSENSE, Kind.NONSENSE),
        (Behaviour.OTHER_LANGUAGE, Kind.OTHER_LANGUAGE),
        (Behaviour.TO_MACHINE, Kind.TO_MACHINE),
        (Behaviour.CALM_DOWN, Kind.CALM_DOWN),
        (Behaviour.BLAME, Kind.BLAMED),
        (Behaviour.REPEATED, Kind.REPEATED),
        (Behaviour.SCRIPTED, Kind.SCRIPTED),
        (Behaviour.POLICY_TALK, Kind.POLICY),
        (Behaviour.DISMISSIVE, Kind.COLD),
    ],
)
def test_what_hurts_comes_before_what_was_good(behaviour: Behaviour, kind: Kind) -> None:
    assert landed(behaviour, empathy=3, paraphrase=3, offer="fully", names_concern=True)[0] is kind


def test_an_insult_weighs_more_than_blame_and_blame_more_than_policy() -> None:
    shown = landed(Behaviour.POLICY_TALK, Behaviour.BLAME, Behaviour.HOSTILE, warns=True)
    assert shown[:4] == (Kind.INSULTED, Kind.BLAMED, Kind.WARNING, Kind.POLICY)


def test_being_brushed_off_is_called_cold_and_weighs_more_than_policy() -> None:
    assert landed(Behaviour.DISMISSIVE, Behaviour.POLICY_TALK) == (Kind.COLD, Kind.POLICY)
    assert landed(Behaviour.DISMISSIVE, cold=True, answered=False) == (Kind.COLD, Kind.NUDGE)


def test_naming_the_worry_outweighs_the_offer_and_the_offer_the_rest() -> None:
    shown = landed(names_concern=True, offer="fully", empathy=3, paraphrase=2, question=3)
    assert shown == (Kind.CONCERN_NAMED, Kind.OFFER_WELCOME, Kind.UNDERSTOOD, Kind.CONFIRMED, Kind.GOOD_QUESTION)


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        ("fully", Kind.OFFER_WELCOME),
        ("partly", Kind.OFFER_PARTIAL),
        ("over_limit", Kind.OFFER_PARTIAL),
        ("no", Kind.OFFER_WRONG),
        ("too_early", Kind.RUSHED),
    ],
)
def test_each_verdict_on_an_offer_has_its_reaction(verdict: str, kind: Kind) -> None:
    assert landed(offer=verdict) == (kind,)


def test_helped_and_not_heard_they_wonder_whether_that_is_all() -> None:
    shown = landed(offer="fully", after=Memory(need_met=True, settling=1))
    assert shown == (Kind.IS_THAT_ALL, Kind.OFFER_WELCOME)


def test_a_hand_over_stings_unless_the_story_goes_with_it() -> None:
    assert Kind.HANDED_OFF in landed(Behaviour.HAND_OFF)
    assert Kind.HANDED_OFF not in landed(Behaviour.HAND_OFF, Behaviour.CONTEXT_KEPT)


def test_sympathy_is_heard_differently_the_second_time() -> None:
    assert landed(stock=True) == (Kind.STOCK_SYMPATHY,)
    assert landed(stock=True, before=Memory(stock_sympathy=1)) == (Kind.STOCK_SYMPATHY_AGAIN,)


def test_owning_up_behind_a_stock_phrase_is_not_praised() -> None:
    assert landed(Behaviour.OWNERSHIP) == (Kind.OWNED,)
    assert Kind.OWNED not in landed(Behaviour.OWNERSHIP, stock=True)


def test_a_solution_out_of_nowhere_is_rushed_once() -> None:
    assert landed(Behaviour.PREMATURE_SOLUTION) == (Kind.RUSHED,)
    assert landed(Behaviour.PREMATURE_SOLUTION, offer="too_early") == (Kind.RUSHED,)


def test_praise_for_good_questions_wears_off() -> None:
    assert landed(question=3) == (Kind.GOOD_QUESTION,)
    assert landed(question=3, before=Memory(good_questions=3)) == ()


def test_coldness_is_mentioned_when_it_becomes_a_habit_or_nothing_was_answered() -> None:
    assert landed(cold=True) == ()
    assert landed(cold=True, after=Memory(neutral=2)) == (Kind.COLD,)
    assert landed(cold=True, answered=False) == (Kind.COLD, Kind.NUDGE)


def test_no_kind_is_named_twice() -> None:
    shown = landed(confirmed=True, paraphrase=2)
    assert shown == (Kind.CONFIRMED,)


def test_asked_again_corrected_deflected_and_not_known_have_their_reactions() -> None:
    assert landed(asked_again=True) == (Kind.ASKED_AGAIN,)
    assert landed(corrected=True) == (Kind.CORRECTED,)
    assert landed(deflected=True) == (Kind.DEFLECT,)
    assert landed(dont_know=True) == (Kind.DONT_KNOW,)


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (Behaviour.INTERROGATION, Kind.INTERROGATED),
        (Behaviour.JARGON, Kind.JARGON),
        (Behaviour.WAIT_REQUEST, Kind.WAIT),
        (Behaviour.DISMISSIVE, Kind.COLD),
        (Behaviour.POLICY_TALK, Kind.POLICY),
    ],
)
def test_mild_faults_have_their_reactions(behaviour: Behaviour, kind: Kind) -> None:
    assert landed(behaviour) == (kind,)


def test_a_greeting_is_returned_only_when_there_is_nothing_to_answer() -> None:
    assert landed(Behaviour.GREETING) == ()
    assert landed(Behaviour.GREETING, answered=False) == (Kind.GREETED, Kind.NUDGE)
