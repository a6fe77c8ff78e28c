"""A judge on a language model: asked for a fixed form, asked again once when it errs, and never simply trusted."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.scoring import NotScored, RatingResult
from simulator.engine.chat import ChatModel, ChatRequest, Message, ResponseFormat
from simulator.engine.judging import ReplyToJudge
from simulator.errors import BadAnswerError, FormatUnsupportedError
from simulator.judging.judge_answer import UNREADABLE, read_answer
from simulator.judging.judge_prompt import PROMPT, messages_again, messages_for, prompt_sha256
from simulator.judging.judge_schema import FORM_NAME, ratings_schema

CUT_OFF = "the judge's answer was cut off before its end"

_LADDER = ("schema", "object", "prompt")
"""How the form is asked for: by the server's grammar, as any JSON object, or in words alone."""


class ModelJudge:
    """Meets ReplyJudge.

    Args:
        model: who is asked.
        max_tokens: the longest answer; None takes the settings'.
    """

    version = "1"

    def __init__(self, model: ChatModel, *, max_tokens: int | None = None) -> None:
        self.name = model.name
        self.prompt_sha256 = prompt_sha256()
        self._model = model
        self._max_tokens = max_tokens
        self._rung = 0

    @property
    def asks_by(self) -> str:
        """The step of the ladder that is tried next: "schema", "object" or "prompt"."""
        return _LADDER[self._rung]

    async def rate(self, reply: ReplyToJudge) -> tuple[RatingResult, ...]:
        """One rating, or one reason for none, for each criterion in order; evidence is in the reply word for word.

        Raises:
            ModelError: the model could not be asked, or gave no answer twice.
        """
        try:
            answer, ratings = await self._asked(reply, messages_for(reply))
        except BadAnswerError:  # empty or broken; in words the model may do better than in the form
            answer, ratings = "", _none_of(reply, UNREADABLE)
        faults = [rating for rating in ratings if isinstance(rating, NotScored)]
        if not faults:
            return ratings
        try:
            _, again = await self._asked(reply, messages_again(reply, answer, faults))
        except BadAnswerError:
            if len(faults) == len(ratings):
                raise
            return ratings
        # what could be used of the first answer stays: asking again is no second opinion
        return tuple(
            second if isinstance(first, NotScored) else first for first, second in zip(ratings, again, strict=True)
        )

    async def _asked(self, reply: ReplyToJudge, messages: Sequence[Message]) -> tuple[str, tuple[RatingResult, ...]]:
        """The answer, and what of it can be used."""
        while True:
            rung = self._rung
            try:
                done = await self._model.complete(self._request(reply, messages, rung))
                break
            except FormatUnsupportedError:
                if rung == len(_LADDER) - 1:
                    raise
                # another reply, judged at the same time, may have gone down already
                self._rung = max(self._rung, rung + 1)
        ratings = read_answer(done.text, reply.rubric, reply.text)
        if done.finish_reason == "length" and all(isinstance(rating, NotScored) for rating in ratings):
            ratings = _none_of(reply, CUT_OFF)
        return done.text, ratings

    def _request(self, reply: ReplyToJudge, messages: Sequence[Message], rung: int) -> ChatRequest:
        return ChatRequest(
            purpose="judge",
            prompt=PROMPT,
            prompt_sha256=self.prompt_sha256,
            messages=tuple(messages),
            session=reply.session,
            response_format=_form(reply, rung),
            max_tokens=self._max_tokens,
            temperature=0.0,
        )


def _form(reply: ReplyToJudge, rung: int) -> ResponseFormat | None:
    schema = ratings_schema(reply.rubric)
    match _LADDER[rung]:
        case "schema":
            return ResponseFormat("schema", FORM_NAME, schema)
        case "object":
            return ResponseFormat("object", FORM_NAME, schema)
        case _:
            return None


def _none_of(reply: ReplyToJudge, why: str) -> tuple[RatingResult, ...]:
    return tuple(NotScored(criterion=criterion.id, not_scored=why) for criterion in reply.rubric.criteria)
