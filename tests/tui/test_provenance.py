"""How scores came about and what models have used, in words; whatever names and notes hold, they stay letters."""

from __future__ import annotations

import pytest
from builders import appraisal, replied
from builders import opened as opened_session
from textual.content import Content
from tui.fakes import FakeServices, fake_services
from tui.test_debrief_and_history import finished

from simulator.domain.scoring import JudgeRef, Spread
from simulator.engine.chat import Spent, Usage
from simulator.engine.debrief import AnnotatedTurn, Debrief
from simulator.tui.services import StartAt
from simulator.tui.widgets.provenance import cost_text, judges_apart, provenance_text, spent_text

HOSTILE = "[bold]loud[/bold] [@click=app.quit]out[/] \x1b[31mred\x1b[0m \u202eback"
SHOWN = "[bold]loud[/bold] [@click=app.quit]out[/] [31mred[0m back"


async def debrief_of(services: FakeServices, *, notes: tuple[str, ...] = (), **card: object) -> Debrief:
    """The debrief of a session, with another scorecard."""
    debrief = await services.sessions.debrief(await finished(services))
    scorecard = debrief.scorecard.model_copy(update={**card, "notes": notes})
    return debrief.model_copy(update={"scorecard": scorecard, "notes": notes})


def judged_by(*names: str) -> dict[str, object]:
    return {"judge": " + ".join(names), "judges": tuple(JudgeRef(name=name, version="1") for name in names)}


# what models have used


def test_a_cost_that_is_known_is_shown_to_a_hundredth_of_a_cent() -> None:
    assert cost_text(Spent(calls=2, tokens=30, cost_usd=0.01234)) == "$0.0123"


def test_a_cost_that_is_not_known_is_not_nothing() -> None:
    assert cost_text(Spent(calls=2, tokens=30, unpriced_calls=2)) == "cost not known"


def test_a_cost_that_is_known_in_part_is_a_least() -> None:
    spent = Spent().plus(Usage(10, 5, 0.02), estimated_tokens=0).plus(Usage(10, 5, None), estimated_tokens=0)

    assert spent_text(spent) == "2 calls, 30 tokens, at least $0.0200"


def test_a_price_of_nothing_is_said_as_it_is() -> None:
    assert cost_text(Spent(calls=1, cost_usd=0.0)) == "$0.0000"


def test_tokens_that_nobody_counted_are_about() -> None:
    spent = Spent().plus(Usage(), estimated_tokens=8400)

    assert spent_text(spent) == "1 call, about 8,400 tokens, cost not known"


# who scored


async def test_without_models_nothing_is_said() -> None:
    debrief = await debrief_of(fake_services())

    assert provenance_text(debrief, None).plain == ""
    assert provenance_text(debrief, Spent()).plain == ""


async def test_judges_are_named_with_how_often_they_were_asked() -> None:
    once = await debrief_of(fake_services(), **judged_by("openai/small-1"))
    often = await debrief_of(fake_services(), **judged_by("a/one", "b/two"), runs=3)

    assert provenance_text(once, None).plain == "Scored by  openai/small-1"
    assert provenance_text(often, None).plain == "Scored by  a/one + b/two, 3 times each reply; the median counts"


async def test_notes_and_use_follow_a_line_each() -> None:
    debrief = await debrief_of(fake_services(), **judged_by("a/one"), notes=("It leans low.", "A judge failed."))

    lines = provenance_text(debrief, Spent(calls=1, tokens=27)).plain.splitlines()

    assert lines == [
        "Scored by  a/one",
        "▲ It leans low.",
        "▲ A judge failed.",
        "Models used  1 call, 27 tokens, cost not known",
    ]


async def test_a_note_stands_also_where_the_offline_judge_scored() -> None:
    debrief = await debrief_of(fake_services(), notes=("The judge could not score this session.",))

    assert provenance_text(debrief, None).plain == "▲ The judge could not score this session."


# how far judges lie apart


def reply_with(*spreads: Spread, notes: tuple[str, ...] = ()) -> AnnotatedTurn:
    turn = replied(opened_session()).turns[-1]
    return AnnotatedTurn(turn=turn, ratings=appraisal().ratings, spreads=spreads, judge_notes=notes)


def test_only_judges_that_differ_are_told() -> None:
    same = Spread(criterion="paraphrasing", lowest=2, highest=2, valid=3, asked=3)
    apart = Spread(criterion="purpose_driven_questioning", lowest=1, highest=3, valid=3, asked=3)

    lines = judges_apart(
        reply_with(same, apart, notes=("A judge and the offline judge differ.",)),
        {"purpose_driven_questioning": "Questioning"},
    )

    assert [line.plain for line in lines] == [
        "Questioning: the judges' levels lie between 1 and 3",
        "▲ A judge and the offline judge differ.",
    ]


def test_a_criterion_without_a_name_is_told_by_its_id() -> None:
    apart = Spread(criterion="warmth", lowest=0, highest=1, valid=2, asked=2)

    [line] = judges_apart(reply_with(apart), {})

    assert "warmth" in line.plain.casefold()


# nothing is markup


def only_letters(text: Content) -> bool:
    """Whether the hostile words stand as they are, and carry no link."""
    metas = [span.style.meta for span in text.spans if not isinstance(span.style, str)]
    return SHOWN in text.plain and not any("@click" in meta for meta in metas)


async def test_names_and_notes_are_letters() -> None:
    named = await debrief_of(fake_services(), **judged_by(HOSTILE))
    noted = await debrief_of(fake_services(), notes=(HOSTILE,))
    apart = Spread(criterion="paraphrasing", lowest=0, highest=1, valid=2, asked=2)
    [spread, note] = judges_apart(reply_with(apart, notes=(HOSTILE,)), {"paraphrasing": HOSTILE})

    assert only_letters(provenance_text(named, None))
    assert only_letters(provenance_text(noted, None))
    assert only_letters(spread)
    assert only_letters(note)


@pytest.mark.parametrize("used", [None, Spent(calls=3, tokens=81, cost_usd=0.5)])
async def test_the_debrief_shows_it_as_letters(opened, used) -> None:
    services = fake_services()
    services.used = used
    session = await finished(services)
    whole = await services.sessions.debrief(session)
    card = whole.scorecard.model_copy(update=judged_by("openai/small-1"))
    changed = whole.model_copy(update={"scorecard": card, "notes": (HOSTILE,)})

    async def debrief(session_id: str) -> Debrief:
        return changed

    services.sessions.debrief = debrief
    async with opened(services, start=StartAt(place="debrief", session=session)) as driver:
        assert driver.screen == "DebriefScreen"
        assert "Scored by  openai/small-1" in driver.texts()
        assert SHOWN in driver.texts()
        assert ("3 calls, 81 tokens, $0.5000" in driver.texts()) == (used is not None)
        assert "[bold]loud[/bold] [@click=app.quit]out[/]" in driver.drawn()
