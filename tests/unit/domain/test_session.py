from __future__ import annotations

from typing import Any

import pytest
from builders import (
    INSULT,
    UNDERSTANDS,
    after,
    answered,
    appraisal,
    opened,
    persona,
    replied,
    rubric,
    scenario,
    started,
)

from simulator.domain.decisions import Decision
from simulator.domain.endings import EndingKind
from simulator.domain.events import (
    EVENT_ADAPTER,
    CustomerSpoke,
    EmpathicAccuracy,
    Reflected,
    ReplyAppraised,
    SessionEnded,
    SessionEvent,
    SessionScored,
    SpeechFault,
    SpeechFaultKind,
    TraineeSpoke,
)
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.session import Phase, SessionState, advance, fold, opening_mood
from simulator.domain.transcript import Speaker
from simulator.engine.scorekeeping import Judge, score_session
from simulator.reports.session_document import session_document

MOOD = Mood(frustration=0.3, anxiety=0.2, trust=0.6)


def customer(index: int, **changes: Any) -> CustomerSpoke:
    return CustomerSpoke(**{"index": index, "text": f"Words {index}.", "mood": MOOD, **changes})


def read(index: int, **decided: Any) -> ReplyAppraised:
    return ReplyAppraised(index=index, appraisal=appraisal(), decision=Decision(**{"mood": MOOD, **decided}))


def test_a_session_begins_with_its_start_and_starts_once() -> None:
    with pytest.raises(ValueError, match="begins with"):
        fold([])
    with pytest.raises(ValueError, match="begins with"):
        fold([customer(0)])
    with pytest.raises(ValueError, match="once"):
        fold([started(), started()])


def test_a_new_session_waits_for_the_customer() -> None:
    state = fold([started()])
    assert (state.phase, state.turns, state.reply_count) == (Phase.CUSTOMER_TO_SPEAK, (), 0)
    assert state.mood == Mood(frustration=0.5, anxiety=0.4, trust=0.4)


def test_the_opening_mood_adds_the_scenarios_weight_within_bounds() -> None:
    upset = scenario(opening={"frustration": 0.3, "anxiety": -0.4, "trust": -0.4})
    calm = persona(temperament={"baseline": {"frustration": 0.9, "anxiety": 0.3, "trust": 0.5}})
    assert opening_mood(started(scenario=upset, persona=calm)) == Mood(frustration=1.0, anxiety=0.0, trust=0.1)


def test_what_the_customer_says_is_kept_with_mood_facts_and_lines() -> None:
    state = fold([started(), customer(0, disclosed=("late",), lines=("My parcel is late.",))])
    assert state.phase is Phase.TRAINEE_TO_REPLY
    assert [(turn.index, turn.speaker, turn.text) for turn in state.turns] == [(0, Speaker.CUSTOMER, "Words 0.")]
    assert state.mood == MOOD
    assert state.moods == ((0, MOOD),)
    assert state.disclosed == ("late",)
    assert state.told_at == ((0, ("late",)),)
    assert state.used_lines == {"My parcel is late."}


def test_a_fact_told_twice_is_listed_once() -> None:
    events = [started(), customer(0, disclosed=("late",)), TraineeSpoke(index=1, text="x"), read(1)]
    state = fold([*events, customer(2, disclosed=("late", "goal"))])
    assert state.disclosed == ("late", "goal")


def test_a_reply_waits_to_be_appraised_and_then_for_the_customer() -> None:
    state = replied(opened(), "Hello.", action="trace")
    assert state.phase is Phase.REPLY_TO_APPRAISE
    assert (state.turns[-1].speaker, state.turns[-1].text, state.turns[-1].action) == (
        Speaker.TRAINEE,
        "Hello.",
        "trace",
    )
    assert state.reply_count == 1
    memory = Memory(understood=2, replies=1)
    state = advance(state, read(1, memory=memory))
    assert state.phase is Phase.CUSTOMER_TO_SPEAK
    assert (state.mood, state.memory) == (MOOD, memory)
    assert state.appraisal_at(1) is state.appraised[-1]
    assert state.appraisal_at(0) is None


