from __future__ import annotations

from collections.abc import Iterable

import pytest
from builders import INSULT, PROCEDURE, SYMPATHY, UNDERSTANDS, after, appraisal, opened, persona, replied, scenario

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.deciding import decide
from simulator.domain.decisions import Decision, MoodMove
from simulator.domain.endings import EndingKind
from simulator.domain.mood import LARGEST_SLIGHT, PUSHES, Mood
from simulator.domain.persona import ReactionKind as Kind
from simulator.domain.session import Phase, SessionState

HELP = appraisal(offers=["hand-over"])
NAMES = appraisal(Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=3, concern="named")
PERFECT = appraisal(
    Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=3, question=3, concern="named", offers=["hand-over"]
)
BLAMES = appraisal(Behaviour.BLAME)


def decided(state: SessionState, read: Appraisal) -> Decision:
    return decide(replied(state), read)


def causes(decision: Decision) -> list[str]:
    return [move.cause for move in decision.moves]


def played(*reads: Appraisal, state: SessionState | None = None) -> list[Decision]:
    return [reply.decision for reply in after(state or opened(), *reads).appraised]


def move_of(decision: Decision, cause: str) -> MoodMove:
    return next(move for move in decision.moves if move.cause == cause)


def moods_before(decisions: list[Decision]) -> list[Mood]:
    return [opened().mood, *(decision.mood for decision in decisions[:-1])]


def saturation(value: float) -> float:
    """How much of a hurt gets through to somebody who feels this much of it already."""
    return 1.15 - 0.65 * value


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


@pytest.mark.parametrize("first", [appraisal(Behaviour.GREETING), UNDERSTANDS, PROCEDURE])
def test_a_greeting_warms_the_first_reply_only(first: Appraisal) -> None:
    greets = appraisal(Behaviour.GREETING)
    _, second, third = played(first, greets, greets)
    assert "cold" in causes(second)
    assert "cold" in causes(third)


@pytest.mark.parametrize("behaviour", [Behaviour.WAIT_REQUEST, Behaviour.EMPTY, Behaviour.BLAME])
def test_what_is_worse_than_cold_is_not_called_cold_later_either(behaviour: Behaviour) -> None:
    assert "cold" not in causes(played(UNDERSTANDS, appraisal(behaviour))[-1])


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
    once, twice = decisions = played(asks, asks)
    assert causes(once) == causes(twice) == ["asked_again"]
    push = PUSHES["asked_again"]
    for times, decision, before in zip((1, 2), decisions, moods_before(decisions), strict=True):
        move = move_of(decision, "asked_again")
        frustration = min(times * push.frustration, LARGEST_SLIGHT.frustration)
        assert move.frustration == pytest.approx(frustration * saturation(before.frustration), abs=1e-4)
        assert move.anxiety == pytest.approx(times * push.anxiety * saturation(before.anxiety), abs=1e-4)
        assert move.trust == pytest.approx(max(times * push.trust, LARGEST_SLIGHT.trust), abs=1e-4)


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
    push = PUSHES["getting_nowhere"]
    moves = [move_of(d, "getting_nowhere") for d in decisions[2:]]
    assert [move.trust for move in moves] == pytest.approx([n * push.trust for n in (1, 2, 3, 3)], abs=1e-4)
    before = [mood.frustration for mood in moods_before(decisions)][2:]
    weights = [n * push.frustration * saturation(was) for n, was in zip((1, 2, 3, 3), before, strict=True)]
    assert [move.frustration for move in moves] == pytest.approx(weights, abs=1e-4)


# what the debrief says moved the mood


def total(decision: Decision) -> list[float]:
    return [sum(getattr(move, name) for move in decision.moves) for name in ("frustration", "anxiety", "trust")]


def change(before: Mood, after_: Mood) -> list[float]:
    return [
        after_.frustration - before.frustration,
        after_.anxiety - before.anxiety,
        after_.trust - before.trust,
    ]


def test_the_moves_share_what_a_floor_left_of_the_relief() -> None:
    """All that understanding would take off is 0.85 x 0.15; the floor at 0.45 x 0.5 stops it on the way."""
    decisions = played(*[UNDERSTANDS] * 4)
    for decision, before in zip(decisions, moods_before(decisions), strict=True):
        assert total(decision) == pytest.approx(change(before, decision.mood), abs=2e-4)
    held = decisions[2]
    assert held.mood.frustration == pytest.approx(0.225)
    empathy, paraphrase = held.moves
    assert 0 > empathy.frustration > PUSHES["empathy_2"].frustration / 2
    assert empathy.frustration / paraphrase.frustration == pytest.approx(0.09 / 0.06, abs=0.05)
    assert [move.frustration for move in decisions[3].moves] == [0.0, 0.0]


