"""Going back through earlier replies in the composer, and forward to what was being typed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Recall:
    """Earlier replies and the place in them."""

    replies: tuple[str, ...] = ()
    back: int = 0
    """How many replies back the composer shows; 0 is the text being typed."""
    typed: str = ""
    """What was typed before going back."""

    @property
    def text(self) -> str:
        return self.replies[-self.back] if self.back else self.typed


def older(recall: Recall, current: str) -> Recall:
    """One reply further back; unchanged at the oldest."""
    if recall.back >= len(recall.replies):
        return recall
    typed = current if recall.back == 0 else recall.typed
    return replace(recall, back=recall.back + 1, typed=typed)


def newer(recall: Recall) -> Recall:
    """One reply towards now; unchanged at the text being typed."""
    return replace(recall, back=max(0, recall.back - 1))


def said(recall: Recall, text: str) -> Recall:
    """A reply was sent."""
    return Recall((*recall.replies, text))
