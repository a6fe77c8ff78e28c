"""How likely a stretch of a reply names the unspoken concern in words that nobody foresaw."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.domain.behaviours import Behaviour
from simulator.domain.scenario import Gate, Scenario
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.lexicon.marks import MARKS, STOCK
from simulator.judging.offline.meaning import Term, WordField, meaning, nearest
from simulator.judging.offline.patterns import compiled, found, has
from simulator.judging.offline.prepared import Prepared
from simulator.judging.offline.ranking import content_terms, meaning_of
from simulator.judging.offline.words import Span, Word, read

NAMES = 1.0
"""The log-odds from which the concern counts as named: missing it is the smaller mistake."""
_FEWEST_WORDS = 5
_FEWEST_TERMS = 1
"""Words beside feelings that must stand in it: a feeling alone would fit any customer."""
_PLAIN_QUESTION = (
    r"^(and |but |so |or |also |then )*((for |by |in |since |until )?(what|how|when|where|which|who|whose|why)\b"
    r"(?! (hurts|bothers|worries|scares|weighs|frightens))|(tell|describe|explain|do|does|did|have|has|can|"
    r"could you)\b)"
)
"""Asks for something instead of guessing at it."""
_REQUEST = (
    r"\b(could|can|would|will|might) you (please |kindly |also )?(tell|say|describe|explain|share|give|send|help|let)\b"
)
"""Wraps such a question in politeness."""
_UNKIND = (Behaviour.BLAME, Behaviour.HOSTILE, Behaviour.DISMISSIVE, Behaviour.CALM_DOWN)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over the namings of the eight development scenarios; see MODEL_CARD.md."""

    bias: float = -1.65
    like_concern: float = 3.2
    like_wrong: float = -0.6
    like_surface: float = 0.6
    said: float = 0.9
    named: float = 2.5
    on_surface: float = -2.7
    wrong: float = -3.0
    feeling: float = 0.3


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class _Ground:
    concern: tuple[array[float], ...]
    wrong: tuple[array[float], ...]
    surface: tuple[array[float], ...]
    field: WordField
    """Five groups: what the concern says, its authored words, the surface, wrong guesses, all that may be asked."""


def _terms(texts: Iterable[str]) -> list[Term]:
    return [term for text in texts for term in content_terms(read(text).whole.words)]


def _meanings(texts: Iterable[str]) -> tuple[array[float], ...]:
    return tuple(found_one for text in texts for found_one in meaning_of(text))


def _ground(prepared: Prepared) -> _Ground:
    made = prepared.made.get("concern")
    if isinstance(made, _Ground):
        return made
    ground = _lay(prepared.scenario)
    prepared.made["concern"] = ground
    return ground


def _lay(scenario: Scenario) -> _Ground:
    concern = scenario.concern
    says = [*concern.naming, concern.statement, *concern.reveals]
    entries = [entry for group in concern.words for entry in group]
    surface = [
        *scenario.opening.lines,
        *(f.statement for f in scenario.facts if f.gate is Gate.OPENING or f.on_record),
    ]
    askable = [f.statement for f in scenario.facts if f.gate is not Gate.EARNED]
    return _Ground(
        concern=_meanings(says),
        wrong=_meanings(concern.wrong_guesses),
        surface=_meanings(surface),
        field=WordField(
            [_terms(says), _terms(entries), _terms(surface), _terms(concern.wrong_guesses), _terms(askable)]
        ),
    )


def has_feeling(term: Term) -> bool:
    """Whether the word itself names a feeling."""
    return compiled(frames.FEELING).fullmatch(term.norm) is not None


def is_unkind(span: Span) -> bool:
    """Whether a sentence blames, insults, brushes off or tells the customer to calm down."""
    return any(found(pattern, span) for b in _UNKIND for weight, pattern in MARKS[b] if weight >= 4)


def naming_odds(window: tuple[Span, ...], words: tuple[Word, ...], prepared: Prepared, *, asked: bool = False) -> float:
    """Log-odds that the words of neighbouring sentences name the concern; very low without a frame that guesses.

    Args:
        window: the sentences, for their frames.
        words: their words, without those that take a worry away.
        prepared: the case.
        asked: whether the trainee was asked for the worry, so that no frame is needed.
    """
    if len(words) < _FEWEST_WORDS or not (asked or any(has(frames.GUESSING, span) for span in window)):
        return -9.0
    if not asked and all(has(_PLAIN_QUESTION, span) or has(_REQUEST, span) for span in window):
        return -9.0
    if any(is_unkind(span) for span in window):
        return -9.0
    if any(has(pattern, span) for _, pattern in STOCK for span in window):
        return -9.0
    terms = content_terms(words)
    if sum(1 for term in terms if not has_feeling(term)) < _FEWEST_TERMS:
        return -9.0
    ground = _ground(prepared)
    here = meaning(word.norm for word in words)
    said, named, surface, wrong, askable = ground.field.cover(terms, {})
    return (
        WEIGHTS.bias
        + WEIGHTS.like_concern * nearest(here, ground.concern)
        + WEIGHTS.like_wrong * nearest(here, ground.wrong)
        + WEIGHTS.like_surface * nearest(here, ground.surface)
        + WEIGHTS.said * said
        + WEIGHTS.named * named
        + WEIGHTS.on_surface * max(surface, askable)
        + WEIGHTS.wrong * wrong
        + WEIGHTS.feeling * any(has(frames.EMOTION, span) for span in window)
    )


_NEAR = 0.35
"""Likeness of a word to one of the case from which it is about the same."""


def terms_near(span: Span, prepared: Prepared | None) -> int:
    """How many words of a span, feelings aside, are near to what the customer brought or worries about."""
    if prepared is None:
        return 0
    ground = _ground(prepared)
    near = 0
    for term in content_terms(span.words):
        said, named, surface, _, askable = ground.field.closest(term)
        near += not has_feeling(term) and max(said, named, surface, askable) >= _NEAR
    return near
