"""A session service that keeps to the protocol and needs no appraiser: what the customer says is scripted."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from textual.app import App
from textual.pilot import Pilot

from simulator.domain.behaviours import Appraisal
from simulator.domain.decisions import Decision, MoodMove
from simulator.domain.endings import EndingKind
from simulator.domain.events import (
    CustomerSpoke,
    EmpathicAccuracy,
    Reflected,
    ReplyAppraised,
    SessionEnded,
    SessionEvent,
    SessionScored,
    SessionStarted,
    TraineeSpoke,
)
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Outcome
from simulator.domain.persona import Persona
from simulator.domain.personalise import personalise
from simulator.domain.rubric import Anchor, Criterion, Rubric
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import Band, CriterionScore, NotScored, Rating, Scorecard
from simulator.domain.session import Phase, SessionState, fold
from simulator.engine.chat import Spent
from simulator.engine.debrief import AnnotatedTurn, CriterionView, Debrief, Moment, StrongerVersion
from simulator.engine.library import Library, Loaded, Problem
from simulator.engine.sessions import (
    CustomerSaid,
    CustomerTyping,
    Ended,
    OpenSession,
    ReplyRead,
    ReplyRecorded,
    TurnItem,
)
from simulator.engine.trainees import Move
from simulator.errors import MoveError, SimulatorError
from simulator.storage.memory import MemorySessionStore
from simulator.tui.app import SimulatorApp

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "content"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

OPENING = "Hi. I have a question about how extra seats are billed if somebody joins halfway through the year."
ANSWERS = (
    "The price page says one thing and the calculator another. I would like to know it before I click anything.",
    "Yes. Three people, for eight weeks. It has to be right, I report it to the trustees on Thursday.",
    "That is exactly it. Nobody asked me that before.",
    "All right. Please send it in writing.",
)
LAST_WORDS = "Thank you. I can stand up and say that number. Goodbye."


@cache
def scenarios() -> Mapping[str, Loaded[Scenario]]:
    return {
        item.item.id: item for item in (_load(path, Scenario) for path in sorted((DATA / "scenarios").glob("*.toml")))
    }


@cache
def personas() -> Mapping[str, Loaded[Persona]]:
    return {
        item.item.id: item for item in (_load(path, Persona) for path in sorted((DATA / "personas").glob("*.toml")))
    }


def _load(path: Path, model: Any) -> Loaded[Any]:
    return Loaded(model.model_validate(tomllib.loads(path.read_text())), "0" * 64, path.name)


def rubric() -> Rubric:
    def criterion(criterion_id: str, name: str, definition: str, anchors: tuple[str, ...]) -> Criterion:
        return Criterion(
            id=criterion_id,
            name=name,
            definition=definition,
            levels=tuple(
                Anchor(
                    level=level, anchor=anchor, example=f"Example {level} of {name}.", near_miss=f"Near miss {level}."
                )
                for level, anchor in enumerate(anchors)
            ),
        )

    return Rubric(
        id="core",
        title="Core rubric",
        description="What every reply is read for.",
        pass_mark=55,
        pass_mark_method="Set by the panel.",  # noqa: S106 - a mark to pass, no password
        criteria=(
            criterion(
                "cognitive_empathy",
                "Cognitive empathy",
                "Shows understanding of the customer's perspective and goal.",
                (
                    "Nothing of the customer's perspective.",
                    "Stock sympathy, or a feeling without this customer's cause.",
                    "Says what the situation is like for this customer, tied to what they told.",
                    "Reaches the goal or the unspoken worry beneath, tentative and right.",
                ),
            ),
            criterion(
                "paraphrasing",
                "Paraphrasing",
                "Gives back the situation in other words, with its specifics.",
                (
                    "None.",
                    "A fragment or an echo.",
                    "The main point in own words.",
                    "The situation, checked before solving.",
                ),
            ),
            criterion(
                "purpose_driven_questioning",
                "Purpose-driven questioning",
                "Asks about the goal behind the symptom.",
                (
                    "No question.",
                    "A form-like question.",
                    "An open question that widens the picture.",
                    "Asks what matters behind it.",
                ),
            ),
        ),
    )


@dataclass
class FakeUi:
    theme: str = "dark"
    show_mood: bool = True
    pace: str = "instant"
    keymap: Mapping[str, str] = field(default_factory=dict)
    saved: list[dict[str, object]] = field(default_factory=list)
    error: SimulatorError | None = None

    def save(self, **changes: object) -> None:
        self.saved.append(changes)
        for name, value in changes.items():
            setattr(self, name, value)
        if self.error is not None:
            raise self.error


class FakeSessions:
    """Meets SessionService. After `replies_until_end` replies the customer leaves."""

    def __init__(self, library: Library, store: MemorySessionStore, *, replies_until_end: int = 99) -> None:
        self.library = library
        self.store = store
        self.replies_until_end = replies_until_end
        self.said: list[tuple[str, str | None]] = []
        self.fail_before_recording: Exception | None = None
        self.fail_after_recording: Exception | None = None
        self.fail_at_once: Exception | None = None
        self.opening = OPENING
        self.answers = ANSWERS
        self.ending = EndingKind.CONNECTED
        self.clock = START
        self._next = 0
        self.offline: set[str] = set()
        self.left_to_judge = 0
        self.moves: list[Move] = []
        self.typing_waits: asyncio.Event | None = None
        """Holds the customer's message after its first letters, as a slow model does."""
        self.debrief_waits: asyncio.Event | None = None

    async def start(
        self,
        scenario_id: str,
        *,
        persona_id: str | None = None,
        seed: int | None = None,
        mode: Literal["practice", "demo", "run"] = "practice",
    ) -> OpenSession:
        scenario = self.library.scenarios[scenario_id].item
        persona = self.library.personas[persona_id or scenario.persona].item
        started = SessionStarted(
            scenario=personalise(scenario, persona), persona=persona, rubric=rubric(), scenario_sha256="0",
            persona_sha256="0", rubric_sha256="0", seed=seed or 7, mode=mode, app_version="0.1.0",
        )  # fmt: skip
        self._next += 1
        session_id = f"fake{self._next:04d}"
        await self.store.create(session_id, self._now(), started)
        return OpenSession(session_id, fold([started]))

    async def proceed(self, session_id: str) -> AsyncGenerator[TurnItem, None]:
        state = await self.state(session_id)
        if self.fail_at_once:
            error, self.fail_at_once = self.fail_at_once, None
            raise error
        if self.fail_after_recording and state.reply_count:
            error, self.fail_after_recording = self.fail_after_recording, None
            raise error
        if state.phase is Phase.REPLY_TO_APPRAISE:
            decision = self._decide(state)
            await self._record(
                session_id, ReplyAppraised(index=len(state.turns) - 1, appraisal=Appraisal(), decision=decision)
            )
            yield ReplyRead(decision)
        state = await self.state(session_id)
        if state.phase is Phase.CUSTOMER_TO_SPEAK:
            text = self._words(state)
            for start in range(0, len(text), 12):
                yield CustomerTyping(text[start : start + 12])
                if self.typing_waits is not None:
                    await self.typing_waits.wait()
            event = CustomerSpoke(index=len(state.turns), text=text, mood=state.mood)
            state = await self._record(session_id, event)
            yield CustomerSaid(state.turns[-1], state)
        if state.phase is Phase.ENDING:
            decision = state.appraised[-1].decision
            state = await self._record(session_id, SessionEnded(ending=decision.ending, reason=decision.ending_reason))
            yield Ended(decision.ending, decision.ending_reason, state)

    async def say(self, session_id: str, text: str, action: str | None = None) -> AsyncGenerator[TurnItem, None]:
        state = await self.state(session_id)
        if state.phase is not Phase.TRAINEE_TO_REPLY:
            raise MoveError("It is not your turn", "The customer is about to write.")
        if self.fail_before_recording:
            error, self.fail_before_recording = self.fail_before_recording, None
            raise error
        self.said.append((text, action))
        state = await self._record(session_id, TraineeSpoke(index=len(state.turns), text=text, action=action))
        yield ReplyRecorded(state.turns[-1])
        async for item in self.proceed(session_id):
            yield item

    async def resume(self, session_id: str) -> OpenSession:
        full = await self.store.find(session_id)
        return OpenSession(full, await self.state(full), await self.store.load_draft(full))

    async def state(self, session_id: str) -> SessionState:
        return fold(stored.event for stored in await self.store.load(session_id))

    def next_move(self, session_id: str) -> Move | None:
        return self.moves.pop(0) if self.moves else None

    def use_offline(self, session_id: str) -> None:
        self.offline.add(session_id)

    def judging_left(self, session_id: str) -> int:
        return self.left_to_judge

    async def close(self, session_id: str | None = None) -> None:
        self.left_to_judge = 0

    async def stop(self, session_id: str, *, replies_ended: bool = False) -> SessionState:
        return await self._record(
            session_id, SessionEnded(ending=EndingKind.STOPPED, reason="You ended the conversation.")
        )

    async def reflect(self, session_id: str, feeling: str, concern: str) -> EmpathicAccuracy:
        true = (await self.state(session_id)).started.scenario.concern
        accuracy = EmpathicAccuracy(
            feeling_said=feeling, feeling_true=true.feeling, feeling_score=float(feeling == true.feeling),
            concern_said=concern, concern_true=true.statement, concern_score=0.5,
        )  # fmt: skip
        await self._record(session_id, Reflected(accuracy=accuracy))
        return accuracy

    async def debrief(self, session_id: str) -> Debrief:
        state = await self.state(session_id)
        if state.phase is not Phase.ENDED:
            raise MoveError("The session has not ended", "There is no debrief yet.")
        if self.debrief_waits is not None:
            await self.debrief_waits.wait()
        debrief = fake_debrief(session_id, state)
        if not state.scorecards:
            await self._record(session_id, SessionScored(scorecard=debrief.scorecard, outcome=debrief.outcome))
        return debrief

    def _decide(self, state: SessionState) -> Decision:
        ends = state.reply_count >= self.replies_until_end
        mood = Mood(
            frustration=max(0.0, round(state.mood.frustration - 0.08, 3)),
            anxiety=max(0.0, round(state.mood.anxiety - 0.05, 3)),
            trust=min(1.0, round(state.mood.trust + 0.12, 3)),
        )
        moves = (MoodMove(cause="paraphrase", frustration=-0.08, anxiety=-0.05, trust=0.12),)
        if not ends:
            return Decision(mood=mood, moves=moves)
        return Decision(
            mood=mood, moves=moves, ending=self.ending, ending_reason="The need was met, and they felt understood."
        )

    def _words(self, state: SessionState) -> str:
        if not state.appraised:
            return self.opening
        if state.appraised[-1].decision.ending is not None:
            return LAST_WORDS
        return self.answers[(state.reply_count - 1) % len(self.answers)]

    def _now(self) -> datetime:
        self.clock += timedelta(seconds=20)
        return self.clock

    async def _record(self, session_id: str, event: SessionEvent) -> SessionState:
        stored = await self.store.load(session_id)
        await self.store.append(session_id, stored[-1].seq, self._now(), [event])
        return await self.state(session_id)


