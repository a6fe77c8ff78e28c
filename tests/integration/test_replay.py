"""`simulator replay`: a kept session is played again as it was, and nothing about it changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from integration.conftest import REPLIES, Played
from integration.inside import Inside
from integration.program import Program
from served_models import MODEL, server_beside

ACTION = "memory-limit"


@pytest.fixture
def inside(program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    return Inside(program, monkeypatch, capsys)


def content(database: Path) -> list[str]:
    """Everything that is in the file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def debrief_in(text: str) -> str:
    return text[text.index("DEBRIEF: ") :]


def test_the_same_words_come_turn_by_turn_and_then_the_debrief(program: Program, kept: Played) -> None:
    before = content(program.database)

    done = program.run("replay", kept.id[:8], "--plain")

    assert (done.code, done.err) == (0, "")
    names = {"customer": "Dario", "trainee": "You"}
    lines = [f"\n{names[turn['speaker']]}: {turn['text']}\n" for turn in kept.document["turns"]]
    places = [done.out.find(line) for line in lines]
    assert len(lines) == 2 * len(REPLIES) + 1
    assert -1 not in places
    assert places == sorted(places)
    assert debrief_in(done.out) == debrief_in(program.run("show", kept.id).out)
    assert content(program.database) == before


def test_it_looks_the_same_every_time(inside: Inside, kept: Played) -> None:
    first, second = (inside.run("replay", kept.id, "--plain") for _ in range(2))

    assert first.code == 0
    assert first.out == second.out


@pytest.mark.parametrize("session", ["0123abcd", "export-crash"])
def test_an_id_that_nothing_has_is_told(inside: Inside, kept: Played, session: str) -> None:
    before = content(inside.program.database)

    done = inside.run("replay", session, "--plain")

    assert done.code == 1
    assert done.out == ""
    assert session in done.err
    assert content(inside.program.database) == before


def test_without_any_session_nothing_is_made(inside: Inside) -> None:
    done = inside.run("replay", "0123abcd", "--plain")

    assert done.code == 1
    assert "0123abcd" in done.err
    assert not inside.program.database.exists()


def test_a_session_that_was_left_is_played_as_far_as_it_came(inside: Inside) -> None:
    left = inside.run("play", "export-crash", "--plain", stdin=f"{REPLIES[0]}\n/leave\n")
    [session] = inside.program.states()
    before = content(inside.program.database)

    done = inside.run("replay", session, "--plain")

    assert left.code == done.code == 0
    [state] = inside.program.states().values()
    assert all(turn.text in done.out for turn in state.turns)
    assert len(state.turns) == 3
    assert "The recording ends here, without a debrief." in done.out
    assert "DEBRIEF" not in done.out
    assert content(inside.program.database) == before


def test_an_action_is_shown_with_the_reply_it_went_with(inside: Inside) -> None:
    played = inside.run("play", "export-crash", "--plain", stdin=f"/act {ACTION}\n{REPLIES[0]}\n/end\n\n\n")
    [(session, state)] = inside.program.states().items()

    done = inside.run("replay", session, "--plain")

    assert played.code == 0
    assert f"You: {REPLIES[0]}\n     ({state.started.scenario.action(ACTION).label})\n" in done.out


def test_a_session_of_models_is_played_without_asking_one(inside: Inside) -> None:
    inside.program.put("replies.txt", "\n".join(REPLIES[:2]))
    with server_beside() as beside:
        inside.set({**beside.env, "SIMULATOR_MODELS__CUSTOMER": MODEL, "SIMULATOR_MODELS__JUDGE": MODEL})
        held = inside.run("run", "export-crash", "--replies", "replies.txt", "--seed", "7")
        asked = len(beside.server.calls)
        [session] = inside.program.states()
        before = content(inside.program.database)
        done = inside.run("replay", session, "--plain")

        assert held.code == done.code == 0
        assert len(beside.server.calls) == asked == 5
    assert f"Scored by {MODEL}." in done.out
    assert debrief_in(done.out) == debrief_in(held.out)
    assert content(inside.program.database) == before
