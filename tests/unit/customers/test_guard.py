from __future__ import annotations

import pytest
from builders import opened
from voiced_scenes import brief_for, case, grounds, scene, tells

from simulator.customers.guard import faults_in
from simulator.customers.guard_facts import untold
from simulator.domain.endings import EndingKind
from simulator.domain.events import SpeechFaultKind as Kind
from simulator.domain.persona import ReactionKind


def kinds(text: str, **changes: object) -> list[Kind]:
    return [fault.kind for fault in faults_in(text, grounds(**changes))]


FINE = (
    "I have been waiting for that parcel since Monday and I still have nothing in my hands.",
    'Well, "sorry for the inconvenience" is not going to bring it here.',
    "How can you help me if you don't read what I write?",
    "I apologise for my tone, it has been a long day.",
    "Sorry for the trouble, I know it isn't your fault.",
    "Can you give me your name, so that I know who I am dealing with?",
    "I sent the form to you and nobody has looked at it.",
    "Let me check that. No, it still says the same.",
    "Thank you for your patience with me.",
    "Are you a bot? I would like to talk to a person.",
    "I work as an assistant on a ward, I can't sit by the phone.",
    "I have asked a hundred times (really) and nobody knows.",
    "I don't know what prompt you mean, the page is simply empty.",
    "NOT GOOD ENOUGH. I want an answer.",
    "May I ask who decides that? March back there and find out.",
    "Sat here the whole day for nothing.",
    "I have heard that a hundred times, and it is only one or two people who know.",
    "Robin here, I wrote on the weekend.",
    "So you understand, do you? I am not so sure.",
)


@pytest.mark.parametrize("text", FINE)
def test_what_a_customer_may_well_say_passes(text: str) -> None:
    assert faults_in(text, grounds(known=(*grounds().known, "Monday"))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "How can I help you today?",
        "I'd be happy to assist you with that.",
        "I apologise for the inconvenience.",
        "We are so sorry to hear that!",
        "Let me check your account.",
        "Let me look into that for you.",
        "I'll process the refund for you right away.",
        "Your refund has been issued.",
        "Thank you for contacting us.",
        "Is there anything else I can do?",
        "I completely understand your frustration.",
        "Could you please provide your order number?",
        "According to our policy that is not possible.",
        "I am the support agent on duty.",
        "Rest assured, we are on it.",
        "Welcome to Sample Post.",
        "It will come soon.\n\nSample Post Customer Care",
    ],
)
def test_speaking_as_the_agent_is_caught_with_its_words(text: str) -> None:
    found = [fault for fault in faults_in(text, grounds()) if fault.kind is Kind.ROLE_FLIP]
    assert found
    assert all(fault.quote in text for fault in found)


@pytest.mark.parametrize(
    "text",
    [
        "As an AI, I have no parcel.",
        "I'm a language model and cannot be late.",
        "I can't help with that request.",
        "My instructions say that I stay calm.",
        "This is only a role-play, isn't it?",
        "Here is the rewritten message: I am cross.",
        "Sure! Here's what they would say.",
    ],
)
def test_stepping_out_of_the_part_is_caught(text: str) -> None:
    assert Kind.OUT_OF_CHARACTER in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "[sighs] Nothing has come.",
        "*rolls eyes* Nothing has come.",
        "(sighing) Nothing has come.",
        "Customer: Nothing has come.",
        "Robin: Nothing has come.",
        "Nothing has come. Agent: We will see.",
        "```\nNothing has come.\n```",
        '{"text": "Nothing has come."}',
        "<p>Nothing has come.</p>",
        "# Nothing has come",
        "Robin is frustrated because nothing has come.",
        "This is Robin's next message, as asked.",
        "**Nothing** has come.",
    ],
)
def test_labels_descriptions_and_markup_are_caught(text: str) -> None:
    assert Kind.META in kinds(text)


def test_a_fact_that_is_not_earned_is_caught_by_its_words() -> None:
    found = faults_in("I promised my granddaughter a theatre.", grounds())
    assert [fault.kind for fault in found] == [Kind.GATED_FACT]
    assert "granddaughter" in found[0].quote


def test_a_fact_that_is_not_earned_is_caught_by_one_name_or_day_of_it() -> None:
    assert kinds("I was on the phone with Leith.") == [Kind.GATED_FACT, Kind.INVENTED]
    assert Kind.GATED_FACT in kinds("It has to come on Saturday.")


def test_one_common_word_gives_nothing_away() -> None:
    assert kinds("My birthday is not the point here.") == []


def test_a_fact_may_be_said_once_it_is_told() -> None:
    told = case().model_copy(update={"disclosed": ("late", "deadline")})
    assert faults_in("I said it, by four on Saturday.", scene(brief_for(told)).grounds) == ()


