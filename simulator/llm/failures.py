"""Says, once and in plain words, what went wrong with a call of a model, and how to go on. No key gets through.

Providers' libraries wrap one another: the words of a refusal are in the error that arrives, the reason why a server
could not be reached is often the innermost cause. So the whole chain is read, by names and texts, without importing
those libraries.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain as joined

from simulator.errors import (
    BadAnswerError,
    ContentRefusedError,
    ContextTooLongError,
    FormatUnsupportedError,
    ModelAccessError,
    ModelError,
    ModelStalledError,
    ModelUnavailableError,
    RateLimitError,
    UnknownModelError,
)
from simulator.llm.redaction import redact

WAY_ON = "Try again, go on with the offline customer, or save and leave."
_MOST_LINKS = 20
_LONGEST_QUOTE = 240

_SLOW = {"ReadTimeout", "WriteTimeout", "PoolTimeout", "APITimeoutError", "Timeout", "TimeoutError", "TimeoutException"}
_NOT_REACHED = {"ConnectError", "ConnectTimeout", "ClientConnectorError", "ConnectionTimeoutError"}
_BAD_ADDRESS = {"InvalidURL", "UnsupportedProtocol", "InvalidUrlClientError"}
_CUT = {
    "ReadError",
    "RemoteProtocolError",
    "ClientPayloadError",
    "ServerDisconnectedError",
    "ConnectionResetError",
    "BrokenPipeError",
    "IncompleteRead",
}
_WORDS_OF_ADDRESS = ("credentials encoded in url", "invalid ipv6 url", "invalid port")
_WORDS_OF_CONTEXT = (
    "context_length_exceeded",
    "maximum context length",
    "context size",
    "context window",
    "context length",
    "prompt is too long",
    "input is too long",
)
_WORDS_OF_FILTER = (
    "content_filter",
    "content filter",
    "content management policy",
    "content policy",
    "content_policy",
    "safety system",
)
_WORDS_OF_FORMAT = ("response_format", "json_schema", "json_object", "json schema", "structured output", "grammar")
_WORDS_OF_NO_KEY = ("missing credentials", "didn't provide an api key", "api_key client option must be set")
_WORDS_OF_QUOTA = ("insufficient_quota", "exceeded your current quota", "credit balance")
_WORDS_OF_NO_MODEL = ("model_not_found", "no such model", "unknown model", "invalid model", "not a valid model")
_WRAPPING = re.compile(r"^(?:litellm\.)?\w*(?:Error|Exception)(?:: | - )|^Timeout: |^Error code: \d+ - ")
_MESSAGE = re.compile(r"""["'](?:message|error)["']: ?(["'])(?P<said>.+?)(?<!\\)\1[,}]""")


@dataclass(frozen=True, slots=True)
class Called:
    """What was called, for the words of a failure."""

    model: str
    api_base: str = ""
    timeout_s: float = 60.0
    missing_keys: tuple[str, ...] = ()
    """Environment variables that the provider's key is read from and that are not set."""
    response_format: str | None = None
    """The response format that was asked for."""

    @property
    def where(self) -> str:
        return f"The server at {redact(self.api_base)}" if self.api_base else f"The provider of {self.model}"


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the chain of errors tells."""

    links: tuple[BaseException, ...]
    names: frozenset[str]
    """Of all the errors' classes and what they derive from."""
    text: str
    """All that the errors say, in lower case."""
    status: int | None
    """As the server sent it; None if it sent none."""
    said: str
    """The provider's own words, without keys."""

    def says(self, words: tuple[str, ...]) -> bool:
        return any(word in self.text for word in words)

    def is_any(self, names: set[str]) -> bool:
        return not self.names.isdisjoint(names)

    @property
    def quote(self) -> str:
        return f' It says: "{self.said}"' if self.said else ""


