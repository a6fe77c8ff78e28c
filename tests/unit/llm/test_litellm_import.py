"""What importing the model library does, and what it must not do: it fetches nothing."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import asyncio, json, socket, sys
reached = []
def refuse(*where, **_):
    reached.append(str(where))
    raise OSError("no network here")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from simulator.llm import litellm_model
assert "litellm" not in sys.modules
library = asyncio.run(litellm_model._library())
known = library.litellm.model_cost
print(json.dumps({"reached": reached, "prices": len(known), "knows": "gpt-4o-mini" in known}))
"""


def test_the_list_of_prices_is_the_one_that_came_with_the_library_and_nothing_is_fetched() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["reached"] == []
    assert told["prices"] > 100
    assert told["knows"]
