"""Composes one message of the offline customer: the reaction, the answer, perhaps a cue, within a person's length."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from random import Random

from simulator.customers.lines import LinePicker
from simulator.customers.wording import in_voice
from simulator.domain.decisions import Decision, FactAnswer
from simulator.domain.endings import EndingKind
from simulator.domain.persona import ReactionKind as Kind
from simulator.domain.scenario import Channel, Gate
from simulator.domain.session import SessionState
from simulator.engine.ports import SpeechDone


class Weight(IntEnum):
    """What is left out first when a message grows too long: the lowest."""

    CUE = 0
    COLOUR = 1
    REACTION = 2
    ANSWER = 3


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    weight: Weight


_LEADS_ON = frozenset({
    "a", "all", "an", "are", "can", "could", "did", "do", "does", "everything", "how", "i", "i'd", "i'll", "i'm",
    "i've", "if", "is", "it", "it's", "last", "my", "nobody", "nothing", "since", "somebody", "that", "that's", "the",
    "there", "there's", "these", "they", "this", "those", "we", "we're", "what", "when", "where", "who", "why",
    "would", "you", "you're", "your",
})  # fmt: skip
"""Words that a sentence may go on with after an opener; a name, a day or a second opener is left alone."""
_ENDING_LINES = {
    EndingKind.CONNECTED: "connected",
    EndingKind.COLD: "cold",
    EndingKind.HEARD_UNRESOLVED: "heard_unresolved",
    EndingKind.WALKED_OUT: "walked_out",
}
_QUIET_KINDS = {Kind.NUDGE, Kind.GREETED, Kind.OWNED}
"""Reactions that are dropped when there is an answer to give."""
_HURT_KINDS = {
    Kind.INSULTED, Kind.EMPTY, Kind.NONSENSE, Kind.OTHER_LANGUAGE, Kind.TO_MACHINE, Kind.CALM_DOWN, Kind.BLAMED,
    Kind.REPEATED, Kind.SCRIPTED, Kind.WARNING, Kind.POLICY, Kind.HANDED_OFF,
}  # fmt: skip
"""Reactions after which nobody adds a friendly word."""


def _gives_back(state: SessionState) -> bool:
    """Whether the last reply gives back, rightly, something that the customer came with."""
    known = {fact.id for fact in state.started.scenario.facts if fact.gate is Gate.OPENING or fact.on_record}
    restatements = state.appraised[-1].appraisal.restatements if state.appraised else ()
    return any(told.right and told.fact in known for told in restatements)


def opening(state: SessionState, index: int) -> SpeechDone:
    """The first message."""
    rng = _rng(state, index)
    picker = LinePicker(state.started, state.used_lines, rng)
    line = picker.one_of(state.started.scenario.opening.lines) or state.started.scenario.opening.lines[0]
    return SpeechDone(_voiced(state, line, rng, signed=True), tuple(picker.taken))


def reply(state: SessionState, decision: Decision, index: int) -> SpeechDone:
    """The answer to a trainee's reply, from authored lines that were not said before."""
    rng = _rng(state, index)
    picker = LinePicker(state.started, state.used_lines, rng, () if _gives_back(state) else (Kind.UNDERSTOOD,))
    parts = _closing(state, decision, picker, rng) if decision.ending else _parts(state, decision, picker, rng)
    if not parts:
        parts = _something(state, picker)
    kept = _within_length(state, parts)
    text = " ".join(part.text for part in kept)
    said = {part.text for part in kept}
    lines = tuple(line for line in picker.taken if line in said)
    text, phrase = _with_pet_phrase(state, decision, text, picker, rng)
    return SpeechDone(_voiced(state, text, rng, signed=decision.ending is not None), (*lines, *phrase))


def _rng(state: SessionState, index: int) -> Random:
    return Random(f"{state.started.seed}:{index}:words")


