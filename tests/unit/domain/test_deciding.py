from __future__ import annotations

from collections.abc import Iterable

import pytest
from builders import INSULT, PROCEDURE, SYMPATHY, UNDERSTANDS, after, appraisal, opened, persona, replied, scenario

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.deciding import decide
from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.mood import PUSHES
from simulator.domain.persona import ReactionKind as Kind
from simulator.domain.session import SessionState

HELP = appraisal(offers=["hand-over"])


def decided(state: SessionState, read: Appraisal) -> Decision:
    return decide(replied(state), read)


def causes(decision: Decision) -> list[str]:
    return [move.cause for move in decision.moves]


def played(*reads: Appraisal, state: SessionState | None = None) -> list[Decision]:
    return [reply.decision for reply in after(state or opened(), *reads).appraised]


def first_move(decision: Decision, cause: str) -> float:
    return next(move.frustration for move in decision.moves if move.cause == cause)


# mood


def test_the_mood_is_that_of_a_hand_calculation() -> None:
    """Recovery 0.5 at frustration 0.5 scales help by (0.6 + 0.4) x (1 - 0.15) = 0.85."""
    decision = decided(opened(), UNDERSTANDS)
    assert causes(decision) == ["empathy_2", "paraphrase_2"]
    empathy, paraphrase = PUSHES["empathy_2"], PUSHES["paraphrase_2"]
    assert decision.mood.frustration == pytest.approx(
        0.5 + 0.85 * (empathy.frustration + paraphrase.frustration), abs=1e-4
    )
    assert decision.mood.anxiety == pytest.approx(0.4 + 0.85 * (empathy.anxiety + paraphrase.anxiety), abs=1e-4)
    assert decision.mood.trust == pytest.approx(0.4 + 0.85 * (empathy.trust + paraphrase.trust), abs=1e-4)


def test_procedure_alone_is_cold() -> None:
    decision = decided(opened(), PROCEDURE)
    assert causes(decision) == ["cold"]
    assert decision.mood.frustration > 0.5
    assert decision.mood.anxiety > 0.4
    assert decision.mood.trust == pytest.approx(0.4 + PUSHES["cold"].trust)


@pytest.mark.parametrize("behaviour", [Behaviour.GREETING, Behaviour.WAIT_REQUEST, Behaviour.EMPTY, Behaviour.BLAME])
def test_a_greeting_a_request_to_wait_and_worse_things_are_not_called_cold(behaviour: Behaviour) -> None:
    assert "cold" not in causes(decided(opened(), appraisal(behaviour)))


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (Behaviour.HOSTILE, "hostile"),
        (Behaviour.BLAME, "blame"),
        (Behaviour.CALM_DOWN, "calm_down"),
        (Behaviour.DISMISSIVE, "dismissive"),
        (Behaviour.POLICY_TALK, "policy_talk"),
        (Behaviour.SCRIPTED, "scripted"),
        (Behaviour.INTERROGATION, "interrogation"),
        (Behaviour.JARGON, "jargon"),
        (Behaviour.EMPTY, "empty"),
        (Behaviour.OTHER_LANGUAGE, "other_language"),
        (Behaviour.NONSENSE, "nonsense"),
        (Behaviour.TO_MACHINE, "to_machine"),
        (Behaviour.REPEATED, "repeated"),
    ],
)
def test_every_fault_costs_something(behaviour: Behaviour, cause: str) -> None:
    decision = decided(opened(), appraisal(behaviour))
    assert cause in causes(decision)
    assert decision.mood.frustration > 0.5
    assert decision.mood.trust < 0.4


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (Behaviour.OWNERSHIP, "ownership"),
        (Behaviour.NEXT_STEP, "next_step"),
        (Behaviour.PERSONAL_KNOWLEDGE, "personal_knowledge"),
    ],
)
def test_small_kindnesses_help(behaviour: Behaviour, cause: str) -> None:
    decision = decided(opened(), appraisal(behaviour, paraphrase=1))
    assert cause in causes(decision)
    assert decision.mood.trust > 0.4


