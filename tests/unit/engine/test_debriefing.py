"""The debrief, the scorecard behind it, and the stronger version of the weakest reply."""

from __future__ import annotations

import pytest
from builders import (
    INSULT,
    PROCEDURE,
    SYMPATHY,
    UNDERSTANDS,
    after,
    answered,
    appraisal,
    levels,
    opened,
    plain_words,
    replied,
)

from simulator.customers import composing
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.endings import EndingKind
from simulator.domain.events import SessionEnded
from simulator.domain.session import SessionState, advance
from simulator.engine.debriefing import build_debrief
from simulator.engine.scorekeeping import Judge, score_session
from simulator.engine.stronger import stronger_version
from simulator.errors import ScoringError

JUDGE = Judge("by hand", "1")


def ended(*reads: Appraisal) -> SessionState:
    state = after(opened(), *reads)
    if state.ending is None:
        state = advance(state, SessionEnded(ending=EndingKind.STOPPED, reason="You ended it."))
    return state


def scored(*reads: Appraisal) -> SessionState:
    state = ended(*reads)
    return advance(state, score_session(state, JUDGE))


def test_without_a_score_there_is_no_debrief() -> None:
    with pytest.raises(ScoringError):
        build_debrief("x", ended(UNDERSTANDS))


def test_the_debrief_tells_what_the_trainee_could_not_know() -> None:
    debrief = build_debrief("x", scored(appraisal(empathy=3, concern="named", asks=["tried"]), PROCEDURE))
    assert debrief.concern == "They are afraid of letting the child down again."
    assert debrief.concern_named_at == 1
    assert debrief.need == "The present by Saturday."
    assert debrief.untold == tuple(f"The truth about {fact}." for fact in ("deadline", "goal", "promise", "last-year"))
    assert (debrief.ending, debrief.ending_reason) == (EndingKind.STOPPED, "You ended it.")


def test_what_the_trainee_had_on_the_record_was_not_kept_from_them() -> None:
    debrief = build_debrief("x", scored(PROCEDURE))
    on_record = [fact for fact in opened().started.scenario.facts if fact.on_record]
    assert [fact.id for fact in on_record] == ["order-number", "address"]
    assert not {fact.statement for fact in on_record} & set(debrief.untold)
    assert len(debrief.untold) == 5


def test_a_worry_nobody_named_was_named_nowhere() -> None:
    assert build_debrief("x", scored(PROCEDURE)).concern_named_at is None


def test_each_turn_shows_what_was_told_and_what_moved_the_mood() -> None:
    debrief = build_debrief("x", scored(appraisal(asks=["tried"]), UNDERSTANDS))
    assert [turn.disclosed for turn in debrief.turns] == [
        ("The truth about late.",),
        (),
        ("The truth about tried.",),
        (),
        (),
    ]
    assert [turn.mood is None for turn in debrief.turns] == [False, True, False, True, False]
    assert [move.cause for move in debrief.turns[3].moves] == ["empathy_2", "paraphrase_2"]
    assert debrief.turns[3].noticed == ("showed what this is like for them",)


def test_a_reply_that_was_never_read_stands_without_notes() -> None:
    state = opened()
    state = advance(replied(state, "Cut off."), SessionEnded(ending=EndingKind.STOPPED, reason="x"))
    debrief = build_debrief("x", advance(state, score_session(state, JUDGE)))
    assert debrief.turns[1].turn.text == "Cut off."
    assert debrief.turns[1].ratings == ()


def test_a_purpose_question_is_not_also_called_open_nor_empathy_stock() -> None:
    shown = (
        Behaviour.OPEN_QUESTION,
        Behaviour.PURPOSE_QUESTION,
        Behaviour.STOCK_SYMPATHY,
        Behaviour.COGNITIVE_EMPATHY,
    )
    debrief = build_debrief("x", scored(appraisal(*shown, empathy=2)))
    assert debrief.turns[1].noticed == ("asked what it is for or what matters", "showed what this is like for them")


