"""Language models from outside: a server on loopback that behaves well or badly, and the commands that use it."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import model_server as serving
import pytest
from integration.inside import Inside
from integration.program import Program, said
from model_server import Answer, Behaviour, Call
from served_models import MODEL, ServerBeside, is_for_judge, judge_does, server_beside, well_behaved

from simulator.content import load_library
from simulator.domain.events import CustomerSpoke
from simulator.domain.session import SessionState

SCENARIO = "export-crash"
REPLIES = (
    "So it shuts at 80 percent, five times since yesterday evening, is that right?",
    "What do you need the file for?",
)
KEY = "sk-proj-0123456789-very-private"
RUBRIC_WORDS = ("rubric", "paraphras", "cognitive_empathy", "purpose_driven", "criterion", "anchor", "score", "level 2")
LONG_ENOUGH = 12
"""Characters from which a text is surely somebody's own."""


@pytest.fixture
def beside() -> Iterator[ServerBeside]:
    with server_beside() as running:
        yield running


@pytest.fixture
def inside(
    program: Program, beside: ServerBeside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Inside:
    """Commands in this process, with every model's calls going to the server."""
    program.put("replies.txt", "\n".join(REPLIES))
    inside = Inside(program, monkeypatch, capsys)
    inside.set(beside.env)
    return inside


def run_arguments(*more: str) -> tuple[str, ...]:
    return ("run", SCENARIO, "--replies", "replies.txt", "--seed", "7", "--model", MODEL, *more)


def answers_then(behaviour: Behaviour) -> Callable[[Call], Behaviour]:
    """The opening message is said; whatever is asked after a reply of the trainee's meets this."""

    def decide(call: Call) -> Behaviour:
        return behaviour if any(REPLIES[0] in text for text in call.texts) else well_behaved(call)

    return decide


def only_session(program: Program) -> tuple[str, SessionState]:
    [(session, state)] = program.states().items()
    return session, state


def voices(program: Program) -> list[str]:
    """Who said each of the customer's messages."""
    import asyncio  # noqa: PLC0415 - only here

    from simulator.storage import SqliteSessionStore  # noqa: PLC0415

    async def read() -> list[str]:
        store = SqliteSessionStore(program.database)
        try:
            [row] = await store.history(limit=10)
            events = [stored.event for stored in await store.load(row.id)]
        finally:
            await store.close()
        return [event.voiced_by for event in events if isinstance(event, CustomerSpoke)]

    return asyncio.run(read())


# all goes well


def test_a_session_is_voiced_and_judged_by_models(program: Program, beside: ServerBeside) -> None:
    program.put("replies.txt", "\n".join(REPLIES))

    done = program.run(*run_arguments("--judge", MODEL, "--json"), env=beside.env)

    assert (done.code, done.err) == (0, "")
    document = done.json
    assert (document["model"], document["judge"]) == (MODEL, MODEL)
    assert [judge["name"] for judge in document["scorecard"]["judges"]] == [MODEL]
    assert "notes" not in document["scorecard"]
    rated = [rating for turn in replies_of(document) for rating in turn["ratings"] if "level" in rating]
    assert rated
    assert all(rating["level"] == 2 for rating in rated)
    for turn in replies_of(document):
        quotes = [quote for rating in turn["ratings"] for quote in rating.get("evidence", ())]
        assert all(quote in turn["text"] for quote in quotes)
    assert len(beside.judge_calls) == len(REPLIES)
    assert {call.headers["authorization"] for call in beside.server.calls} == {"Bearer none"}
    assert_nothing_is_given_away(beside, document)


def replies_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [turn for turn in document["turns"] if turn["speaker"] == "trainee"]


def assert_nothing_is_given_away(beside: ServerBeside, document: dict[str, Any]) -> None:
    """No call for the customer holds a word of the rubric, or a fact that was not told."""
    told = {fact for turn in document["turns"] for fact in turn.get("disclosed", ())}
    scenario = load_library().scenarios[SCENARIO].item
    untold = [fact for fact in scenario.facts if fact.id not in told and not fact.on_record]
    assert len(beside.customer_calls) == len(REPLIES) + 1
    assert untold
    for call in beside.customer_calls:
        prompt = "\n".join(call.texts)
        assert not [word for word in RUBRIC_WORDS if word in prompt.casefold()]
        for fact in untold:
            texts = (fact.statement, *fact.says)
            assert not [text for text in texts if len(text) >= LONG_ENOUGH and text in prompt]


# everything that a model can do wrong

FAILURES: dict[str, tuple[Behaviour, str]] = {
    "no key": (serving.no_key(), "There is no key for this model."),
    "bad key": (serving.bad_key(), "The key was refused."),
    "no such model": (serving.no_such_model(), "There is no such model."),
    "429": (serving.rate_limited(), "Too many requests."),
    "429 with Retry-After": (serving.rate_limited(7), "in 7 seconds"),
    "no credit": (serving.out_of_quota(), "The account has no credit left."),
    "500": (serving.server_error(), "The model's server failed."),
    "529": (serving.overloaded(), "The model is overloaded."),
    "context too long": (serving.context_too_long(), "The conversation is too long for this model."),
    "content filter": (serving.content_filtered(), "The provider's content filter stopped the answer."),
    "stopped by filter": (serving.stopped_by_filter(), "The provider's content filter stopped the answer."),
    "empty": (serving.empty(), "The answer was empty."),
    "half JSON": (serving.half_event(), "The answer could not be read."),
    "cut stream": (Answer(cut_after=1), "The answer was cut off."),
    "stall": (Answer(stall_after=1), "The model fell silent."),
    "HTML page": (serving.html_page(), "A web page came instead of an answer."),
}


@pytest.mark.parametrize(("behaviour", "told"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_told_and_the_session_goes_on_offline(
    inside: Inside, beside: ServerBeside, behaviour: Behaviour, told: str
) -> None:
    inside.set({"SIMULATOR_MODELS__TIMEOUT_S": "2"})
    beside.server.decide(answers_then(behaviour))

    failed = inside.run(*run_arguments("--json"))

    assert (failed.code, failed.out) == (3, "")
    assert told in failed.err
    assert "offline customer" in failed.err
    session, state = only_session(inside.program)
    assert f"simulator play {session[:8]} --plain --model offline" in failed.err
    assert (said(state), state.ending) == ([REPLIES[0]], None)
    resumed = inside.run("play", session[:8], "--plain", "--model", "offline", stdin=f"{REPLIES[1]}\n/end\n\n\n")
    assert (resumed.code, resumed.err) == (0, "")
    assert "Overall" in resumed.out
    _, state = only_session(inside.program)
    assert (said(state), str(state.ending)) == (list(REPLIES), "stopped")
    assert voices(inside.program) == [MODEL, "offline", "offline"]


def test_a_dead_port_in_processes_of_its_own(program: Program) -> None:
    program.put("replies.txt", "\n".join(REPLIES))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    env = {"SIMULATOR_MODELS__API_BASE": nobody}

    failed = program.run(*run_arguments(), env=env)
    [session] = program.states()
    unfinished = program.run("history", "--unfinished")
    resumed = program.run("play", session[:8], "--plain", stdin=f"{REPLIES[0]}\n/end\n\n\n", env=env)

    assert (failed.code, failed.out) == (3, "")
    assert failed.err.startswith("The model's server does not answer.\n")
    assert nobody in failed.err
    assert session[:8] in unfinished.out
    assert "unfinished" in unfinished.out
    assert (resumed.code, resumed.err) == (0, "")
    assert "Overall" in resumed.out


def test_in_lines_a_trainee_tries_again_and_then_goes_on_without_the_model(
    inside: Inside, beside: ServerBeside
) -> None:
    beside.server.decide(lambda _: serving.server_error())

    done = inside.run(
        "play", SCENARIO, "--plain", "--model", MODEL, stdin=f"\nwhat?\n/offline\n{REPLIES[0]}\n/end\n\n\n"
    )

    assert done.code == 0
    assert done.err.count("The model's server failed.") == len(beside.server.calls) == 2
    assert "/offline goes on without the model" in done.out
    assert "Overall" in done.out
    assert voices(inside.program) == ["offline", "offline"]


def test_in_lines_leaving_a_failing_model_keeps_the_session_for_it(inside: Inside, beside: ServerBeside) -> None:
    beside.server.decide(answers_then(serving.overloaded()))
    left = inside.run("play", SCENARIO, "--plain", "--model", MODEL, stdin=f"{REPLIES[0]}\n/leave\n")
    session, _ = only_session(inside.program)
    beside.server.decide(well_behaved)
    again = inside.run("play", session[:8], "--plain", "--model", MODEL, stdin="/end\n\n\n")

    assert left.code == again.code == 0
    assert f"Continue it with: simulator play {session[:8]} --plain" in left.out
    assert f"You: {REPLIES[0]}" in again.out
    assert voices(inside.program) == [MODEL, MODEL]


# the judge


def test_a_failing_judge_leaves_the_scoring_to_the_offline_judge_and_the_debrief_says_so(
    inside: Inside, beside: ServerBeside
) -> None:
    beside.server.decide(judge_does(serving.server_error()))

    text = inside.run(*run_arguments("--judge", MODEL))
    session, _ = only_session(inside.program)
    document = inside.run("show", session, "--json").json

    assert (text.code, text.err) == (0, "")
    words = " ".join(text.out.split())
    assert "The judge could not score this session, so the offline judge did." in words
    assert "The model's server failed." in words
    assert "judges" not in document["scorecard"]
    assert document["scorecard"]["judge"] != MODEL
    assert any("level" in rating for turn in replies_of(document) for rating in turn["ratings"])


def test_quotes_that_are_not_in_the_reply_are_asked_for_again_and_then_not_scored(
    inside: Inside, beside: ServerBeside
) -> None:
    def invents(call: Call) -> Behaviour:
        answer = well_behaved(call)
        if is_for_judge(call):
            return Answer(answer.text.replace(json.dumps(REPLIES[1]), '"I hear how worried you are"'))
        return answer

    beside.server.decide(invents)

    document = inside.run(*run_arguments("--judge", MODEL, "--json")).json

    first, second = replies_of(document)
    assert any("level" in rating for rating in first["ratings"])
    assert not any("level" in rating for rating in second["ratings"])
    assert any("not in this reply" in rating["not_scored"] for rating in second["ratings"])
    assert len(beside.judge_calls) == 3


# the budget


def test_a_budget_that_is_used_up_stops_the_model_and_not_the_session(inside: Inside, beside: ServerBeside) -> None:
    inside.set({"SIMULATOR_BUDGET__TOKENS": "50"})  # a call of the server's takes 27

    stopped = inside.run(*run_arguments())
    session, state = only_session(inside.program)
    resumed = inside.run("play", session[:8], "--plain", "--model", MODEL, stdin="/offline\n/end\n\n\n")

    assert stopped.code == 3
    assert "budget.tokens" in stopped.err
    assert said(state) == list(REPLIES)
    assert len(beside.server.calls) == 2
    assert resumed.code == 0
    assert "budget.tokens" in resumed.err
    assert "Overall" in resumed.out
    assert voices(inside.program) == [MODEL, MODEL, "offline"]


# doctor


def test_doctor_tries_a_model_out_and_shows_no_key(inside: Inside, beside: ServerBeside) -> None:
    beside.server.key = KEY
    inside.set({"OPENAI_API_KEY": KEY})
    good = inside.run("doctor", "--model", MODEL)
    inside.set({"OPENAI_API_KEY": f"{KEY}-wrong"})
    beside.server.key = None
    beside.server.behave(serving.bad_key(f"{KEY}-wrong"))
    bad = inside.run("doctor", "--model", MODEL)

    assert (good.code, good.err) == (0, "")
    assert good.out.startswith(f"ok    Model {MODEL}: {MODEL} answered in ")
    assert "read 20 and wrote 7 tokens" in good.out
    assert "The cost of this call is not known." in good.out
    assert bad.code == 1
    assert bad.out.startswith(f"FAIL  Model {MODEL}: The key was refused.")
    assert KEY not in good.out + bad.out + bad.err


def test_doctor_finds_a_server_and_its_lines_can_be_used(program: Program) -> None:
    with server_beside(ollama=True) as beside:
        found = program.run("doctor", env={"OLLAMA_HOST": f"127.0.0.1:{beside.server.port}", "OPENAI_API_KEY": KEY})

        assert found.code == 0
        lines = found.out.splitlines()
        place = next(n for n, line in enumerate(lines) if f"Ollama at {beside.server.root_url}: small-1" in line)
        settings = "\n".join(line.strip() for line in lines[place + 2 : place + 4])
        assert KEY not in found.out
        program.put("simulator.toml", settings)
        used = program.run("doctor", "--json", env={"OLLAMA_HOST": f"127.0.0.1:{beside.server.port}"})

    findings = {finding["check"]: finding for finding in used.json}
    assert findings["Customer"]["detail"] == "ollama_chat/small-1, through LiteLLM"
    assert beside.server.root_url in findings["Setting models.api_base"]["detail"]


def test_doctor_counts_the_faults_that_were_caught(inside: Inside, beside: ServerBeside) -> None:
    beside.server.behave(Answer("As an AI language model I cannot be upset."))

    played = inside.run(*run_arguments())
    found = inside.run("doctor")

    assert played.code == found.code == 0
    assert "AI language model" not in played.out
    assert "ok    Faults of models: " in found.out
    assert voices(inside.program) == ["offline"] * 3


# what is kept


@pytest.mark.parametrize("keep", [True, False])
def test_calls_are_kept_unless_turned_off_and_a_key_never_is(inside: Inside, beside: ServerBeside, keep: bool) -> None:
    beside.server.key = KEY
    inside.set({"OPENAI_API_KEY": KEY, "SIMULATOR_MODELS__KEEP_CALLS": str(keep).lower()})

    done = inside.run(*run_arguments("--judge", MODEL, "--json"))

    assert done.code == 0
    kept = inside.calls(done.json["session"])
    assert len(beside.server.calls) == 5
    assert {call.headers["authorization"] for call in beside.server.calls} == {f"Bearer {KEY}"}
    assert sorted(record.request.purpose for record in kept) == (["customer"] * 3 + ["judge"] * 2 if keep else [])
    for record in kept:
        assert record.answer is not None
        assert record.request.prompt_sha256
        assert (record.answer.usage.prompt_tokens, record.answer.usage.completion_tokens) == (20, 7)
        assert record.answer.latency_s > 0
    files = [path for path in inside.program.data.rglob("*") if path.is_file()]
    assert inside.program.database in files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