def _closing(state: SessionState, decision: Decision, picker: LinePicker, rng: Random) -> list[Part]:
    """Last words: what the persona says when it ends so, and what it means in this case."""
    parts = _offer_lines(state, decision, picker)
    if decision.concern_named:
        parts += _said(picker.in_order(state.started.scenario.concern.reveals), Weight.ANSWER)
    name = _ENDING_LINES.get(decision.ending) if decision.ending else None
    of_case = picker.one_of(getattr(state.started.scenario.endings, name)) if name and _by_case(decision, rng) else None
    last = of_case or (picker.reaction(decision.reactions[0]) if decision.reactions else None)
    return parts + _said(last, Weight.ANSWER)


def _by_case(decision: Decision, rng: Random) -> bool:
    """Whether the last words are about this case; a connected customer's always are."""
    return decision.ending is EndingKind.CONNECTED or rng.random() < 0.6


def _parts(state: SessionState, decision: Decision, picker: LinePicker, rng: Random) -> list[Part]:
    settling = Kind.IS_THAT_ALL in decision.reactions[:1]
    parts = [] if settling else _reaction(decision, picker, rng)
    if decision.concern_named:
        parts += _said(picker.in_order(state.started.scenario.concern.reveals), Weight.ANSWER)
    parts += _offer_lines(state, decision, picker)
    parts += _reaction(decision, picker, rng) if settling else []
    parts += _answers(state, decision, picker)
    if not any(part.weight is Weight.ANSWER for part in parts):
        parts += _gaps(decision, picker)
    if decision.drop_cue and not _hurt(decision):
        parts += _said(picker.in_order(_shuffled(state, state.started.scenario.concern.cues)), Weight.CUE)
    return parts


def _hurt(decision: Decision) -> bool:
    return bool(decision.reactions) and decision.reactions[0] in _HURT_KINDS


def _reaction(decision: Decision, picker: LinePicker, rng: Random) -> list[Part]:
    if not decision.reactions:
        return []
    kind = decision.reactions[0]
    if kind in _QUIET_KINDS and decision.answers:
        return []
    if kind in {Kind.OFFER_WELCOME, Kind.OFFER_PARTIAL, Kind.OFFER_WRONG, Kind.RUSHED} and rng.random() < 0.5:
        return _said(picker.reaction(kind), Weight.COLOUR) if not decision.offers else []
    weight = Weight.COLOUR if kind in _QUIET_KINDS or kind is Kind.GOOD_QUESTION else Weight.REACTION
    return _said(picker.reaction(kind), weight)


def _offer_lines(state: SessionState, decision: Decision, picker: LinePicker) -> list[Part]:
    """What they say to the offer that counts most."""
    if not decision.offers:
        return []
    best = decision.offers[0]
    action = state.started.scenario.action(best.action)
    match best.verdict:
        case "too_early":
            line = picker.one_of(action.too_early) or picker.reaction(Kind.RUSHED)
        case "over_limit":
            line = picker.reaction(Kind.OFFER_PARTIAL)
        case "no" | "partly" | "fully":
            line = picker.one_of(action.reactions)
    if line is None and best.verdict == "no":
        line = picker.reaction(Kind.OFFER_WRONG)
    return _said(line, Weight.ANSWER)


def _answers(state: SessionState, decision: Decision, picker: LinePicker) -> list[Part]:
    parts: list[Part] = []
    for answer in decision.answers:
        parts += _answer(state, decision, answer, picker)
    return parts


def _answer(state: SessionState, decision: Decision, answer: FactAnswer, picker: LinePicker) -> list[Part]:
    fact = state.started.scenario.fact(answer.fact)
    match answer.manner:
        case "tell":
            confirming = Kind.CONFIRMED in decision.reactions[:1]
            lead = _said(picker.reaction(Kind.GOOD_QUESTION), Weight.COLOUR) if _deserves(decision, confirming) else []
            by_length = sorted(fact.says, key=len, reverse=state.mood.trust >= 0.45)
            return lead + _said(picker.in_order(by_length) or picker.in_order(fact.again), Weight.ANSWER)
        case "again":
            return _said(picker.in_order(fact.again), Weight.ANSWER)
        case "confirm":
            said = Kind.CONFIRMED in decision.reactions[:1]
            return [] if said else _said(picker.reaction(Kind.CONFIRMED), Weight.ANSWER)
        case "correct":
            lead = (
                []
                if Kind.CORRECTED in decision.reactions[:1]
                else _said(picker.reaction(Kind.CORRECTED), Weight.COLOUR)
            )
            right = picker.in_order((fact.correction,)) if fact.correction else None
            return lead + _said(right or picker.in_order((*fact.again, *fact.says)), Weight.ANSWER)


