"""The practice session: one turn is recorded, read, decided and answered, each step durable before the next."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Literal

from simulator.domain.deciding import decide
from simulator.domain.endings import EndingKind
from simulator.domain.events import (
    CustomerSpoke,
    EmpathicAccuracy,
    Reflected,
    ReplyAppraised,
    SessionEnded,
    SessionScored,
    SessionStarted,
    TraineeSpoke,
)
from simulator.domain.opportunities import with_opportunities
from simulator.domain.personalise import personalise
from simulator.domain.scenario import Scenario
from simulator.domain.session import Phase, SessionState, fold
from simulator.domain.transcript import Turn, clean_text
from simulator.engine.background_judging import BackgroundJudging
from simulator.engine.debrief import Debrief
from simulator.engine.debriefing import build_debrief
from simulator.engine.judging import Panel
from simulator.engine.library import Library, pick
from simulator.engine.live_sessions import Live, LiveSessions
from simulator.engine.ports import Appraiser, Clock, Customer, ReplyContext, SessionStore, SpeechBrief, SpeechDone
from simulator.engine.reflection import ConcernReader, empathic_accuracy
from simulator.engine.scorekeeping import Judge, score_session
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
from simulator.errors import MoveError, StorageError


@dataclass(frozen=True, slots=True)
class Parts:
    """What a practice session is made of."""

    library: Library
    store: SessionStore
    customer: Customer
    appraiser: Appraiser
    concern_reader: ConcernReader
    clock: Clock
    new_id: Callable[[], str]
    new_seed: Callable[[], int]
    app_version: str
    rubric_id: str = "core"
    offline_customer: Customer | None = None
    """Who takes over when the trainee has had enough of a failing model; None when `customer` needs no model."""
    judge: Panel | None = None
    """Who rates beside the appraiser, and then counts in the scores; None lets the appraiser's ratings count."""


