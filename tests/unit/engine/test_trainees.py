"""Simulated trainees, and the plain words for causes and behaviours."""

from __future__ import annotations

import pytest
from builders import ACTIONS, action, after, answered, appraisal, opened, replied, scenario

from simulator.domain.behaviours import Behaviour
from simulator.domain.deciding import REST
from simulator.domain.mood import PUSHES
from simulator.domain.session import SessionState
from simulator.engine.phrases import CAUSES, NOTICED
from simulator.engine.trainees import TRAINEES, Connecting, Hostile, Perfunctory, Robotic, Trainee


def all_actions_need_the_deadline() -> SessionState:
    first = action("courier", "fully", after=["deadline"])
    return opened(scenario=scenario(actions=[first, *ACTIONS[2:]]))


@pytest.mark.parametrize("trainee", TRAINEES, ids=lambda t: t.name)
def test_the_same_state_gives_the_same_move(trainee: Trainee) -> None:
    state = opened()
    assert trainee.next_move(state) == trainee.next_move(state)
    assert trainee.next_move(state).text


@pytest.mark.parametrize("trainee", TRAINEES, ids=lambda t: t.name)
def test_a_move_names_only_actions_that_the_scenario_has(trainee: Trainee) -> None:
    state = opened()
    for _ in range(8):
        move = trainee.next_move(state)
        if move.action is not None:
            assert state.started.scenario.action(move.action)
        state = after(state, appraisal(paraphrase=1, asks=["tried"]))


def test_the_connecting_one_gives_back_asks_names_and_then_helps() -> None:
    trainee, state = Connecting(), all_actions_need_the_deadline()
    first = trainee.next_move(state)
    assert first.text.startswith(("So nothing came.", "You have waited"))
    state = after(state, appraisal(paraphrase=2, asks=["goal"]), appraisal(empathy=2, asks=["deadline"]))
    assert trainee.next_move(state).text in state.started.scenario.concern.naming
    state = after(state, appraisal(empathy=3, concern="named"))
    assert trainee.next_move(state).text in state.started.scenario.exemplars.solution


def test_the_connecting_one_does_not_offer_before_it_knows_what_it_must() -> None:
    state = after(all_actions_need_the_deadline(), *[appraisal(empathy=2), appraisal(empathy=3, concern="named")] * 2)
    move = Connecting().next_move(state)
    assert move.text in state.started.scenario.fact("deadline").asks


def test_the_perfunctory_one_is_sorry_every_time_and_repeats_no_phrase() -> None:
    state = all_actions_need_the_deadline()
    said = []
    for _ in range(4):
        text = Perfunctory().next_move(state).text
        said.append(text)
        state = after_saying(state, text)
    assert all(any(word in text.lower() for word in ("sorry", "apolog", "understand")) for text in said)
    assert len(set(said)) == 4


def after_saying(state: SessionState, text: str) -> SessionState:
    return answered(state, appraisal(paraphrase=1, asks=["tried"]), text=text)[0]


def test_the_robotic_one_offers_what_does_not_fit_in_its_fourth_reply() -> None:
    wrong = action("voucher", "no", kind="happiness_fund")
    state = opened(scenario=scenario(actions=[*ACTIONS[:3], wrong]))
    state = after(state, *[appraisal(paraphrase=1, asks=[f]) for f in ("tried", "goal", "deadline")])
    assert Robotic().next_move(state).action == "voucher"


def test_the_hostile_one_never_offers_anything() -> None:
    assert Hostile().next_move(replied(opened())).action is None


def test_every_cause_and_every_telling_behaviour_has_plain_words() -> None:
    assert set(CAUSES) == {*PUSHES, REST}
    silent = {
        Behaviour.QUESTION,
        Behaviour.APOLOGY,
        Behaviour.GREETING,
        Behaviour.CLOSING,
    }
    assert set(Behaviour) - set(NOTICED) == silent
