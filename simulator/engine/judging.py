"""A panel of judges rates one reply, each judge several times; the median counts, and code decides what is rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.judgements import JudgedReply, Judgement, PanelRef, disagreements, median_ratings
from simulator.domain.opportunities import with_opportunities
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import JudgeRef, NotScored, Rating, RatingResult
from simulator.domain.session import SessionState
from simulator.domain.transcript import Turn
from simulator.errors import ModelError

_NOTHING_COUNTS = (Behaviour.EMPTY, Behaviour.TO_MACHINE, Behaviour.REPEATED)
"""What a judge is not asked about: no words, words that speak to the judge, and the same words again."""


@dataclass(frozen=True, slots=True)
class ReplyToJudge:
    """One reply, and what may be known to rate it. Nothing that came later is in it."""

    session: str
    index: int
    """The turn of the reply, which is the last of `turns`."""
    turns: tuple[Turn, ...]
    """The conversation up to and with the reply, oldest first."""
    rubric: Rubric
    scenario: Scenario
    persona: Persona
    disclosed: tuple[str, ...] = ()
    """Facts that the customer had told before the reply."""

    @property
    def text(self) -> str:
        """The reply."""
        return self.turns[-1].text


class ReplyJudge(Protocol):
    """Rates one reply on every criterion of the rubric."""

    name: str
    version: str
    prompt_sha256: str

    async def rate(self, reply: ReplyToJudge) -> tuple[RatingResult, ...]:
        """One rating, or one reason for none, for each criterion in order; evidence is in the reply word for word.

        Raises:
            ModelError: it could not be asked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Panel:
    """Judges, and how often each is asked; ValueError without a judge or a run."""

    judges: tuple[ReplyJudge, ...]
    runs: int = 1

    def __post_init__(self) -> None:
        if not self.judges or self.runs < 1:
            msg = "A panel needs a judge and a run"
            raise ValueError(msg)

    @property
    def ref(self) -> PanelRef:
        """The panel as it is named on what it rated."""
        judges = tuple(JudgeRef(name=j.name, version=j.version, prompt_sha256=j.prompt_sha256) for j in self.judges)
        return PanelRef(judges=judges, runs=self.runs)

    async def judge(self, session: str, state: SessionState, index: int, *, attempt: int = 1) -> JudgedReply:
        """What the panel makes of the reply at that turn, which has been appraised.

        A model that fails is noted; it is no error. Where the rules leave nothing to rate, no judge is asked.

        Args:
            session: its id.
            state: of the session, then or later.
            index: the trainee's turn.
            attempt: which try this is, from 1.

        Raises:
            KeyError: no appraised reply has that index.
        """
        appraised = state.appraisal_at(index)
        if appraised is None:
            raise KeyError(index)
        by_rule = _decided_by_rule(state.started.rubric, appraised.appraisal)
        if by_rule is not None:
            return JudgedReply(index=index, panel=self.ref, ratings=by_rule, attempt=attempt)
        reply = reply_to_judge(session, state, index)
        individual = [
            await _asked(judge, run, reply) for run in range(1, self.runs + 1) for judge in self.judges
        ]  # one after the other: a provider that is busy is not helped by more calls at once
        criteria = [criterion.id for criterion in state.started.rubric.criteria]
        ratings, spreads = median_ratings(criteria, individual)
        ratings = _with_opportunities(state, index, appraised.appraisal, ratings)
        scored = {rating.criterion for rating in ratings if isinstance(rating, Rating)}
        return JudgedReply(
            index=index,
            panel=self.ref,
            ratings=ratings,
            spreads=tuple(spread for spread in spreads if spread.criterion in scored),
            individual=tuple(individual),
            notes=disagreements(ratings, appraised.appraisal.ratings),
            failures=tuple(dict.fromkeys(f"{j.judge}: {j.failure}" for j in individual if j.failure)),
            attempt=attempt,
        )


def reply_to_judge(session: str, state: SessionState, index: int) -> ReplyToJudge:
    """The reply at that turn with everything before it, and nothing after."""
    return ReplyToJudge(
        session=session,
        index=index,
        turns=tuple(turn for turn in state.turns if turn.index <= index),
        rubric=state.started.rubric,
        scenario=state.started.scenario,
        persona=state.started.persona,
        disclosed=_told_before(state, index),
    )


async def _asked(judge: ReplyJudge, run: int, reply: ReplyToJudge) -> Judgement:
    """One judge's ratings, or why there are none."""
    try:
        ratings = await judge.rate(reply)
    except ModelError as error:
        return Judgement(judge=judge.name, run=run, failure=f"{error.title} {error.detail}".strip())
    return Judgement(judge=judge.name, run=run, ratings=ratings)


def _decided_by_rule(rubric: Rubric, appraisal: Appraisal) -> tuple[RatingResult, ...] | None:
    """Ratings for which no judge is needed; None when one is.

    Words that speak to the judge would be read by the judge; so these are rated here, where they steer nothing.
    """
    known = {rating.criterion: rating for rating in appraisal.ratings}
    nothing_counts = any(appraisal.shows(behaviour) for behaviour in _NOTHING_COUNTS)
    zeros = [rating for rating in appraisal.ratings if isinstance(rating, Rating) and rating.level == 0]
    if nothing_counts and zeros and len(zeros) == len(appraisal.ratings):
        return tuple(
            known.get(c.id) or Rating(criterion=c.id, level=0, reason=zeros[0].reason) for c in rubric.criteria
        )
    without = [known.get(criterion.id) for criterion in rubric.criteria]
    missing = tuple(rating for rating in without if isinstance(rating, NotScored))
    return missing if len(missing) == len(without) else None


def _with_opportunities(
    state: SessionState, index: int, appraisal: Appraisal, ratings: Sequence[RatingResult]
) -> tuple[RatingResult, ...]:
    """The ratings, taken back where the code saw no opportunity: by the offline reading, or by these levels."""
    none = {rating.criterion: rating for rating in appraisal.ratings if isinstance(rating, NotScored)}
    kept = tuple(none.get(rating.criterion, rating) for rating in ratings)
    before = state.model_copy(
        update={
            "turns": state.turns[: index + 1],
            "appraised": tuple(reply for reply in state.appraised if reply.index < index),
            "memory": state.memory_before(index),
            "disclosed": _told_before(state, index),
        }
    )
    return with_opportunities(before, appraisal.model_copy(update={"ratings": kept})).ratings


def _told_before(state: SessionState, index: int) -> tuple[str, ...]:
    told = (fact for turn, facts in state.told_at if turn < index for fact in facts)
    return tuple(dict.fromkeys(told))