class PracticeSessions:
    """Meets SessionService."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._log = LiveSessions(parts.store, parts.clock)
        self._judging = None if parts.judge is None else BackgroundJudging(parts.judge, self._log)
        self._scoring: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._preparing: dict[str, asyncio.Task[None]] = {}
        self._offline: set[str] = set()

    async def start(
        self,
        scenario_id: str,
        *,
        persona_id: str | None = None,
        seed: int | None = None,
        mode: Literal["practice", "demo", "run"] = "practice",
    ) -> OpenSession:
        """Begin a session; see SessionService."""
        library = self._parts.library
        scenario = pick(library.scenarios, scenario_id, "scenario")
        persona = pick(library.personas, persona_id or scenario.item.persona, "persona")
        rubric = pick(library.rubrics, self._parts.rubric_id, "rubric")
        started = SessionStarted(
            scenario=personalise(scenario.item, persona.item),
            persona=persona.item,
            rubric=rubric.item,
            scenario_sha256=scenario.sha256,
            persona_sha256=persona.sha256,
            rubric_sha256=rubric.sha256,
            seed=self._parts.new_seed() if seed is None else seed,
            mode=mode,
            customer_model=self._parts.customer.name,
            judge_model=self._parts.judge.ref.name if self._parts.judge else self._parts.appraiser.name,
            app_version=self._parts.app_version,
        )
        session_id = self._parts.new_id()
        await self._parts.store.create(session_id, self._parts.clock.now(), started)
        return OpenSession(session_id, self._log.add(session_id, fold([started])).state)

    async def proceed(self, session_id: str) -> AsyncGenerator[TurnItem, None]:
        """Whatever is due without the trainee; see SessionService."""
        live = await self._log.get(session_id)
        self._prepare(live)
        if live.state.phase is Phase.REPLY_TO_APPRAISE:
            yield await self._appraise(live)
        if live.state.phase is Phase.CUSTOMER_TO_SPEAK:
            async with aclosing(self._speak(live)) as items:
                async for item in items:
                    yield item
        if live.state.phase is Phase.ENDING:
            yield await self._end_as_decided(live)

    async def say(self, session_id: str, text: str, action: str | None = None) -> AsyncGenerator[TurnItem, None]:
        """Record the reply, read it, and let the customer answer; see SessionService."""
        live = await self._log.get(session_id)
        _check_move(live.state, action)
        event = TraineeSpoke(index=len(live.state.turns), text=clean_text(text), action=action)
        await self._log.append(live, [event])
        yield ReplyRecorded(live.state.turns[-1])
        async with aclosing(self.proceed(session_id)) as items:
            async for item in items:
                yield item

    async def resume(self, session_id: str) -> OpenSession:
        """An unfinished session as it was; see SessionService."""
        full = await self._parts.store.find(session_id)
        live = await self._log.load(full)
        return OpenSession(full, live.state, await self._parts.store.load_draft(full))

    async def state(self, session_id: str) -> SessionState:
        """The session as it is now; see SessionService."""
        return (await self._log.get(session_id)).state

    async def stop(self, session_id: str, *, replies_ended: bool = False) -> SessionState:
        """The trainee leaves; see SessionService."""
        live = await self._log.get(session_id)
        if live.state.phase is Phase.ENDED:
            return live.state
        if live.state.appraised and live.state.appraised[-1].decision.ending is not None:
            # the customer had left before; stopping does not undo that
            return (await self._end_as_decided(live)).state
        kind, reason = EndingKind.STOPPED, "You ended the conversation."
        if replies_ended:
            kind, reason = EndingKind.REPLIES_ENDED, "The prepared replies were used up."
        await self._log.append(live, [SessionEnded(ending=kind, reason=reason)])
        return live.state

    async def reflect(self, session_id: str, feeling: str, concern: str) -> EmpathicAccuracy:
        """Keep what the trainee understood, compared with what the scenario knows; see SessionService."""
        live = await self._log.get(session_id)
        if live.state.phase is not Phase.ENDED:
            raise MoveError("The conversation is not over.", "Reflection comes after it.", "Finish or stop it first.")
        if live.state.accuracy is not None:
            return live.state.accuracy
        if live.state.scorecards:
            raise MoveError("The debrief has been shown.", "A reading of the customer counts only before it.")
        accuracy = empathic_accuracy(
            live.state.started.scenario, feeling, clean_text(concern, 2000), self._parts.concern_reader
        )
        await self._log.append(live, [Reflected(accuracy=accuracy)])
        return accuracy

    async def debrief(self, session_id: str) -> Debrief:
        """Score the session if need be, and build the debrief; see SessionService."""
        live = await self._log.get(session_id)
        if live.state.phase is not Phase.ENDED:
            raise MoveError("The conversation is not over.", "The debrief comes after it.", "Finish or stop it first.")
        async with self._scoring[live.id]:  # however often it is opened meanwhile, it is scored once
            live = await self._log.get(live.id)
            if not live.state.scorecards:
                if self._judging is not None:
                    await self._judging.finish(live.id)
                    live = await self._log.get(live.id)
                await self._log.append(live, [self._scored(live.state)])
        return build_debrief(live.id, live.state)

    def judging_left(self, session_id: str) -> int:
        """How many replies a judge is still busy with; see SessionService."""
        return 0 if self._judging is None else self._judging.left(session_id)

    async def close(self, session_id: str | None = None) -> None:
        """Stop what goes on in the background; see SessionService."""
        if self._judging is not None:
            await self._judging.cancel(session_id)

    def _scored(self, state: SessionState) -> SessionScored:
        appraiser, panel = self._parts.appraiser, self._parts.judge
        return score_session(state, Judge(appraiser.name, appraiser.version), None if panel is None else panel.ref)

    def _prepare(self, live: Live) -> None:
        """Let the appraiser read the case, once, while the customer writes and the trainee reads."""
        if live.id in self._preparing or live.state.phase is Phase.ENDED:
            return
        work = asyncio.to_thread(self._parts.appraiser.prepare, live.state.started.scenario)
        self._preparing[live.id] = asyncio.create_task(work)

    async def prepared(self, session_id: str) -> None:
        """Wait until the appraiser has read the case; by the time of a first reply it mostly has."""
        if (preparing := self._preparing.get(session_id)) is not None:
            await asyncio.shield(preparing)  # whoever gives up waiting does not stop it for the next reply

    async def _appraise(self, live: Live) -> ReplyRead:
        turn = live.state.turns[-1]
        await self.prepared(live.id)
        appraisal = self._parts.appraiser.appraise(turn.text, reply_context(live.state))
        appraisal = with_opportunities(live.state, appraisal)
        decision = decide(live.state, appraisal)
        await self._log.append(live, [ReplyAppraised(index=turn.index, appraisal=appraisal, decision=decision)])
        if self._judging is not None:
            self._judging.start(live.id, turn.index)
        return ReplyRead(decision)

    async def _speak(self, live: Live) -> AsyncGenerator[TurnItem, None]:
        decision = live.state.appraised[-1].decision if live.state.appraised else None
        brief = SpeechBrief(state=live.state, decision=decision, index=len(live.state.turns), session=live.id)
        customer = self._customer_of(live.id)
        done: SpeechDone | None = None
        shown = ""
        try:
            async with aclosing(customer.speak(brief)) as speech:
                async for item in speech:
                    if isinstance(item, SpeechDone):
                        done = item
                    else:
                        shown += item.text
                        yield CustomerTyping(item.text)
        except (asyncio.CancelledError, GeneratorExit):
            if shown.strip():
                cut = done or SpeechDone(shown.strip(), lines=(), voiced_by=customer.name)
                with suppress(StorageError):  # then the message is said anew at the next resume
                    await asyncio.shield(self._log.append(live, [_spoken(brief, cut, interrupted=done is None)]))
            raise
        if done is None:
            raise MoveError("The customer did not answer.", hint="Try again.")
        await self._log.append(live, [_spoken(brief, done, interrupted=False)])
        yield CustomerSaid(live.state.turns[-1], live.state)

    def _customer_of(self, session_id: str) -> Customer:
        offline = self._parts.offline_customer
        return offline if offline is not None and session_id in self._offline else self._parts.customer

    def next_move(self, session_id: str) -> Move | None:  # noqa: ARG002 - only recordings know the future
        """None: nothing is recorded of what is to come; see SessionService."""
        return None

    def use_offline(self, session_id: str) -> None:
        """Let the offline customer speak from now on; see SessionService."""
        self._offline.add(session_id)

    async def _end_as_decided(self, live: Live) -> Ended:
        decision = live.state.appraised[-1].decision
        if decision.ending is None:
            raise MoveError("The session cannot end here.", hint="Resume it from the history.")
        await self._log.append(live, [SessionEnded(ending=decision.ending, reason=decision.ending_reason)])
        return Ended(decision.ending, decision.ending_reason, live.state)


def _spoken(brief: SpeechBrief, done: SpeechDone, *, interrupted: bool) -> CustomerSpoke:
    state, decision = brief.state, brief.decision
    told = [answer.fact for answer in decision.answers] if decision else state.started.scenario.opening.tells
    if interrupted and decision:
        told = []  # nobody knows how far the message came
    return CustomerSpoke(
        index=brief.index,
        text=done.text,
        mood=state.mood,
        disclosed=tuple(fact for fact in dict.fromkeys(told) if fact not in state.disclosed),
        lines=done.lines,
        interrupted=interrupted,
        voiced_by=done.voiced_by,
        faults=done.faults,
    )


def reply_context(state: SessionState) -> ReplyContext:
    """What may be known beside the last turn, which is the trainee's."""
    last: Turn = state.turns[-1]
    return ReplyContext(
        turns=state.turns[:-1],
        scenario=state.started.scenario,
        persona=state.started.persona,
        disclosed=state.disclosed,
        action=last.action,
        need_met=state.memory.need_met,
    )


def _check_move(state: SessionState, action: str | None) -> None:
    if state.phase in {Phase.ENDED, Phase.ENDING}:
        raise MoveError("The conversation is over.", state.ending_reason, "Read the debrief, or start again.")
    if state.phase is not Phase.TRAINEE_TO_REPLY:
        raise MoveError("It is the customer's turn.", "They have not answered yet.", "Wait for the answer.")
    scenario: Scenario = state.started.scenario
    allowed = [known.id for known in scenario.actions]
    if action is not None and action not in allowed:
        raise MoveError(f'There is no action "{action}" in this scenario.', "", f"Allowed are: {', '.join(allowed)}.")


__all__ = ["Parts", "PracticeSessions", "reply_context"]
