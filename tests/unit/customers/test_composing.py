from __future__ import annotations

import itertools
from random import Random
from typing import Any

import pytest
from builders import (
    INSULT,
    PROCEDURE,
    SYMPATHY,
    UNDERSTANDS,
    after,
    answered,
    appraisal,
    opened,
    persona,
    replied,
    scenario,
    started,
)

from simulator.customers import composing
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.decisions import Decision, FactAnswer, OfferVerdict
from simulator.domain.endings import EndingKind
from simulator.domain.events import ReplyAppraised
from simulator.domain.mood import Mood
from simulator.domain.persona import ReactionKind as Kind
from simulator.domain.session import SessionState, advance, fold
from simulator.engine.ports import SpeechDone

MOOD = Mood(frustration=0.5, anxiety=0.3, trust=0.3)
TRUSTING = Mood(frustration=0.4, anxiety=0.3, trust=0.6)


def said(state: SessionState | None = None, **decided: Any) -> SpeechDone:
    """What the customer says when this was decided."""
    decision = Decision(**{"mood": MOOD, **decided})
    waiting = replied(state or opened())
    index = len(waiting.turns)
    waiting = advance(waiting, ReplyAppraised(index=index - 1, appraisal=PROCEDURE, decision=decision))
    return composing.reply(waiting, decision, index)


def tells(fact: str, manner: str = "tell") -> tuple[FactAnswer, ...]:
    return (FactAnswer.model_validate({"fact": fact, "manner": manner}),)


# order and content


def test_reaction_then_answer_then_cue() -> None:
    done = said(reactions=(Kind.UNDERSTOOD,), answers=tells("tried"), drop_cue=True)
    kinds = [line.split()[0] for line in done.lines]
    assert kinds == ["Persona", "Told", "Cue"]
    assert done.text == " ".join(done.lines)


def test_relief_then_the_offer_then_news() -> None:
    done = said(
        reactions=(Kind.CONCERN_NAMED,),
        concern_named=True,
        offers=(OfferVerdict(action="trace", verdict="partly"),),
        answers=tells("last-year"),
    )
    assert [line.split()[0] for line in done.lines] == ["Persona", "Reveal", "Reaction", "Told"]


def test_one_reaction_is_voiced_the_most_pressing() -> None:
    done = said(reactions=(Kind.BLAMED, Kind.ASKED_AGAIN, Kind.COLD))
    assert len(done.lines) == 1
    assert done.lines[0].startswith("Persona blamed")


def test_somebody_wary_says_a_fact_short_and_somebody_trusting_at_length() -> None:
    assert said(answers=tells("tried")).text == "Told tried short."
    assert said(mood=TRUSTING, answers=tells("tried")).text == "Told tried at some more length."


@pytest.mark.parametrize(
    ("manner", "start"),
    [("again", "Again tried."), ("confirm", "Persona confirmed"), ("tell", "Told tried")],
)
def test_each_manner_of_answering(manner: str, start: str) -> None:
    assert said(answers=tells("tried", manner)).text.startswith(start)


def test_a_correction_gives_the_right_detail() -> None:
    done = said(reactions=(Kind.CORRECTED,), answers=tells("deadline", "correct"))
    assert done.text.startswith("Persona corrected")
    assert done.text.endswith("Not Sunday. Saturday.")
    without = said(reactions=(Kind.CORRECTED,), answers=tells("tried", "correct"))
    assert without.text.endswith("Again tried.")


def test_a_question_without_an_answer_is_met_with_what_fits() -> None:
    assert said(deflected=("promise",)).text.startswith("Persona deflect")
    assert said(dont_know=True).text.startswith("Persona dont_know")


def test_no_friendly_cue_after_a_hurt() -> None:
    done = said(reactions=(Kind.BLAMED,), drop_cue=True)
    assert not any(line.startswith("Cue") for line in done.lines)


def test_a_nudge_is_left_out_when_there_is_an_answer() -> None:
    assert said(reactions=(Kind.NUDGE,), answers=tells("tried")).lines == ("Told tried short.",)


@pytest.mark.parametrize(
    ("verdict", "action", "line"),
    [
        ("fully", "courier", "Reaction to courier"),
        ("partly", "trace", "Reaction to trace"),
        ("no", "voucher", "Reaction to voucher"),
        ("too_early", "courier", "You do not know by when."),
        ("too_early", "trace", "Persona rushed"),
        ("over_limit", "voucher", "Persona offer_partial"),
    ],
)
def test_what_is_said_to_an_offer(verdict: str, action: str, line: str) -> None:
    done = said(offers=(OfferVerdict.model_validate({"action": action, "verdict": verdict}),))
    assert done.lines[0].startswith(line)