def test_the_moves_share_the_most_that_one_reply_may_relieve() -> None:
    kind = opened(persona=persona(temperament={"recovery": 1.0, "baseline": {"frustration": 0.8, "anxiety": 0.8}}))
    decision = decided(kind, NAMES)
    assert decision.mood.frustration == pytest.approx(0.6)
    assert total(decision) == pytest.approx(change(kind.mood, decision.mood), abs=2e-4)


def test_the_moves_share_the_most_that_a_clumsy_reply_may_hurt() -> None:
    faults = (Behaviour.SCRIPTED, Behaviour.REPEATED, Behaviour.NONSENSE, Behaviour.JARGON)
    decision = decided(opened(), appraisal(*faults))
    assert len(decision.moves) == 4
    assert decision.mood.trust == pytest.approx(0.4 + LARGEST_SLIGHT.trust)
    assert total(decision) == pytest.approx(change(opened().mood, decision.mood), abs=3e-4)


def test_the_moves_of_harm_add_up_to_what_got_through() -> None:
    decision = decided(opened(), INSULT)
    (move,) = decision.moves
    assert move.frustration == pytest.approx(PUSHES["hostile"].frustration * saturation(0.5), abs=1e-4)
    assert [move.frustration, move.anxiety, move.trust] == pytest.approx(change(opened().mood, decision.mood), abs=1e-4)


def test_the_moves_of_the_last_straw_add_up_to_leaving_in_anger() -> None:
    state = after(opened(), BLAMES, BLAMES)
    decision = decided(state, BLAMES)
    assert decision.ending is EndingKind.WALKED_OUT
    assert (decision.mood.frustration, decision.mood.trust) == (1.0, 0.0)
    assert total(decision) == pytest.approx(change(state.mood, decision.mood), abs=2e-4)


def test_help_along_with_the_last_straw_moves_nobody_further_than_a_mood_can_go() -> None:
    """Blame and help may all but cancel out; no cause may then be blown up to make the sum fit."""
    for hundredths in range(101):
        calm = persona(temperament={"baseline": {"frustration": hundredths / 100}})
        state = after(opened(persona=calm), BLAMES, BLAMES)
        if state.phase is Phase.ENDED:
            continue
        decision = decided(state, appraisal(Behaviour.BLAME, offers=["hand-over"]))
        assert decision.ending is EndingKind.WALKED_OUT
        for move in decision.moves:
            assert all(-1.0 <= value <= 1.0 for value in (move.frustration, move.anxiety, move.trust)), move


# floors


HEAVY = scenario(opening={"frustration": 0.2, "anxiety": 0.1})
"""Robin opens at 0.7 and 0.5 here."""


def test_relief_stops_at_a_share_of_how_heavy_this_case_is_for_them() -> None:
    decisions = played(*[UNDERSTANDS] * 8, state=opened(scenario=HEAVY, persona=persona(temperament={"patience": 12})))
    assert decisions[-1].mood.frustration == pytest.approx(0.45 * 0.7)
    assert decisions[-1].mood.anxiety == pytest.approx(0.5 * 0.5)


def test_naming_the_worry_lowers_the_floor_of_anxiety_in_a_heavy_case() -> None:
    heavy = opened(scenario=HEAVY, persona=persona(temperament={"patience": 12}))
    decisions = played(NAMES, *[UNDERSTANDS] * 8, state=heavy)
    assert decisions[-1].mood.frustration == pytest.approx(0.45 * 0.7)
    assert decisions[-1].mood.anxiety == pytest.approx(0.25 * 0.5)


def test_help_leaves_a_trace_of_how_heavy_the_case_was() -> None:
    heavy = opened(scenario=HEAVY, persona=persona(temperament={"patience": 12, "recovery": 1.0}))
    decisions = played(*[UNDERSTANDS] * 5, PERFECT, state=heavy)
    assert decisions[-1].mood.frustration == pytest.approx(0.15 * 0.7)
    assert decisions[-1].mood.anxiety == pytest.approx(0.15 * 0.5)


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


def test_the_one_more_chance_can_be_taken_by_who_was_attentive_before() -> None:
    meant = appraisal(Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=2, concern="named")
    _, helped, ended = played(appraisal(question=2), HELP, meant)
    assert (helped.need_met, helped.ending) == (True, None)
    assert ended.ending is EndingKind.CONNECTED


