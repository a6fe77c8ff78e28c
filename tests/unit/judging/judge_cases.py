"""A reply to rate, and answers of a judge about it."""

from __future__ import annotations

import json
from typing import Any

from builders import CRITERIA, after, appraisal, opened, replied

from simulator.domain.session import SessionState
from simulator.engine.judging import ReplyToJudge, reply_to_judge

REPLY = "So the parcel didn't come, and Lucy’s party is on Saturday. What were you hoping to give her?"


def replied_state(text: str = REPLY) -> SessionState:
    """The second reply of a session; the customer has answered the first by a fact."""
    return replied(after(opened(), appraisal(asks=["tried"])), text)


def case(text: str = REPLY) -> ReplyToJudge:
    return reply_to_judge("session-1", replied_state(text), 3)


def entry(level: Any = 2, evidence: Any = ("the parcel didn't come",), reason: Any = "It gives it back.") -> Any:
    return {
        "evidence": list(evidence) if isinstance(evidence, tuple) else evidence,
        "reason": reason,
        "level": level,
    }


def answer(**changes: Any) -> str:
    """A good answer at level 2, with other entries for some criteria; None leaves the criterion out."""
    entries = {criterion: entry() for criterion in CRITERIA} | changes
    return json.dumps({name: value for name, value in entries.items() if value is not None})
