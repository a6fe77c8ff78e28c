"""What the customer remembers of how they were treated."""

from __future__ import annotations

from simulator.domain.base import Value


class Memory(Value):
    """What the customer keeps in mind about how they were treated so far."""

    stock_sympathy: int = 0
    """Times that sympathy which would fit anybody was offered."""
    asked_again: int = 0
    unhelpful: int = 0
    """Replies in a row that brought neither understanding nor help."""
    bad_treatment: int = 0
    """Replies that blamed, dismissed, insulted or hid behind policy."""
    understood: int = 0
    """Replies that showed understanding of the situation (cognitive empathy at level 2 or more)."""
    paraphrased: int = 0
    good_questions: int = 0
    attentive: int = 0
    """Replies that showed understanding or asked a good question."""
    concern_named: bool = False
    need_met: bool = False
    settling: int = 0
    """Replies since the need was met without the customer feeling heard."""
    warned: bool = False
    """Whether the customer has said that they are about to leave."""
    closings: int = 0
    """Times that the trainee said goodbye before the need was met."""
    neutral: int = 0
    """Replies in a row without any sign of having understood."""
    replies: int = 0
    met_by: str | None = None
    """The action that met the need."""
    offered: tuple[str, ...] = ()
    """Actions that were offered so far."""
