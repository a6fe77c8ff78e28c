"""Keeps sessions: in a SQLite file, or in memory for tests and demonstrations."""

from simulator.storage.memory import MemorySessionStore
from simulator.storage.sqlite import SqliteSessionStore

__all__ = ["MemorySessionStore", "SqliteSessionStore"]
