"""A persona in words for a model: who they are and how they write. Nothing of the case is in it."""

from __future__ import annotations

from random import Random

from simulator.customers.guard_words import figures
from simulator.customers.wording import in_voice
from simulator.domain.mood import Mood
from simulator.domain.persona import Persona, ReactionKind, Temperament, Voice

_TONES = {
    "formal": "Formal: whole sentences, correct forms of address, no slang.",
    "plain": "Plain: everyday words, straight to the point.",
    "casual": "Casual: relaxed everyday language, contractions.",
    "chatty": "Chatty: talks on, with small asides.",
    "blunt": "Blunt: short, dry, no politeness for its own sake.",
}
_KINDS = {
    "frustrated": "frustrated",
    "anxious": "anxious",
    "ambiguous": "hard to read",
    "cold": "cold and distant",
}
_SAMPLE_KINDS = (ReactionKind.NUDGE, ReactionKind.COLD, ReactionKind.UNDERSTOOD, ReactionKind.DONT_KNOW)
"""Kinds of lines that show the voice in several moods and speak of no case."""
_SAMPLE_MOOD = Mood(frustration=0.4, anxiety=0.3, trust=0.4)


def who(persona: Persona) -> str:
    """One sentence: age, pronouns, occupation, home, how they come across and how they are with technology."""
    ease = {"low": "ill at ease", "medium": "fairly at ease", "high": "at ease"}[persona.tech_ease]
    return (
        f"{persona.name} ({persona.pronouns}), {persona.age}, {persona.occupation}, lives in {persona.lives_in}; "
        f"comes across as {_KINDS[persona.kind]} at first; {ease} with technology. {persona.summary}"
    )


def temperament(person: Temperament) -> str:
    """How quickly they heat up, cool down and give up."""
    heats = _graded(person.reactivity, "hard to upset", "upset by what would upset most", "quickly upset")
    cools = _graded(person.recovery, "slow to come round", "comes round in time", "quick to come round")
    waits = "little patience" if person.patience <= 3 else "some patience" if person.patience <= 6 else "much patience"
    return f"{heats}; {cools}; {waits}."


def voice(how: Voice) -> str:
    """Tone, punctuation, emoji and habits of typing, one a line."""
    said = [_TONES[how.tone]]
    if how.case == "lower":
        said.append("Types in small letters, names apart.")
    said += {"kept": [], "dropped": ["Leaves out the last full stop."], "dots": ["Ends with three dots."]}[
        how.full_stop
    ]
    said.append("No exclamation marks." if how.exclaims == 0 else "An exclamation mark only when heated.")
    said.append(f"Now and then one of these emoji, unless upset: {' '.join(how.emoji)}" if how.emoji else "No emoji.")
    if how.drops_articles > 0:
        said.append('Learned English later, and leaves out some of "the" and "a".')
    if how.swaps:
        said.append("Writes " + ", ".join(f'"{own}" for "{word}"' for word, own in how.swaps.items()) + ".")
    if how.pet_phrases:
        said.append("Seldom, at most once in a conversation each: " + " ".join(f'"{p}"' for p in how.pet_phrases))
    return "\n".join(f"- {line}" for line in said)


def samples(persona: Persona, said: frozenset[str]) -> tuple[str, ...]:
    """A few of their own lines that were not said yet and hold no figure, as they would type them."""
    found: list[str] = []
    for kind in _SAMPLE_KINDS:
        free = [line for line in persona.lines.get(kind, ()) if line not in said and not figures(line)]
        if free:
            found.append(in_voice(free[-1], persona.voice, _SAMPLE_MOOD, Random(f"{persona.id}:{kind}")))
    return tuple(found)


def _graded(value: float, low: str, middle: str, high: str) -> str:
    return low if value < 0.35 else high if value > 0.65 else middle
