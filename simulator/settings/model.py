"""Everything that can be set, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

OFFLINE = "offline"
"""The name of the parts that need no model."""
ROLE_TEMPERATURE = {"customer": 0.7, "judge": 0.0, "coach": 0.3}
"""A customer varies, a judgement has to be repeatable, and a coach stays close to the point."""

Role = Literal["customer", "judge", "coach"]


def _one_name(value: str) -> str:
    if not value.strip() or "," in value:
        raise ValueError('it must be the name of one model, or "offline"')
    return value.strip()


def _some_names(value: str) -> str:
    if not _names(value):
        raise ValueError('it must be the name of a model, several with commas between them, or "offline"')
    return ", ".join(_names(value))


def _names(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in value.split(",") if (name := part.strip())))


def _address(value: str) -> str:
    rule = "it must be the address of a server, such as http://127.0.0.1:1234/v1, without a name or a key in it"
    try:
        parts = urlsplit(value.strip())
        _ = parts.port
    except ValueError as error:
        raise ValueError(rule) from error
    if value.strip() and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query):
        raise ValueError(rule)
    return value.strip()


OneName = Annotated[str, AfterValidator(_one_name)]
SomeNames = Annotated[str, AfterValidator(_some_names)]
Address = Annotated[str, AfterValidator(_address)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Temperature = Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=1)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class UiSettings(_Group):
    """How the app looks and behaves."""

    theme: Literal["auto", "dark", "light"] = "auto"
    """Colours; auto takes dark or light from the terminal where it tells."""
    show_mood: bool = True
    """Whether the mood gauge is shown during a conversation."""
    pace: Literal["human", "quick", "instant"] = "human"
    """How fast the customer types."""
    keymap: dict[str, str] = Field(default_factory=dict)
    """Keys by the id of what they do, e.g. { "home.search" = "ctrl+f" }."""


class TraineeSettings(_Group):
    """Who practises."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class CallOptions:
    """How the models of one role are called."""

    api_base: str = ""
    """The server's address; empty takes the provider's own."""
    timeout_s: float = 60.0
    """The longest silence, in seconds."""
    temperature: float = 0.7
    """0 to 2."""
    max_tokens: int | None = None
    """The longest answer; None leaves it to the model."""


class RoleSettings(_Group):
    """What is different for one role; what is not set is as for all models."""

    api_base: Address | None = None
    timeout_s: Seconds | None = None
    temperature: Temperature | None = None
    max_tokens: Tokens | None = None


class ModelSettings(_Group):
    """Who voices the customer, who scores and who coaches, and how models are called."""

    customer: OneName = OFFLINE
    """The model's name as LiteLLM knows it, with its provider in front, or "offline"."""
    judge: SomeNames = OFFLINE
    """One name, or several with commas between them: each of them scores."""
    coach: OneName = OFFLINE
    runs: int = Field(default=1, ge=1, le=9)
    """Judgements by each judge of each reply; the median counts."""
    keep_calls: bool = True
    """Whether every call of a model is kept with its session."""
    api_base: Address = ""
    """The server's address; empty takes the provider's own."""
    timeout_s: Seconds = 60.0
    """The longest silence of a model, in seconds."""
    temperature: Temperature | None = None
    """0 to 2; by role if it is not set."""
    max_tokens: Tokens | None = None
    """The longest answer; left to the model if it is not set."""
    for_customer: RoleSettings = RoleSettings()
    for_judge: RoleSettings = RoleSettings()
    for_coach: RoleSettings = RoleSettings()

    def names_for(self, role: Role) -> tuple[str, ...]:
        """The names of the role's models; more than one only for the judge."""
        match role:
            case "customer":
                return (self.customer,)
            case "judge":
                return _names(self.judge)
            case "coach":
                return (self.coach,)

    def options_for(self, role: Role) -> CallOptions:
        """How the role's models are called: what is set for the role, for all models, or the default."""
        own = {"customer": self.for_customer, "judge": self.for_judge, "coach": self.for_coach}[role]
        general = ROLE_TEMPERATURE[role] if self.temperature is None else self.temperature
        return CallOptions(
            api_base=self.api_base if own.api_base is None else own.api_base,
            timeout_s=self.timeout_s if own.timeout_s is None else own.timeout_s,
            temperature=general if own.temperature is None else own.temperature,
            max_tokens=self.max_tokens if own.max_tokens is None else own.max_tokens,
        )


class BudgetSettings(_Group):
    """What the models of one session may use; a call that begins beyond it is not made. No limit if it is not set."""

    usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """US dollars. Calls of a model whose price is not known do not count."""
    tokens: int | None = Field(default=None, ge=0)
    """Tokens read and written."""


class Settings(_Group):
    """All settings."""

    data_dir: Path
    """Where sessions are kept."""
    workspace: Path
    """The folder whose personas/, scenarios/ and rubrics/ come before the shipped ones."""
    ui: UiSettings = UiSettings()
    trainee: TraineeSettings = TraineeSettings()
    models: ModelSettings = ModelSettings()
    budget: BudgetSettings = BudgetSettings()
