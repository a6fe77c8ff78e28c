"""What good looks like: criteria, and the anchors of their levels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulator.domain.base import Identifier, Line, Value

Level = Literal[0, 1, 2, 3]

EMPATHY = "cognitive_empathy"
PARAPHRASING = "paraphrasing"
QUESTIONING = "purpose_driven_questioning"
"""The ids of the three core criteria, which the rules and the offline judge know."""


class Anchor(Value):
    """One level of one criterion."""

    level: Level
    anchor: Line
    """What a reply at this level does."""
    example: Line
    """A reply at this level."""
    near_miss: Line
    """A reply that looks like this level and is not, and why."""


class Criterion(Value):
    """One skill that replies are rated on."""

    id: Identifier
    name: Line
    definition: Line
    weight: Annotated[float, Field(gt=0.0, le=10.0)] = 1.0
    levels: Annotated[tuple[Anchor, ...], Field(min_length=4, max_length=4)]

    @model_validator(mode="after")
    def _levels_in_order(self) -> Criterion:
        if [anchor.level for anchor in self.levels] != [0, 1, 2, 3]:
            msg = "levels must be 0, 1, 2 and 3, in this order"
            raise ValueError(msg)
        return self


class Rubric(Value):
    """Criteria with weights and a pass mark."""

    id: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    title: Line
    description: Line
    pass_mark: Annotated[float, Field(ge=0.0, le=100.0)]
    """The score, 0 to 100, that counts as passed when the whole band lies above it."""
    pass_mark_method: Line
    """How the pass mark was set."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=12)]

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with that id; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)
