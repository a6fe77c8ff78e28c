"""How often the guard objects to authored words, and how much it catches: measured on every shipped scenario."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from simulator.content import load_library
from simulator.customers import ScriptedCustomer, composing
from simulator.customers.guard import faults_in
from simulator.customers.guard_facts import untold
from simulator.customers.guard_grounds import Grounds
from simulator.customers.guard_words import sentences
from simulator.customers.stage import scene_of
from simulator.domain.events import SpeechFaultKind as Kind
from simulator.domain.session import Phase
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone
from simulator.engine.practice import Parts, PracticeSessions
from simulator.engine.trainees import TRAINEES, Trainee
from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.storage import MemorySessionStore

LIBRARY = load_library()

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the offline customer, and what led to it."""

    brief: SpeechBrief
    done: SpeechDone

    @property
    def grounds(self) -> Grounds:
        return scene_of(self.brief, self.done).grounds

    @property
    def in_other_words(self) -> SpeechDone:
        """What the same customer says to the same decision when the dice fall otherwise."""
        state = self.brief.state
        other = state.model_copy(update={"started": state.started.model_copy(update={"seed": 99})})
        if self.brief.decision is None:
            return composing.opening(other, self.brief.index)
        return composing.reply(other, self.brief.decision, self.brief.index)


class Listening:
    name = "listening"

    def __init__(self) -> None:
        self.said: list[Said] = []

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        async with aclosing(ScriptedCustomer().speak(brief)) as items:
            async for item in items:
                if isinstance(item, SpeechDone):
                    self.said.append(Said(brief, item))
                yield item


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


async def play(scenario: str, trainee: Trainee, appraiser: OfflineAppraiser) -> list[Said]:
    customer, ids = Listening(), itertools.count()
    sessions = PracticeSessions(
        Parts(
            library=LIBRARY,
            store=MemorySessionStore(),
            customer=customer,
            appraiser=appraiser,
            concern_reader=matches_concern,
            clock=FixedClock(),
            new_id=lambda: f"session-{next(ids)}",
            new_seed=lambda: 1,
            app_version="test",
        )
    )
    opened = await sessions.start(scenario, seed=1)
    async for _ in sessions.proceed(opened.id):
        pass
    state = await sessions.state(opened.id)
    while state.phase is not Phase.ENDED:
        move = trainee.next_move(state)
        async for _ in sessions.say(opened.id, move.text, move.action):
            pass
        state = await sessions.state(opened.id)
    return customer.said


@pytest.fixture(scope="module")
def said() -> list[Said]:
    import asyncio  # noqa: PLC0415 - only this fixture runs a loop of its own

    async def play_all() -> list[Said]:
        appraiser = OfflineAppraiser()
        pairs = itertools.product(sorted(LIBRARY.scenarios), TRAINEES)
        return [message for scenario, trainee in pairs for message in await play(scenario, trainee, appraiser)]

    return asyncio.run(play_all())


def objections(said: list[Said], judged: Callable[[Said], tuple[str, Grounds]]) -> dict[str, list[Kind]]:
    """Messages that the guard would have held back."""
    found = {}
    for message in said:
        text, grounds = judged(message)
        if faults := faults_in(text, grounds):
            found[text] = [fault.kind for fault in faults]
    return found


def test_the_guard_never_objects_to_what_the_offline_customer_says(said: list[Said]) -> None:
    assert len(said) > 300
    assert objections(said, lambda message: (message.done.text, message.grounds)) == {}


def test_the_guard_objects_to_no_beginning_of_it_either(said: list[Said]) -> None:
    """A message that streams is checked a sentence at a time, together with what came before."""
    beginnings = [
        (" ".join(parts[:n]), message.grounds)
        for message in said
        for parts in (sentences(message.done.text),)
        for n in range(1, len(parts))
    ]
    assert len(beginnings) > 300
    assert {text: found for text, grounds in beginnings if (found := faults_in(text, grounds))} == {}


def test_every_message_of_the_offline_customer_holds_the_facts_that_it_has_to_tell(said: list[Said]) -> None:
    assert any(message.grounds.due for message in said)
    for message in said:
        assert untold(message.done.text, message.grounds) == (), message.done.text
        assert untold(message.in_other_words.text, message.grounds) == (), message.in_other_words.text


def test_the_same_thing_in_other_authored_words_is_hardly_ever_held_back(said: list[Said]) -> None:
    reworded = [message for message in said if message.in_other_words.text != message.done.text]
    assert len(reworded) > 250
    found = objections(reworded, lambda message: (message.in_other_words.text, message.grounds))
    assert len(found) <= 5, found
    assert set(itertools.chain(*found.values())) <= {Kind.INVENTED}, "a day or a number in passing: Saturday night"


def test_without_the_line_at_hand_only_details_are_objected_to(said: list[Said]) -> None:
    """No authored message looks like an agent, a machine, a stage direction or another language by itself."""
    found = objections(said, lambda message: (message.done.text, replace(message.grounds, line="")))
    kinds = Counter(itertools.chain(*({*kinds} for kinds in found.values())))
    assert set(kinds) <= {Kind.INVENTED, Kind.GATED_FACT, Kind.TOO_LONG}
    assert len(found) <= 12, found
    assert kinds[Kind.GATED_FACT] <= 3


def test_most_of_what_is_held_back_would_be_caught_if_it_came_too_early(said: list[Said]) -> None:
    """Each authored wording of each fact that is barred at the opening, thrown in right then."""
    first = {message.brief.state.started.scenario.id: message for message in said if message.brief.decision is None}
    caught = total = 0
    for message in first.values():
        grounds = message.grounds
        for text in (text for barred in grounds.barred for text in barred.texts):
            total += 1
            kinds = {fault.kind for fault in faults_in(text, grounds)}
            caught += bool(kinds & {Kind.GATED_FACT, Kind.INVENTED})
    assert total > 500
    assert caught / total >= 0.8


def test_what_an_agent_would_promise_is_caught_and_most_of_how_it_gives_a_case_back(said: list[Said]) -> None:
    """Exemplary replies of a trainee, as a customer who has slipped into the other part would write them."""
    second = {message.brief.state.started.scenario.id: message for message in said if message.brief.index == 2}
    solutions, restated = [], []
    for message in second.values():
        exemplars = message.brief.state.started.scenario.exemplars
        grounds = replace(message.grounds, reply="")
        solutions += [bool(faults_in(text, grounds)) for text in exemplars.solution]
        restated += [bool(faults_in(text, grounds)) for text in exemplars.paraphrase]
    assert sum(solutions) / len(solutions) >= 0.9
    assert sum(restated) / len(restated) >= 0.7