def _deserves(decision: Decision, confirming: bool) -> bool:
    """A word of praise for the question, when it was a good one and nothing else is being reacted to."""
    return (
        not confirming and Kind.GOOD_QUESTION in decision.reactions[1:2] and Kind.UNDERSTOOD not in decision.reactions
    )


def _gaps(decision: Decision, picker: LinePicker) -> list[Part]:
    """What they say to a question without an answer."""
    voiced = decision.reactions[:1]
    if decision.deflected and Kind.DEFLECT not in voiced:
        return _said(picker.reaction(Kind.DEFLECT), Weight.ANSWER)
    if decision.dont_know and Kind.DONT_KNOW not in voiced:
        return _said(picker.reaction(Kind.DONT_KNOW), Weight.ANSWER)
    return []


def _something(state: SessionState, picker: LinePicker) -> list[Part]:
    """There is always something left to say: the scenario's cues and the persona's reserves."""
    for kind in (Kind.NUDGE, Kind.COLD, Kind.DONT_KNOW, Kind.WAIT, Kind.EMPTY, Kind.WARNING, Kind.GREETED):
        if (line := picker.reaction(kind)) is not None:
            return _said(line, Weight.ANSWER)
    return _said(picker.in_order(state.started.scenario.concern.cues) or "...", Weight.ANSWER)


def _said(line: str | None, weight: Weight) -> list[Part]:
    return [Part(line, weight)] if line else []


def _within_length(state: SessionState, parts: list[Part]) -> list[Part]:
    """Leave out what matters least until the message fits; one part always stays."""
    limit = state.started.persona.voice.max_words
    if state.started.scenario.channel is Channel.EMAIL:
        limit *= 2
    kept = list(parts)
    while len(kept) > 1 and sum(len(part.text.split()) for part in kept) > limit:
        least = min(kept, key=lambda part: (part.weight, -kept.index(part)))
        if least.weight is Weight.ANSWER:
            break
        kept.remove(least)
    return kept


def _with_pet_phrase(
    state: SessionState, decision: Decision, text: str, picker: LinePicker, rng: Random
) -> tuple[str, tuple[str, ...]]:
    """An opener of their own now and then, each at most once; and its key, so that it is not used again."""
    phrases = state.started.persona.voice.pet_phrases
    if rng.random() > 0.18 or not phrases or decision.ending or len(text.split()) < 6:
        return text, ()
    first, _, rest = text.partition(" ")
    if first.lower().replace("’", "'") not in _LEADS_ON:
        return text, ()
    phrase = picker.one_of(tuple(f"pet:{phrase}" for phrase in phrases))
    if phrase is None:
        return text, ()
    keeps = first == "I" or first.startswith(("I'", "I’"))
    return f"{phrase.removeprefix('pet:')} {first if keeps else first.lower()} {rest}", (phrase,)


def _voiced(state: SessionState, text: str, rng: Random, *, signed: bool) -> str:
    started = state.started
    voiced = in_voice(text, started.persona.voice, state.mood, rng)
    if signed and started.scenario.channel is Channel.EMAIL:
        return f"{voiced}\n\n{started.persona.first_name}"
    return voiced


def _shuffled(state: SessionState, lines: tuple[str, ...]) -> tuple[str, ...]:
    order = list(lines)
    Random(f"{state.started.seed}:cues").shuffle(order)
    return tuple(order)
