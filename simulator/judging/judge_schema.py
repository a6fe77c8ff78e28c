"""The form that a judge's answer has to have, made of the rubric: one entry for each criterion, none beside."""

from __future__ import annotations

import json
from collections.abc import Mapping

from simulator.domain.rubric import Rubric

FORM_NAME = "ratings"
LEVELS = (0, 1, 2, 3)

_ENTRY: Mapping[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["evidence", "reason", "level"],
    # The level comes last, so that words and reason are found before it and not made up for it.
    "properties": {
        "evidence": {"type": "array", "items": {"type": "string"}},
        "reason": {"type": "string"},
        "level": {"type": "integer", "enum": list(LEVELS)},
    },
}


def ratings_schema(rubric: Rubric) -> Mapping[str, object]:
    """A JSON schema: an object with every criterion's id as a required key.

    It keeps to what every provider's strict mode takes; lengths and the words themselves are checked afterwards.
    """
    ids = [criterion.id for criterion in rubric.criteria]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ids,
        "properties": dict.fromkeys(ids, _ENTRY),
    }


def form_in_words(rubric: Rubric) -> str:
    """The form as a sample, for a prompt."""
    lines = (f'  {json.dumps(c.id)}: {{"evidence": [...], "reason": "...", "level": ...}}' for c in rubric.criteria)
    return "{\n" + ",\n".join(lines) + "\n}"