def test_one_perfect_sentence_after_the_help_does_not_take_the_chance() -> None:
    meant = appraisal(Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=3, question=3, concern="named")
    helped, ended = played(HELP, meant)
    assert helped.ending is None
    assert ended.memory.attentive == 1
    assert ended.ending is EndingKind.COLD


@pytest.mark.parametrize("solution", ["hand-over", "courier"])
def test_naming_the_worry_and_then_solving_it_is_not_yet_a_connection(solution: str) -> None:
    """Naming forgives the one fact that the courier asks for, so both help; neither makes up for attention."""
    named, helped = played(NAMES, appraisal(offers=[solution]))
    assert named.concern_named
    assert helped.need_met
    assert helped.mood.trust >= 0.4
    assert (helped.heard, helped.ending) == (False, None)
    assert Kind.IS_THAT_ALL in helped.reactions
    assert played(NAMES, appraisal(offers=[solution]), PROCEDURE)[-1].ending is EndingKind.COLD
    assert played(NAMES, appraisal(offers=[solution]), UNDERSTANDS)[-1].ending is EndingKind.CONNECTED


def test_all_at_once_in_the_first_reply_is_not_yet_a_connection() -> None:
    assert played(PERFECT)[-1].ending is None


@pytest.mark.parametrize(
    ("read", "counts"),
    [
        (appraisal(empathy=2), True),
        (appraisal(paraphrase=2), True),
        (appraisal(question=2), True),
        (appraisal(concern="named"), True),
        (appraisal(empathy=3, paraphrase=3, question=3, concern="named"), True),
        (appraisal(empathy=1, paraphrase=1, question=1), False),
        (appraisal(concern="wrong"), False),
        (SYMPATHY, False),
        (HELP, False),
        (appraisal(Behaviour.BLAME, empathy=3, paraphrase=3, question=3, concern="named"), False),
        (appraisal(Behaviour.REPEATED, empathy=3, paraphrase=3, question=3, concern="named"), False),
    ],
)
def test_an_attentive_reply_understands_or_asks_well_and_counts_once(read: Appraisal, counts: bool) -> None:
    assert [d.memory.attentive for d in played(UNDERSTANDS, read)] == [1, 1 + counts]


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
    assert state.appraised[-1].decision.heard
    rude = decided(state, appraisal(Behaviour.HOSTILE, offers=["hand-over"]))
    assert rude.mood.trust >= 0.4
    assert not rude.heard
    assert rude.need_met
    assert rude.ending is None
    assert rude.reactions[0] is Kind.INSULTED


@pytest.mark.parametrize("goods", range(5))
def test_after_an_insult_perfect_replies_never_connect(goods: int) -> None:
    forgiving = opened(persona=persona(temperament={"patience": 12, "recovery": 1.0, "baseline": {"trust": 0.8}}))
    kind = [appraisal(empathy=3, paraphrase=3, question=3, concern="named")] * 4
    decisions = played(*kind[:goods], INSULT, *kind, PERFECT, PERFECT, state=forgiving)
    assert decisions[-1].mood.trust >= 0.4
    assert decisions[-1].memory.attentive >= 4
    assert not any(d.heard for d in decisions[goods:])
    assert decisions[-1].ending is EndingKind.COLD


def test_one_bad_reply_can_be_made_good_and_two_cannot() -> None:
    forgiving = opened(persona=persona(temperament={"patience": 12, "recovery": 1.0, "baseline": {"trust": 0.8}}))
    kind = [UNDERSTANDS, NAMES, UNDERSTANDS]
    assert played(BLAMES, *kind, HELP, state=forgiving)[-1].ending is EndingKind.CONNECTED
    twice = played(BLAMES, UNDERSTANDS, BLAMES, *kind, HELP, PERFECT, state=forgiving)
    assert twice[-1].mood.trust >= 0.4
    assert twice[-1].ending is EndingKind.COLD


@pytest.mark.parametrize("last", [BLAMES, INSULT, appraisal(Behaviour.DISMISSIVE), appraisal(Behaviour.CALM_DOWN)])
def test_helped_or_not_they_leave_over_the_third_bad_reply(last: Appraisal) -> None:
    _, _, helped, left = played(BLAMES, BLAMES, HELP, last)
    assert (helped.need_met, helped.ending) == (True, None)
    assert left.ending is EndingKind.WALKED_OUT
    assert left.reactions == (Kind.WALK_OUT,)
    assert (left.mood.frustration, left.mood.trust) == (1.0, 0.0)


def test_help_with_a_second_insult_in_it_does_not_hold_them() -> None:
    _, left = played(INSULT, appraisal(Behaviour.HOSTILE, offers=["hand-over"]))
    assert left.need_met
    assert left.ending is EndingKind.WALKED_OUT


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