def test_asking_again_hurts_more_the_second_time() -> None:
    asks = appraisal(asks=["late"], paraphrase=1)
    once, twice = played(asks, asks)
    assert first_move(once, "asked_again") == pytest.approx(PUSHES["asked_again"].frustration)
    assert first_move(twice, "asked_again") == pytest.approx(2 * PUSHES["asked_again"].frustration)


def test_a_wrong_detail_and_a_wrong_worry_hurt() -> None:
    assert "restated_wrong" in causes(decided(opened(), appraisal(wrong=["deadline"], paraphrase=1)))
    assert "concern_wrong" in causes(decided(opened(), appraisal(concern="wrong", empathy=1)))


def test_being_passed_on_hurts_unless_the_story_goes_along() -> None:
    assert "handed_off" in causes(decided(opened(), appraisal(Behaviour.HAND_OFF)))
    assert "handed_off" not in causes(decided(opened(), appraisal(Behaviour.HAND_OFF, Behaviour.CONTEXT_KEPT)))


def test_getting_nowhere_weighs_more_with_every_reply() -> None:
    patient = opened(persona=persona(temperament={"patience": 12}))
    decisions = played(*[PROCEDURE] * 6, state=patient)
    assert [sum(c == "getting_nowhere" for c in causes(d)) for d in decisions] == [0, 0, 1, 1, 1, 1]
    weights = [first_move(d, "getting_nowhere") for d in decisions[2:]]
    assert weights == pytest.approx([n * PUSHES["getting_nowhere"].frustration for n in (1, 2, 3, 3)])


@pytest.mark.parametrize(
    "behaviour",
    [Behaviour.EMPTY, Behaviour.NONSENSE, Behaviour.OTHER_LANGUAGE, Behaviour.TO_MACHINE, Behaviour.REPEATED],
)
def test_a_reply_that_is_none_earns_nothing_whatever_levels_it_was_given(behaviour: Behaviour) -> None:
    """A line that scored, sent once more, must not count as understanding once more."""
    decision = decided(opened(), appraisal(behaviour, empathy=3, paraphrase=3, question=3))
    assert not {"empathy_3", "paraphrase_3", "question_3"} & set(causes(decision))
    memory = decision.memory
    assert (memory.understood, memory.paraphrased, memory.good_questions, memory.unhelpful) == (0, 0, 0, 1)
    assert not decision.heard


# stock sympathy


def test_stock_sympathy_helps_once_then_hurts_and_never_resolves() -> None:
    patient = opened(persona=persona(temperament={"patience": 12}))
    decisions = played(*[SYMPATHY] * 8, state=patient)
    stock = [next(move for move in d.moves if move.cause.startswith("stock")) for d in decisions]
    assert [move.cause for move in stock[:4]] == ["stock_first", "stock_second", "stock_more", "stock_more"]
    assert stock[0].frustration < 0 < stock[1].frustration < stock[2].frustration
    frustration = [d.mood.frustration for d in decisions]
    assert frustration[1:] == sorted(frustration[1:])
    assert decisions[-1].mood.trust < 0.4
    assert not any(d.heard or d.need_met for d in decisions)
    assert {d.ending for d in decisions} <= {None, EndingKind.WALKED_OUT}


def test_sympathy_with_real_understanding_in_the_same_reply_is_not_stock() -> None:
    decision = decided(opened(), appraisal(Behaviour.STOCK_SYMPATHY, empathy=2))
    assert not any(cause.startswith("stock") for cause in causes(decision))
    assert decision.memory.stock_sympathy == 0


# endings


def test_need_met_and_heard_ends_connected() -> None:
    decisions = played(UNDERSTANDS, UNDERSTANDS, HELP)
    assert decisions[-1].ending is EndingKind.CONNECTED
    assert decisions[-1].reactions == (Kind.CLOSE_CONNECTED,)
    assert decisions[-1].memory.met_by == "hand-over"


