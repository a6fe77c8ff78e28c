"""No prompt for a model that voices the customer holds anything that is not earned, along whole sessions."""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from chat_fakes import ScriptedModel

from simulator.content import load_library
from simulator.customers import ScriptedCustomer, VoicedCustomer
from simulator.customers.conversation_text import conversation_text
from simulator.domain.persona import Persona
from simulator.domain.scenario import Fact, Gate, Scenario
from simulator.domain.session import Phase
from simulator.engine.chat import ChatRequest
from simulator.engine.ports import SpeechBrief, SpeechDelta, SpeechDone
from simulator.engine.practice import Parts, PracticeSessions
from simulator.engine.trainees import Connecting, Robotic, Trainee
from simulator.judging.offline import OfflineAppraiser, matches_concern
from simulator.storage import MemorySessionStore

LIBRARY = load_library()
TRAINEES: tuple[Trainee, ...] = (Connecting(), Robotic())
LINE = re.compile(r"nothing left out:\n(.*)\n\nWrite [^\n]* message now, and only that\.\Z", re.DOTALL)
FENCE = re.compile(r"<(data-[0-9a-f]{12})>\n(.*)\n</\1>", re.DOTALL)
LONG_ENOUGH = 12
"""Characters from which a text is surely somebody's own; shorter ones ("Yes.") stand anywhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call, and what the customer had to go by."""

    trainee: str
    brief: SpeechBrief
    request: ChatRequest
    done: SpeechDone

    @property
    def case(self) -> Scenario:
        return self.brief.state.started.scenario

    @property
    def card(self) -> str:
        return self.request.messages[0].text

    @property
    def turn(self) -> str:
        return self.request.messages[1].text

    @property
    def conversation(self) -> str:
        return FENCE.findall(self.turn)[0][1]

    @property
    def line(self) -> str:
        return LINE.findall(self.turn)[0]

    @property
    def rest(self) -> str:
        """All of the prompt but the conversation and the line that is to be said."""
        assert len(FENCE.findall(self.turn)) == len(LINE.findall(self.turn)) == 1
        return f"{self.card}\n{LINE.sub('', FENCE.sub('', self.turn))}"

    @property
    def allowed(self) -> set[str]:
        decision = self.brief.decision
        now = [answer.fact for answer in decision.answers] if decision else self.case.opening.tells
        return {*self.brief.state.disclosed, *now}

    @property
    def concern_named(self) -> bool:
        return self.brief.state.memory.concern_named

    @property
    def barred(self) -> list[Fact]:
        return [fact for fact in self.case.facts if fact.id not in self.allowed]


class Listening:
    """A customer voiced by a model that says the authored line; keeps every call with its brief."""

    name = "listening"

    def __init__(self, trainee: str) -> None:
        self.asked: list[Asked] = []
        self._trainee = trainee
        self._model = ScriptedModel(lambda request: LINE.findall(request.messages[1].text)[0])
        self._voiced = VoicedCustomer(self._model, ScriptedCustomer())

    async def speak(self, brief: SpeechBrief) -> AsyncGenerator[SpeechDelta | SpeechDone, None]:
        before = len(self._model.requests)
        async with aclosing(self._voiced.speak(brief)) as items:
            async for item in items:
                if isinstance(item, SpeechDone):
                    new = self._model.requests[before:]
                    self.asked += [Asked(self._trainee, brief, request, item) for request in new]
                yield item


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


async def play(scenario: str, trainee: Trainee, appraiser: OfflineAppraiser) -> list[Asked]:
    customer, ids = Listening(trainee.name), itertools.count()
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
    opened = await sessions.start(scenario, seed=11)
    async for _ in sessions.proceed(opened.id):
        pass
    state = await sessions.state(opened.id)
    while state.phase is not Phase.ENDED:
        move = trainee.next_move(state)
        async for _ in sessions.say(opened.id, move.text, move.action):
            pass
        state = await sessions.state(opened.id)
    return customer.asked


