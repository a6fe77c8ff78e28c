"""Keeps what the models of one session use within its budget of money and tokens."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from simulator.engine.chat import CallLog, CallRecord, ChatDelta, ChatDone, ChatModel, ChatRequest, Spent, Usage
from simulator.errors import BadAnswerError, BudgetError, ContentRefusedError, ModelError

CHARACTERS_A_TOKEN = 4.0
"""Of English text; the rule of thumb that providers give for their tokenizers."""
TOKENS_A_MESSAGE = 4
"""What the frame around each message takes."""


@dataclass(frozen=True, slots=True)
class BudgetLimits:
    """The most that one session may use; None is no limit."""

    usd: float | None = None
    tokens: int | None = None


class Budget:
    """Sums up what each session uses; shared by all models of a program."""

    def __init__(self, limits: BudgetLimits | None = None) -> None:
        self.limits = limits or BudgetLimits()
        self._spent: dict[str, Spent] = {}

    def spent(self, session: str) -> Spent:
        """What the session has used so far."""
        return self._spent.get(session, Spent())

    def knows(self, session: str) -> bool:
        """Whether anything was counted or recalled of the session."""
        return session in self._spent

    def check(self, session: str) -> None:
        """Whether one more call may begin.

        Raises:
            BudgetError: the session has used its budget up. Calls outside of sessions have none.
        """
        if not session:
            return
        spent = self.spent(session)
        if self.limits.tokens is not None and spent.tokens >= self.limits.tokens:
            about = "about " if spent.is_estimate else ""
            raise _used_up(
                f"The models may use {self.limits.tokens:,} tokens a session, and {about}{spent.tokens:,} are used.",
                "budget.tokens",
            )
        if self.limits.usd is not None and (spent.cost_usd or 0.0) >= self.limits.usd:
            least = "at least " if spent.unpriced_calls else ""
            raise _used_up(
                f"The models may cost ${self.limits.usd:.2f} a session, "
                f"and {least}${spent.cost_usd or 0.0:.4f} is spent.",
                "budget.usd",
            )

    def add(self, request: ChatRequest, text: str, usage: Usage) -> None:
        """One more call of the request's session.

        Args:
            request: what was asked.
            text: what was answered, as far as it came.
            usage: as the server told.
        """
        now = self.spent(request.session)
        self._spent[request.session] = now.plus(usage, estimated_tokens=estimated_tokens(request, text))

    def recall(self, session: str, records: Iterable[CallRecord]) -> Spent:
        """Begin a resumed session with what its kept calls have used; what was known of it before is replaced."""
        self._spent[session] = Spent()
        for record in records:
            answer = record.answer
            if answer is not None:
                self.add(record.request, answer.text, answer.usage)
            elif record.partial:
                self.add(record.request, record.partial, Usage())
        return self.spent(session)


class BudgetedModel:
    """Meets ChatModel with another model's answers, as long as the session's budget lasts.

    A call that began within the budget is finished, even if it goes beyond.

    Args:
        model: who answers.
        budget: of all sessions of the program.
        log: where the calls of a session are kept that began in an earlier run of the program; None knows of none.
    """

    def __init__(self, model: ChatModel, budget: Budget, log: CallLog | None = None) -> None:
        self.name = model.name
        self.budget = budget
        self._model = model
        self._log = log

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        """The other model's answer in pieces. A call that is left or fails counts with what had come of it."""
        await self._check(request.session)
        came, is_added = "", False
        try:
            async with aclosing(self._model.stream(request)) as stream:
                async for item in stream:
                    if isinstance(item, ChatDone):
                        is_added = True
                        self.budget.add(request, item.text, item.usage)
                    else:
                        came += item.text
                    yield item
        except ModelError as error:
            if not is_added and not came:
                self._add_failed(request, error)
            raise
        finally:
            if not is_added and came:
                self.budget.add(request, came, Usage())

    async def complete(self, request: ChatRequest) -> ChatDone:
        """The other model's answer."""
        await self._check(request.session)
        try:
            done = await self._model.complete(request)
        except ModelError as error:
            self._add_failed(request, error)
            raise
        self.budget.add(request, done.text, done.usage)
        return done

    async def _check(self, session: str) -> None:
        if session and self._log is not None and not self.budget.knows(session):
            self.budget.recall(session, await self._log.calls(session))
        self.budget.check(session)

    def _add_failed(self, request: ChatRequest, error: ModelError) -> None:
        """A call that was answered, if badly, was paid for; one that was turned away was not."""
        if isinstance(error, BadAnswerError | ContentRefusedError):
            self.budget.add(request, "", Usage())


def estimated_tokens(request: ChatRequest, text: str) -> int:
    """Tokens of a call whose usage nobody told, by the length of its texts."""
    said = sum(len(message.text) for message in request.messages) + len(text)
    return math.ceil(said / CHARACTERS_A_TOKEN) + TOKENS_A_MESSAGE * len(request.messages)


def _used_up(detail: str, key: str) -> BudgetError:
    return BudgetError(
        "The budget of this session is used up.",
        detail,
        f"Go on with the offline customer, save and leave, or raise {key} in the settings.",
    )
