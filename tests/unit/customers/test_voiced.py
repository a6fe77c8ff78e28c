from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest
from builders import started
from chat_fakes import Answer, Breaks, Hangs, Says, ScriptedModel
from voiced_scenes import brief_for, case, speech, tells

from simulator.customers import ScriptedCustomer, VoicedCustomer
from simulator.domain.endings import EndingKind
from simulator.domain.events import SpeechFaultKind as Kind
from simulator.domain.persona import ReactionKind
from simulator.domain.session import fold
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone
from simulator.errors import ContextTooLongError, ModelStalledError, RateLimitError

GOOD = "Well, I need that puppet by Saturday. Four o'clock, not later."
FLIP = "How can I help you today?"


def deadline() -> SpeechBrief:
    return brief_for(answers=tells("deadline"))


def letter_of_the_deadline() -> SpeechBrief:
    return brief_for(case(channel="email"), answers=tells("deadline"))


async def test_the_models_words_are_shown_and_the_authored_lines_count_as_used() -> None:
    model = ScriptedModel([GOOD])
    shown, done = await speech(model, deadline())
    assert shown == done.text == GOOD
    assert done.voiced_by == model.name
    assert done.lines
    assert done.lines[0] in {"By Saturday, four o'clock.", "I need that puppet by Saturday at four."}
    assert done.faults == ()
    assert len(model.requests) == 1
    assert model.closed == 0


async def test_a_session_pays_for_its_own_calls() -> None:
    model = ScriptedModel([GOOD])
    await speech(model, deadline())
    (request,) = model.requests
    assert (request.session, request.purpose, request.prompt) == ("s-1", "customer", "customer")
    assert [message.role.value for message in request.messages] == ["system", "user"]


async def test_words_are_shown_a_sentence_at_a_time_and_not_before_the_sentence_is_whole() -> None:
    model = ScriptedModel([Says(pieces=("Well, I need", " it by Saturd", "ay. Four", " o'clock. Not lat", "er."))])
    items = [item async for item in VoicedCustomer(model, ScriptedCustomer()).speak(deadline())]
    pieces = [item.text for item in items if isinstance(item, SpeechDelta)]
    assert pieces == ["Well, I need it by Saturday.", " Four o'clock.", " Not later."]


async def test_a_faulty_first_sentence_is_never_shown_and_the_model_is_asked_once_more() -> None:
    model = ScriptedModel([FLIP, GOOD])
    shown, done = await speech(model, deadline())
    assert shown == GOOD
    assert [fault.kind for fault in done.faults] == [Kind.ROLE_FLIP]
    assert done.voiced_by == model.name
    again = model.requests[1].messages[1].text
    assert "Your last try was not used: it spoke as the agent." in again
    assert FLIP not in again
    assert "last try" not in model.requests[0].messages[1].text


@pytest.mark.parametrize(
    "second", [FLIP, "[sighs] No.", "", "Robin", "Robin:", "Robin Sample", "I was born on 4 May 1961."]
)
async def test_after_two_faulty_tries_the_offline_line_is_said(second: str) -> None:
    brief = deadline()
    expected = [item async for item in ScriptedCustomer().speak(brief)][-1]
    model = ScriptedModel([FLIP, second])
    shown, done = await speech(model, brief)
    assert isinstance(expected, SpeechDone)
    assert shown == done.text == expected.text
    assert done.lines == expected.lines
    assert done.voiced_by == "offline"
    assert len(model.requests) == 2
    assert len(done.faults) >= 2
    assert done.faults[0].kind is Kind.ROLE_FLIP


async def test_the_request_is_closed_as_soon_as_something_is_wrong() -> None:
    model = ScriptedModel([f"{FLIP} I am here for you all day, whatever it is.", GOOD])
    await speech(model, deadline())
    assert model.closed == 1


async def test_a_fault_after_something_was_shown_ends_the_message_there() -> None:
    model = ScriptedModel([f"{GOOD} {FLIP} And more.", "Never asked."])
    shown, done = await speech(model, deadline())
    assert shown == done.text == GOOD
    assert [fault.kind for fault in done.faults] == [Kind.ROLE_FLIP]
    assert done.voiced_by == model.name
    assert len(model.requests) == 1
    assert model.closed == 1


async def test_a_fact_that_the_model_left_out_is_added_in_its_authors_words() -> None:
    model = ScriptedModel(["Finally somebody asks."])
    shown, done = await speech(model, deadline())
    assert shown == done.text
    assert done.text.startswith("Finally somebody asks. ")
    assert done.text.removeprefix("Finally somebody asks. ") == done.lines[0]
    assert done.voiced_by == model.name


