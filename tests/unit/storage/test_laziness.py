"""SQLAlchemy takes most of a second to load: not before there is something to read or write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOOK_AROUND = """
import asyncio, sys
from pathlib import Path
from simulator.storage import MemorySessionStore, SqliteSessionStore

async def main() -> None:
    store = SqliteSessionStore(Path(sys.argv[1]))
    assert await store.history(limit=5) == ()
    assert await store.best_scores() == {}
    assert await store.load_draft("x") == ""
    assert await store.calls("x") == ()
    await store.close()

asyncio.run(main())
print("sqlalchemy" in sys.modules)
"""


def test_a_first_start_loads_no_database(tmp_path: Path) -> None:
    path = tmp_path / "none" / "practice.db"
    done = subprocess.run([sys.executable, "-c", LOOK_AROUND, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert not path.parent.exists()
