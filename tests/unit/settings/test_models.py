"""Settings of models: by role, from every layer, and refused with a reason where they cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import SettingsError
from simulator.settings import CallOptions, LoadedSettings, Settings, load_settings

LOCAL = "http://127.0.0.1:1234/v1"


def loaded(folder: Path, text: str = "", env: dict[str, str] | None = None, **cli: object) -> LoadedSettings:
    (folder / "simulator.toml").write_text(text)
    return load_settings(cli, {"SIMULATOR_CONFIG_DIR": str(folder / "config"), **(env or {})}, folder)


def settings(folder: Path, text: str = "", env: dict[str, str] | None = None, **cli: object) -> Settings:
    return loaded(folder, text, env, **cli).settings


def test_nothing_leaves_this_machine_unless_somebody_asks_for_it(tmp_path: Path) -> None:
    models = settings(tmp_path).models
    assert (models.customer, models.judge, models.coach) == ("offline", "offline", "offline")
    assert (models.runs, models.keep_calls) == (1, True)
    budget = settings(tmp_path).budget
    assert (budget.usd, budget.tokens) == (None, None)


def test_any_name_of_a_model_can_be_set(tmp_path: Path) -> None:
    text = (
        '[models]\ncustomer = "openai/gpt-9"\njudge = "a/one, b/two ,a/one,,offline"\ncoach = " ollama_chat/small "\n'
    )
    models = settings(tmp_path, text).models
    assert models.names_for("customer") == ("openai/gpt-9",)
    assert models.names_for("judge") == ("a/one", "b/two", "offline"), "each judge once, in order"
    assert models.names_for("coach") == ("ollama_chat/small",)


def test_without_settings_each_role_has_its_own_temperature(tmp_path: Path) -> None:
    models = settings(tmp_path).models
    assert models.options_for("customer") == CallOptions("", 60.0, 0.7, None)
    assert models.options_for("judge") == CallOptions("", 60.0, 0.0, None)
    assert 0 <= models.options_for("coach").temperature <= 1


def test_a_role_goes_before_what_is_set_for_all_models(tmp_path: Path) -> None:
    text = f"""
        [models]
        api_base = "{LOCAL}"
        timeout_s = 30
        temperature = 0.5
        max_tokens = 300
        [models.for_judge]
        api_base = ""
        timeout_s = 90.5
        temperature = 0
        [models.for_coach]
        max_tokens = 50
    """
    models = settings(tmp_path, text).models
    assert models.options_for("customer") == CallOptions(LOCAL, 30.0, 0.5, 300)
    assert models.options_for("judge") == CallOptions("", 90.5, 0.0, 300), "empty and 0 are values too"
    assert models.options_for("coach") == CallOptions(LOCAL, 30.0, 0.5, 50)


def test_models_can_be_set_by_the_environment_and_the_command_line(tmp_path: Path) -> None:
    env = {
        "SIMULATOR_MODELS__CUSTOMER": "openai/from-env",
        "SIMULATOR_MODELS__FOR_JUDGE__TIMEOUT_S": "12",
        "SIMULATOR_MODELS__KEEP_CALLS": "false",
        "SIMULATOR_BUDGET__USD": "0.25",
        "SIMULATOR_BUDGET__TOKENS": "9000",
    }
    result = loaded(tmp_path, "", env, **{"models.customer": "openai/typed", "models.for_coach.temperature": 1.5})
    found = result.settings
    assert found.models.customer == "openai/typed"
    assert found.models.options_for("judge").timeout_s == 12
    assert found.models.options_for("coach").temperature == 1.5
    assert (found.models.keep_calls, found.budget.usd, found.budget.tokens) == (False, 0.25, 9000)
    assert result.sources["models.for_judge.timeout_s"] == "SIMULATOR_MODELS__FOR_JUDGE__TIMEOUT_S"
    assert result.sources["models.customer"] == "command line"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[models]\nruns = 0", "models.runs cannot be 0"),
        ("[models]\nruns = 10", "it must be at most 9"),
        ("[models]\nruns = 2.5", "it must be a whole number"),
        ('[models]\ntimeout_s = "soon"', "it must be a number"),
        ("[models]\ntimeout_s = 0", "it must be more than 0"),
        ("[models]\ntimeout_s = inf", "it must be"),
        ("[models]\ntemperature = 2.5", "it must be at most 2"),
        ("[models.for_judge]\nmax_tokens = 0", "models.for_judge.max_tokens cannot be 0"),
        ('[models]\ncustomer = ""', 'the name of one model, or "offline"'),
        ('[models]\ncustomer = "a/one, b/two"', 'the name of one model, or "offline"'),
        ('[models]\njudge = " , "', "several with commas between them"),
        ('[models]\napi_base = "localhost:1234"', "it must be the address of a server"),
        ('[models]\napi_base = "http://ana:secret@host/v1"', "without a name or a key in it"),
        ('[models]\napi_base = "http://host:port/v1"', "it must be the address of a server"),
        ("[models]\nfor_judge = 3", "keys of its own"),
        ('[models]\napi_key = "x"', "the provider's own environment variable, such as OPENAI_API_KEY"),
        ("[models.for_judge]\ntimeout = 3", '"models.for_judge.timeout" (from'),
        ("[budget]\nusd = -1", "budget.usd cannot be -1"),
        ("[budget]\nusd = nan", "it must be a number"),
        ("[budget]\ntokens = -5", "it must be at least 0"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text)
    assert said in caught.value.detail
    assert str(tmp_path / "simulator.toml") in caught.value.detail
    assert "secret" not in caught.value.detail
    assert not any(word in caught.value.detail.lower() for word in ("pydantic", "input", "validat", "float", "parse"))