@pytest.fixture(scope="module")
def played() -> dict[str, list[Asked]]:
    """Every call of every shipped scenario, played by a connecting and a robotic trainee."""
    import asyncio  # noqa: PLC0415 - only this fixture runs a loop of its own

    async def play_all() -> dict[str, list[Asked]]:
        appraiser = OfflineAppraiser()
        return {
            scenario: [asked for trainee in TRAINEES for asked in await play(scenario, trainee, appraiser)]
            for scenario in sorted(LIBRARY.scenarios)
        }

    return asyncio.run(play_all())


def squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def parts(text: str) -> Iterator[str]:
    """A text and its sentences."""
    yield text
    yield from re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def texts_of(fact: Fact) -> tuple[str, ...]:
    return (fact.statement, *fact.says, *fact.again, fact.correction or "")


def own_texts(persona: Persona) -> str:
    """What is true of the persona in every case."""
    return persona.model_dump_json()


def secrets(asked: Asked) -> Iterator[str]:
    """Texts that must not stand in this prompt."""
    case, rubric = asked.case, asked.brief.state.started.rubric
    yield from (rubric.description, rubric.pass_mark_method)
    for criterion in rubric.criteria:
        yield from (criterion.name, criterion.id, criterion.definition)
        for level in criterion.levels:
            yield from (level.anchor, level.example, level.near_miss)
    for fact in asked.barred:
        yield from (*texts_of(fact), *fact.asks)
    if not asked.concern_named:
        yield from (case.concern.statement, *case.concern.reveals)
    yield from (case.concern.changes, *case.concern.naming, *case.concern.wrong_guesses)
    yield from (case.goal.statement, case.need.statement, case.brief.role, case.brief.situation)
    for action in case.actions:
        yield from (action.guardrail, action.label, *action.reactions, *action.too_early)
    for exemplars in (case.exemplars.paraphrase, case.exemplars.empathy, case.exemplars.questions):
        yield from exemplars
    yield from case.exemplars.solution
    for article in case.knowledge:
        yield from (article.title, article.text)
    yield from (entry.note for entry in case.record.history)
    for lines in (case.verbatims, case.endings):
        yield from (*lines.connected, *lines.cold, *lines.heard_unresolved, *lines.walked_out)
    yield from case.concern.cues


def leaked_texts(asked: Asked, rest: str | None = None) -> list[str]:
    """Secrets that stand in the prompt outside of the conversation and of the line."""
    prompt = squeezed(asked.rest if rest is None else rest)
    may = squeezed(" ".join((own_texts(asked.brief.state.started.persona), *may_say(asked))))
    found = {part for secret in secrets(asked) for part in parts(secret) if len(part) >= LONG_ENOUGH}
    return sorted(part for part in found if squeezed(part) in prompt and squeezed(part) not in may)


def may_say(asked: Asked) -> list[str]:
    """What this customer has told, may tell now, or has read."""
    state = asked.brief.state
    told = [text for fact in asked.case.facts if fact.id in asked.allowed for text in texts_of(fact)]
    worry = [asked.case.concern.statement, *asked.case.concern.reveals] if asked.concern_named else []
    return [*told, *worry, *(turn.text for turn in state.turns), asked.line, asked.case.company]


def details(text: str) -> set[str]:
    """Numbers of two digits and more, and words with a capital in the middle of a sentence."""
    numbers = re.findall(r"\d[\d.,:]*\d", text)
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text)
    return {*numbers, *names}


