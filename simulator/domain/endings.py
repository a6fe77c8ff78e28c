"""When the customer leaves, and how."""

from __future__ import annotations

from enum import StrEnum


class EndingKind(StrEnum):
    CONNECTED = "connected"
    COLD = "cold"
    HEARD_UNRESOLVED = "heard_unresolved"
    WALKED_OUT = "walked_out"
    STOPPED = "stopped"
    REPLIES_ENDED = "replies_ended"
