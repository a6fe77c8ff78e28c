"""The errors a person may meet: each has a title, what happened, and what to do about it."""

from __future__ import annotations


class SimulatorError(Exception):
    """Something went wrong that a person can understand and mend.

    Args:
        title: a few words that name the problem.
        detail: what happened, in a sentence or two.
        hint: what to do now; empty if there is nothing to do.
    """

    exit_code = 1

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.detail, self.hint) if part)


class UsageError(SimulatorError):
    """A command was called in a way that it does not know."""

    exit_code = 2


class ContentError(SimulatorError):
    """Persona, scenario, rubric or battery files that cannot be used."""


class NotFoundError(ContentError):
    """An id that nothing has."""


class SettingsError(SimulatorError):
    """A setting with an unknown key or a wrong value."""


class StorageError(SimulatorError):
    """The session store cannot be read or written."""


class SessionConflictError(StorageError):
    """Another process went on with the same session."""


class MoveError(SimulatorError):
    """A move that is not possible in the state the session is in."""


class ScoringError(SimulatorError):
    """Something could not be scored."""


class ModelError(SimulatorError):
    """The language model could not be used."""

    exit_code = 3
    may_pass = False
    """Whether the same call may well succeed a little later."""


class ModelAccessError(ModelError):
    """No key, a key that is refused, or a model that this key may not use."""


class UnknownModelError(ModelError):
    """No model has that name."""


class ModelUnavailableError(ModelError):
    """It cannot be reached, is overloaded, or failed on its own side."""

    may_pass = True


class RateLimitError(ModelUnavailableError):
    """Too many requests.

    Args:
        retry_after_s: seconds after which the provider wants to be asked again; None when it does not say.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "", *, retry_after_s: float | None = None) -> None:
        super().__init__(title, detail, hint)
        self.retry_after_s = retry_after_s


class ModelStalledError(ModelUnavailableError):
    """It stopped answering in the middle, or never began."""


class ContextTooLongError(ModelError):
    """The conversation is longer than the model can read."""


class ContentRefusedError(ModelError):
    """The provider's content filter stopped it."""


class BadAnswerError(ModelError):
    """An answer came that cannot be used: empty, cut off, or not in the form asked for."""

    may_pass = True


class FormatUnsupportedError(ModelError):
    """This model does not take the response format that was asked for."""


class BudgetError(ModelError):
    """The session has used up its budget of money or tokens."""
