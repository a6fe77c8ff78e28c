"""Puts the customer's name into a scenario, so that any persona can play it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from simulator.domain.persona import Persona
from simulator.domain.scenario import Scenario
from simulator.errors import ContentError

PLACEHOLDERS = ("name", "first_name", "company")
"""What may stand in braces in a scenario's text."""

_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def personalise(scenario: Scenario, persona: Persona) -> Scenario:
    """The scenario with every placeholder replaced, in one pass: what is put in is not read again.

    Raises:
        ContentError: a text grows too long with that name.
    """
    values = {"name": persona.name, "first_name": persona.first_name, "company": scenario.company}
    try:
        return Scenario.model_validate(_filled(scenario.model_dump(mode="python"), values))
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ContentError(
            f"{persona.name} cannot play {scenario.id}.",
            f"With that name put in, {place} grows too long.",
            "Shorten that text, or choose another persona.",
        ) from error


def _filled(value: object, values: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: values[match.group(1)], value)
    if isinstance(value, dict):
        return {key: _filled(item, values) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_filled(item, values) for item in value)
    return value
