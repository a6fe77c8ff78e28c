"""What one reply does to the customer: mood, disclosure, what they react to, and whether they leave.

Everything here is a rule; words come after.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain import mood as moods
from simulator.domain.behaviours import Appraisal, Behaviour
from simulator.domain.decisions import Decision, MoodMove, OfferVerdict
from simulator.domain.disclosure import Disclosure, disclose, unlocked_by_naming
from simulator.domain.endings import MOST_BAD_TREATMENT, Ending, EndingKind, ending_after, is_heard, near_leaving
from simulator.domain.memory import Memory
from simulator.domain.mood import Cause, Mood, Push
from simulator.domain.offers import judge_offers
from simulator.domain.persona import ReactionKind
from simulator.domain.reactions import Landing, reactions_to
from simulator.domain.rubric import EMPATHY, PARAPHRASING, QUESTIONING
from simulator.domain.session import SessionState, opening_mood

BAD_TREATMENT = (
    Behaviour.HOSTILE,
    Behaviour.BLAME,
    Behaviour.CALM_DOWN,
    Behaviour.DISMISSIVE,
)
POINTLESS = (
    Behaviour.EMPTY,
    Behaviour.NONSENSE,
    Behaviour.OTHER_LANGUAGE,
    Behaviour.TO_MACHINE,
    Behaviour.REPEATED,
)
PLAIN_CAUSES: tuple[tuple[Behaviour, str], ...] = (
    (Behaviour.HOSTILE, "hostile"),
    (Behaviour.BLAME, "blame"),
    (Behaviour.CALM_DOWN, "calm_down"),
    (Behaviour.DISMISSIVE, "dismissive"),
    (Behaviour.POLICY_TALK, "policy_talk"),
    (Behaviour.SCRIPTED, "scripted"),
    (Behaviour.INTERROGATION, "interrogation"),
    (Behaviour.JARGON, "jargon"),
    (Behaviour.EMPTY, "empty"),
    (Behaviour.OTHER_LANGUAGE, "other_language"),
    (Behaviour.NONSENSE, "nonsense"),
    (Behaviour.TO_MACHINE, "to_machine"),
    (Behaviour.REPEATED, "repeated"),
    (Behaviour.OWNERSHIP, "ownership"),
    (Behaviour.NEXT_STEP, "next_step"),
    (Behaviour.PERSONAL_KNOWLEDGE, "personal_knowledge"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The appraisal, boiled down to what the rules ask of it."""

    appraisal: Appraisal
    empathy: int
    paraphrase: int
    question: int
    stock: bool
    names_concern: bool
    """For the first time."""
    offers: tuple[OfferVerdict, ...]
    first: bool
    """Whether it is the trainee's first reply."""

    def has(self, behaviour: Behaviour) -> bool:
        return self.appraisal.shows(behaviour)

    @property
    def understands(self) -> bool:
        return self.empathy >= 2 or self.paraphrase >= 2

    def offers_any(self, *verdicts: str) -> bool:
        return any(offer.verdict in verdicts for offer in self.offers)


def decide(state: SessionState, appraisal: Appraisal) -> Decision:
    """Everything that follows from this reply.

    Args:
        state: after the reply was recorded, before it was appraised.
        appraisal: what was read in it.
    """
    reading = _read(state, appraisal)
    named = state.memory.concern_named or reading.names_concern
    first = _mood(state, _causes(state.memory, reading, None), reading)
    disclosure = disclose(state.started.scenario, appraisal, state.disclosed, trust=first.trust, concern_named=named)
    if reading.names_concern and not disclosure.answers:
        disclosure.answers = unlocked_by_naming(state.started.scenario, state.disclosed)
    causes = _causes(state.memory, reading, disclosure)
    mood = _mood(state, causes, reading)
    memory = _remember(state.memory, reading, disclosure)
    temperament = state.started.persona.temperament
    ending = ending_after(
        memory,
        mood,
        temperament,
        max_turns=state.started.scenario.max_turns,
        closing=reading.has(Behaviour.CLOSING),
        insulted=reading.has(Behaviour.HOSTILE),
    )
    if ending is not None and ending.kind is EndingKind.WALKED_OUT and memory.bad_treatment >= MOST_BAD_TREATMENT:
        mood = moods.left_in_anger(mood)
    warns = (
        ending is None
        and not memory.warned
        and not memory.need_met
        and not reading.understands
        and near_leaving(memory, mood, temperament)
    )
    return Decision(
        mood=mood,
        moves=_moves(state, causes, mood),
        reactions=_reactions(state, reading, disclosure, memory, ending, warns=warns),
        answers=() if ending else tuple(disclosure.answers),
        deflected=tuple(disclosure.deflected),
        dont_know=disclosure.dont_know,
        offers=reading.offers,
        concern_named=reading.names_concern,
        drop_cue=ending is None and not memory.need_met and _lets_slip(state, reading, memory),
        need_met=memory.need_met,
        heard=is_heard(memory, mood),
        memory=memory.model_copy(update={"warned": memory.warned or warns}),
        ending=ending.kind if ending else None,
        ending_reason=ending.reason if ending else "",
    )


