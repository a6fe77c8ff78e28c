"""Small values for tests: a customer, a case and a rubric with round figures; appraisals that read like sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from simulator.domain.behaviours import (
    Appraisal,
    Behaviour,
    ConcernReading,
    FactQuestion,
    Observation,
    OfferMade,
    Restatement,
)
from simulator.domain.deciding import decide
from simulator.domain.decisions import Decision
from simulator.domain.events import (
    CustomerSpoke,
    ReplyAppraised,
    SessionEnded,
    SessionEvent,
    SessionStarted,
    TraineeSpoke,
)
from simulator.domain.persona import Persona, ReactionKind
from simulator.domain.rubric import Rubric
from simulator.domain.scenario import Scenario
from simulator.domain.scoring import NotScored, Rating, RatingResult
from simulator.domain.session import Phase, SessionState, advance, fold
from simulator.engine.ports import SpeechDone

EMPATHY, PARAPHRASING, QUESTIONING = "cognitive_empathy", "paraphrasing", "purpose_driven_questioning"
CRITERIA = (EMPATHY, PARAPHRASING, QUESTIONING)

Speaks = Callable[[SessionState, Decision, int], SpeechDone]


def merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The base with changes; a nested dict is changed key by key."""
    result = dict(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def persona(**changes: Any) -> Persona:
    """Middling in everything: reactivity and recovery 0.5, mood 0.5, 0.4, 0.4, so that hurt counts once as it is."""
    lines = {kind.value: [f"Persona {kind.value} {n}." for n in range(1, 7)] for kind in ReactionKind}
    base: dict[str, Any] = {
        "id": "robin",
        "name": "Robin Sample",
        "age": 40,
        "pronouns": "they/them",
        "kind": "frustrated",
        "occupation": "Tester",
        "lives_in": "Leeds, England",
        "tech_ease": "medium",
        "summary": "Somebody to talk to in tests.",
        "background": "Robin exists so that tests have somebody to talk to, and has no other history.",
        "values": ["Being told the truth", "Not being kept waiting"],
        "boundaries": ["Will not be called by a nickname"],
        "temperament": {
            "reactivity": 0.5,
            "recovery": 0.5,
            "patience": 4,
            "walk_out": 0.9,
            "baseline": {"frustration": 0.5, "anxiety": 0.4, "trust": 0.4},
        },
        "voice": {"tone": "plain", "max_words": 60},
        "lines": lines,
    }
    return Persona.model_validate(merged(base, changes))


def fact(fact_id: str, gate: str, **changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": fact_id,
        "gate": gate,
        "about": "other",
        "statement": f"The truth about {fact_id}.",
        "says": [f"Told {fact_id} short.", f"Told {fact_id} at some more length."],
        "again": [f"Again {fact_id}.", f"Once more {fact_id}."],
        "asks": [f"What about {fact_id}?", f"Is there a {fact_id}?", f"How is {fact_id}?"],
        "words": [fact_id],
    }
    return {**base, **changes}


def action(action_id: str, meets: str, **changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": action_id,
        "kind": "other",
        "label": f"Do {action_id}",
        "guardrail": "Yours to decide",
        "meets": meets,
        "offered_by": [[action_id]],
        "reactions": [f"Reaction to {action_id} one.", f"Reaction to {action_id} two."],
    }
    return {**base, **changes}


FACTS: tuple[dict[str, Any], ...] = (
    fact("late", "opening"),
    fact("order-number", "opening", on_record=True),
    fact("tried", "asked"),
    fact("deadline", "asked", correction="Not Sunday. Saturday."),
    fact("goal", "asked", about="goal"),
    fact("address", "asked", on_record=True),
    fact("promise", "earned", trust=0.5),
    fact("last-year", "earned", trust=0.9),
)
"""`late` is told in the opening; `last-year` is unlocked by naming the concern."""

ACTIONS: tuple[dict[str, Any], ...] = (
    action("courier", "fully", after=["deadline"], limit=50.0, too_early=["You do not know by when."]),
    action("hand-over", "fully", after=["order-number"]),
    action("trace", "partly"),
    action("voucher", "no", limit=10.0),
)
"""`courier` makes sense once the deadline is known; `hand-over` needs only what is on the record."""


def scenario(**changes: Any) -> Scenario:
    """A late parcel with a fact for every gate and an action for every verdict."""
    two = {
        name: [f"Case ends {name} one.", f"Case ends {name} two."]
        for name in ("connected", "cold", "heard_unresolved", "walked_out")
    }
    base: dict[str, Any] = {
        "id": "parcel",
        "title": "The parcel",
        "summary": "A late present.",
        "company": "Sample Post",
        "industry": "Delivery",
        "channel": "chat",
        "difficulty": "easy",
        "skills": [EMPATHY],
        "minutes": 8,
        "currency": "£",
        "persona": "robin",
        "max_turns": 14,
        "brief": {"role": "You answer chats for {company}.", "situation": "{name} has written."},
        "record": {
            "fields": [{"label": "Customer", "value": "{name}"}, {"label": "Order", "value": "4417"}],
            "history": [{"when": "Monday", "channel": "Web", "note": "{first_name} ordered one item."}],
        },
        "knowledge": [{"id": "searching", "title": "Searching", "text": "A search takes two days. Then send another."}],
        "opening": {"lines": ["My parcel is late.", "The parcel is late."], "tells": ["late"]},
        "facts": list(FACTS),
        "goal": {"statement": "To have the present in hand.", "fact": "goal"},
        "concern": {
            "statement": "They are afraid of letting the child down again.",
            "feeling": "guilt",
            "also_feels": ["Sadness"],
            "cues": ["Cue one is here.", "Cue two is here.", "Cue three is here.", "Cue four is here."],
            "naming": ["You fear letting her down.", "Letting her down again?", "Is it letting them down?"],
            "words": [["letting"], ["down"]],
            "reveals": ["Reveal one.", "Reveal two."],
            "changes": "They say what it is for.",
            "unlocks": ["last-year"],
        },
        "need": {"statement": "The present by Saturday."},
        "actions": list(ACTIONS),
        "endings": two,
        "verbatims": {name: [line.replace("Case ends", "Survey") for line in lines] for name, lines in two.items()},
        "exemplars": {
            "paraphrase": ["So nothing came. Is that right?", "You have waited since Monday, right?"],
            "empathy": ["Waiting for this must be hard with her counting on it.", "You planned on this."],
            "questions": ["What is the goal of it?", "By when is your deadline?", "What have you tried?"],
            "solution": ["I will send a courier.", "A courier comes on Friday."],
        },
    }
    return Scenario.model_validate(merged(base, changes))


def rubric(weights: dict[str, float] | None = None, pass_mark: float = 60.0) -> Rubric:
    """The three core criteria, or those named, with these weights."""
    weights = weights or dict.fromkeys(CRITERIA, 1.0)
    levels = [
        {"level": n, "anchor": f"Anchor {n}", "example": f"Example {n}", "near_miss": f"Near miss {n}"}
        for n in range(4)
    ]
    return Rubric.model_validate(
        {
            "id": "core",
            "title": "Core",
            "description": "For tests",
            "pass_mark": pass_mark,
            "pass_mark_method": "Made up",
            "criteria": [
                {"id": cid, "name": cid.title(), "definition": "What it is", "weight": weight, "levels": levels}
                for cid, weight in weights.items()
            ],
        }
    )


def started(**changes: Any) -> SessionStarted:
    """The first event; takes a `scenario`, `persona` or `rubric` of your own."""
    base: dict[str, Any] = {
        "scenario": scenario(),
        "persona": persona(),
        "rubric": rubric(),
        "scenario_sha256": "s" * 64,
        "persona_sha256": "p" * 64,
        "rubric_sha256": "r" * 64,
        "seed": 7,
        "app_version": "test",
    }
    return SessionStarted(**{**base, **changes})


def rating(criterion: str, level: Literal[0, 1, 2, 3], evidence: str = "") -> Rating:
    return Rating(criterion=criterion, level=level, evidence=(evidence,) if evidence else (), reason=f"level {level}")


def levels(
    *, empathy: int | None = None, paraphrase: int | None = None, question: int | None = None
) -> tuple[Any, ...]:
    """Ratings of the three core criteria; None means not scored."""
    found: list[RatingResult] = []
    for criterion, level in zip(CRITERIA, (empathy, paraphrase, question), strict=True):
        found.append(
            NotScored(criterion=criterion, not_scored="no opportunity")
            if level is None
            else Rating(criterion=criterion, level=level, reason=f"level {level}")  # type: ignore[arg-type]
        )
    return tuple(found)


def appraisal(
    *shown: Behaviour,
    empathy: int | None = 0,
    paraphrase: int | None = 0,
    question: int | None = 0,
    asks: Iterable[str] = (),
    confirms: Iterable[str] = (),
    right: Iterable[str] = (),
    wrong: Iterable[str] = (),
    offers: Iterable[str | tuple[str, float]] = (),
    unanswered: Iterable[str] = (),
    concern: Literal["none", "wrong", "named"] = "none",
) -> Appraisal:
    """What was read in a reply: behaviours, levels, questions, restatements, offers, and the concern."""
    questions = [FactQuestion(fact=f, form="open", quote=f, confidence=0.9) for f in asks]
    questions += [FactQuestion(fact=f, form="confirm", quote=f, confidence=0.9) for f in confirms]
    made = [offer if isinstance(offer, tuple) else (offer, None) for offer in offers]
    return Appraisal(
        observations=tuple(Observation(behaviour=b, probability=0.9) for b in shown),
        questions=tuple(questions),
        restatements=tuple(
            [Restatement(fact=f, right=True, quote=f) for f in right]
            + [Restatement(fact=f, right=False, quote=f) for f in wrong]
        ),
        unanswered=tuple(unanswered),
        offers=tuple(OfferMade(action=a, quote=a, amount=amount) for a, amount in made),
        concern=ConcernReading(reading=concern, quote="" if concern == "none" else "fear of letting her down"),
        ratings=levels(empathy=empathy, paraphrase=paraphrase, question=question),
    )


UNDERSTANDS = appraisal(Behaviour.COGNITIVE_EMPATHY, empathy=2, paraphrase=2)
SYMPATHY = appraisal(Behaviour.STOCK_SYMPATHY, empathy=1)
PROCEDURE = appraisal()
INSULT = appraisal(Behaviour.HOSTILE)


def opened(**changes: Any) -> SessionState:
    """The state once the customer has said the first words."""
    first = started(**changes)
    state = fold([first])
    told = first.scenario.opening.tells
    return advance(state, CustomerSpoke(index=0, text=first.scenario.opening.lines[0], mood=state.mood, disclosed=told))


def replied(state: SessionState, text: str = "A reply.", action: str | None = None) -> SessionState:
    """The state once the trainee has replied, before it was appraised."""
    return advance(state, TraineeSpoke(index=len(state.turns), text=text, action=action))


def plain_words(state: SessionState, decision: Decision, index: int) -> SpeechDone:
    """A customer without authored lines."""
    return SpeechDone(f"Words of turn {index}.", ())


def answered(
    state: SessionState, read: Appraisal, *, text: str = "A reply.", speaks: Speaks = plain_words
) -> tuple[SessionState, list[SessionEvent]]:
    """One whole turn: reply, appraisal, decision, the customer's words, and the end if it was decided."""
    events: list[SessionEvent] = []

    def record(event: SessionEvent) -> None:
        nonlocal state
        events.append(event)
        state = advance(state, event)

    index = len(state.turns)
    record(TraineeSpoke(index=index, text=text))
    decision = decide(state, read)
    record(ReplyAppraised(index=index, appraisal=read, decision=decision))
    done = speaks(state, decision, index + 1)
    told = tuple(dict.fromkeys(a.fact for a in decision.answers if a.fact not in state.disclosed))
    record(CustomerSpoke(index=index + 1, text=done.text, mood=state.mood, disclosed=told, lines=done.lines))
    if decision.ending is not None:
        record(SessionEnded(ending=decision.ending, reason=decision.ending_reason))
    return state, events


def after(state: SessionState, *reads: Appraisal, speaks: Speaks = plain_words) -> SessionState:
    """The state after a turn for each appraisal; stops when the customer has left."""
    for read in reads:
        if state.phase is Phase.ENDED:
            break
        state, _ = answered(state, read, speaks=speaks)
    return state
