"""Turns errors into the words that the screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.errors import ModelError, SimulatorError
from simulator.tui.plain import plain


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """What went wrong, what happened, and what to do."""

    title: str
    detail: str = ""
    hint: str = ""
    is_model: bool = False
    """Whether a language model failed, so that going on without one is a way out."""

    @property
    def text(self) -> str:
        """Everything in one paragraph."""
        return " ".join(part for part in (self.title, self.detail, self.hint) if part)


FAULT_TITLE = "This is a fault in the program"


def error_note(error: BaseException) -> ErrorNote:
    """The words for an error; what is not a SimulatorError is called a fault of ours."""
    if isinstance(error, SimulatorError):
        is_model = isinstance(error, ModelError)
        return ErrorNote(_sentence(error.title), _sentence(error.detail), _sentence(error.hint), is_model)
    return ErrorNote(
        FAULT_TITLE + ".",
        f"It is not something you did ({type(error).__name__}).",
        "Everything that was sent is kept, and the session can be continued.",
    )


def _sentence(text: str) -> str:
    text = plain(text).strip()
    if not text or text[-1] in ".!?…:":
        return text
    return text + "."
