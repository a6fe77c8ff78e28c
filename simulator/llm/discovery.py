"""Finds model servers on this machine, and tries out one model with one tiny call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.engine.chat import ChatModel, ChatRequest, Message, Role, Usage
from simulator.errors import ModelError
from simulator.prompts.rendering import render

if TYPE_CHECKING:
    import httpx

FIND_TIMEOUT_S = 1.0
"""A server here accepts in milliseconds, and a closed port refuses at once; the rest is for a busy machine."""
PROBE_MAX_TOKENS = 64
"""Enough for one word, even of a model that thinks a little first."""
_LONGEST_LIST = 2_000_000
_OLLAMA = "Ollama"
_OLLAMA_PORT = 11434
_PORTS = {
    1234: "LM Studio",
    8080: "llama.cpp",
    8000: "vLLM",
    5001: "KoboldCpp",
    4000: "LiteLLM proxy",
    1337: "Jan",
    5000: "text-generation-webui",
    30000: "SGLang",
    4891: "GPT4All",
}
"""Where each server listens unless told otherwise."""
_OWNERS = {"llamacpp": "llama.cpp", "vllm": "vLLM", "koboldcpp": "KoboldCpp", "sglang": "SGLang"}
"""How some servers sign their lists of models."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look for a server."""

    root: str
    """The address without a path."""
    kind: str
    """Which server usually listens there."""


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A model server that answers."""

    url: str
    """What models.api_base has to be."""
    kind: str
    models: tuple[str, ...] = ()
    """As the server names them; none if it has none loaded, or shows them only to those with a key."""
    needs_key: bool = False

    def model_name(self, model: str) -> str:
        """The name to set, with its provider in front."""
        return f"{'ollama_chat' if self.kind == _OLLAMA else 'openai'}/{model}"

    def setting_lines(self, model: str = "") -> tuple[str, ...]:
        """The lines of simulator.toml that let this server voice the customer.

        Args:
            model: one of `models`; empty takes the first.
        """
        name = model or next(iter(self.models), "NAME")
        return (
            f"models.customer = {json.dumps(self.model_name(name), ensure_ascii=False)}",
            f"models.api_base = {json.dumps(self.url)}",
        )


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What came of one tiny call."""

    model: str
    answer: str = ""
    latency_s: float | None = None
    usage: Usage = field(default_factory=Usage)
    error: ModelError | None = None
    """Why it failed; None if it worked."""

    @property
    def works(self) -> bool:
        return self.error is None

    def lines(self) -> tuple[str, ...]:
        """The result in sentences."""
        if self.error is not None:
            return tuple(part for part in (self.error.title, self.error.detail, self.error.hint) if part)
        tokens = (self.usage.prompt_tokens, self.usage.completion_tokens)
        counted = "did not say how many tokens that took"
        if tokens[0] is not None and tokens[1] is not None:
            counted = f"read {tokens[0]} and wrote {tokens[1]} tokens"
        cost = "not known" if self.usage.cost_usd is None else f"${self.usage.cost_usd:.6f}"
        return (
            f"{self.model} answered in {self.latency_s or 0.0:.1f} seconds: “{_short(self.answer)}”",
            f"It {counted}. The cost of this call is {cost}.",
        )


def places(env: Mapping[str, str]) -> tuple[Place, ...]:
    """Where to look: an Ollama where OLLAMA_HOST says or at its own port, and the usual ports of other servers."""
    ollama = Place(_ollama_root(env.get("OLLAMA_HOST", "")), _OLLAMA)
    return (ollama, *(Place(f"http://127.0.0.1:{port}", kind) for port, kind in _PORTS.items()))


