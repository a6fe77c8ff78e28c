"""What a store answers when a session is missing, damaged, or was changed elsewhere. Free of any database."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import NotFoundError, SessionConflictError, StorageError


def damaged_event(session_id: str, seq: int, path: Path | str) -> StorageError:
    """One session's log cannot be read; the others are not affected."""
    return StorageError(
        "This session cannot be read",
        f"Event {seq} of session {session_id} in {path} is damaged, missing, or from a newer version.",
        "Your other sessions are not affected. Update the simulator, or remove this one with: "
        f"simulator forget {session_id}",
    )


def damaged_call(session_id: str, seq: int, path: Path | str) -> StorageError:
    """What one session asked of models cannot be read; its events are not affected."""
    return StorageError(
        "This session's model calls cannot be read",
        f"Call {seq} of session {session_id} in {path} is damaged, missing, or from a newer version.",
        "The conversation itself is not affected. Update the simulator, or remove the session with: "
        f"simulator forget {session_id}",
    )


def conflict(session_id: str) -> SessionConflictError:
    return SessionConflictError(
        "This session went on elsewhere",
        f"Something was added to session {session_id} by another window since you opened it here.",
        "Close one of the two, and open the session again from the history to see all of it.",
    )


def not_found(session_id: str) -> NotFoundError:
    return NotFoundError(
        "There is no such session",
        f'No stored session has the id "{session_id}".',
        "List the sessions with: simulator history",
    )


def ambiguous(prefix: str, candidates: list[str]) -> NotFoundError:
    return NotFoundError(
        "More than one session begins like that",
        f'"{prefix}" fits {", ".join(candidates)} and perhaps more.',
        "Give some more letters of the id.",
    )


def already_there(session_id: str) -> StorageError:
    return StorageError(
        "This session exists already",
        f'There is a stored session with the id "{session_id}".',
        "Open it from the history instead of starting it again.",
    )