def fake_debrief(session_id: str, state: SessionState) -> Debrief:
    """Every part filled in, with values of our own."""
    scenario, persona = state.started.scenario, state.started.persona
    replies = [turn for turn in state.turns if turn.speaker.value == "trainee"]
    first = replies[0] if replies else None
    ratings = ()
    if first is not None:
        quote = first.text[:40]
        ratings = (
            Rating(criterion="cognitive_empathy", level=2, evidence=(quote,), reason="Says what it is like for them."),
            Rating(criterion="paraphrasing", level=1, evidence=(quote,), reason="A fragment of what they said."),
            NotScored(criterion="purpose_driven_questioning", not_scored="there was nothing left to ask"),
        )
    moods = dict(state.moods)
    moment = (
        Moment(kind="connection", turn=first.index, quote=first.text[:40], why="It named the worry.") if first else None
    )
    missed = Moment(
        kind="missed", turn=2, quote="I report it to the trustees on Thursday", why="The date was passed over."
    )
    turns = tuple(
        AnnotatedTurn(
            turn=turn,
            mood=moods.get(turn.index),
            ratings=ratings if turn is first else (),
            noticed=("paraphrased the situation", "asked an open question") if turn is first else (),
            moves=(MoodMove(cause="paraphrase", frustration=-0.08, anxiety=-0.05, trust=0.12),)
            if turn is first
            else (),
            moments=(moment,) if turn is first and moment else (),
        )
        for turn in state.turns
    )
    card = Scorecard(
        judge="offline", judge_version="1", rubric="core", rubric_sha256="0",
        ratings=((first.index, ratings),) if first else (),
        criteria=(
            CriterionScore(criterion="cognitive_empathy", score=66.7, band=Band(low=54, high=78), opportunities=4),
            CriterionScore(criterion="paraphrasing", score=41.0, band=Band(low=30, high=52), opportunities=3),
            CriterionScore(
                criterion="purpose_driven_questioning", score=None, not_scored="There was nothing to ask about."
            ),
        ),
        overall=CriterionScore(criterion="overall", score=56.0, band=Band(low=47, high=66), opportunities=7),
        pass_mark=55, verdict="borderline",
    )  # fmt: skip
    core = rubric()
    views = tuple(
        CriterionView(
            id=score.criterion, name=core.criterion(score.criterion).name, score=score.score,
            low=score.band.low if score.band else None, high=score.band.high if score.band else None,
            opportunities=score.opportunities, not_scored=score.not_scored, level_counts=(0, 1, 2, 1),
            typical_level=2 if score.score else None,
            anchor=core.criterion(score.criterion).levels[2].anchor if score.score else "",
            next_anchor=core.criterion(score.criterion).levels[3].anchor if score.score else "",
        )
        for score in card.criteria
    )  # fmt: skip
    outcome = Outcome(
        csat=4, effort=3, nps=8, sentiment_delta=0.31, concern_found=True,
        verbatim="They asked what the seats were for and found a way that ends by itself.",
    )  # fmt: skip
    stronger = None
    if first is not None:
        stronger = StrongerVersion(
            turn=first.index, customer_said=state.turns[0].text, weak=first.text,
            strong=scenario.exemplars.paraphrase[0],
            why="It gives back the case with its specifics and checks it before solving.",
        )  # fmt: skip
    return Debrief(
        session=session_id, scenario_title=scenario.title, persona_name=persona.name, channel=scenario.channel.value,
        ending=state.ending, ending_reason=state.ending_reason, scorecard=card, criteria=views,
        method="Each reply was rated from 0 to 3; bands come from resampling the replies 1,000 times.",
        outcome=outcome, accuracy=state.accuracy, concern=scenario.concern.statement,
        concern_changes=scenario.concern.changes, concern_named_at=None, goal=scenario.goal.statement,
        need=scenario.need.statement, untold=tuple(fact.statement for fact in scenario.facts[-2:]), turns=turns,
        moments=(moment, missed) if moment else (), stronger=stronger,
    )  # fmt: skip