def _ollama_root(host: str) -> str:
    """OLLAMA_HOST as Ollama reads it: scheme and port may be missing, and 0.0.0.0 is every address of this machine."""
    scheme, _, rest = host.strip().rpartition("://")
    rest = rest.split("/", maxsplit=1)[0] or "127.0.0.1"
    name, colon, port = rest.rpartition(":")
    if not colon or not port.isdigit():
        name, port = rest, {"http": "80", "https": "443"}.get(scheme, str(_OLLAMA_PORT))
    if name in {"", "0.0.0.0", "[::]", "::"}:  # noqa: S104 - recognised, never bound
        name = "127.0.0.1"
    return f"{scheme or 'http'}://{name}:{port}"


async def find_servers(look_at: Sequence[Place], *, timeout_s: float = FIND_TIMEOUT_S) -> tuple[FoundServer, ...]:
    """The model servers that answer, in the order of the places; all are asked at the same time.

    Args:
        look_at: where to look, such as `places(os.environ)`.
        timeout_s: seconds after which a place counts as empty.
    """
    import httpx  # noqa: PLC0415 - a tenth of a second that no other command has to wait for

    # one for all, made before any time is taken: to make one reads every certificate that this machine trusts
    async with httpx.AsyncClient(trust_env=False, timeout=timeout_s) as client:
        found = await asyncio.gather(*(_find(client, place, timeout_s) for place in look_at))
    return tuple(server for server in found if server is not None)


async def _find(client: httpx.AsyncClient, place: Place, timeout_s: float) -> FoundServer | None:
    if place.kind == _OLLAMA:
        status, listed = await _get_json(client, f"{place.root}/api/tags", timeout_s)
        if status == 200 and (names := _names(listed, "models", "name")) is not None:
            return FoundServer(place.root, _OLLAMA, names)
    status, listed = await _get_json(client, f"{place.root}/v1/models", timeout_s)
    url = f"{place.root}/v1"
    if status in {401, 403} and isinstance(listed, dict) and "error" in listed:
        return FoundServer(url, place.kind, needs_key=True)
    names = _names(listed, "data", "id") if status == 200 else None
    return None if names is None else FoundServer(url, _kind(listed, place.kind), names)


def _kind(listed: object, usual: str) -> str:
    """Which server it is: as it signs its list, or as its port suggests."""
    data = listed.get("data") if isinstance(listed, dict) else None
    owners = [str(entry.get("owned_by", "")).lower() for entry in data or () if isinstance(entry, dict)]
    return next((_OWNERS[owner] for owner in owners if owner in _OWNERS), f"OpenAI-compatible, perhaps {usual}")


def _names(listed: object, table: str, key: str) -> tuple[str, ...] | None:
    """The models' names; None if this is not a list of models."""
    entries = listed.get(table) if isinstance(listed, dict) else None
    if not isinstance(entries, list):
        return None
    names = [entry.get(key) for entry in entries if isinstance(entry, dict)]
    return tuple(name for name in names if isinstance(name, str) and name.isprintable() and name)


async def _get_json(client: httpx.AsyncClient, url: str, timeout_s: float) -> tuple[int, object]:
    """Status and content; (0, None) if nothing answers there in time, or not with JSON."""
    import httpx  # noqa: PLC0415 - as above

    try:
        async with asyncio.timeout(timeout_s), client.stream("GET", url) as response:
            content = bytearray()
            async for part in response.aiter_bytes():
                content += part
                if len(content) > _LONGEST_LIST:
                    return 0, None
            return response.status_code, json.loads(content)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError):
        return 0, None


async def probe(model: ChatModel) -> ProbeResult:
    """Try a model with one tiny call; a failure is part of the result."""
    prompt = render("probe")
    request = ChatRequest(
        purpose="doctor",
        prompt=prompt.name,
        prompt_sha256=prompt.sha256,
        messages=(Message(Role.USER, prompt.text),),
        max_tokens=PROBE_MAX_TOKENS,
    )
    try:
        done = await model.complete(request)
    except ModelError as error:
        return ProbeResult(model.name, error=error)
    return ProbeResult(model.name, done.text, done.latency_s, done.usage)


def _short(text: str, longest: int = 60) -> str:
    """On one line, without letters that would move the cursor."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()} …"
