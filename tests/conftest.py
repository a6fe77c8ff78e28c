from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

# lets every test import `builders`, whatever directory pytest was started from
sys.path.append(str(Path(__file__).parent))


# LiteLLM's own habits, which it silences itself outside of tests
WARNINGS_OF_LITELLM = (
    "ignore::DeprecationWarning:litellm",
    "ignore:Item 'summary' on TypedDict class:UserWarning",
)


def pytest_configure(config: pytest.Config) -> None:
    for line in WARNINGS_OF_LITELLM:
        config.addinivalue_line("filterwarnings", line)


def pytest_runtest_setup() -> None:
    """No test talks to anything but this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


class FixedClock:
    """Stands still."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
