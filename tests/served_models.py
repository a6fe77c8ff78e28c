"""A model server beside the test: on a loop of its own in a thread, or as a process (`python tests/served_models.py`).

`well_behaved` answers as a good model would: as the customer it says the line that its prompt holds, as a judge it
quotes the reply that it was given.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from model_server import Answer, Behaviour, Call, ModelServer

T = TypeVar("T")

MODEL = "openai/small-1"
PATIENCE_S = 40.0
"""How long a request may take to arrive on a busy machine."""

_LINE = re.compile(r"nothing left out:\n(.*?)\n\n(?:[^\n]+\n\n)?Write [^\n]* message now, and only that\.", re.DOTALL)
_LAST_TURN = re.compile(r"Rate the reply in turn (\d+)")
_FORM_KEY = re.compile(r'^ {2}"(\w+)": \{"evidence"', re.MULTILINE)


class ServerBeside:
    """A running server, asked from another thread.

    Args:
        server: it runs on `loop`.
        loop: of its thread.
    """

    def __init__(self, server: ModelServer, loop: asyncio.AbstractEventLoop) -> None:
        self.server = server
        self._loop = loop

    @property
    def env(self) -> dict[str, str]:
        """The setting that sends every model's calls here."""
        return {"SIMULATOR_MODELS__API_BASE": self.server.base_url}

    @property
    def customer_calls(self) -> list[Call]:
        return [call for call in self.server.calls if is_for_customer(call)]

    @property
    def judge_calls(self) -> list[Call]:
        return [call for call in self.server.calls if is_for_judge(call)]

    def wait_for_call(self, number: int = 0) -> Call:
        """The request of that number, once it is there."""
        return self.wait(self.server.call(number))

    def wait_until_hung_up(self, call: Call) -> None:
        """Return when the client has left that request before its answer's end."""
        self.wait(call.hung_up.wait())

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of work on the server's loop."""
        waiting: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return waiting.result(PATIENCE_S)


@contextmanager
def server_beside(**options: Any) -> Iterator[ServerBeside]:
    """A server that behaves well until it is told otherwise; takes the options of ModelServer."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="model server", daemon=True)
    thread.start()
    server = ModelServer(**options)
    server.decide(well_behaved)
    beside = ServerBeside(server, loop)

    async def leave() -> None:
        await server.__aexit__(None, None, None)

    beside.wait(server.__aenter__())
    try:
        yield beside
    finally:
        beside.wait(leave())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()


def is_for_judge(call: Call) -> bool:
    return any(_LAST_TURN.search(text) for text in call.texts)


def is_for_customer(call: Call) -> bool:
    return any(_LINE.search(text) for text in call.texts)


def well_behaved(call: Call) -> Answer:
    """What a good model says."""
    if is_for_judge(call):
        return Answer(json.dumps(judgement(call)))
    return Answer(line_to_say(call) if is_for_customer(call) else "Yes.")


def customer_does(behaviour: Behaviour) -> Callable[[Call], Behaviour]:
    """The customer's model does this, the judge's behaves well."""
    return lambda call: well_behaved(call) if is_for_judge(call) else behaviour


def judge_does(behaviour: Behaviour) -> Callable[[Call], Behaviour]:
    """The judge's model does this, the customer's behaves well."""
    return lambda call: behaviour if is_for_judge(call) else well_behaved(call)


def line_to_say(call: Call) -> str:
    """The authored line in a prompt for the customer."""
    return next(found.group(1) for text in call.texts if (found := _LINE.search(text)))


def judgement(call: Call, level: int = 2) -> dict[str, object]:
    """One entry for each criterion of the prompt's form, each quoting the whole reply."""
    task, case = call.texts[:2]
    entry = {"evidence": [judged_reply(case)], "reason": "These words carry it.", "level": level}
    return dict.fromkeys(_FORM_KEY.findall(task), entry)


def judged_reply(case: str) -> str:
    """The reply that a prompt for the judge asks about."""
    index = next(int(found) for found in _LAST_TURN.findall(case))
    for line in case.splitlines():
        if line.startswith('{"turn":') and (turn := json.loads(line)).get("turn") == index:
            return str(turn["text"])
    msg = f"turn {index} is not in the prompt"
    raise ValueError(msg)


def main() -> None:
    """Serve until standard input is closed; the first line on standard output is the address."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first-pause", type=float, default=0.0, help="seconds before the first piece")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds before each piece")
    options = parser.parse_args()
    with server_beside() as beside:
        beside.server.decide(
            lambda call: replace(well_behaved(call), pause_s=options.pause, first_pause_s=options.first_pause)
        )
        print(beside.server.base_url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