def _read(state: SessionState, appraisal: Appraisal) -> Reading:
    # a line that scored earns nothing when it comes once more, nor does one that is meant for a machine or wounds
    spoilt = any(appraisal.shows(b) for b in (*POINTLESS, *BAD_TREATMENT))
    empathy = 0 if spoilt else appraisal.level(EMPATHY) or 0
    return Reading(
        appraisal=appraisal,
        empathy=empathy,
        paraphrase=0 if spoilt else appraisal.level(PARAPHRASING) or 0,
        question=0 if spoilt else appraisal.level(QUESTIONING) or 0,
        stock=appraisal.shows(Behaviour.STOCK_SYMPATHY) and empathy < 2,
        names_concern=appraisal.concern.reading == "named" and not state.memory.concern_named and not spoilt,
        offers=judge_offers(state.started.scenario, appraisal, state.disclosed, state.memory),
        first=state.memory.replies == 0,
    )


def _causes(memory: Memory, reading: Reading, disclosure: Disclosure | None) -> list[Cause]:
    """Everything in this reply that moves the mood. Without a disclosure: all but what depends on it."""
    names: list[str] = [name for behaviour, name in PLAIN_CAUSES if reading.has(behaviour)]
    names += [f"empathy_{reading.empathy}"] if reading.empathy >= 2 else []
    names += [f"paraphrase_{reading.paraphrase}"] if reading.paraphrase >= 2 else []
    names += [f"question_{reading.question}"] if reading.question >= 2 else []
    if reading.names_concern:
        names.append("concern_named")
    elif reading.appraisal.concern.reading == "wrong":
        names.append("concern_wrong")
    names += [f"offer_{offer.verdict}" for offer in reading.offers[:1] if not _is_stale(memory, offer)]
    if reading.stock:
        names.append(("stock_first", "stock_second", "stock_more")[min(2, memory.stock_sympathy)])
    if _is_cold(reading):
        names.append("cold")
    if reading.has(Behaviour.HAND_OFF) and not reading.has(Behaviour.CONTEXT_KEPT):
        names.append("handed_off")
    if reading.has(Behaviour.WAIT_REQUEST) and not reading.understands:
        names.append("kept_waiting")
    if disclosure is not None and disclosure.asked_again:
        names += ["asked_again"] * (1 + min(1, memory.asked_again))
    if disclosure is not None and disclosure.corrected:
        names.append("restated_wrong")
    if memory.unhelpful >= 2 and not reading.understands:
        names += ["getting_nowhere"] * min(3, memory.unhelpful - 1)
    return [Cause(name, moods.PUSHES[name]) for name in names]


def _is_stale(memory: Memory, offer: OfferVerdict) -> bool:
    """Half a help that was offered before helps no more."""
    return offer.verdict == "partly" and offer.action in memory.offered


def _is_cold(reading: Reading) -> bool:
    """Procedure and nothing else: no sign that a person was heard."""
    return (
        reading.empathy == 0
        and reading.paraphrase == 0
        and reading.question < 2
        and not reading.names_concern
        and not reading.offers_any("fully")
        and not (reading.first and reading.has(Behaviour.GREETING))
        and not any(reading.has(b) for b in (Behaviour.WAIT_REQUEST, *POINTLESS, *BAD_TREATMENT))
    )


def _mood(state: SessionState, causes: list[Cause], reading: Reading) -> Mood:
    temperament = state.started.persona.temperament
    relieved = reading.offers_any("fully")
    met = state.memory.need_met or relieved
    bounds = moods.limits(
        opening_mood(state.started),
        need_met=met,
        concern_named=state.memory.concern_named or reading.names_concern,
    )
    pushes = [
        moods.scaled(cause, state.mood, reactivity=temperament.reactivity, recovery=temperament.recovery)
        for cause in causes
    ]
    attacked = any(reading.has(behaviour) for behaviour in BAD_TREATMENT)
    return moods.move(state.mood, pushes, bounds, relieved=relieved, attacked=attacked)


REST = "left_in_anger"
"""What nothing in the reply explains by itself: the step from having enough to leaving."""


