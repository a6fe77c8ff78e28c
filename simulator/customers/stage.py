"""What a model is told for one message of the customer, and what its words are held against.

Nothing is put in that is not earned: what is not in the prompt cannot leak.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.customers import persona_card
from simulator.customers.conversation_text import conversation_text
from simulator.customers.guard_grounds import Barred, Grounds
from simulator.customers.stage_words import FAULTS, LANDED, LAST_WORDS, OFFERS, mood_words
from simulator.domain.decisions import Decision, FactAnswer
from simulator.domain.events import SpeechFault
from simulator.domain.persona import ReactionKind
from simulator.domain.scenario import Channel, Fact, Gate, Scenario
from simulator.domain.session import SessionState
from simulator.domain.transcript import Speaker
from simulator.engine.chat import ChatRequest, Message, Role
from simulator.engine.ports import SpeechBrief, SpeechDone
from simulator.prompts import Prompt, fenced, render

PROMPT = "customer"
_CHANNELS = {
    Channel.CHAT: "live chat",
    Channel.EMAIL: "email",
    Channel.SOCIAL: "private message on a social network",
    Channel.PHONE_LOG: "telephone, taken down in writing",
}
_MANNERS = {
    "tell": "Tells this now, because it was asked for: ",
    "again": "Says this once more, as somebody who has said it before: ",
    "confirm": "Confirms that the agent has this right: ",
    "correct": "Corrects the agent, who had this wrong: ",
}
_REACTIONS = 3
"""Kinds of reaction that are put into words; people do not react to everything at once."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One message to be voiced."""

    brief: SpeechBrief
    authored: SpeechDone
    """The offline customer's message: what is to be said, and what is said when the model cannot."""
    grounds: Grounds

    @property
    def opens(self) -> bool:
        return self.brief.decision is None

    @property
    def has_paragraphs(self) -> bool:
        """Whether line breaks are kept: letters have them, chat messages do not."""
        return self.brief.state.started.scenario.channel is Channel.EMAIL


def scene_of(brief: SpeechBrief, authored: SpeechDone) -> Scene:
    """The scene for this message.

    Args:
        brief: what was decided.
        authored: the offline customer's message for the same brief.
    """
    return Scene(brief, authored, _grounds(brief, authored))


def request_for(scene: Scene, faults: Sequence[SpeechFault] = ()) -> ChatRequest:
    """The call of the model; `faults` are those of a try that was not used."""
    state = scene.brief.state
    card = _card(state, scene.grounds.most_words)
    person = state.started.persona
    turn = render(
        "customer_turn",
        first_name=person.first_name,
        facts=_listed([fact.statement for fact in allowed_facts(scene.brief)] + _named_concern(scene.brief)),
        conversation=fenced(conversation_text(state.turns, person.first_name) or "(Nobody has written yet.)"),
        direction=_listed(_direction(scene)),
        line=scene.authored.text,
        again=_not_used(faults),
    )
    return ChatRequest(
        purpose="customer",
        prompt=PROMPT,
        prompt_sha256=hashlib.sha256(f"{card.sha256}{turn.sha256}".encode()).hexdigest(),
        messages=(Message(Role.SYSTEM, card.text), Message(Role.USER, turn.text)),
        session=scene.brief.session,
        stop=("\nAgent:", f"\n{person.first_name}:"),
    )


def allowed_facts(brief: SpeechBrief) -> tuple[Fact, ...]:
    """Facts told so far, and those to be said in this message."""
    state, decision = brief.state, brief.decision
    now = [answer.fact for answer in decision.answers] if decision else state.started.scenario.opening.tells
    return tuple(state.started.scenario.fact(fact_id) for fact_id in dict.fromkeys((*state.disclosed, *now)))


def _card(state: SessionState, most_words: int) -> Prompt:
    person, case = state.started.persona, state.started.scenario
    return render(
        PROMPT,
        name=person.name,
        first_name=person.first_name,
        company=case.company,
        channel=_CHANNELS[case.channel],
        who=persona_card.who(person),
        background=person.background.strip(),
        values="; ".join(person.values),
        boundaries="; ".join(person.boundaries),
        temperament=persona_card.temperament(person.temperament),
        voice=persona_card.voice(person.voice),
        samples=_listed(persona_card.samples(person, state.used_lines)),
        max_words=str(most_words),
    )


def _direction(scene: Scene) -> Iterator[str]:
    state, decision = scene.brief.state, scene.brief.decision
    if decision is None:
        yield mood_words(state.mood, None)
        yield "This is their first message. They say what has gone wrong; nobody has answered yet."
        return
    yield mood_words(decision.mood, state.moods[-1][1] if state.moods else None)
    yield from (LANDED[kind] for kind in decision.reactions[:_REACTIONS] if kind in LANDED)
    for offer in decision.offers[:1]:
        yield OFFERS[offer.verdict]
    if decision.ending is not None:
        yield LAST_WORDS.get(decision.ending, "They leave now.")
        yield "This is their last message: no question, no request, nothing that invites an answer."
        return
    yield from _answers(state.started.scenario, decision)
    if not set(scene.authored.lines).isdisjoint(state.started.scenario.concern.cues):
        yield "Something slips out at the end that they do not explain. It stays a hint; nothing is added to it."
    if not decision.need_met:
        yield "Nothing is settled yet. They do not act as if it were, promise nothing, and do not say goodbye."


