"""The base of every value: frozen, and refusing keys that it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share or intensity, 0 none to 1 full."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by - or _."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
"""One thing said, at most 600 characters."""

WordGroups = Annotated[
    tuple[Annotated[tuple[Line, ...], Field(min_length=1)], ...], Field(default_factory=tuple, max_length=6)
]
"""Groups of words or short phrases; a text matches when it holds at least one entry of *every* group.

Words match by stem, so "charge" also finds "charged" and "charges"."""


class Value(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