def _moves(state: SessionState, causes: list[Cause], after: Mood) -> tuple[MoodMove, ...]:
    """What each cause did, so that the parts add up to what happened: floors, caps and all."""
    temperament, before = state.started.persona.temperament, state.mood
    pushes: dict[str, Push] = {}
    for cause in causes:
        push = moods.scaled(cause, before, reactivity=temperament.reactivity, recovery=temperament.recovery)
        pushes[cause.name] = moods.add((pushes.get(cause.name, Push()), push))
    meant = moods.add(pushes.values())
    happened = Push(after.frustration - before.frustration, after.anxiety - before.anxiety, after.trust - before.trust)
    moves = [
        _move(
            name,
            push.frustration * _share(meant.frustration, happened.frustration),
            push.anxiety * _share(meant.anxiety, happened.anxiety),
            push.trust * _share(meant.trust, happened.trust),
        )
        for name, push in pushes.items()
    ]
    rest = _move(
        REST,
        happened.frustration - sum(move.frustration for move in moves),
        happened.anxiety - sum(move.anxiety for move in moves),
        happened.trust - sum(move.trust for move in moves),
    )
    explained = max(abs(rest.frustration), abs(rest.anxiety), abs(rest.trust)) < 0.001
    return tuple(moves) if explained else (*moves, rest)


def _move(cause: str, frustration: float, anxiety: float, trust: float) -> MoodMove:
    return MoodMove(cause=cause, frustration=round(frustration, 4), anxiety=round(anxiety, 4), trust=round(trust, 4))


def _share(meant: float, happened: float) -> float:
    """How much of what was meant to happen did: 0 where it came to nothing, and never blown up to fit."""
    return min(1.2, max(0.0, happened / meant)) if abs(meant) > 1e-9 else 0.0


def _remember(memory: Memory, reading: Reading, disclosure: Disclosure) -> Memory:
    bad = any(reading.has(b) for b in BAD_TREATMENT)
    weight = (2 if reading.has(Behaviour.HOSTILE) else 1) if bad else 0
    pointless = any(reading.has(b) for b in POINTLESS)
    progress = any(answer.manner == "tell" for answer in disclosure.answers)
    kind_words = reading.understands and memory.understood + memory.paraphrased < 4
    new_help = any(o.verdict in {"fully", "partly"} and not _is_stale(memory, o) for o in reading.offers)
    helpful = not bad and not pointless and (progress or kind_words or new_help)
    met = memory.need_met or reading.offers_any("fully")
    understands = reading.understands or reading.names_concern
    return memory.model_copy(
        update={
            "stock_sympathy": memory.stock_sympathy + reading.stock,
            "asked_again": memory.asked_again + disclosure.asked_again,
            "unhelpful": 0 if helpful else memory.unhelpful + 1,
            "bad_treatment": memory.bad_treatment + weight,
            "understood": memory.understood + (reading.empathy >= 2),
            "paraphrased": memory.paraphrased + (reading.paraphrase >= 2),
            "good_questions": memory.good_questions + (reading.question >= 2),
            "attentive": memory.attentive + (understands or reading.question >= 2),
            "concern_named": memory.concern_named or reading.names_concern,
            "need_met": met,
            "settling": memory.settling + 1 if met else 0,
            "neutral": 0 if understands else memory.neutral + 1,
            "closings": memory.closings + (reading.has(Behaviour.CLOSING) and not met),
            "replies": memory.replies + 1,
            "met_by": memory.met_by or next((o.action for o in reading.offers if o.verdict == "fully"), None),
            "offered": tuple(dict.fromkeys((*memory.offered, *(o.action for o in reading.offers)))),
        }
    )


def _reactions(
    state: SessionState,
    reading: Reading,
    disclosure: Disclosure,
    memory: Memory,
    ending: Ending | None,
    *,
    warns: bool,
) -> tuple[ReactionKind, ...]:
    landing = Landing(
        appraisal=reading.appraisal,
        before=state.memory,
        after=memory,
        empathy=reading.empathy,
        paraphrase=reading.paraphrase,
        question=reading.question,
        stock=reading.stock,
        cold=_is_cold(reading),
        names_concern=reading.names_concern,
        offer=reading.offers[0].verdict if reading.offers else None,
        asked_again=disclosure.asked_again,
        confirmed=disclosure.confirmed,
        corrected=disclosure.corrected,
        deflected=bool(disclosure.deflected),
        dont_know=disclosure.dont_know,
        answered=bool(disclosure.answers),
        warns=warns,
        ending=ending.kind if ending else None,
    )
    return reactions_to(landing)


def _lets_slip(state: SessionState, reading: Reading, memory: Memory) -> bool:
    """Whether a cue of the unspoken concern comes out: early on, and whenever the customer is treated well."""
    if memory.concern_named or any(reading.has(b) for b in (*BAD_TREATMENT, *POINTLESS)):
        return False
    if reading.understands or reading.question >= 2:
        return True
    return state.memory.replies in {0, 2, 5, 8}