def test_the_worry_is_held_back_until_it_was_named() -> None:
    text = "I am so afraid of letting my child down again."
    assert kinds(text) == [Kind.GATED_FACT]
    named = scene(brief_for(reactions=(ReactionKind.CONCERN_NAMED,), concern_named=True)).grounds
    assert faults_in(text, named) == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I paid £85 for it.", "85"),
        ("I paid a hundred for it.", "hundred"),
        ("There are twenty-six of them.", "twenty-six"),
        ("I have been waiting for sixteen days.", "sixteen"),
        ("It was promised for Tuesday.", "Tuesday"),
        ("I ordered it back in November.", "November"),
        ("A man called Harrison told me it was lost.", "Harrison"),
        ("It was to be here by 15:30.", "15:30"),
    ],
)
def test_a_detail_out_of_nowhere_is_caught(text: str, quote: str) -> None:
    assert [(fault.kind, fault.quote) for fault in faults_in(text, grounds())] == [(Kind.INVENTED, quote)]


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("It costs £1,250.00 in all.", "And I pay 1250 for that?"),
        ("They come at 14:00.", "So at two in the afternoon."),
        ("We are open until four.", "Until 16:00, you say."),
        ("On the 3rd of May.", "The third of May, then."),
        ("It costs 25 a month.", "Twenty-five a month."),
        ("At 14:30, please.", "So at half past two."),
        ("Half past two.", "You mean 2:30?"),
        ("My sister Hannah asked.", "It was Hannah's idea."),
    ],
)
def test_a_known_detail_may_be_put_another_way(known: str, text: str) -> None:
    assert kinds(text, known=(*grounds().known, known)) == []


def test_what_the_authored_line_says_is_no_fault() -> None:
    line = "How can I help you, they asked me on Tuesday. In Leith!"
    assert kinds(line, line=line) == []
    assert kinds(line) != []


def test_a_message_may_run_over_a_little_and_no_more() -> None:
    long = [f"not {first}{second}" for first in "abcdefgh" for second in "klmno"]
    assert kinds(" ".join(long[:39]), most_words=60) == []
    assert kinds(" ".join(long), most_words=60) == [Kind.TOO_LONG]
    assert kinds("n" * 2_000, most_words=60) == [Kind.TOO_LONG]


def test_saying_the_same_again_is_caught() -> None:
    before = "I have told you that nothing has come and that nobody knows why. I want an answer."
    assert kinds(before, own=(before,)) == [Kind.REPETITION]
    assert kinds("Look. I have told you that nothing has come and that nobody knows why!", own=(before,)) == [
        Kind.REPETITION
    ]
    assert kinds("I want an answer.", own=(before,)) == []


def test_giving_back_the_trainees_own_words_is_caught() -> None:
    reply = "You have been waiting for it all week long. What would you like to see happen now?"
    assert Kind.REPETITION in kinds("What would you like to see happen now?", reply=reply)


def test_going_round_in_circles_is_caught() -> None:
    assert kinds("I only want it to come here. I only want it to come here.") == [Kind.REPETITION]
    assert kinds("I'm sorry" + ", I'm sorry" * 9) == [Kind.REPETITION]


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe das Paket immer noch nicht bekommen und warte seit Tagen darauf.",
        "Je n'ai toujours pas mon colis et personne ne peut me dire pourquoi.",
        "我还没有收到我的包裹。",
        "Где моя посылка?",
    ],
)
def test_another_language_is_caught(text: str) -> None:
    assert Kind.WRONG_LANGUAGE in kinds(text)


@pytest.mark.parametrize("text", ["ok thx", "u said tmrw and its still not here lol", "Voilà. C'est tout."])
def test_short_or_careless_english_passes(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "Robin", "Robin Sample."])
def test_nothing_is_caught(text: str) -> None:
    assert kinds(text) == [Kind.EMPTY]


def test_who_leaves_asks_for_nothing_and_who_stays_says_no_goodbye() -> None:
    leaving = scene(brief_for(ending=EndingKind.WALKED_OUT, reactions=(ReactionKind.WALK_OUT,))).grounds
    assert [f.kind for f in faults_in("Could you please check once more?", leaving)] == [Kind.OUT_OF_CHARACTER]
    assert faults_in("Enough. I take it elsewhere. Goodbye.", leaving) == ()
    assert kinds("Enough of this. Goodbye.") == [Kind.OUT_OF_CHARACTER]


def test_a_fact_counts_as_told_by_its_words_and_figures() -> None:
    due = scene(brief_for(case(), answers=tells("deadline"))).grounds
    assert untold("The puppet has to be here by four on Saturday.", due) == ()
    assert untold("I really need it soon, the sooner the better.", due) == (due.due[0][1],)
    assert untold("I need that puppet in time for the party.", due) == (due.due[0][1],)


def test_a_confirmation_owes_no_fact() -> None:
    assert scene(brief_for(answers=tells("order-number", manner="confirm"))).grounds.due == ()


def test_facts_of_the_opening_are_not_held_back_but_their_details_are_not_made_up_either() -> None:
    barred = {barred.id for barred in scene(brief_for(opened())).grounds.barred}
    assert "order-number" not in barred
    assert {"tried", "deadline", "promise", "concern"} <= barred