def test_correct_and_cold_ends_cold_after_one_more_chance() -> None:
    helped, ended = played(HELP, PROCEDURE)
    assert (helped.need_met, helped.ending) == (True, None)
    assert Kind.IS_THAT_ALL in helped.reactions
    assert ended.ending is EndingKind.COLD


def test_the_one_more_chance_can_be_taken() -> None:
    meant = appraisal(Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=2, concern="named")
    _, ended = played(HELP, meant)
    assert ended.ending is EndingKind.CONNECTED


def test_stock_sympathy_does_not_take_the_chance() -> None:
    assert played(HELP, SYMPATHY)[-1].ending is EndingKind.COLD


def test_heard_and_not_helped_ends_unresolved() -> None:
    decisions = played(UNDERSTANDS, UNDERSTANDS, *[appraisal(paraphrase=1)] * 4)
    assert decisions[-1].ending is EndingKind.HEARD_UNRESOLVED
    assert len(decisions) == 6


@pytest.mark.parametrize("second", [INSULT, appraisal(Behaviour.BLAME), appraisal(Behaviour.CALM_DOWN)])
def test_an_insult_is_answered_with_a_warning_and_the_next_bad_word_with_leaving(second: Appraisal) -> None:
    insulted, left = played(INSULT, second)
    assert insulted.ending is None
    assert insulted.reactions[:2] == (Kind.INSULTED, Kind.WARNING)
    assert left.ending is EndingKind.WALKED_OUT
    assert left.reactions == (Kind.WALK_OUT,)


def test_no_insult_ends_connected_however_well_they_were_treated_before() -> None:
    state = after(opened(), *[appraisal(empathy=3, paraphrase=3, concern="named")] * 4)
    rude = decided(state, appraisal(Behaviour.HOSTILE, offers=["hand-over"]))
    assert rude.heard
    assert rude.need_met
    assert rude.ending is not EndingKind.CONNECTED
    assert rude.reactions[0] is Kind.INSULTED


def test_blamed_three_times_they_leave_and_say_so_before() -> None:
    decisions = played(*[appraisal(Behaviour.BLAME)] * 3)
    assert [d.ending for d in decisions] == [None, None, EndingKind.WALKED_OUT]
    assert Kind.WARNING in decisions[1].reactions


def test_nobody_walks_out_over_frustration_without_a_warning() -> None:
    touchy = opened(persona=persona(temperament={"reactivity": 1.0, "walk_out": 0.7, "patience": 12}))
    decisions = played(*[appraisal(Behaviour.POLICY_TALK)] * 4, state=touchy)
    warned_at = next(n for n, d in enumerate(decisions) if Kind.WARNING in d.reactions)
    ended_at = next(n for n, d in enumerate(decisions) if d.ending is EndingKind.WALKED_OUT)
    assert warned_at < ended_at


def test_a_warning_is_given_once() -> None:
    lukewarm = appraisal(paraphrase=1)
    decisions = played(*[lukewarm] * 3, appraisal(asks=["tried"], paraphrase=1), *[lukewarm] * 3)
    assert [Kind.WARNING in d.reactions for d in decisions] == [False, False, True, False, False, False, False]


def test_who_says_nothing_useful_four_times_is_left() -> None:
    decisions = played(*[PROCEDURE] * 4)
    assert [d.ending for d in decisions] == [None, None, None, EndingKind.WALKED_OUT]


# memory and disclosure


def test_progress_resets_patience() -> None:
    decisions = played(PROCEDURE, PROCEDURE, appraisal(asks=["tried"]), PROCEDURE)
    assert [d.memory.unhelpful for d in decisions] == [1, 2, 0, 1]


def test_kind_words_alone_hold_off_impatience_only_for_a_while() -> None:
    decisions = played(*[appraisal(empathy=2)] * 6)
    assert [d.memory.unhelpful for d in decisions] == [0, 0, 0, 0, 1, 2]


