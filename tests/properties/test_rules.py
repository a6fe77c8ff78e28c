"""What holds for any sequence of replies, however odd, with any temperament."""

from __future__ import annotations

from itertools import pairwise

from builders import INSULT, answered, appraisal, opened, persona, replied, scenario
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import appraisals

from simulator.customers import composing
from simulator.domain import mood as moods
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.deciding import REST, decide
from simulator.domain.endings import MOST_BAD_TREATMENT, EndingKind
from simulator.domain.events import EVENT_ADAPTER, CustomerSpoke, SessionEvent
from simulator.domain.mood import Mood, Push
from simulator.domain.persona import Persona
from simulator.domain.scenario import Gate, Scenario
from simulator.domain.session import Phase, SessionState, fold

CASE = scenario()
HEAVY = scenario(opening={"frustration": 0.2, "anxiety": 0.15, "trust": -0.1})
"""Weighs on anybody from the first line on."""
UNIT = st.floats(0.0, 1.0)
MOODS = st.builds(Mood, frustration=UNIT, anxiety=UNIT, trust=UNIT)
REPLIES = st.lists(appraisals(CASE), min_size=1, max_size=10)


@st.composite
def personas(draw: st.DrawFn) -> Persona:
    return persona(
        temperament={
            "reactivity": draw(UNIT),
            "recovery": draw(UNIT),
            "patience": draw(st.integers(2, 12)),
            "walk_out": draw(st.floats(0.7, 1.0)),
            "baseline": draw(MOODS).model_dump(),
        }
    )


def play(
    own: Persona, reads: list[Appraisal], seed: int = 7, case: Scenario = CASE
) -> tuple[list[SessionState], list[SessionEvent]]:
    """The state before the first reply and after each turn, and the whole log."""
    state = opened(persona=own, scenario=case, seed=seed)
    states = [state]
    log: list[SessionEvent] = [
        state.started,
        CustomerSpoke(index=0, text=state.turns[0].text, mood=state.mood, disclosed=state.disclosed),
    ]
    for read in reads:
        if state.phase is Phase.ENDED:
            break
        state, events = answered(state, read, speaks=composing.reply)
        states.append(state)
        log += events
    return states, log


@given(personas(), REPLIES, st.sampled_from((CASE, HEAVY)))
def test_relief_never_falls_below_its_floor_which_holds_against_the_opening_mood(
    own: Persona, reads: list[Appraisal], case: Scenario
) -> None:
    states, _ = play(own, reads, case=case)
    opening = states[0].mood
    for before, after in pairwise(states):
        if after.memory.need_met:
            floors = (0.15 * opening.frustration, 0.15 * opening.anxiety)
        else:
            floors = (0.45 * opening.frustration, (0.25 if after.memory.concern_named else 0.5) * opening.anxiety)
        assert after.mood.frustration >= min(floors[0], before.mood.frustration) - 1e-4
        assert after.mood.anxiety >= min(floors[1], before.mood.anxiety) - 1e-4


def meant(before: SessionState, after: SessionState) -> dict[str, Push]:
    """What each cause of the last reply pushes for by itself, before floors, caps and saturation."""
    temperament, memory = before.started.persona.temperament, before.memory
    times = {"asked_again": 1 + min(1, memory.asked_again), "getting_nowhere": min(3, memory.unhelpful - 1)}
    return {
        move.cause: moods.scaled(
            moods.Cause(move.cause, moods.PUSHES[move.cause]),
            before.mood,
            reactivity=temperament.reactivity,
            recovery=temperament.recovery,
        ).times(times.get(move.cause, 1))
        for move in after.appraised[-1].decision.moves
        if move.cause != REST
    }


@given(personas(), REPLIES, st.sampled_from((CASE, HEAVY)))
@settings(max_examples=60)
def test_the_moves_add_up_to_what_happened(own: Persona, reads: list[Appraisal], case: Scenario) -> None:
    """What no cause explains stands by itself, and no cause is blown up to make the sum fit."""
    states, _ = play(own, reads, case=case)
    for before, after in pairwise(states):
        decision, pushes = after.appraised[-1].decision, meant(before, after)
        assert {move.cause for move in decision.moves} - {REST} == set(pushes)
        for name in ("frustration", "anxiety", "trust"):
            happened = getattr(decision.mood, name) - getattr(before.mood, name)
            total = sum(getattr(move, name) for move in decision.moves)
            assert abs(total - happened) <= 1e-3 + 1e-4 * len(decision.moves), (name, decision.moves)
            for move in decision.moves:
                if move.cause != REST:
                    push = getattr(pushes[move.cause], name)
                    assert getattr(move, name) * push >= 0
                    assert abs(getattr(move, name)) <= 1.2 * abs(push) + 1e-4


