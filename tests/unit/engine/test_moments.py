from __future__ import annotations

import pytest
from builders import answered, appraisal, opened, persona, plain_words, rating

from simulator.customers import composing
from simulator.domain.behaviours import Appraisal, Behaviour, Observation
from simulator.domain.decisions import Decision
from simulator.domain.session import SessionState
from simulator.engine.debrief import Moment
from simulator.engine.moments import moments_of
from simulator.engine.ports import SpeechDone


def says_cue(state: SessionState, decision: Decision, index: int) -> SpeechDone:
    """A customer who lets a cue slip behind another sentence, with an emoji after it."""
    return SpeechDone("No idea. Cue one is here. 😅", ("Cue one is here.",))


def moments(*reads: Appraisal, speaks: object = plain_words, text: str = "A reply.") -> tuple[Moment, ...]:
    state = opened()
    for read in reads:
        state, _ = answered(state, read, text=text, speaks=speaks)  # type: ignore[arg-type]
    return moments_of(state)


def kinds(found: tuple[Moment, ...]) -> list[tuple[str, int]]:
    return [(moment.kind, moment.turn) for moment in found]


def test_naming_the_worry_is_a_moment_with_its_words() -> None:
    (moment,) = moments(appraisal(empathy=3, concern="named"))
    assert (moment.kind, moment.turn, moment.quote) == ("connection", 1, "fear of letting her down")


@pytest.mark.parametrize(
    ("criterion", "level", "is_moment"),
    [
        ("cognitive_empathy", 2, True),
        ("cognitive_empathy", 1, False),
        ("paraphrasing", 2, False),
        ("paraphrasing", 3, True),
        ("purpose_driven_questioning", 3, True),
    ],
)
def test_a_connection_rests_on_a_quote(criterion: str, level: int, is_moment: bool) -> None:
    read = Appraisal(ratings=(rating(criterion, level, "A rep"),))  # type: ignore[arg-type]
    found = [m for m in moments(read) if m.kind == "connection"]
    assert [m.quote for m in found] == (["A rep"] if is_moment else [])
    assert not [m for m in moments(Appraisal(ratings=(rating(criterion, level),))) if m.kind == "connection"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.HOSTILE,
        Behaviour.BLAME,
        Behaviour.CALM_DOWN,
        Behaviour.DISMISSIVE,
        Behaviour.POLICY_TALK,
        Behaviour.REPEATED,
        Behaviour.SCRIPTED,
        Behaviour.PREMATURE_SOLUTION,
        Behaviour.INTERROGATION,
    ],
)
def test_a_fault_is_a_missed_moment_with_its_evidence(behaviour: Behaviour) -> None:
    read = Appraisal(observations=(Observation(behaviour=behaviour, probability=0.9, evidence=("reply",)),))
    (moment,) = moments(read)
    assert (moment.kind, moment.turn, moment.quote) == ("missed", 1, "reply")


def test_one_reply_has_one_missed_moment_the_worst() -> None:
    found = moments(appraisal(Behaviour.INTERROGATION, Behaviour.BLAME))
    assert kinds(found) == [("missed", 1)]
    assert "own fault" in found[0].why


def test_a_cue_that_was_said_and_passed_over_is_quoted_without_the_emoji() -> None:
    found = moments(appraisal(paraphrase=1), appraisal(paraphrase=1), speaks=says_cue)
    assert kinds(found) == [("missed", 3)]
    assert found[0].quote == "Cue one is here."


def test_a_cue_that_was_decided_and_left_out_is_not_held_against_anybody() -> None:
    """A cue is left out when the message grows too long, or after a hurt."""
    reads = [appraisal(paraphrase=1), appraisal(paraphrase=1)]
    assert opened().cued_at == ()
    assert moments(*reads, speaks=plain_words) == ()


def test_a_cue_that_was_taken_up_is_not_missed() -> None:
    found = moments(appraisal(paraphrase=1), appraisal(empathy=3, concern="named"), speaks=says_cue)
    assert kinds(found) == [("connection", 3)]


def test_after_the_worry_is_known_a_cue_is_no_longer_missed() -> None:
    reads = [appraisal(empathy=3, concern="named"), appraisal(paraphrase=1)]
    assert [m for m in moments(*reads, speaks=says_cue) if m.kind == "missed"] == []


def test_asking_again_is_missed_before_the_cue() -> None:
    again = appraisal(Behaviour.ASKS_AGAIN, asks=["late"], paraphrase=1)
    found = moments(appraisal(paraphrase=1), again, speaks=says_cue)
    assert "told this" in found[-1].why


def test_stock_sympathy_is_missed_when_nothing_else_was() -> None:
    (moment,) = moments(appraisal(Behaviour.STOCK_SYMPATHY, empathy=1))
    assert "fit any customer" in moment.why


def test_quotes_are_verbatim_in_the_conversation() -> None:
    state = opened(persona=persona(voice={"emoji": ["😅"]}, temperament={"patience": 12}))
    for _ in range(6):
        state, _events = answered(state, appraisal(paraphrase=1), speaks=composing.reply)
    said = [turn.text for turn in state.turns]
    found = moments_of(state)
    assert found
    assert all(any(moment.quote in text for text in said) for moment in found)