async def test_a_fact_cut_off_by_a_fault_is_added_as_well() -> None:
    model = ScriptedModel([f"Finally somebody asks. {FLIP}"])
    _, done = await speech(model, deadline())
    assert done.lines[0] in done.text
    assert [fault.kind for fault in done.faults] == [Kind.ROLE_FLIP]


async def test_only_the_missing_one_of_two_facts_is_added() -> None:
    model = ScriptedModel(["I need that puppet by Saturday at four, and that is that."])
    _, done = await speech(model, brief_for(answers=tells("deadline", "tried")))
    assert "Leith" in done.text
    assert done.text.count("Saturday") == 1


async def test_a_cue_that_did_not_come_out_counts_as_unsaid() -> None:
    brief = brief_for(answers=tells("deadline"), drop_cue=True)
    cues = set(brief.state.started.scenario.concern.cues)
    offline = [item async for item in ScriptedCustomer().speak(brief)][-1]
    assert isinstance(offline, SpeechDone)
    (cue,) = cues & set(offline.lines)
    _, without = await speech(ScriptedModel([GOOD]), brief)
    _, with_cue = await speech(ScriptedModel([f"{GOOD} {cue}"]), brief)
    assert not cues & set(without.lines)
    assert cue in with_cue.lines


async def test_an_opening_is_voiced_too_when_it_tells_why_they_write() -> None:
    brief = SpeechBrief(state=fold([started()]), decision=None, index=0)
    shown, done = await speech(ScriptedModel(["My parcel is late. And late is no word for it."]), brief)
    assert shown == done.text == "My parcel is late. And late is no word for it."
    assert done.voiced_by == "scripted/one"


async def test_an_opening_that_tells_nothing_is_not_shown() -> None:
    state = case()
    brief = SpeechBrief(state=fold([state.started]), decision=None, index=0)
    shown, done = await speech(ScriptedModel(["Hello there. Is anybody in?"]), brief)
    assert done.text in state.started.scenario.opening.lines
    assert shown == done.text
    assert done.voiced_by == "offline"


async def test_a_customer_who_was_decided_to_leave_leaves() -> None:
    brief = brief_for(ending=EndingKind.WALKED_OUT, reactions=(ReactionKind.WALK_OUT,))
    _, done = await speech(ScriptedModel(["Please, could you check it once more?"]), brief)
    assert done.voiced_by == "offline"
    assert {fault.kind for fault in done.faults} == {Kind.OUT_OF_CHARACTER}
    _, begging = await speech(ScriptedModel(["That was it for me. I'll wait for your answer."]), brief)
    assert begging.text == f"That was it for me. {begging.lines[0]}"


async def test_a_message_that_broke_off_before_its_point_gets_the_authored_one() -> None:
    brief = brief_for(ending=EndingKind.WALKED_OUT, reactions=(ReactionKind.WALK_OUT,))
    for answer in (f"Hello. {FLIP}", Breaks(ModelStalledError("Stalled"), ("Hello. And", " then"))):
        shown, done = await speech(ScriptedModel([answer]), brief)
        assert shown == done.text == f"Hello. {done.lines[0]}"
    _, short = await speech(ScriptedModel(["I have had it with you."]), brief)
    assert short.text == "I have had it with you."


async def test_errors_before_anything_is_shown_pass_unchanged() -> None:
    for error in (RateLimitError("Too many", retry_after_s=3), ContextTooLongError("Too long"), ModelStalledError("?")):
        for answers in ([error], [Breaks(error, ("Well, I need",))], [FLIP, error]):
            with pytest.raises(type(error)) as raised:
                await speech(ScriptedModel(answers), deadline())
            assert raised.value is error


async def test_a_stream_that_breaks_later_ends_the_message_with_whole_sentences_and_its_fact() -> None:
    model = ScriptedModel([Breaks(ModelStalledError("Stalled"), ("Finally somebody asks. I need ", "it by Sat"))])
    shown, done = await speech(model, deadline())
    assert shown == done.text
    assert done.text == f"Finally somebody asks. {done.lines[0]}"
    complete = ScriptedModel([Breaks(ModelStalledError("Stalled"), (f"{GOOD} And what", " ab"))])
    assert (await speech(complete, deadline()))[1].text == GOOD


async def test_an_answer_cut_for_length_loses_its_half_sentence() -> None:
    _, done = await speech(ScriptedModel([Says(f"{GOOD} And what about", finish_reason="length")]), deadline())
    assert done.text == GOOD
    _, nothing = await speech(ScriptedModel([Says("I need that puppet by", finish_reason="length")]), deadline())
    assert nothing.voiced_by == "offline"
    assert {fault.kind for fault in nothing.faults} == {Kind.TOO_LONG}