def translated(error: BaseException, call: Called) -> ModelError:
    """The failure in our words. Raise it outside of the `except`, so that the original stays behind."""
    clues = _read(error)
    failure = None
    if clues.status is None or clues.status < 400:
        failure = _of_the_way(clues, call)
    return failure or _of_the_request(clues, call) or _of_access(clues, call) or _of_the_server(clues, call)


def stalled(call: Called, *, began: bool) -> ModelStalledError:
    """Nothing came for longer than the settings allow."""
    happened = "stopped in the middle of its answer" if began else "did not begin to answer"
    return ModelStalledError(
        "The model fell silent.",
        f"{call.where} {happened}: nothing came for {call.timeout_s:g} seconds.",
        f"If it only needs longer, raise models.timeout_s. {WAY_ON}",
    )


def cut_off(call: Called) -> BadAnswerError:
    """The answer ended before its end."""
    return BadAnswerError(
        "The answer was cut off.",
        f"{call.where} closed the connection before {call.model} had finished its answer.",
        WAY_ON,
    )


def empty(call: Called, *, by_length: bool = False) -> BadAnswerError:
    """An answer without a word; `by_length`, because thinking used up the longest length allowed."""
    if by_length:
        return BadAnswerError(
            "The answer was empty.",
            f"{call.model} used up the longest answer that it may give without saying a word.",
            f"Raise models.max_tokens, or choose a model that answers without thinking first. {WAY_ON}",
        )
    return BadAnswerError("The answer was empty.", f"{call.model} answered without a word.", WAY_ON)


def filtered(call: Called, said: str = "") -> ContentRefusedError:
    """The provider's content filter stepped in."""
    return ContentRefusedError(
        "The provider's content filter stopped the answer.",
        f"{call.where} did not let {call.model} answer.{said}",
        "Say it in other words, go on with the offline customer, or save and leave.",
    )


def unreadable(call: Called, *, content_type: str = "", text: str = "") -> BadAnswerError:
    """What came back is not an answer in the models' protocol."""
    is_page = "html" in content_type.lower() or any(mark in text.lower() for mark in ("<!doctype", "<html"))
    if is_page:
        return BadAnswerError(
            "A web page came instead of an answer.",
            f"{call.where} answered with a page for people, so this is not the address that models answer at.",
            f"Look at models.api_base: it often ends with /v1. A sign-in page of the network does this too. {WAY_ON}",
        )
    return BadAnswerError(
        "The answer could not be read.",
        f"{call.where} sent something that is broken, or not in the form that models answer in.",
        f"If it happens again, look at whether models.api_base is right. {WAY_ON}",
    )


def format_unsupported(call: Called, said: str = "") -> FormatUnsupportedError:
    """This model does not take the response format."""
    return FormatUnsupportedError(
        "The model does not take this response format.",
        f"{call.model} cannot be held to {call.response_format or 'a form'}.{said}",
        "Ask for the answer in a simpler form, or choose another model.",
    )


def _of_the_way(clues: _Clues, call: Called) -> ModelError | None:
    """Failures between here and the server, of which no status tells."""
    server = redact(call.api_base) or f"the provider of {call.model}"
    if any(isinstance(link, socket.gaierror) for link in clues.links) or "ClientConnectorDNSError" in clues.names:
        return ModelUnavailableError(
            "The model's server could not be found.",
            f"No address is known for {server}: its name is wrong, or this machine is not connected.",
            f"Look at the connection and at models.api_base. {WAY_ON}",
        )
    if clues.is_any(_BAD_ADDRESS) or clues.says(_WORDS_OF_ADDRESS):
        return ModelError(
            "The model's address cannot be used.",
            f"{server} is not an address that can be called.",
            "Set models.api_base to an address such as http://127.0.0.1:1234/v1.",
        )
    if any(isinstance(link, ssl.SSLError) for link in clues.links) or "ClientConnectorCertificateError" in clues.names:
        return ModelUnavailableError(
            "The connection to the model is not safe.",
            f"The certificate of {server} is not trusted here.",
            f"Look at the address, and at whether a proxy of the network is in between. {WAY_ON}",
        )
    if clues.is_any(_NOT_REACHED) or any(isinstance(link, ConnectionRefusedError) for link in clues.links):
        start = "Start the server, or look at models.api_base" if call.api_base else "Look at the network connection"
        return ModelUnavailableError(
            "The model's server does not answer.", f"No connection to {server} could be made.", f"{start}. {WAY_ON}"
        )
    if clues.is_any(_SLOW):
        return stalled(call, began="MidStreamFallbackError" in clues.names)
    if clues.is_any(_CUT):
        return cut_off(call)
    if clues.is_any({"JSONDecodeError", "APIResponseValidationError"}) or "response from llm endpoint" in clues.text:
        return unreadable(call, text=clues.text)
    return None