def test_the_offer_that_counts_most_is_answered() -> None:
    offers = (OfferVerdict(action="courier", verdict="fully"), OfferVerdict(action="voucher", verdict="no"))
    assert [line.split()[2] for line in said(offers=offers).lines] == ["courier"]


def test_there_is_always_something_to_say() -> None:
    assert said().text.startswith("Persona nudge")


def test_cues_come_one_after_the_other_and_each_once() -> None:
    state = after(opened(), *[appraisal(empathy=2)] * 6, speaks=composing.reply)
    cues = [line for line in state.used_lines if line.startswith("Cue")]
    assert sorted(cues) == ["Cue four is here.", "Cue one is here.", "Cue three is here.", "Cue two is here."]


# endings


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (EndingKind.CONNECTED, Kind.CLOSE_CONNECTED),
        (EndingKind.COLD, Kind.CLOSE_COLD),
        (EndingKind.HEARD_UNRESOLVED, Kind.CLOSE_UNRESOLVED),
        (EndingKind.WALKED_OUT, Kind.WALK_OUT),
    ],
)
def test_last_words_fit_the_ending(ending: EndingKind, kind: Kind) -> None:
    by_seed = {said(opened(seed=seed), ending=ending, reactions=(kind,)).text for seed in range(25)}
    own = (f"Case ends {ending.value}", f"Persona {kind.value}")
    assert all(text.startswith(own) for text in by_seed)
    assert any(text.startswith(own[0]) for text in by_seed)


def test_last_words_take_up_the_offer_and_the_relief() -> None:
    done = said(
        ending=EndingKind.CONNECTED,
        reactions=(Kind.CLOSE_CONNECTED,),
        concern_named=True,
        offers=(OfferVerdict(action="courier", verdict="fully"),),
    )
    assert [line.split()[0] for line in done.lines] == ["Reaction", "Reveal", "Case"]


# length


def test_what_matters_least_is_left_out_first() -> None:
    """Each of the three parts has some nine words: at 20 the cue goes, at 15 the reaction too."""
    nine = " ".join(["word"] * 8) + " end."
    wordy = persona(voice={"max_words": 20}, lines={"understood": [nine]})
    case = scenario(
        concern={"cues": [f"Cue {n} {nine}" for n in range(4)]},
        facts=[{**f, "says": [f"Told {nine}", f"Told more {nine}"]} if f["id"] == "tried" else f for f in facts()],
    )
    state = opened(persona=wordy, scenario=case)
    done = said(state, reactions=(Kind.UNDERSTOOD,), answers=tells("tried"), drop_cue=True)
    assert [line.split()[0] for line in done.lines] == ["word", "Told"]
    terse = opened(persona=persona(voice={"max_words": 15}, lines={"understood": [nine]}), scenario=case)
    done = said(terse, reactions=(Kind.UNDERSTOOD,), answers=tells("tried"), drop_cue=True)
    assert [line.split()[0] for line in done.lines] == ["Told"]


def facts() -> list[dict[str, Any]]:
    return [fact.model_dump() for fact in scenario().facts]


def test_an_answer_is_never_left_out() -> None:
    terse = persona(voice={"max_words": 15})
    answers = (*tells("tried"), *tells("goal"))
    case = scenario(facts=[{**f, "says": [f"Told {f['id']} " + "so " * 12, "Told it."]} for f in facts()])
    done = said(opened(persona=terse, scenario=case), mood=TRUSTING, answers=answers)
    assert [line.split()[1] for line in done.lines] == ["tried", "goal"]


def test_an_email_may_run_to_twice_the_length() -> None:
    nine = " ".join(["word"] * 8) + " end."
    terse = persona(voice={"max_words": 15}, lines={"understood": [nine]})
    case = {"concern": {"cues": [f"Cue {n} {nine}" for n in range(4)]}}
    decided: dict[str, Any] = {"reactions": (Kind.UNDERSTOOD,), "drop_cue": True}
    chat = said(opened(persona=terse, scenario=scenario(**case)), **decided)
    email = said(opened(persona=terse, scenario=scenario(channel="email", **case)), **decided)
    assert len(chat.lines) == 1
    assert len(email.lines) == 2


def test_a_line_that_was_left_out_can_still_be_said_later() -> None:
    nine = " ".join(["word"] * 8) + " end."
    terse = persona(voice={"max_words": 15}, lines={"understood": [nine]})
    case = scenario(concern={"cues": [f"Cue {n} {nine}" for n in range(4)]})
    done = said(opened(persona=terse, scenario=case), reactions=(Kind.UNDERSTOOD,), drop_cue=True)
    assert not any(line.startswith("Cue") for line in done.lines)


# voice