def _answers(case: Scenario, decision: Decision) -> Iterator[str]:
    for answer in decision.answers:
        yield _MANNERS[answer.manner] + case.fact(answer.fact).statement
    kinds = decision.reactions[:_REACTIONS]
    if decision.deflected and ReactionKind.DEFLECT not in kinds:
        yield LANDED[ReactionKind.DEFLECT]
    if decision.dont_know and ReactionKind.DONT_KNOW not in kinds:
        yield LANDED[ReactionKind.DONT_KNOW]


def _named_concern(brief: SpeechBrief) -> list[str]:
    """The worry, once it was named; before, nobody but its author knows it."""
    named = brief.state.memory.concern_named or (brief.decision is not None and brief.decision.concern_named)
    return [f"Their worry, now out in the open: {brief.state.started.scenario.concern.statement}"] if named else []


def _not_used(faults: Sequence[SpeechFault]) -> str:
    """What was wrong with the try before. The words at fault stay out, so that they are not taken up again."""
    if not faults:
        return ""
    kinds = dict.fromkeys(fault.kind for fault in faults)
    return f"Your last try was not used: {'; '.join(FAULTS[kind] for kind in kinds)}.\n\n"


def _listed(lines: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "- (nothing yet)"


def _grounds(brief: SpeechBrief, authored: SpeechDone) -> Grounds:
    state, decision = brief.state, brief.decision
    person, case = state.started.persona, state.started.scenario
    allowed = allowed_facts(brief)
    named = bool(_named_concern(brief))
    reply = state.turns[-1].text if state.turns and state.turns[-1].speaker is Speaker.TRAINEE else ""
    letter = 2 if case.channel is Channel.EMAIL else 1
    own = tuple(turn.text for turn in state.turns if turn.speaker is Speaker.CUSTOMER)
    told = (*own, *(text for fact in allowed for text in texts_of(fact)), *case.opening.lines)
    if named:
        told = (*told, case.concern.statement, *case.concern.reveals)
    return Grounds(
        line=authored.text,
        known=(*_about(state), *(turn.text for turn in state.turns), *told),
        told=told,
        common=_common(state),
        barred=_barred(case, {fact.id for fact in allowed}, named=named),
        due=tuple(_due(case, decision.answers if decision else (), authored)),
        own=own,
        reply=reply,
        labels=tuple(dict.fromkeys((person.name, person.first_name, case.company))),
        company=case.company,
        most_words=person.voice.max_words * letter,
        leaving=decision is not None and decision.ending is not None,
    )


def texts_of(fact: Fact) -> tuple[str, ...]:
    """A fact in all the words that its author gave it."""
    return (fact.statement, *fact.says, *fact.again, *((fact.correction,) if fact.correction else ()))


def _about(state: SessionState) -> tuple[str, ...]:
    person, case = state.started.persona, state.started.scenario
    samples = persona_card.samples(person, state.used_lines)
    own = (person.name, person.occupation, person.lives_in, person.summary, person.background, str(person.age))
    return (*own, *person.values, *person.boundaries, *samples, *person.voice.swaps.values(), case.company)


def _common(state: SessionState) -> tuple[str, ...]:
    """What this customer may say at some time in this case, beside its facts."""
    person, case = state.started.persona, state.started.scenario
    pools = [*person.lines.values(), *case.lines.values(), case.opening.lines, case.concern.cues]
    pools += [(*action.reactions, *action.too_early) for action in case.actions]
    pools += [case.endings.connected, case.endings.cold, case.endings.heard_unresolved, case.endings.walked_out]
    return tuple(line for pool in pools for line in pool)


def _barred(case: Scenario, allowed: set[str], *, named: bool) -> tuple[Barred, ...]:
    found = [
        Barred(
            fact.id,
            (*texts_of(fact), case.goal.statement) if fact.id == case.goal.fact else texts_of(fact),
            fact.words,
        )
        for fact in case.facts
        if fact.id not in allowed and fact.gate is not Gate.OPENING
    ]
    if not named:
        found.append(Barred("concern", (case.concern.statement, *case.concern.reveals)))
    return tuple(found)


def _due(case: Scenario, answers: Sequence[FactAnswer], authored: SpeechDone) -> Iterator[tuple[Fact, str]]:
    """Facts that the message has to hold, with the authored line that says each; a mere confirmation tells nothing."""
    for answer in answers:
        fact = case.fact(answer.fact)
        line = next((line for line in authored.lines if line in texts_of(fact)), None)
        if line is not None and answer.manner != "confirm":
            yield fact, line


__all__ = ["Scene", "allowed_facts", "request_for", "scene_of", "texts_of"]