async def test_a_flood_without_an_end_is_closed() -> None:
    model = ScriptedModel([Says(pieces=("word " * 10,) * 500)])
    _, done = await speech(model, deadline())
    assert model.closed == 2
    assert done.voiced_by == "offline"
    assert {fault.kind for fault in done.faults} == {Kind.TOO_LONG}


@pytest.mark.parametrize("answer", [Hangs(("Finally somebody asks. I ",)), Hangs((GOOD + " ",))])
async def test_leaving_in_the_middle_closes_the_request(answer: Answer) -> None:
    model = ScriptedModel([answer])
    async with aclosing(VoicedCustomer(model, ScriptedCustomer()).speak(deadline())) as items:
        async for _ in items:
            break
    assert model.closed == 1


async def test_cancelling_while_nothing_comes_closes_the_request() -> None:
    model = ScriptedModel([Hangs()])
    waiting = asyncio.create_task(speech(model, deadline()))
    await model.hanging.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert model.closed == 1


async def test_a_chat_message_has_no_line_breaks_and_a_letter_keeps_its_paragraphs() -> None:
    words = "I need that puppet by Saturday.\n\nFour o'clock at the latest.\nRobin"
    _, chat = await speech(ScriptedModel([words]), deadline())
    assert chat.text == "I need that puppet by Saturday. Four o'clock at the latest. Robin"
    _, letter = await speech(ScriptedModel([words]), letter_of_the_deadline())
    assert letter.text == "I need that puppet by Saturday.\n\nFour o'clock at the latest.\n\nRobin"


async def test_a_letter_gets_what_is_missing_as_a_paragraph_of_its_own() -> None:
    _, letter = await speech(ScriptedModel(["Finally somebody asks.\nRobin"]), letter_of_the_deadline())
    assert letter.text == f"Finally somebody asks.\n\nRobin\n\n{letter.lines[0]}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f'"{GOOD}"', GOOD),
        (f"“{GOOD}”", GOOD),
        (f'"{GOOD} I mean it."', f"{GOOD} I mean it."),
        (f'"Soon" is no answer. {GOOD}', f'"Soon" is no answer. {GOOD}'),
        (f'{GOOD} They said "soon".', f'{GOOD} They said "soon".'),
        (f"<think>The agent asks. How can I help you?</think>\n\n{GOOD}", GOOD),
        (f"...well. {GOOD}", f"...well. {GOOD}"),
        (f"Robin: {GOOD}", GOOD),
        (f'\nRobin Sample: "{GOOD}"', GOOD),
        (f"<think>Hm.</think>Robin: {GOOD}", GOOD),
        (f"Robin here. {GOOD}", f"Robin here. {GOOD}"),
    ],
)
async def test_wrapping_is_taken_off_and_wording_is_not(said: str, shown: str) -> None:
    for answer in (said, Says(pieces=tuple(said))):
        _, done = await speech(ScriptedModel([answer]), deadline())
        assert done.text == shown
        assert done.faults == ()


async def test_a_label_further_on_or_of_somebody_else_is_a_fault() -> None:
    _, second = await speech(ScriptedModel([f"{GOOD} Robin: And more."]), deadline())
    assert second.text == GOOD
    assert [fault.kind for fault in second.faults] == [Kind.META]
    _, agent = await speech(ScriptedModel([f"Agent: {GOOD}"]), deadline())
    assert {fault.kind for fault in agent.faults} == {Kind.META}
    assert agent.voiced_by == "offline"


async def test_thoughts_without_an_answer_are_no_answer() -> None:
    _, done = await speech(ScriptedModel(["<think>I need that puppet by Saturday at four. It"]), deadline())
    assert done.voiced_by == "offline"
    assert done.faults != ()


async def test_control_characters_never_come_through() -> None:
    _, done = await speech(ScriptedModel(["I need it by \x1b[31mSaturday\u202e at four."]), deadline())
    assert "\x1b" not in done.text
    assert "\u202e" not in done.text


async def test_what_is_shown_is_what_is_recorded_whatever_the_model_does() -> None:
    answers = [GOOD, FLIP, "", "...", "No", f"{GOOD} {FLIP}", "Hm.\n\n\nYes.", "a" * 9_000, "{", "Finally!  Somebody."]
    for first in answers:
        for second in answers:
            shown, done = await speech(ScriptedModel([first, second]), deadline())
            assert shown == done.text
            assert done.text.strip() == done.text
            assert "Saturday" in done.text
            assert FLIP not in done.text
