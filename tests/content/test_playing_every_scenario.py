"""Every shipped scenario, played by trainees of different skill, must tell them apart."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from simulator.content import load_library
from simulator.customers import ScriptedCustomer
from simulator.domain.endings import EndingKind
from simulator.domain.session import Phase, SessionState
from simulator.domain.transcript import Speaker
from simulator.engine.debrief import Debrief
from simulator.engine.practice import Parts, PracticeSessions
from simulator.engine.trainees import TRAINEES, Move, Trainee
from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.storage import MemorySessionStore

LIBRARY = load_library()
SEEDS = (1, 2, 3)
WORTH = {EndingKind.CONNECTED: 3, EndingKind.COLD: 2, EndingKind.HEARD_UNRESOLVED: 1, EndingKind.WALKED_OUT: 0}


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


def service() -> PracticeSessions:
    ids = itertools.count()
    return PracticeSessions(
        Parts(
            library=LIBRARY,
            store=MemorySessionStore(),
            customer=ScriptedCustomer(),
            appraiser=OfflineAppraiser(),
            concern_reader=matches_concern,
            clock=FixedClock(),
            new_id=lambda: f"session-{next(ids)}",
            new_seed=lambda: 1,
            app_version="test",
        )
    )


async def play(scenario: str, trainee: Trainee, seed: int, persona: str | None = None) -> tuple[SessionState, Debrief]:
    sessions = service()
    opened = await sessions.start(scenario, seed=seed, persona_id=persona)
    async for _ in sessions.proceed(opened.id):
        pass
    state = await sessions.state(opened.id)
    for _ in range(40):
        if state.phase is Phase.ENDED:
            break
        move = trainee.next_move(state)
        async for _ in sessions.say(opened.id, move.text, move.action):
            pass
        state = await sessions.state(opened.id)
    assert state.phase is Phase.ENDED, "the customer never left"
    return state, await sessions.debrief(opened.id)


def score(debrief: Debrief) -> float:
    """The overall score; a session too short to score is worth nothing here."""
    return debrief.scorecard.overall.score or 0.0


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
async def test_the_better_trainee_comes_out_better_in_every_respect(scenario: str) -> None:
    for seed in SEEDS:
        played = [await play(scenario, trainee, seed) for trainee in TRAINEES]
        for (better, better_debrief), (worse, worse_debrief) in itertools.pairwise(played):
            assert better.ending is not None
            assert worse.ending is not None
            assert WORTH[better.ending] >= WORTH[worse.ending], (seed, better.ending, worse.ending)
            assert better.mood.sentiment > worse.mood.sentiment, (seed, better.mood, worse.mood)
            assert len(better.disclosed) >= len(worse.disclosed), (seed, better.disclosed, worse.disclosed)
            assert score(better_debrief) >= score(worse_debrief), (seed, score(better_debrief), score(worse_debrief))


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
async def test_connecting_connects_perfunctory_ends_cold_and_the_rest_is_left(scenario: str) -> None:
    expected = (EndingKind.CONNECTED, EndingKind.COLD, EndingKind.WALKED_OUT, EndingKind.WALKED_OUT)
    for seed in SEEDS:
        endings = tuple([(await play(scenario, trainee, seed))[0].ending for trainee in TRAINEES])
        assert endings == expected, seed


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
async def test_a_connecting_trainee_scores_clearly_above_a_perfunctory_one(scenario: str) -> None:
    connecting = [score((await play(scenario, TRAINEES[0], seed))[1]) for seed in SEEDS]
    perfunctory = [score((await play(scenario, TRAINEES[1], seed))[1]) for seed in SEEDS]
    assert sum(connecting) / len(SEEDS) >= sum(perfunctory) / len(SEEDS) + 15


class WarmButEmpty:
    """Understands in words, never solves anything."""

    name = "warm"

    def next_move(self, state: SessionState) -> Move:
        scenario = state.started.scenario
        lines = (*scenario.exemplars.paraphrase, *scenario.concern.naming, *scenario.exemplars.empathy)
        return Move(lines[state.reply_count % len(lines)])


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
async def test_understanding_without_help_ends_heard_but_unresolved(scenario: str) -> None:
    state, _ = await play(scenario, WarmButEmpty(), seed=1)
    assert state.ending is EndingKind.HEARD_UNRESOLVED


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
@pytest.mark.parametrize("trainee", TRAINEES, ids=lambda trainee: trainee.name)
async def test_the_customer_never_repeats_itself_nor_tells_a_gated_fact_early(scenario: str, trainee: Trainee) -> None:
    state, _ = await play(scenario, trainee, seed=4)
    said = [turn.text for turn in state.turns if turn.speaker is Speaker.CUSTOMER]
    assert len(said) == len(set(said))
    item = state.started.scenario
    told_at = dict(state.told_at)
    for turn in state.turns:
        if turn.speaker is not Speaker.CUSTOMER:
            continue
        told = {fact for index, facts in told_at.items() if index <= turn.index for fact in facts}
        untold = [line for fact in item.facts if fact.id not in told for line in fact.says]
        assert not [line for line in untold if line in turn.text]


@pytest.mark.parametrize("persona", sorted(LIBRARY.personas))
async def test_any_persona_can_play_any_scenario(persona: str) -> None:
    for scenario in sorted(LIBRARY.scenarios):
        state, _ = await play(scenario, TRAINEES[0], 5, persona)
        assert state.ending is EndingKind.CONNECTED, scenario
        assert "{" not in " ".join(turn.text for turn in state.turns)