def leaked_details(asked: Asked, rest: str | None = None) -> list[str]:
    """Numbers and names of facts that are not allowed yet, and of nothing that is."""
    known = " ".join((own_texts(asked.brief.state.started.persona), *may_say(asked)))
    theirs = {detail for fact in asked.barred for text in texts_of(fact) for detail in details(text)}
    prompt = asked.rest if rest is None else rest
    return sorted(d for d in theirs if d not in known and re.search(rf"(?<!\w){re.escape(d)}(?!\w)", prompt))


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
def test_no_secret_is_in_any_prompt(scenario: str, played: dict[str, list[Asked]]) -> None:
    for asked in played[scenario]:
        where = (asked.trainee, asked.brief.index)
        assert leaked_texts(asked) == [], where
        assert leaked_details(asked) == [], where


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
def test_the_rest_of_the_prompt_is_the_conversation_and_the_authored_line(
    scenario: str, played: dict[str, list[Asked]]
) -> None:
    for asked in played[scenario]:
        state = asked.brief.state
        expected = conversation_text(state.turns, state.started.persona.first_name) or "(Nobody has written yet.)"
        assert asked.conversation == expected
        assert len(asked.conversation.splitlines()) == max(1, len(state.turns))
        # the model said the line, and nothing was wrong with it: what is shown is the author's
        assert asked.done.text.split() == asked.line.split()


@pytest.mark.parametrize("scenario", sorted(LIBRARY.scenarios))
def test_no_prompt_speaks_of_scoring(scenario: str, played: dict[str, list[Asked]]) -> None:
    words = re.compile(
        r"\b(rubric|criteri\w+|scor(?:e|es|ed|ing)|paraphras\w+|cognitive|level [0-3]|guardrail)\b", re.IGNORECASE
    )
    for asked in played[scenario]:
        about = own_texts(asked.brief.state.started.persona)
        assert [word for word in words.findall(asked.rest) if word not in about] == []


def test_every_answer_took_one_call_and_nothing_was_caught(played: dict[str, list[Asked]]) -> None:
    calls = [asked for sessions in played.values() for asked in sessions]
    assert {asked.done.voiced_by for asked in calls} == {"scripted/one"}
    assert [asked.done.faults for asked in calls if asked.done.faults] == []
    places = [(asked.case.id, asked.trainee, asked.brief.index) for asked in calls]
    assert len(places) == len(set(places))


def test_the_sessions_are_worth_looking_at(played: dict[str, list[Asked]]) -> None:
    calls = [asked for sessions in played.values() for asked in sessions]
    assert len(calls) > 8 * len(played)
    for scenario, sessions in played.items():
        held_back = [fact for asked in sessions for fact in asked.barred if fact.gate is Gate.EARNED]
        assert held_back, scenario
        assert any(asked.concern_named for asked in sessions), scenario
        assert any(not asked.concern_named for asked in sessions if asked.brief.decision), scenario
        assert {asked.trainee for asked in sessions} == {"connecting", "robotic"}


def test_what_is_earned_is_in_the_prompt(played: dict[str, list[Asked]]) -> None:
    for sessions in played.values():
        for asked in sessions:
            missing = [f.id for f in asked.case.facts if f.id in asked.allowed and f.statement not in asked.rest]
            assert missing == []
            assert (asked.case.concern.statement in asked.rest) is asked.concern_named


def test_a_leak_would_be_found(played: dict[str, list[Asked]]) -> None:
    for sessions in played.values():
        first = sessions[0]
        rubric = first.brief.state.started.rubric
        for secret in (
            rubric.criteria[0].levels[2].anchor,
            first.case.concern.statement,
            first.case.need.statement,
            first.case.goal.statement,
            first.case.exemplars.solution[0],
            first.case.actions[0].guardrail,
            first.case.knowledge[0].text,
            first.barred[-1].statement,
            first.barred[-1].says[0],
        ):
            assert leaked_texts(first, f"{first.rest}\n{secret}") != [], secret
        known = " ".join((own_texts(first.brief.state.started.persona), *may_say(first)))
        theirs = {d for fact in first.barred for text in texts_of(fact) for d in details(text) if d not in known}
        for detail in theirs:
            assert detail in leaked_details(first, f"{first.rest} and {detail}")