def test_an_email_is_signed_at_both_ends_only() -> None:
    mail = {"scenario": scenario(channel="email")}
    assert composing.opening(fold([started(**mail)]), 0).text.endswith("\n\nRobin")
    assert not said(opened(**mail)).text.endswith("Robin")
    last = said(opened(**mail), ending=EndingKind.COLD, reactions=(Kind.CLOSE_COLD,))
    assert last.text.endswith("\n\nRobin")
    assert not composing.opening(fold([started()]), 0).text.endswith("Robin")


def test_the_opening_is_one_of_the_scenarios_lines() -> None:
    openings = {composing.opening(fold([started(seed=seed)]), 0).text for seed in range(20)}
    assert openings == {"My parcel is late.", "The parcel is late."}


def test_a_pet_phrase_opens_a_message_now_and_then_and_each_once() -> None:
    chatty = persona(
        voice={"pet_phrases": ["Look,", "Honestly,"]},
        lines={"nudge": [f"I want to know number {n} now." for n in range(20)]},
    )
    state = opened(persona=chatty)
    openers: list[str] = []
    for _ in range(30):
        before = len(state.turns)
        state, _ = answered(
            state.model_copy(update={"memory": state.memory.model_copy(update={"unhelpful": 0, "replies": 0})}),
            appraisal(paraphrase=1),
            speaks=composing.reply,
        )
        openers += [p for p in ("Look,", "Honestly,") if state.turns[before + 1].text.startswith(p)]
        if state.ending:
            break
    assert sorted(openers) == ["Honestly,", "Look,"]


@pytest.mark.parametrize(
    ("line", "opened_with"),
    [
        ("The box has not come to me.", "Look, the box has not come to me."),
        ("I have not seen any box yet.", "Look, I have not seen any box yet."),
        ("A box is all that I want.", "Look, a box is all that I want."),
        ("Anna has not seen any box yet.", "Anna has not seen any box yet."),
        ("Monday is the day it should come.", "Monday is the day it should come."),
        ("Well, the box has not come to me.", "Well, the box has not come to me."),
    ],
)
def test_an_opener_goes_before_words_that_can_follow_it_and_spares_names(line: str, opened_with: str) -> None:
    own = persona(voice={"pet_phrases": ["Look,"]}, lines={"nudge": [line]})
    texts = {said(opened(persona=own, seed=seed)).text for seed in range(60)}
    assert texts == {line, opened_with}


# whole conversations


def random_reads(rng: Random, count: int) -> list[Appraisal]:
    facts_known = [f.id for f in scenario().facts]
    quiet = [b for b in Behaviour if b not in {Behaviour.HOSTILE, Behaviour.CLOSING}]
    return [
        appraisal(
            *rng.sample(quiet, rng.randint(0, 3)),
            empathy=rng.choice((0, 1, 2)),
            asks=rng.sample(facts_known, rng.randint(0, 3)),
            offers=rng.sample(["trace", "voucher"], rng.randint(0, 1)),
            unanswered=["?"] * rng.randint(0, 1),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_line_comes_twice_in_thirty_turns_of_anything(seed: int) -> None:
    enduring = persona(temperament={"reactivity": 0.0, "patience": 12, "walk_out": 1.0})
    state = opened(persona=enduring, scenario=scenario(max_turns=30), seed=seed)
    rng = Random(seed)
    used: list[str] = []
    for read in random_reads(rng, 30):
        # lets the conversation go on, whatever happens in it
        calm = state.memory.model_copy(update={"unhelpful": 0, "bad_treatment": 0, "need_met": False, "replies": 1})
        state = state.model_copy(update={"memory": calm, "mood": MOOD})
        state, events = answered(state, read, speaks=composing.reply)
        used += [line for event in events for line in getattr(event, "lines", ())]
    assert len(state.turns) == 61
    assert len(used) == len(set(used))
    words = [turn.text for turn in state.turns[2::2]]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("read", [SYMPATHY, PROCEDURE, INSULT, UNDERSTANDS])
def test_the_same_seed_gives_the_same_words_and_another_seed_others(read: Appraisal) -> None:
    def words(seed: int) -> list[str]:
        return [t.text for t in after(opened(seed=seed), *[read] * 6, speaks=composing.reply).turns]

    assert words(3) == words(3)
    assert len({tuple(words(seed)) for seed in range(6)}) > 1


def test_the_customer_never_speaks_of_scores_or_moods() -> None:
    texts = itertools.chain.from_iterable(
        [t.text for t in after(opened(seed=s), *random_reads(Random(s), 8), speaks=composing.reply).turns]
        for s in range(5)
    )
    assert not [t for t in texts if any(word in t.lower() for word in ("rubric", "score", "frustration 0"))]