@given(personas(), REPLIES)
def test_nobody_turns_nice_at_once(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    for before, after in pairwise(states):
        met_now = any(o.verdict == "fully" for o in after.appraised[-1].decision.offers)
        most = moods.RELIEF_WHEN_MET if met_now else moods.LARGEST_RELIEF
        assert before.mood.frustration - after.mood.frustration <= most + 1e-4
        assert before.mood.anxiety - after.mood.anxiety <= most + 1e-4


@given(MOODS, st.lists(st.builds(Push, *[st.floats(-2, 2)] * 3), max_size=8), MOODS, *[st.booleans()] * 4)
def test_a_mood_stays_a_mood(
    mood: Mood, pushes: list[Push], baseline: Mood, met: bool, named: bool, relieved: bool, attacked: bool
) -> None:
    bounds = moods.limits(baseline, need_met=met, concern_named=named)
    moved = moods.move(mood, pushes, bounds, relieved=relieved, attacked=attacked)
    assert all(0.0 <= value <= 1.0 for value in (moved.frustration, moved.anxiety, moved.trust))
    assert -1.0 <= moved.sentiment <= 1.0


@given(MOODS, MOODS, st.floats(0.01, 1.0))
def test_hurt_never_makes_anybody_happier(mood: Mood, baseline: Mood, size: float) -> None:
    bounds = moods.limits(baseline, need_met=False, concern_named=False)
    moved = moods.move(mood, [Push(size, size, -size)], bounds, relieved=False)
    assert moved.frustration >= round(mood.frustration, 4)
    assert moved.anxiety >= round(mood.anxiety, 4)
    assert moved.trust <= round(mood.trust, 4)


@given(personas(), REPLIES)
def test_folding_is_deterministic_and_every_beginning_of_a_log_is_a_session(
    own: Persona, reads: list[Appraisal]
) -> None:
    states, log = play(own, reads)
    assert fold(log) == fold(log) == states[-1]
    for n in range(1, len(log) + 1):
        assert isinstance(fold(log[:n]), SessionState)


@given(personas(), st.lists(appraisals(CASE), min_size=1, max_size=3))
def test_a_log_means_the_same_after_a_trip_through_json(own: Persona, reads: list[Appraisal]) -> None:
    states, log = play(own, reads)
    written = [EVENT_ADAPTER.dump_json(event) for event in log]
    assert fold(EVENT_ADAPTER.validate_json(line) for line in written) == states[-1]


@given(personas(), REPLIES)
def test_no_earned_fact_is_answered_before_it_is_earned(own: Persona, reads: list[Appraisal]) -> None:
    """Told only at its own trust, or after the worry was named if that unlocks it; and never said without telling."""
    states, _ = play(own, reads)
    for before, after in pairwise(states):
        decision = after.appraised[-1].decision
        named = before.memory.concern_named or decision.concern_named
        for answer in decision.answers:
            fact = CASE.fact(answer.fact)
            if fact.gate is not Gate.EARNED or fact.id in before.disclosed:
                continue
            assert answer.manner == "tell"
            unlocked = named and fact.id in CASE.concern.unlocks
            # trust is looked at before the reply's own faults, such as asking again, are held against it
            assert unlocked or trust_at_most(before, own, after) >= fact.trust - 1e-4
        told = set(after.disclosed) - set(before.disclosed)
        assert told <= {answer.fact for answer in decision.answers}


def trust_at_most(before: SessionState, own: Persona, after: SessionState) -> float:
    """The trust after the reply if nothing in it had cost trust."""
    gains = sum(push.trust for push in meant(before, after).values() if push.trust > 0)
    return max(before.mood.trust + gains, after.mood.trust)


@given(personas(), REPLIES)
def test_words_hold_no_earned_fact_that_was_not_told(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    last = states[-1]
    for fact in CASE.facts:
        if fact.gate is Gate.EARNED and fact.id not in last.disclosed:
            lines = (*fact.says, *fact.again)
            assert not [turn.text for turn in last.turns if any(line in turn.text for line in lines)]


@given(personas(), REPLIES)
def test_at_most_two_facts_at_once_and_none_by_somebody_who_leaves(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    for reply in states[-1].appraised:
        assert len(reply.decision.answers) <= 2
        assert reply.decision.ending is None or reply.decision.answers == ()


@given(personas(), REPLIES)
def test_deciding_is_pure(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads[:3])
    for state, read in zip(states, reads, strict=False):
        if state.phase is not Phase.TRAINEE_TO_REPLY:
            continue
        waiting = replied(state)
        frozen = waiting.model_dump_json()
        assert decide(waiting, read) == decide(waiting, read)
        assert waiting.model_dump_json() == frozen


@given(personas(), REPLIES)
def test_memory_only_grows(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    counters = (
        "stock_sympathy",
        "asked_again",
        "bad_treatment",
        "understood",
        "paraphrased",
        "good_questions",
        "attentive",
        "closings",
        "replies",
    )
    for before, after in pairwise(states):
        assert all(getattr(after.memory, c) >= getattr(before.memory, c) for c in counters)
        assert after.memory.need_met >= before.memory.need_met
        assert after.memory.concern_named >= before.memory.concern_named
        assert set(before.memory.offered) <= set(after.memory.offered)


@given(personas(), REPLIES)
def test_an_ending_is_what_its_name_says(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    last = states[-1]
    for reply in last.appraised[:-1]:
        assert reply.decision.ending is None
    match last.appraised[-1].decision.ending:
        case EndingKind.CONNECTED:
            assert last.memory.need_met
            assert last.appraised[-1].decision.heard
            assert last.memory.attentive >= 2
            assert last.memory.bad_treatment < 2
            assert not any(reply.appraisal.shows(Behaviour.HOSTILE) for reply in last.appraised)
        case EndingKind.COLD:
            assert last.memory.need_met
        case EndingKind.HEARD_UNRESOLVED:
            assert not last.memory.need_met
            assert last.appraised[-1].decision.heard
            assert last.memory.bad_treatment < 2
        case EndingKind.WALKED_OUT:
            assert last.ending_reason
        case other:
            assert other is None
            assert last.memory.bad_treatment < MOST_BAD_TREATMENT
            assert len(last.appraised) < CASE.max_turns


SYMPATHY_ONLY = st.builds(
    lambda level, others: Appraisal(
        observations=tuple({"behaviour": b, "probability": 0.9} for b in {Behaviour.STOCK_SYMPATHY, *others}),  # type: ignore[misc]
        ratings=({"criterion": "cognitive_empathy", "level": level, "reason": "x"},),  # type: ignore[arg-type]
    ),
    st.sampled_from((0, 1)),
    st.lists(
        st.sampled_from((Behaviour.APOLOGY, Behaviour.GREETING, Behaviour.OWNERSHIP, Behaviour.CLOSING)), max_size=3
    ),
)


@given(personas(), st.lists(SYMPATHY_ONLY, min_size=14, max_size=14))
def test_stock_sympathy_alone_resolves_nothing(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    assert states[-1].ending is EndingKind.WALKED_OUT
    assert not states[-1].memory.need_met
    assert not any(reply.decision.heard for reply in states[-1].appraised)


@given(personas(), st.lists(appraisals(CASE), min_size=16, max_size=16))
def test_a_session_always_ends(own: Persona, reads: list[Appraisal]) -> None:
    """At the last reply the customer goes, or was helped just then and waits for one more."""
    states, _ = play(own, reads)
    assert states[-1].phase is Phase.ENDED
    assert states[-1].reply_count <= CASE.max_turns + 1


PERFECT = st.builds(
    lambda concern, offers: appraisal(
        Behaviour.COGNITIVE_EMPATHY, empathy=3, paraphrase=3, question=3, concern=concern, offers=offers
    ),
    st.sampled_from(("none", "named")),
    st.sampled_from(((), (), ("hand-over",))),
)


@given(personas(), st.lists(PERFECT, max_size=4), st.lists(PERFECT, min_size=2, max_size=10))
def test_an_insult_is_never_made_good(own: Persona, before: list[Appraisal], later: list[Appraisal]) -> None:
    states, _ = play(own, [*before, INSULT, *later])
    appraised = states[-1].appraised
    insulted_at = next((n for n, reply in enumerate(appraised) if reply.appraisal.shows(Behaviour.HOSTILE)), None)
    if insulted_at is None:
        return
    assert states[-1].ending is not EndingKind.CONNECTED
    assert not any(reply.decision.heard for reply in appraised[insulted_at:])


@given(personas(), appraisals(CASE), st.sampled_from(("hand-over", "courier")))
def test_one_reply_and_the_bare_solution_connect_nobody(own: Persona, first: Appraisal, solution: str) -> None:
    states, _ = play(own, [first, appraisal(offers=[solution])])
    assert states[-1].ending is not EndingKind.CONNECTED
