"""A language model behind LiteLLM: the only door to any provider, or to a server of one's own.

LiteLLM takes seconds to import, so that happens in a thread with the first call. Keys come from the provider's own
environment variables and are never handled here.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from simulator.engine.chat import ChatDelta, ChatDone, ChatRequest, ResponseFormat, Usage
from simulator.errors import ModelError
from simulator.llm import failures
from simulator.settings import CallOptions

_NO_KEY = "none"
"""What a server of one's own is given in place of a key, for the library insists on one."""
_GRACE_S = 5.0
"""The library's own timeout comes after ours, which knows whether the answer had begun."""
_LOCAL_PROVIDERS = frozenset({"ollama", "ollama_chat", "lm_studio", "llamafile", "docker_model_runner", "xinference"})
_LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")
_OPENAI_KEYS = ("OPENAI_API_KEY",)


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """One model, and how it is called."""

    model: str
    """As LiteLLM names it, with its provider in front."""
    api_base: str = ""
    """The server's address; empty takes the provider's own."""
    temperature: float | None = 0.7
    """Unless the request has one of its own; None leaves it to the model."""
    timeout_s: float = 60.0
    """The longest silence; of an answer that does not stream, the longest time."""
    max_tokens: int | None = None
    """Unless the request has its own; None leaves it to the model."""

    @classmethod
    def of(cls, model: str, options: CallOptions) -> ModelOptions:
        """The model called as the settings of a role say."""
        return cls(model, options.api_base, options.temperature, options.timeout_s, options.max_tokens)


@dataclass(frozen=True, slots=True)
class _Library:
    """LiteLLM, once imported, and the errors that calls of it may end in."""

    litellm: Any
    errors: tuple[type[Exception], ...]


class LiteLLMModel:
    """Meets ChatModel through LiteLLM."""

    def __init__(self, options: ModelOptions) -> None:
        self.options = options
        self.name = options.model

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatDelta | ChatDone, None]:
        """The answer in pieces, then as a whole. Closing it closes the request at the server."""
        library = await _library()
        call = self._called(library, request)
        clock = _Clock()
        arguments = self._arguments(library, request, call)
        if "stream_options" in _supported(library, self.name):
            arguments["stream_options"] = {"include_usage": True}
        answer = await self._opened(library, arguments | {"stream": True}, call)
        texts: list[str] = []
        async with aclosing(answer):
            while (chunk := await self._next(library, answer, call, began=bool(texts))) is not None:
                if text := _delta(chunk):
                    clock.words_came()
                    texts.append(text)
                    yield ChatDelta(text)
        reason = _finish_reason(answer)
        if reason is None and not texts and not getattr(answer, "chunks", ()):
            raise failures.unreadable(call, content_type=_content_type(answer))
        usage = self._usage(library, _streamed_usage(answer))
        yield self._done("".join(texts), reason, usage, call, clock)

    async def complete(self, request: ChatRequest) -> ChatDone:
        """The whole answer at once."""
        library = await _library()
        call = self._called(library, request)
        clock = _Clock()
        answer = await self._opened(library, self._arguments(library, request, call), call)
        choices = getattr(answer, "choices", None)
        if not choices:
            raise failures.unreadable(call)
        text = choices[0].message.content or ""
        usage = self._usage(library, getattr(answer, "usage", None))
        return self._done(text, choices[0].finish_reason, usage, call, clock)

    async def _opened(self, library: _Library, arguments: Mapping[str, object], call: failures.Called) -> Any:
        try:
            async with asyncio.timeout(self.options.timeout_s):
                return await library.litellm.acompletion(**arguments)
        except TimeoutError:
            failure: ModelError = failures.stalled(call, began=False)
        except library.errors as error:
            failure = failures.translated(error, call)
        # raised out here, so that the original and the keys in it stay behind
        raise failure

    async def _next(self, library: _Library, answer: Any, call: failures.Called, *, began: bool) -> Any | None:
        """One more piece; None after the last."""
        try:
            async with asyncio.timeout(self.options.timeout_s):
                return await anext(answer, None)
        except TimeoutError:
            failure: ModelError = failures.stalled(call, began=began)
        except library.errors as error:
            failure = failures.translated(error, call)
        raise failure

    def _arguments(self, library: _Library, request: ChatRequest, call: failures.Called) -> dict[str, object]:
        options = self.options
        arguments: dict[str, object] = {
            "model": options.model,
            "messages": [{"role": str(message.role), "content": message.text} for message in request.messages],
            "timeout": options.timeout_s + _GRACE_S,
            "num_retries": 0,
            "max_retries": 0,
            # not every model takes a temperature or stop words; that is no reason to fail
            "drop_params": True,
        }
        chosen = {
            "temperature": options.temperature if request.temperature is None else request.temperature,
            "max_tokens": request.max_tokens or options.max_tokens,
            "stop": list(request.stop) or None,
            "api_base": options.api_base or None,
            "api_key": _NO_KEY if self._is_keyless_server() else None,
        }
        arguments |= {name: value for name, value in chosen.items() if value is not None}
        if request.response_format is not None:
            if "response_format" not in _supported(library, self.name):
                raise failures.format_unsupported(call)
            arguments["response_format"] = _response_format(request.response_format)
        return arguments

    def _is_keyless_server(self) -> bool:
        has_key = any(os.environ.get(name) for name in _OPENAI_KEYS)
        return self.name.startswith("openai/") and is_loopback(self.options.api_base) and not has_key

    def _called(self, library: _Library, request: ChatRequest) -> failures.Called:
        wanted = request.response_format
        _list_ollama(library, self.name)
        return failures.Called(
            self.name,
            self.options.api_base,
            self.options.timeout_s,
            missing_keys=() if is_loopback(self.options.api_base) else _missing_keys(library, self.name),
            response_format=None if wanted is None else {"schema": "json_schema", "object": "json_object"}[wanted.mode],
        )

    def _usage(self, library: _Library, usage: Any) -> Usage:
        asked, said = getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
        if not asked:
            # no prompt has no tokens: this is how the library fills in what the server did not say
            return Usage()
        return Usage(asked, said, self._cost_usd(library, usage))

    def _cost_usd(self, library: _Library, usage: Any) -> float | None:
        """By LiteLLM's list of prices; a server of one's own, and a model that is not on it, cost nobody knows what."""
        if is_loopback(self.options.api_base):
            return None
        try:
            name, provider, _, _ = library.litellm.get_llm_provider(model=self.name)
            if provider in _LOCAL_PROVIDERS:
                return None
            costs = library.litellm.cost_per_token(model=name, custom_llm_provider=provider, usage_object=usage)
        except library.errors:
            return None
        return sum(costs) or None

    def _done(self, text: str, reason: str | None, usage: Usage, call: failures.Called, clock: _Clock) -> ChatDone:
        if reason == "content_filter":
            raise failures.filtered(call)
        if reason is None:
            raise failures.cut_off(call)
        if not text.strip():
            raise failures.empty(call, by_length=reason == "length")
        finish = "length" if reason == "length" else "stop"
        return ChatDone(text, finish, usage, self.name, clock.seconds(), clock.first_text_s)