@dataclass
class FakeServices:
    """Meets AppServices."""

    library: Library
    sessions: FakeSessions
    store: MemorySessionStore
    ui: FakeUi
    rubric: Rubric
    about: Mapping[str, str]
    used: Spent | None = None

    def spent(self, session_id: str) -> Spent | None:
        return self.used


def fake_services(
    *,
    ui: FakeUi | None = None,
    replies_until_end: int = 99,
    problems: tuple[Problem, ...] = (),
    library: Library | None = None,
) -> FakeServices:
    library = library or Library(scenarios(), personas(), {"core": Loaded(rubric(), "0", "core.toml")}, problems)
    store = MemorySessionStore()
    return FakeServices(
        library=library,
        sessions=FakeSessions(library, store, replies_until_end=replies_until_end),
        store=store,
        ui=ui or FakeUi(),
        rubric=rubric(),
        about={
            "Version": "0.1.0",
            "Customer": "offline",
            "Judge": "offline",
            "Data": "/home/you/.local/share/simulator",
        },
    )


class StrictApp(SimulatorApp):
    """Lets an error that nobody foresaw fail the test, instead of showing the calm panel."""

    def _handle_exception(self, error: Exception) -> None:
        App._handle_exception(self, error)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no message, callback or worker is under way."""
    idle = 0
    while idle < 2:
        await pilot.pause()
        waiting = [worker for worker in pilot.app.workers if not worker.is_finished and worker.group not in PERSISTENT]
        idle = 0 if waiting else idle + 1
        if waiting:
            await pilot.app.workers.wait_for_complete(waiting)


PERSISTENT = frozenset({"dialog", "leave", "delete"})
"""Workers that wait for an answer of the trainee."""