def _of_the_request(clues: _Clues, call: Called) -> ModelError | None:
    """What was asked cannot be answered."""
    refused = clues.status in {400, 415, 422, 500, 501} or "UnsupportedParamsError" in clues.names
    if call.response_format and refused and clues.says(_WORDS_OF_FORMAT):
        return format_unsupported(call, clues.quote)
    if "ContextWindowExceededError" in clues.names or (
        clues.status in {400, 413, 500} and clues.says(_WORDS_OF_CONTEXT)
    ):
        return ContextTooLongError(
            "The conversation is too long for this model.",
            f"{call.model} cannot read that much at once.{clues.quote}",
            "Choose a model with a longer memory, go on with the offline customer, or save and leave.",
        )
    if "ContentPolicyViolationError" in clues.names or (clues.status in {400, 403} and clues.says(_WORDS_OF_FILTER)):
        return filtered(call, clues.quote)
    if "llm provider not provided" in clues.text or "LiteLLMUnknownProvider" in clues.names:
        return UnknownModelError(
            "No provider is known for this model.",
            f'"{call.model}" does not say whose model it is.',
            "Write the provider in front of the name, such as openai/NAME, anthropic/NAME or ollama_chat/NAME. "
            "A server of your own is openai/NAME with its address in models.api_base.",
        )
    if clues.status == 404 or clues.says(_WORDS_OF_NO_MODEL) or "NotFoundError" in clues.names:
        return UnknownModelError(
            "There is no such model.",
            f"{call.where} does not know {call.model}.{clues.quote}",
            "Look at the name and at models.api_base; on Ollama, pull the model first. Until then there is the "
            "offline customer, or save and leave.",
        )
    return None


def _of_access(clues: _Clues, call: Called) -> ModelError | None:
    """Who asks may not, or not so often."""
    is_refused_key = clues.status == 401 or "AuthenticationError" in clues.names
    if clues.says(_WORDS_OF_NO_KEY) or (is_refused_key and call.missing_keys):
        variable = " or ".join(call.missing_keys) or "the provider's own variable, such as OPENAI_API_KEY,"
        return ModelAccessError(
            "There is no key for this model.",
            f"{call.where} wants a key, and the environment has none.",
            f"Set {variable} in the environment and start again, go on with the offline customer, or save and leave.",
        )
    if is_refused_key:
        return ModelAccessError(
            "The key was refused.",
            f"{call.where} does not accept the key in the environment.{clues.quote}",
            "Look at whether it is whole, still valid and for this provider. Until then go on with the offline "
            "customer, or save and leave.",
        )
    if clues.status == 402 or (clues.status in {400, 403, 429} and clues.says(_WORDS_OF_QUOTA)):
        return ModelAccessError(
            "The account has no credit left.",
            f"{call.where} answers only after it is paid.{clues.quote}",
            "Look at the account's plan, go on with the offline customer, or save and leave.",
        )
    if clues.status == 403 or "PermissionDeniedError" in clues.names:
        return ModelAccessError(
            "This key may not use this model.",
            f"{call.where} does not let this account use {call.model}.{clues.quote}",
            "Ask for access, choose another model, go on with the offline customer, or save and leave.",
        )
    if clues.status == 429 or "RateLimitError" in clues.names:
        wait = _retry_after_s(clues)
        when = f"in {wait:.0f} seconds" if wait else "in a little while"
        return RateLimitError(
            "Too many requests.",
            f"{call.where} wants to be asked again {when}.{clues.quote}",
            "Wait, and then try again; or go on with the offline customer, or save and leave.",
            retry_after_s=wait,
        )
    return None


