"""Takes keys out of texts before anybody sees or keeps them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

HIDDEN = "[hidden]"
_SHORTEST = 6
"""Characters below which a variable's value is too ordinary to be taken out of every text."""
_KEY_NAMES = re.compile(
    r"(?:^|_)(?:KEY|APIKEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|AUTH|ACCESS_KEY_ID)(?:_\d+)?$", re.IGNORECASE
)
_LOOKS_LIKE_A_KEY = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:sk|pk|rk|gsk|xai|pplx|nvapi|tgp|csk|fw|r8|hf|ghp|gho|github_pat|glpat)[-_][A-Za-z0-9_*.\-]{6,}
    | AIza[A-Za-z0-9_*\-]{8,}
    | AKIA[A-Z0-9*]{8,}
    | eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)?
    """,
    re.VERBOSE,
)
_NAMED = re.compile(
    r"""(?P<name>\b(?:bearer|basic)\s+(?=\S*\d)|\b(?:x-)?(?:goog-)?api[-_ ]?key["']?\s*(?:[:=]|\bprovided:)\s*["']?
    |\b(?:access[-_]?token|authorization|secret|password)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?|[?&]key=)
    (?P<value>[^\s"',;&}\])]{4,})""",
    re.VERBOSE | re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+@")


def redact(text: str, env: Mapping[str, str] | None = None) -> str:
    """The text without keys: those in the environment, and whatever looks like one.

    Args:
        text: what may be shown or kept.
        env: the environment variables; None takes the process's own.
    """
    for secret in _secrets(os.environ if env is None else env):
        text = text.replace(secret, HIDDEN)
    text = _LOOKS_LIKE_A_KEY.sub(HIDDEN, text)
    text = _NAMED.sub(lambda found: found["name"] + HIDDEN, text)
    return _IN_ADDRESS.sub(f"{HIDDEN}@", text)


def _secrets(env: Mapping[str, str]) -> list[str]:
    """Longest first, for one may be the beginning of another."""
    found = {value.strip() for name, value in env.items() if _KEY_NAMES.search(name)}
    return sorted((value for value in found if len(value) >= _SHORTEST), key=len, reverse=True)