def test_the_typical_level_is_the_lower_median_with_its_anchors() -> None:
    """Empathy levels 0, 1, 3, 3: the lower of the two middle ones is 1."""
    reads = [Appraisal(ratings=levels(empathy=n)) for n in (0, 3, 1, 3)]
    empathy, paraphrasing, _ = build_debrief("x", scored(*reads)).criteria
    assert (empathy.typical_level, empathy.anchor, empathy.next_anchor) == (1, "Anchor 1", "Anchor 2")
    assert empathy.level_counts == (1, 1, 0, 2)
    assert (empathy.score, empathy.opportunities) == (58.3, 4)
    assert (paraphrasing.typical_level, paraphrasing.anchor, paraphrasing.next_anchor) == (None, "", "")
    assert paraphrasing.not_scored == "no reply had an opportunity"


def test_at_the_top_there_is_no_next_anchor() -> None:
    reads = [Appraisal(ratings=levels(empathy=3))] * 2
    assert build_debrief("x", scored(*reads)).criteria[0].next_anchor == ""


def test_the_scorecard_says_who_judged_by_what() -> None:
    state = scored(UNDERSTANDS, PROCEDURE)
    card = state.scorecards[-1]
    assert (card.judge, card.judge_version, card.rubric, card.rubric_sha256) == ("by hand", "1", "core", "r" * 64)
    assert [index for index, _ in card.ratings] == [1, 3]
    assert card.pass_mark == 60.0


@pytest.mark.parametrize(
    ("reads", "survey"),
    [
        ((UNDERSTANDS, UNDERSTANDS, appraisal(offers=["hand-over"])), "Survey connected"),
        ((appraisal(offers=["hand-over"]), PROCEDURE), "Survey cold"),
        ((INSULT, INSULT), "Survey walked_out"),
        ((UNDERSTANDS,), ""),
    ],
)
def test_the_survey_is_in_the_words_of_the_ending(reads: tuple[Appraisal, ...], survey: str) -> None:
    outcome = scored(*reads).outcome
    assert outcome is not None
    assert outcome.verbatim.startswith(survey)
    assert bool(outcome.verbatim) == bool(survey)


# the stronger version


def test_no_reply_or_no_weak_reply_needs_no_stronger_version() -> None:
    assert stronger_version(opened()) is None
    assert stronger_version(after(opened(), UNDERSTANDS)) is None


def test_the_worst_reply_is_picked_and_harm_is_worse_than_nothing() -> None:
    state = after(opened(), UNDERSTANDS, PROCEDURE, appraisal(Behaviour.BLAME, empathy=1), SYMPATHY)
    better = stronger_version(state)
    assert better is not None
    assert better.turn == 5
    assert better.customer_said == state.turns[4].text
    assert better.weak == "A reply."


def test_before_anything_was_given_back_it_shows_a_paraphrase_and_a_question() -> None:
    better = stronger_version(after(opened(), PROCEDURE))
    assert better is not None
    assert better.strong == "So nothing came. Is that right? What is the goal of it?"
    assert "their own case" in better.why


def test_after_a_cue_it_shows_naming_the_worry() -> None:
    reads = [appraisal(paraphrase=2), PROCEDURE]
    better = stronger_version(after(opened(), *reads, speaks=composing.reply))
    assert better is not None
    assert better.strong == "You fear letting her down."


def test_a_cue_that_was_never_said_is_not_spoken_of() -> None:
    better = stronger_version(after(opened(), appraisal(paraphrase=2), PROCEDURE, speaks=plain_words))
    assert better is not None
    assert better.strong.startswith("Waiting for this must be hard")


def test_after_the_worry_was_named_it_shows_help() -> None:
    reads = [appraisal(empathy=3, paraphrase=2, concern="named"), PROCEDURE]
    better = stronger_version(after(opened(), *reads))
    assert better is not None
    assert better.strong == "I will send a courier."


def test_what_the_trainee_wrote_themselves_is_not_shown_to_them_as_better() -> None:
    state, _ = answered(opened(), PROCEDURE, text="So nothing came. Is that right? What is the goal of it?")
    better = stronger_version(state)
    assert better is not None
    assert better.strong == "You have waited since Monday, right? By when is your deadline?"


def test_the_question_asks_for_what_was_not_told_by_then() -> None:
    better = stronger_version(after(opened(), appraisal(asks=["goal"], question=2), PROCEDURE))
    assert better is not None
    assert better.strong == "So nothing came. Is that right? By when is your deadline?"
