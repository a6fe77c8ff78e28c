"""Who speaks and what is said, as files from elsewhere write it."""

from __future__ import annotations

from simulator.domain.transcript import MAX_REPLY_CHARS, Speaker, Turn, clean_text

_CUSTOMER = ("customer", "client", "user", "caller", "guest", "buyer", "consumer", "patient", "requester", "member")
_TRAINEE = (
    "trainee", "agent", "support", "you", "advisor", "adviser", "representative", "rep", "operator", "assistant",
    "staff", "helper", "therapist", "support agent", "customer support", "customer service", "service agent",
)  # fmt: skip
_SPEAKERS = {**dict.fromkeys(_CUSTOMER, Speaker.CUSTOMER), **dict.fromkeys(_TRAINEE, Speaker.TRAINEE)}
KNOWN = "customer, client or user; trainee, agent or support"


def speaker_named(name: str) -> Speaker | None:
    """Who is meant, whatever the case of the letters; None when that is not known."""
    return _SPEAKERS.get(" ".join(name.replace("_", " ").split()).casefold())


def is_machinery(name: str) -> bool:
    """Whether the line is the chat system's own, such as "Agent has joined"."""
    return name.strip().casefold() in {"system", "event", "notification"}


def said(index: int, speaker: Speaker, text: str) -> Turn:
    """A turn with its text cleaned and cut to what is read."""
    return Turn(index=index, speaker=speaker, text=clean_text(text))


def is_too_long(text: str) -> bool:
    """Whether more was written than is read."""
    return len(text) > MAX_REPLY_CHARS and len(clean_text(text, len(text))) > MAX_REPLY_CHARS
