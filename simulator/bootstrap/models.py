"""Puts the language models of the settings together: budget around record around model."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.customers import ScriptedCustomer, VoicedCustomer
from simulator.engine.chat import CallLog, ChatModel
from simulator.engine.judging import Panel
from simulator.engine.ports import Clock, Customer
from simulator.judging.model_judge import ModelJudge
from simulator.llm.budget import Budget, BudgetedModel, BudgetLimits
from simulator.llm.litellm_model import LiteLLMModel, ModelOptions
from simulator.llm.recording import RecordingModel
from simulator.settings import OFFLINE, Role, Settings


@dataclass(slots=True)
class Models:
    """The models that a program uses.

    Args:
        settings: which models, how they are called, and what a session may use.
        log: where calls are kept, if the settings want it.
        clock: tells when a call was made.
    """

    settings: Settings
    log: CallLog
    clock: Clock
    budget: Budget = field(init=False)
    recorders: list[RecordingModel] = field(default_factory=list)
    """Each counts the calls that it could not keep."""

    def __post_init__(self) -> None:
        limits = self.settings.budget
        self.budget = Budget(BudgetLimits(usd=limits.usd, tokens=limits.tokens))

    def customer(self) -> Customer:
        """Who voices the customer."""
        name = self.settings.models.customer
        if name == OFFLINE:
            return ScriptedCustomer()
        return VoicedCustomer(self.chat(name, "customer"), ScriptedCustomer())

    def panel(self) -> Panel | None:
        """Who scores beside the offline judge; None when nobody does."""
        names = [name for name in self.settings.models.names_for("judge") if name != OFFLINE]
        if not names:
            return None
        judges = tuple(ModelJudge(self.chat(name, "judge")) for name in names)
        return Panel(judges, runs=self.settings.models.runs)

    def chat(self, name: str, role: Role) -> ChatModel:
        """One model as the role's settings call it."""
        model: ChatModel = LiteLLMModel(ModelOptions.of(name, self.settings.models.options_for(role)))
        if self.settings.models.keep_calls:
            recorder = RecordingModel(model, self.log, self.clock)
            self.recorders.append(recorder)
            model = recorder
        return BudgetedModel(model, self.budget, self.log)
