"""What the conversation so far changes: repetition, asking again, offers, wrong details, missing opportunities."""

from __future__ import annotations

import pytest
from unit.judging.support import imported, opened, scenario

from simulator.domain.behaviours import Behaviour
from simulator.domain.scoring import NotScored
from simulator.engine.ports import ReplyContext
from simulator.judging.offline import OfflineAppraiser, group_match, matches_concern

APPRAISER = OfflineAppraiser()
GOOD = "Five crashes since yesterday evening, always at 80 percent, must be maddening. What is the file for?"


def offers(name: str, reply: str, action: str | None = None) -> dict[str, float | None]:
    return {o.action: o.amount for o in APPRAISER.appraise(reply, opened(name, action=action)).offers}


def test_a_line_that_scored_before_scores_nothing_the_second_time() -> None:
    first = APPRAISER.appraise(GOOD, opened("export-crash"))
    again = APPRAISER.appraise(
        GOOD, opened("export-crash", GOOD, "It still crashes and I have to finish the file tonight.")
    )
    assert first.level("cognitive_empathy") == 2
    assert again.shows(Behaviour.REPEATED)
    assert [again.level(c) for c in ("cognitive_empathy", "paraphrasing", "purpose_driven_questioning")] == [0, 0, 0]


def test_asking_for_what_was_told_is_asking_again() -> None:
    told = opened(
        "export-crash", "By when do you need it?", "The print shop wants it by ten tomorrow.", told=("deadline",)
    )
    appraisal = APPRAISER.appraise("When is the deadline?", told)
    assert appraisal.shows(Behaviour.ASKS_AGAIN)
    assert appraisal.level("purpose_driven_questioning") == 0
    fresh = APPRAISER.appraise("When is the deadline?", opened("export-crash"))
    assert not fresh.shows(Behaviour.ASKS_AGAIN)


def test_general_purpose_question_finds_the_goal_where_no_word_overlaps() -> None:
    for name in ("export-crash", "quiet-hearing-aids", "latency-again", "late-gift", "wrong-night", "estimated-bill"):
        appraisal = APPRAISER.appraise("What are you hoping to get done?", opened(name))
        assert [q.fact for q in appraisal.questions] == [scenario(name).goal.fact], name


@pytest.mark.parametrize(
    ("name", "reply", "fact", "right"),
    [
        ("export-crash", "So it stops at 50 percent and then the program closes, right?", "crash", False),
        ("export-crash", "So it stops at 80 percent and then the whole program closes, right?", "crash", True),
        ("late-gift", "So your order was due Tuesday and hasn't come, is that right?", "late", False),
        ("late-gift", "So your order was due on Monday and has not come, is that right?", "late", True),
        ("wrong-night", "So you paid £49 for a single room at The Alder in Durham?", "the_room", False),
        ("quiet-hearing-aids", "So you use an Android phone?", "phone-model", False),
    ],
)
def test_details_given_back_are_right_or_wrong(name: str, reply: str, fact: str, right: bool) -> None:
    readings = {r.fact: r.right for r in APPRAISER.appraise(reply, opened(name)).restatements}
    assert readings.get(fact) is right


def test_yes_no_restatement_is_a_confirming_question() -> None:
    appraisal = APPRAISER.appraise(
        "You've restarted it and reinstalled the program, is that right?", opened("export-crash")
    )
    assert [(q.fact, q.form) for q in appraisal.questions] == [("tried", "confirm")]


def test_offer_needs_a_commitment_and_no_refusal() -> None:
    assert "refund-order" in offers("late-gift", "I can refund the order in full, $89.")
    assert offers("late-gift", "I'll refund your order, that's $89 back to you.")["refund-order"] == 89
    assert "refund-order" not in offers("late-gift", "I can't refund the order, unfortunately.")
    assert "refund-order" not in offers("late-gift", "Did you ask for a refund of the order?")
    assert "refund-order" not in offers("late-gift", "I can see that you want a refund of your order.")


def test_refusing_one_thing_and_offering_another() -> None:
    found = offers("late-gift", "I can't refund the order, but I can send a second frame overnight.")
    assert "second-frame-overnight" in found
    assert "refund-order" not in found


def test_an_action_taken_is_an_offer_without_words() -> None:
    assert "refund-order" in offers("late-gift", "There you go.", action="refund-order")


def test_naming_is_not_taking_away() -> None:
    reply = "Don't worry about the cost, there is nothing to be afraid of."
    assert APPRAISER.appraise(reply, opened("budget-line")).concern.reading == "none"


def test_reflection_needs_no_address() -> None:
    case = scenario("quiet-hearing-aids")
    assert matches_concern("Afraid that colleagues think they are slow when they miss something", case) == "named"
    assert matches_concern("Something about colleagues", case) == "near"
    assert matches_concern("Wanted the money back", case) == "none"
    assert matches_concern("", case) == "none"


def not_scored(reply: str, context: ReplyContext) -> set[str]:
    return {r.criterion for r in APPRAISER.appraise(reply, context).ratings if isinstance(r, NotScored)}


def test_nothing_to_say_back_is_no_opportunity_rather_than_zero() -> None:
    thanks = opened("late-gift", "I'll send a second frame overnight.", "Thanks, bye.", need_met=True)
    assert not_scored("You're welcome, enjoy the birthday!", thanks) == {
        "cognitive_empathy", "paraphrasing", "purpose_driven_questioning",
    }  # fmt: skip


def test_met_need_leaves_nothing_to_ask_but_a_rich_message_still_counts() -> None:
    context = opened(
        "late-gift", "I'll send a second frame overnight.",
        "Good. But I have to say the whole week I sat at the window and thought about my aunt's table.", need_met=True,
    )  # fmt: skip
    assert not_scored("Done. It ships today.", context) == {"purpose_driven_questioning"}


def test_cold_reply_to_a_rich_message_is_zero_and_not_unscored() -> None:
    assert not_scored("Order is in transit.", opened("late-gift")) == set()


def test_imported_conversation_without_scenario_is_read_too() -> None:
    context = imported("My invoice for March was charged twice and I cannot pay my rent now. Please help.")
    good = APPRAISER.appraise(
        "So the March invoice was taken twice, and that leaves you short for the rent. Is that right?", context
    )
    assert good.level("paraphrasing") in {2, 3}
    assert not good.questions
    assert not good.offers
    hollow = APPRAISER.appraise("We are sorry for the inconvenience.", context)
    assert hollow.level("cognitive_empathy") == 1


def test_insult_words_that_take_the_customers_side_are_not_hostile() -> None:
    reply = "I imagine you fear that they think you are stupid when you miss a question, and you are not."
    appraisal = APPRAISER.appraise(reply, opened("quiet-hearing-aids"))
    assert not appraisal.shows(Behaviour.HOSTILE)
    assert appraisal.concern.reading == "named"


def test_word_groups_match_by_stem_and_through_a_slip() -> None:
    assert group_match("I will refund both charges today.", [["refund"], ["charge"]])
    assert group_match("I will refnud both cahrges today.", [["refund"], ["charge"]])
    assert not group_match("I will refund you.", [["refund"], ["charge"]])
    assert not group_match("Refund. That is one. This is two. A charge.", [["refund"], ["charge"]])
    assert not group_match("anything", [])