def _of_the_server(clues: _Clues, call: Called) -> ModelError:
    """The server's own fault, or something that nobody thought of."""
    status = clues.status or 0
    number = f" ({status})" if status else ""
    if status in {503, 529} or "overloaded" in clues.text:
        return ModelUnavailableError(
            "The model is overloaded.", f"{call.where} has too much to do right now{number}.{clues.quote}", WAY_ON
        )
    if status in {408, 504}:
        return stalled(call, began=False)
    if status >= 500:
        return ModelUnavailableError(
            "The model's server failed.", f"{call.where} had an error of its own ({status}).{clues.quote}", WAY_ON
        )
    if status >= 400:
        return ModelError(
            "The request was refused.",
            f"{call.where} does not take what it was asked ({status}).{clues.quote}",
            f"Look at models.temperature and models.max_tokens, or choose another model. {WAY_ON}",
        )
    return ModelError(
        "The model could not be used.", f"Calling {call.model} failed for an unusual reason.{clues.quote}", WAY_ON
    )


def _read(error: BaseException) -> _Clues:
    links = _chain(error)
    names = frozenset(joined.from_iterable((kind.__name__ for kind in type(link).__mro__) for link in links))
    text = "\n".join(f"{link} {getattr(link, 'code', '')} {getattr(link, 'body', '')}" for link in links).lower()
    return _Clues(links, names, text, _status(links), _said(links))


def _chain(error: BaseException) -> tuple[BaseException, ...]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links and len(links) < _MOST_LINKS:
        links.append(link)
        link = link.__cause__ or link.__context__
    return tuple(links)


def _status(links: tuple[BaseException, ...]) -> int | None:
    """The status that the server sent: LiteLLM makes up a 500 where there was none, so its own come last."""
    sent = [link for link in links if type(link).__module__.split(".")[0] in {"httpx", "openai"}]
    for link in sent:
        body = getattr(link, "body", None)
        in_stream = body.get("code") if isinstance(body, dict) else None
        for status in (getattr(getattr(link, "response", None), "status_code", None), in_stream):
            if isinstance(status, int):
                return status
    told = getattr(links[0], "status_code", None)
    return told if isinstance(told, int) and told != 500 else None


def _said(links: tuple[BaseException, ...]) -> str:
    """The provider's own words: of the structured error if there is one."""
    body = next((body for link in links if isinstance(body := getattr(link, "body", None), dict)), {})
    text = str(body.get("message") or "")
    if not text:
        text = str(links[0]).split(" Original exception: ", maxsplit=1)[0].split("\n", maxsplit=1)[0]
        while shorter := _WRAPPING.sub("", text):
            if shorter == text:
                break
            text = shorter
        found = _MESSAGE.search(text)
        text = found["said"] if found else text
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in redact(text)).split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()} …"


def _retry_after_s(clues: _Clues) -> float | None:
    """Seconds; the header holds seconds or a date."""
    for link in clues.links:
        for headers in (
            getattr(link, "litellm_response_headers", None),
            getattr(getattr(link, "response", None), "headers", None),
        ):
            value = headers.get("retry-after") if headers is not None else None
            if value is None:
                continue
            try:
                return max(0.0, float(value))
            except ValueError:
                pass
            try:
                return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
            except (ValueError, TypeError):
                continue
    return None