class _Clock:
    """Times one call."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.first_text_s: float | None = None

    def seconds(self) -> float:
        return time.perf_counter() - self._began

    def words_came(self) -> None:
        if self.first_text_s is None:
            self.first_text_s = self.seconds()


def is_loopback(address: str) -> bool:
    """Whether a server's address is on this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ip_address(host).is_loopback
    except ValueError:
        return False


_loaded: list[_Library] = []


async def _library() -> _Library:
    """LiteLLM; the first time its import runs in a thread, so that the screen goes on."""
    return _loaded[0] if _loaded else await asyncio.to_thread(_load)


def _load() -> _Library:
    # without these it fetches its price list from the network, and reads a .env file of its own choosing
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
    litellm: Any = importlib.import_module("litellm")
    # it would print its advice over the screen
    litellm.suppress_debug_info = True
    if "LITELLM_LOG" not in os.environ:
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    library = _Library(litellm, _errors(litellm))
    _warm(library)
    if not _loaded:
        _loaded.append(library)
    return _loaded[0]


def _warm(library: _Library) -> None:
    """Do here in the thread what would hold up the loop for a second in the first call."""
    importlib.import_module("openai.resources")
    with suppress(*library.errors):
        library.litellm.token_counter(model="", text="warm")


def _errors(litellm: Any) -> tuple[type[Exception], ...]:
    """All that a call may end in: LiteLLM's own, those of the libraries below, and what an odd answer trips over."""
    httpx, openai = importlib.import_module("httpx"), importlib.import_module("openai")
    own = [
        kind
        for kind in vars(litellm.exceptions).values()
        if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__.startswith("litellm")
    ]
    below = [openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL]
    odd = [OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError]
    return (*own, *below, *odd)


def _supported(library: _Library, model: str) -> frozenset[str]:
    """Parameters that the model takes; of an unknown provider, none, and its refusal is told by the call."""
    try:
        return frozenset(library.litellm.get_supported_openai_params(model=model) or ())
    except library.errors:
        return frozenset({"response_format"})


def _list_ollama(library: _Library, model: str) -> None:
    """Give a model of Ollama an entry in the list of models.

    About one without, LiteLLM asks the server after each answer, and the loop stands still until that replies.
    """
    provider, _, _ = model.partition("/")
    if provider in {"ollama", "ollama_chat"}:
        library.litellm.model_cost.setdefault(model, {"litellm_provider": provider, "mode": "chat"})


def _missing_keys(library: _Library, model: str) -> tuple[str, ...]:
    """Environment variables that the model's provider reads its key from, if none of them is set."""
    try:
        needed = library.litellm.validate_environment(model=model)
    except library.errors:
        return ()
    missing = needed.get("missing_keys") or ()
    return tuple(str(name) for name in missing if "KEY" in str(name) or "TOKEN" in str(name))


def _response_format(wanted: ResponseFormat) -> dict[str, object]:
    if wanted.mode == "object":
        return {"type": "json_object"}
    held = {"name": wanted.name, "schema": dict(wanted.schema), "strict": True}
    return {"type": "json_schema", "json_schema": held}


def _delta(chunk: Any) -> str:
    choices = getattr(chunk, "choices", None)
    return (choices[0].delta.content or "") if choices else ""


def _finish_reason(answer: Any) -> str | None:
    """As the provider sent it; the last chunk has one that LiteLLM makes up if none came."""
    reason = getattr(answer, "received_finish_reason", None) or getattr(answer, "intermittent_finish_reason", None)
    return None if reason is None else str(reason)


def _streamed_usage(answer: Any) -> Any:
    """As the provider sent it; the library estimates one if none came."""
    told = [usage for chunk in getattr(answer, "chunks", ()) if (usage := getattr(chunk, "usage", None)) is not None]
    return told[-1] if told else None


def _content_type(answer: Any) -> str:
    headers = (getattr(answer, "_hidden_params", None) or {}).get("additional_headers") or {}
    return str(headers.get("llm_provider-content-type", ""))
