"""Puts a reply before a judge: the rubric as the task, the case and the conversation as fenced, numbered data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from simulator.domain.rubric import Criterion, Rubric
from simulator.domain.scoring import NotScored
from simulator.domain.transcript import Turn
from simulator.engine.chat import Message, Role
from simulator.engine.judging import ReplyToJudge
from simulator.judging.judge_schema import form_in_words
from simulator.prompts.rendering import fenced, render

PROMPT = "judge"
LONGEST_EARLIER_TURN = 2_000
"""Signs of an earlier turn that a judge is shown; the reply itself is shown whole."""
_LONGEST_OWN_ANSWER = 4_000


def prompt_sha256() -> str:
    """Of all wordings that a judge is asked in, whatever case fills them."""
    parts = (
        render("judge", rubric="", form=""),
        render("judge_case", situation="", transcript="", turn=""),
        render("judge_again", faults="", turn=""),
    )
    return hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()


def messages_for(reply: ReplyToJudge) -> tuple[Message, ...]:
    """The task, and the case with the conversation up to the reply."""
    task = render("judge", rubric=_rubric_text(reply.rubric), form=form_in_words(reply.rubric))
    case = render(
        "judge_case",
        situation=fenced(_situation(reply)),
        transcript=fenced("\n".join(_turn(turn, whole=turn.index == reply.index) for turn in reply.turns)),
        turn=str(reply.index),
    )
    return Message(Role.SYSTEM, task.text), Message(Role.USER, case.text)


def messages_again(reply: ReplyToJudge, answer: str, faults: Sequence[NotScored]) -> tuple[Message, ...]:
    """The same once more, with what was wrong with the answer.

    Args:
        reply: to be rated.
        answer: of the judge; empty when none came.
        faults: the criteria that could not be used, and why.
    """
    named = "\n".join(f"- {fault.criterion}: {fault.not_scored}" for fault in faults)
    again = render("judge_again", faults=named, turn=str(reply.index))
    own = Message(Role.ASSISTANT, answer.strip()[:_LONGEST_OWN_ANSWER] or "(no answer)")
    return *messages_for(reply), own, Message(Role.USER, again.text)


def _rubric_text(rubric: Rubric) -> str:
    return "\n\n".join(_criterion_text(criterion) for criterion in rubric.criteria)


def _criterion_text(criterion: Criterion) -> str:
    lines = [f"## {criterion.id}: {criterion.name}", criterion.definition]
    for level in criterion.levels:
        lines += [
            f"Level {level.level}: {level.anchor}",
            f"  Example: {level.example}",
            f"  Near miss: {level.near_miss}",
        ]
    return "\n".join(lines)


def _situation(reply: ReplyToJudge) -> str:
    """What is true for this customer, as JSON."""
    scenario = reply.scenario
    told = set(reply.disclosed)
    record = {field.label: field.value for field in scenario.record.fields}
    contacts = [f"{entry.when}, {entry.channel}: {entry.note}" for entry in scenario.record.history]
    case = {
        "customer": reply.persona.name,
        "what it is about": scenario.summary,
        "goal behind it": scenario.goal.statement,
        "worry that they do not say": scenario.concern.statement,
        "what they feel most": scenario.concern.feeling,
        "what would really help": scenario.need.statement,
        "told before this reply": [fact.statement for fact in scenario.facts if fact.id in told],
        "not told yet": [fact.statement for fact in scenario.facts if fact.id not in told and not fact.on_record],
        "on the agent's screen": {"record": record, "earlier contacts": contacts},
    }
    return json.dumps(case, ensure_ascii=False, indent=1)


def _turn(turn: Turn, *, whole: bool) -> str:
    text = turn.text
    if not whole and len(text) > LONGEST_EARLIER_TURN:
        text = f"{text[:LONGEST_EARLIER_TURN]} […]"
    speaker = "customer" if turn.speaker.value == "customer" else "agent"
    return json.dumps({"turn": turn.index, "speaker": speaker, "text": text}, ensure_ascii=False)