def test_half_a_help_offered_again_helps_no_more() -> None:
    half = appraisal(offers=["trace"], paraphrase=1)
    decisions = played(half, half, half, half, half)
    assert ["offer_partly" in causes(d) for d in decisions] == [True, False, False, False, False]
    assert [d.memory.unhelpful for d in decisions] == [0, 1, 2, 3, 4]
    assert decisions[-1].ending is EndingKind.WALKED_OUT


def test_bad_treatment_is_never_helpful_even_with_an_offer() -> None:
    decision = decided(opened(), appraisal(Behaviour.BLAME, offers=["trace"]))
    assert (decision.memory.unhelpful, decision.memory.bad_treatment) == (1, 1)


def test_an_insult_counts_twice() -> None:
    assert decided(opened(), INSULT).memory.bad_treatment == 2


def test_trust_that_this_reply_earns_opens_facts_in_this_reply() -> None:
    """Trust 0.4 rises by some 0.14 and so reaches the 0.5 that the promise asks for."""
    asking = appraisal(empathy=2, paraphrase=2, asks=["promise"])
    assert [a.fact for a in decided(opened(), asking).answers] == ["promise"]
    plain = decided(opened(), appraisal(asks=["promise"], paraphrase=1))
    assert (plain.answers, plain.deflected) == ((), ("promise",))


def test_naming_the_worry_brings_out_what_it_unlocks_once() -> None:
    state = after(opened(), appraisal(empathy=3, concern="named"))
    first = state.appraised[-1].decision
    assert first.concern_named
    assert [a.fact for a in first.answers] == ["last-year"]
    assert "last-year" in state.disclosed
    again = decided(state, appraisal(empathy=3, concern="named"))
    assert not again.concern_named
    assert "concern_named" not in causes(again)
    assert again.answers == ()


def test_who_leaves_tells_nothing_more() -> None:
    decision = decided(after(opened(), INSULT), appraisal(Behaviour.HOSTILE, asks=["tried"]))
    assert decision.ending is EndingKind.WALKED_OUT
    assert decision.answers == ()
    assert not decision.drop_cue


def cue_turns(reads: Iterable[Appraisal]) -> list[bool]:
    patient = opened(persona=persona(temperament={"patience": 12}))
    return [d.drop_cue for d in played(*reads, state=patient)]


def test_cues_come_early_and_now_and_then_and_whenever_they_are_treated_well() -> None:
    plain = appraisal(paraphrase=1)
    assert cue_turns([plain] * 7) == [True, False, True, False, False, True, False]
    assert cue_turns([plain, appraisal(empathy=2), plain, appraisal(question=2)]) == [True, True, True, True]


@pytest.mark.parametrize("behaviour", [Behaviour.BLAME, Behaviour.EMPTY, Behaviour.TO_MACHINE])
def test_nothing_slips_out_to_somebody_who_hurts_or_makes_no_sense(behaviour: Behaviour) -> None:
    assert cue_turns([appraisal(behaviour, empathy=0)]) == [False]


def test_no_cue_after_the_worry_was_named() -> None:
    assert cue_turns([appraisal(empathy=3, concern="named"), UNDERSTANDS]) == [False, False]


def test_two_goodbyes_end_it() -> None:
    bye = appraisal(Behaviour.CLOSING, paraphrase=1)
    assert [d.ending for d in played(bye, bye)] == [None, EndingKind.WALKED_OUT]


def test_time_runs_out_at_the_scenarios_own_limit() -> None:
    short = opened(scenario=scenario(max_turns=6), persona=persona(temperament={"patience": 12}))
    asks = [appraisal(asks=[f], paraphrase=1) for f in ("tried", "deadline", "goal", "address")]
    decisions = played(*asks, *[appraisal(offers=["trace"])] * 3, state=short)
    assert len(decisions) == 6
    assert decisions[-1].ending is EndingKind.WALKED_OUT
    assert "time" in decisions[-1].ending_reason
