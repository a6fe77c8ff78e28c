"""The practice hour in plain lines, for screen readers, pipes and terminals that draw nothing."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

from simulator.cli.output import complain, say, write
from simulator.domain.scenario import Channel
from simulator.domain.session import Phase
from simulator.engine.sessions import CustomerTyping, ReplyRead
from simulator.errors import ModelError, SimulatorError
from simulator.reports.debrief_text import plain

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from simulator.bootstrap import Services
    from simulator.domain.session import SessionState
    from simulator.engine.sessions import TurnItem

HELP = """Write your reply and press Enter. End a line with \\ to go on in the next.
/act ID     take an action with your next reply (/act alone lists them, /act none takes it back)
/record     the customer's record          /knowledge  the articles
/brief      the situation                  /rubric     what replies are rated on
/mood       how the customer seems         /help       this list
/end        end the conversation and see the debrief
/leave      leave; the session is kept and can be continued"""

FEELINGS = (
    "anger, frustration, disappointment, anxiety, fear, shame, embarrassment, sadness, guilt, helplessness, "
    "exhaustion, distrust, loneliness, pride, hope, grief"
)


class LeaveError(Exception):
    """The trainee leaves; nothing is wrong."""


class LineMode:
    """One session, line by line.

    Args:
        services: what the app would be handed.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._action: str | None = None

    async def hold(self, scenario: str | None, persona: str | None, seed: int | None) -> None:
        """Pick, brief, talk, reflect, debrief. Leaving at any time keeps the session."""
        session_id = ""
        try:
            session_id, state = await self._begin(scenario, persona, seed)
            state = await self._talk(session_id, state)
            await self._reflect(session_id)
            write("\n" + plain(await self._services.sessions.debrief(session_id)))
        except (LeaveError, EOFError, KeyboardInterrupt):
            say()
            if session_id:
                say(f"The session is kept. Continue it with: simulator play {session_id[:8]} --plain")
        finally:
            await self._services.close()

    async def _begin(self, scenario: str | None, persona: str | None, seed: int | None) -> tuple[str, SessionState]:
        chosen = scenario or await self._pick()
        if chosen not in self._services.library.scenarios and (opened := await self._resumed(chosen)) is not None:
            return opened
        session = await self._services.sessions.start(chosen, persona_id=persona, seed=seed)
        self._brief(session.state)
        say("\nThe customer is simulated: you talk to an AI role-play, not to a person. /help lists what you can do.")
        return session.id, await self._proceed(session.id, session.state)

    async def _resumed(self, prefix: str) -> tuple[str, SessionState] | None:
        try:
            session = await self._services.sessions.resume(prefix)
        except SimulatorError:
            return None
        self._brief(session.state)
        for turn in session.state.turns:
            say(f"\n{'You' if turn.speaker == 'trainee' else session.state.started.persona.first_name}: {turn.text}")
        return session.id, await self._proceed(session.id, session.state)

    async def _proceed(self, session_id: str, state: SessionState) -> SessionState:
        """Whatever is due without the trainee; when a model fails at it, the trainee chooses how it goes on."""
        while True:
            try:
                await self._show(self._services.sessions.proceed(session_id), state)
            except ModelError as error:
                complain(error)
                await self._way_on(session_id)
                continue
            return await self._services.sessions.state(session_id)

    async def _way_on(self, session_id: str) -> None:
        """Again, or without the model. Leaving keeps the session."""
        while True:
            match (await self._ask("Enter tries again, /offline goes on without the model, /leave leaves: ")).strip():
                case "":
                    return
                case "/offline":
                    self._services.sessions.use_offline(session_id)
                    return
                case "/leave":
                    raise LeaveError(session_id)

    async def _pick(self) -> str:
        scenarios = [loaded.item for loaded in self._services.library.scenarios.values()]
        say("Scenarios:")
        for n, scenario in enumerate(scenarios, start=1):
            channel = scenario.channel.value.replace("_", " ")
            say(f"{n:3}  {scenario.title} ({scenario.difficulty}, {channel}): {scenario.summary}")
        while True:
            answer = (await self._ask("Number: ")).strip()
            if answer.isdigit() and 1 <= int(answer) <= len(scenarios):
                return scenarios[int(answer) - 1].id
            if answer in self._services.library.scenarios:
                return answer
            say(f"Type a number from 1 to {len(scenarios)}. Ctrl-D leaves.")

    async def _talk(self, session_id: str, state: SessionState) -> SessionState:
        while state.phase is not Phase.ENDED:
            text = await self._reply(session_id, state)
            if text is None:
                return await self._services.sessions.stop(session_id)
            try:
                await self._show(self._services.sessions.say(session_id, text, self._action), state)
                self._action = None
            except SimulatorError as error:
                complain(error)
            state = await self._services.sessions.state(session_id)
            if state.phase not in {Phase.TRAINEE_TO_REPLY, Phase.ENDED}:
                state = await self._proceed(session_id, state)
        return state

    async def _reply(self, session_id: str, state: SessionState) -> str | None:
        """What the trainee writes; None to end the conversation."""
        while True:
            line = await self._ask("\nYou: ")
            while line.endswith("\\"):
                line = line[:-1] + "\n" + await self._ask("...  ")
            if not line.startswith("/"):
                return line
            command, _, argument = line.strip().partition(" ")
            if command == "/end":
                return None
            if command == "/leave":
                raise LeaveError(session_id)
            self._answer(command, argument.strip(), state)

    def _answer(self, command: str, argument: str, state: SessionState) -> None:
        match command:
            case "/act":
                self._choose(argument, state)
            case "/record":
                self._record(state)
            case "/knowledge":
                for article in state.started.scenario.knowledge:
                    say(f"\n{article.title}\n{article.text.strip()}")
            case "/brief":
                self._brief(state)
            case "/rubric":
                for criterion in state.started.rubric.criteria:
                    say(f"\n{criterion.name}: {criterion.definition}")
                    for level in criterion.levels:
                        say(f"  {level.level}: {level.anchor}")
            case "/mood":
                mood = state.mood
                say(f"Frustration {mood.frustration:.0%}, anxiety {mood.anxiety:.0%}, trust {mood.trust:.0%}.")
            case _:
                say(HELP)

    def _choose(self, argument: str, state: SessionState) -> None:
        actions = state.started.scenario.actions
        if argument == "none":
            self._action = None
        elif argument in {action.id for action in actions}:
            self._action = argument
        else:
            for action in actions:
                say(f"  {action.id}: {action.label}. {action.guardrail}")
        say(f"With your next reply: {self._action or 'no action'}.")

    def _brief(self, state: SessionState) -> None:
        scenario = state.started.scenario
        say(f"\n{scenario.title} ({scenario.channel.value.replace('_', ' ')}, {scenario.difficulty})")
        say(scenario.brief.role)
        say(scenario.brief.situation)
        self._record(state)

    def _record(self, state: SessionState) -> None:
        for field in state.started.scenario.record.fields:
            say(f"  {field.label}: {field.value}")
        for entry in state.started.scenario.record.history:
            say(f"  {entry.when}, {entry.channel}: {entry.note}")

    async def _show(self, items: AsyncGenerator[TurnItem, None], state: SessionState) -> None:
        spoke = False
        pause = self._pause(state)
        async with aclosing(items) as stream:
            async for item in stream:
                if isinstance(item, ReplyRead):
                    self._warn(item, state)
                if not isinstance(item, CustomerTyping):
                    continue
                if not spoke:
                    write(f"\n{state.started.persona.first_name}: ")
                    spoke = True
                write(item.text)
                if pause:
                    await asyncio.sleep(pause)
        if spoke:
            say()

    def _pause(self, state: SessionState) -> float:
        """Seconds a word; none when nobody watches or no pace is wanted."""
        hurried = self._services.ui.pace == "instant" or not sys.stdout.isatty()
        return 0.0 if hurried or state.started.scenario.channel is Channel.EMAIL else 0.06

    def _warn(self, item: ReplyRead, state: SessionState) -> None:
        for offer in item.decision.offers:
            if offer.verdict == "over_limit":
                action = state.started.scenario.action(offer.action)
                say(f"(That is more than you may decide: {action.guardrail} It cannot go through.)")

    async def _reflect(self, session_id: str) -> None:
        say("\nBefore the debrief. What did the customer feel most? (Enter skips)")
        say(FEELINGS)
        feeling = (await self._ask("Feeling: ")).strip()
        concern = (await self._ask("What were they really worried about? ")).strip()
        if feeling or concern:
            await self._services.sessions.reflect(session_id, feeling, concern)

    async def _ask(self, prompt: str) -> str:
        """One line from standard input."""
        write(prompt)
        line = _typed_line()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")


def _typed_line() -> str:
    """One line of standard input; Ctrl-C raises at once.

    Read here and not in a thread: a thread that waits for a line cannot be stopped, and the program would not end.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return sys.stdin.readline()
    finally:
        signal.signal(signal.SIGINT, before)