def test_after_the_last_words_only_the_end_is_left_to_record() -> None:
    state = advance(replied(opened()), read(1, ending=EndingKind.COLD, ending_reason="Enough."))
    state = advance(state, customer(2))
    assert state.phase is Phase.ENDING
    state = advance(state, SessionEnded(ending=EndingKind.COLD, reason="Enough."))
    assert (state.phase, state.ending, state.ending_reason) == (Phase.ENDED, EndingKind.COLD, "Enough.")


def test_the_trainee_may_leave_while_the_customer_is_silent() -> None:
    state = advance(fold([started()]), SessionEnded(ending=EndingKind.STOPPED, reason="Bye."))
    assert (state.phase, state.ending) == (Phase.ENDED, EndingKind.STOPPED)


def test_an_interrupted_message_is_marked() -> None:
    assert fold([started(), customer(0, interrupted=True)]).turns[0].interrupted


def test_what_was_remembered_before_a_turn() -> None:
    state = after(opened(), UNDERSTANDS, UNDERSTANDS)
    assert [state.memory_before(i).understood for i in (1, 3, 5)] == [0, 1, 2]


def ended_session() -> tuple[SessionState, list[SessionEvent]]:
    events: list[SessionEvent] = [started(), customer(0, disclosed=("late",))]
    state = fold(events)
    for read_reply in (UNDERSTANDS, INSULT, INSULT):
        state, more = answered(state, read_reply)
        events += more
    return state, events


def test_reflection_and_scores_are_added_to_an_ended_session() -> None:
    state, _ = ended_session()
    accuracy = EmpathicAccuracy(
        feeling_said="fear", feeling_true="guilt", feeling_score=0, concern_said="", concern_true="x", concern_score=0
    )
    state = advance(state, Reflected(accuracy=accuracy))
    assert state.accuracy == accuracy
    scored = score_session(state, Judge("a", "1"))
    again = score_session(state, Judge("b", "1"))
    state = advance(advance(state, scored), again)
    assert [card.judge for card in state.scorecards] == ["a", "b"]
    assert isinstance(scored, SessionScored)
    assert state.outcome == again.outcome
    assert state.phase is Phase.ENDED


def test_resuming_in_the_middle_is_folding_what_is_there() -> None:
    _, events = ended_session()
    state = fold(events[:1])
    for n, event in enumerate(events[1:], 2):
        state = advance(state, event)
        assert fold(events[:n]) == state


def test_a_session_survives_being_written_as_json() -> None:
    state, events = ended_session()
    written = [EVENT_ADAPTER.dump_json(event) for event in events]
    assert fold(EVENT_ADAPTER.validate_json(line) for line in written) == state


def test_the_snapshot_is_what_counts_later() -> None:
    state = fold([started(rubric=rubric(pass_mark=12.5)), customer(0)])
    assert state.started.rubric.pass_mark == 12.5


def test_a_models_part_in_a_turn_is_kept_with_the_faults_that_were_caught() -> None:
    fault = SpeechFault(kind=SpeechFaultKind.ROLE_FLIP, quote="How can I help you?")
    state = fold(
        [
            started(),
            customer(0),
            TraineeSpoke(index=1, text="What is it for?"),
            read(1),
            customer(2, voiced_by="openai/small", faults=(fault,)),
        ]
    )
    assert [(voiced.index, voiced.voiced_by, voiced.faults) for voiced in state.voiced] == [
        (2, "openai/small", (fault,))
    ]
    turns = session_document("s", state)["turns"]
    assert isinstance(turns, list)
    assert turns[2]["voiced_by"] == "openai/small"
    assert turns[2]["faults"] == [{"kind": "role_flip", "quote": "How can I help you?"}]
    assert "voiced_by" not in turns[0]
