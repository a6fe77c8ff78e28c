"""Run as a program: goes on with a session, one reply after the other, and prints each seq once it is durable."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from simulator.domain.events import TraineeSpoke
from simulator.errors import SessionConflictError
from simulator.storage import SqliteSessionStore


async def main(path: str, session_id: str, count: int) -> None:
    store = SqliteSessionStore(Path(path))
    done = 0
    while done < count:
        last = (await store.load(session_id))[-1].seq
        now = datetime.now(UTC)
        pair = [TraineeSpoke(index=last, text=f"{session_id} {last} " + "x" * 2000) for _ in range(2)]
        try:
            seq = await store.append(session_id, last, now, pair)
        except SessionConflictError:
            continue
        done += 1
        print(seq, flush=True)
    await store.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
