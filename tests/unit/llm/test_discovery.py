"""Finding model servers on this machine, and trying one out."""

from __future__ import annotations

import asyncio
import time

import pytest
import tomli
from chat_fakes import Says, ScriptedModel
from model_server import ModelServer

from simulator.engine.chat import Usage
from simulator.errors import ModelAccessError
from simulator.llm.discovery import FoundServer, Place, find_servers, places, probe
from simulator.settings import Settings

SMALL = ("small-1", 'with "quotes" é')


async def test_an_ollama_is_found_with_its_models() -> None:
    async with ModelServer(models=SMALL, ollama=True) as server:
        assert await find_servers([Place(server.root_url, "Ollama")]) == (
            FoundServer(server.root_url, "Ollama", SMALL),
        )


async def test_another_server_is_found_with_its_models() -> None:
    async with ModelServer(models=SMALL) as server:
        found = await find_servers([Place(server.root_url, "LM Studio")])
    assert found == (FoundServer(server.base_url, "OpenAI-compatible, perhaps LM Studio", SMALL),)


async def test_another_server_at_the_port_of_ollama_is_found_for_what_it_is() -> None:
    async with ModelServer() as server:
        (found,) = await find_servers([Place(server.root_url, "Ollama")])
    assert found.url == server.base_url
    assert found.model_name("small-1") == "openai/small-1"


async def test_the_server_that_signs_its_list_is_named() -> None:
    body = '{"object": "list", "data": [{"id": "tiny.gguf", "owned_by": "llamacpp"}]}'
    async with answering(body) as root:
        assert await find_servers([Place(root, "vLLM")]) == (FoundServer(f"{root}/v1", "llama.cpp", ("tiny.gguf",)),)


async def test_a_server_that_wants_a_key_is_found_too() -> None:
    async with answering('{"error": {"message": "No key"}}', status=401) as root:
        (found,) = await find_servers([Place(root, "LiteLLM proxy")])
    assert found.needs_key
    assert found.models == ()
    assert "NAME" in found.setting_lines()[0]


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", '{"data": {"id": 1}}', '{"data": "x"}', "[" * 100_000, "\xff"])
async def test_what_is_not_a_model_server_is_not_taken_for_one(body: str) -> None:
    async with answering(body) as root:
        assert await find_servers([Place(root, "Ollama"), Place(root, "vLLM")]) == ()


async def test_odd_entries_of_a_list_are_left_out() -> None:
    async with answering('{"data": [1, {"id": 2}, {"id": "\\u001b[2J"}, {"name": "x"}, {"id": "fine"}]}') as root:
        (found,) = await find_servers([Place(root, "vLLM")])
    assert found.models == ("fine",)


async def test_places_are_asked_at_the_same_time_and_none_is_waited_for_long() -> None:
    async with ModelServer() as server, silent() as first, silent() as second:
        began = time.monotonic()
        found = await find_servers(
            [Place(first, "vLLM"), Place(second, "Jan"), Place(server.root_url, "Jan")], timeout_s=0.6
        )
        took_s = time.monotonic() - began
    assert [one.url for one in found] == [server.base_url]
    assert took_s < 1.2, "one after another would take longer"


async def test_nobody_there_is_nothing_found() -> None:
    async with ModelServer() as gone:
        root = gone.root_url
    assert await find_servers([Place(root, "Ollama"), Place("http://[bad", "Jan")]) == ()


@pytest.mark.parametrize(
    ("host", "root"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104 - what Ollama's variable may hold
        ("0.0.0.0:7000", "http://127.0.0.1:7000"),
        (":7000", "http://127.0.0.1:7000"),
        ("localhost", "http://localhost:11434"),
        ("http://localhost:7000/", "http://localhost:7000"),
        ("https://models.local", "https://models.local:443"),
        ("http://models.local", "http://models.local:80"),
        ("[::1]:7000", "http://[::1]:7000"),
        ("[::1]", "http://[::1]:11434"),
    ],
)
def test_ollama_is_looked_for_where_its_own_variable_says(host: str, root: str) -> None:
    assert places({"OLLAMA_HOST": host})[0] == Place(root, "Ollama")


def test_only_this_machine_is_looked_at_unless_somebody_says_otherwise() -> None:
    roots = [place.root for place in places({})]
    assert all(root.startswith("http://127.0.0.1:") for root in roots)
    assert len(set(roots)) == len(roots) >= 7


@pytest.mark.parametrize(
    ("server", "customer", "address"),
    [
        (FoundServer("http://127.0.0.1:1234/v1", "LM Studio", SMALL), "openai/small-1", "http://127.0.0.1:1234/v1"),
        (FoundServer("http://127.0.0.1:11434", "Ollama", SMALL), "ollama_chat/small-1", "http://127.0.0.1:11434"),
    ],
)
def test_the_lines_to_set_can_be_pasted(server: FoundServer, customer: str, address: str) -> None:
    for model, name in (("", customer), (SMALL[1], customer.replace("small-1", SMALL[1]))):
        data = tomli.loads("\n".join(server.setting_lines(model)))
        models = Settings.model_validate({"data_dir": "x", "workspace": "y"} | data).models
        assert models.customer == name
        assert models.options_for("customer").api_base == address


async def test_a_probe_is_one_tiny_call_and_says_what_it_took() -> None:
    model = ScriptedModel([Says("Ready.\x1b[2J\nNow", usage=Usage(14, 2, 0.000012))])
    result = await probe(model)
    assert result.works
    assert result.usage == Usage(14, 2, 0.000012)
    assert [len(request.messages) for request in model.requests] == [1]
    assert model.requests[0].purpose == "doctor"
    assert (model.requests[0].max_tokens or 1000) < 100
    first, second = result.lines()
    assert "scripted/one answered in 0.0 seconds" in first
    assert "Ready. [2J Now" in first
    assert second == "It read 14 and wrote 2 tokens. The cost of this call is $0.000012."


async def test_a_probe_does_not_make_up_what_it_was_not_told() -> None:
    result = await probe(ScriptedModel([Says("ready", usage=Usage())]))
    assert result.lines()[1] == "It did not say how many tokens that took. The cost of this call is not known."


async def test_a_probe_explains_a_failure() -> None:
    error = ModelAccessError("There is no key.", "The provider wants one.", "Set OPENAI_API_KEY.")
    result = await probe(ScriptedModel([error]))
    assert not result.works
    assert result.lines() == ("There is no key.", "The provider wants one.", "Set OPENAI_API_KEY.")


class answering:  # noqa: N801 - reads as a verb in `async with`
    """A server that answers everything with one body."""

    def __init__(self, body: str, status: int = 200) -> None:
        self.body = body.encode("latin-1")
        self.status = status

    async def __aenter__(self) -> str:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def __aexit__(self, *_: object) -> None:
        self.server.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {self.status} Told\r\nContent-Length: {len(self.body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + self.body)
        await writer.drain()
        writer.close()


class silent(answering):  # noqa: N801 - reads as a word in `async with`
    """A server that accepts and never answers."""

    def __init__(self) -> None:
        super().__init__("")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
