"""Any shipped persona in any shipped scenario, whatever is read in the replies."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

import pytest
import tomli
from builders import answered, opened, replied
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from strategies import appraisals

from simulator.customers import composing
from simulator.domain.behaviours import Appraisal
from simulator.domain.deciding import decide
from simulator.domain.events import CustomerSpoke
from simulator.domain.persona import Persona
from simulator.domain.personalise import personalise
from simulator.domain.scenario import Channel, Gate, Scenario
from simulator.domain.session import Phase, SessionState, advance, fold

ROOT = Path(__file__).parents[2]
PERSONAS = sorted(path.stem for path in (ROOT / "personas").glob("*.toml"))
SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.toml"))
PAIRS = sorted(Random(1).sample(list(product(SCENARIOS, PERSONAS)), 24))
"""A sample that is the same every time; every scenario and persona plays elsewhere as well."""


@cache
def persona(name: str) -> Persona:
    return Persona.model_validate(tomli.loads((ROOT / "personas" / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def scenario(name: str) -> Scenario:
    return Scenario.model_validate(tomli.loads((ROOT / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def begun(case: str, who: str, session_seed: int = 7) -> SessionState:
    """Once the customer has said the first words."""
    own = persona(who)
    state = fold([opened(scenario=personalise(scenario(case), own), persona=own, seed=session_seed).started])
    done = composing.opening(state, 0)
    told = state.started.scenario.opening.tells
    return advance(state, CustomerSpoke(index=0, text=done.text, mood=state.mood, disclosed=told, lines=done.lines))


def play(state: SessionState, reads: list[Appraisal]) -> tuple[SessionState, list[str]]:
    lines = list(state.used_lines)
    for read in reads:
        if state.phase is Phase.ENDED:
            break
        state, events = answered(state, read, speaks=composing.reply)
        lines += [line for event in events for line in getattr(event, "lines", ())]
    return state, lines


@st.composite
def conversations(draw: st.DrawFn) -> tuple[SessionState, list[Appraisal]]:
    case, who = draw(st.sampled_from(PAIRS))
    state = begun(case, who, draw(st.integers(0, 5)))
    return state, draw(st.lists(appraisals(scenario(case)), min_size=1, max_size=14))


@given(conversations())
@settings(max_examples=60)
def test_nothing_is_said_twice_and_something_is_always_said(conversation: tuple[SessionState, list[Appraisal]]) -> None:
    state, lines = play(*conversation)
    assert [line for line, times in Counter(lines).items() if times > 1] == []
    said = [turn.text for turn in state.turns[::2]]
    assert all(any(ch.isalnum() for ch in text) for text in said)
    assert len(said) == len(set(said))


@given(conversations())
def test_no_earned_fact_is_in_the_lines_before_it_was_told(conversation: tuple[SessionState, list[Appraisal]]) -> None:
    state, lines = play(*conversation)
    for fact in state.started.scenario.facts:
        if fact.gate is Gate.EARNED and fact.id not in state.disclosed:
            assert not {*fact.says, *fact.again} & set(lines)


@given(conversations())
def test_the_same_seed_and_replies_give_the_same_words(conversation: tuple[SessionState, list[Appraisal]]) -> None:
    start, reads = conversation
    first, second = play(start, reads)[0], play(start, reads)[0]
    assert [turn.text for turn in first.turns] == [turn.text for turn in second.turns]


@given(conversations())
def test_a_message_keeps_to_its_persons_length_or_has_only_what_must_be_said(
    conversation: tuple[SessionState, list[Appraisal]],
) -> None:
    """An answer is never cut. Only answers may make a message longer than the person writes."""
    state, _ = play(*conversation)
    voice, email = state.started.persona.voice, state.started.scenario.channel is Channel.EMAIL
    limit = voice.max_words * (2 if email else 1) + 6
    """A pet phrase, an emoji or a signature may come on top."""
    for reply in state.appraised:
        decision = reply.decision
        must = len(decision.answers) + bool(decision.offers) + decision.concern_named + (decision.ending is not None)
        words = len(state.turns[reply.index + 1].text.split())
        assert words <= limit or must >= 2, state.turns[reply.index + 1].text


@pytest.mark.parametrize(("case", "who"), PAIRS)
def test_every_pair_can_be_played_to_a_bad_end(case: str, who: str) -> None:
    state, _ = play(begun(case, who), [Appraisal()] * 15)
    assert state.phase is Phase.ENDED
    assert "{" not in " ".join(turn.text for turn in state.turns)


@seed(1)
@given(conversations())
@settings(max_examples=15)
def test_deciding_is_pure_on_shipped_content(conversation: tuple[SessionState, list[Appraisal]]) -> None:
    state, reads = conversation
    waiting = replied(state)
    assert decide(waiting, reads[0]) == decide(waiting, reads[0])
