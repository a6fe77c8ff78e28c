"""How far people agree among themselves on what a reply does: what a judge can be held against."""

from __future__ import annotations

from simulator.domain.base import Value
from simulator.domain.behaviours import Behaviour
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING

ANNOMI = "AnnoMI, 216 utterances by 10 raters, Fleiss kappa"
EPITOME = "EPITOME, doubly rated posts, kappa"


class Ceiling(Value):
    """Agreement among people on one kind of item."""

    item: str
    """What they rated."""
    kappa: float
    source: str


QUESTION = Ceiling(item="question present", kappa=0.87, source=ANNOMI)
OPEN_OR_CLOSED = Ceiling(item="question open or closed", kappa=0.74, source=ANNOMI)
REFLECTION = Ceiling(item="reflection present", kappa=0.66, source=ANNOMI)
SIMPLE_OR_COMPLEX = Ceiling(item="reflection simple or complex", kappa=0.50, source=ANNOMI)
INTERPRETATION = Ceiling(item="empathic interpretation", kappa=0.67, source=EPITOME)
EXPLORATION = Ceiling(item="empathic exploration", kappa=0.66, source=EPITOME)

_BEHAVIOURS = {
    Behaviour.QUESTION.value: (QUESTION,),
    Behaviour.OPEN_QUESTION.value: (OPEN_OR_CLOSED,),
    Behaviour.PARAPHRASE.value: (REFLECTION,),
}
_CRITERIA = {
    EMPATHY: (INTERPRETATION,),
    PARAPHRASING: (REFLECTION, SIMPLE_OR_COMPLEX),
    QUESTIONING: (EXPLORATION, OPEN_OR_CLOSED),
}


def ceilings(label: str) -> tuple[Ceiling, ...]:
    """What is known about the nearest kinds of item; empty when nothing is.

    The figures are unweighted kappas of simpler items than our levels: a bearing, not a bound.

    Args:
        label: a criterion's or a behaviour's id; an id that is both means the criterion.
    """
    return _CRITERIA.get(label) or _BEHAVIOURS.get(label) or ()
