"""Sessions and turns as CSV."""

from __future__ import annotations

import csv
import io

from simulator.domain.scoring import Rating
from simulator.domain.session import SessionState

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def turns_csv(session_id: str, state: SessionState) -> str:
    """One row a turn: session, index, speaker, text, action, mood, and the level of each criterion."""
    criteria = [criterion.id for criterion in state.started.rubric.criteria]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["session", "index", "speaker", "text", "action", "frustration", "anxiety", "trust", *criteria])
    moods = dict(state.moods)
    for turn in state.turns:
        mood = moods.get(turn.index)
        figures = ["", "", ""] if mood is None else [mood.frustration, mood.anxiety, mood.trust]
        levels = {r.criterion: r.level for r in state.ratings_at(turn.index) if isinstance(r, Rating)}
        row = [session_id, turn.index, turn.speaker.value, harmless(turn.text), turn.action or "", *figures]
        writer.writerow([*row, *(levels.get(criterion, "") for criterion in criteria)])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text so that a spreadsheet does not run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
