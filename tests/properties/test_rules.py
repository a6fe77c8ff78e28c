"""What holds for any sequence of replies, however odd, with any temperament."""

from __future__ import annotations

from itertools import pairwise

from builders import answered, opened, persona, replied, scenario
from hypothesis import given
from hypothesis import strategies as st
from strategies import appraisals

from simulator.customers import composing
from simulator.domain import mood as moods
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.deciding import decide
from simulator.domain.endings import EndingKind
from simulator.domain.events import EVENT_ADAPTER, CustomerSpoke, SessionEvent
from simulator.domain.mood import Mood, Push
from simulator.domain.persona import Persona
from simulator.domain.scenario import Gate
from simulator.domain.session import Phase, SessionState, fold

CASE = scenario()
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


def play(own: Persona, reads: list[Appraisal], seed: int = 7) -> tuple[list[SessionState], list[SessionEvent]]:
    """The state before the first reply and after each turn, and the whole log."""
    state = opened(persona=own, scenario=CASE, seed=seed)
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


@given(personas(), REPLIES)
def test_frustration_never_falls_below_its_floor_before_the_need_is_met(own: Persona, reads: list[Appraisal]) -> None:
    states, _ = play(own, reads)
    floor = 0.45 * own.temperament.baseline.frustration
    for before, after in pairwise(states):
        lowest = min(floor, before.mood.frustration)
        assert after.memory.need_met or after.mood.frustration >= lowest - 1e-4


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
    gains = sum(move.trust for move in after.appraised[-1].decision.moves if move.trust > 0)
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
            assert not last.appraised[-1].appraisal.shows(Behaviour.HOSTILE)
        case EndingKind.COLD:
            assert last.memory.need_met
        case EndingKind.HEARD_UNRESOLVED:
            assert not last.memory.need_met
            assert last.appraised[-1].decision.heard
        case EndingKind.WALKED_OUT:
            assert last.ending_reason
        case other:
            assert other is None
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
