"""Opens a recorded session to be played again: `simulator replay`."""

from __future__ import annotations

from dataclasses import replace

from simulator.bootstrap.services import DATABASE, Services, open_services, read_settings
from simulator.engine.replaying import ReplaySessions
from simulator.settings import OFFLINE
from simulator.storage import SqliteSessionStore


def open_replay() -> Services:
    """Services whose sessions are the recorded ones. Nothing that is played is kept, and no model is asked."""
    played = open_services(customer=OFFLINE, judge=OFFLINE, temporary=True)
    recordings = SqliteSessionStore(read_settings().settings.data_dir / DATABASE)
    return replace(played, sessions=ReplaySessions(recordings, played.store))
