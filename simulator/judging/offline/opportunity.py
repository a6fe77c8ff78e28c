"""Whether a reply had the chance to show a criterion at all."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS
from simulator.judging.offline.patterns import has
from simulator.judging.offline.words import Text

_FAREWELL = r"\b(bye|goodbye|good bye|thanks?|thank you|cheers|have a (good|nice)|take care|that is all|all good|perfect|great)\b"
_LITTLE = 4
"""Content words below which a message gives nothing to say back."""


def missing_opportunity(criterion: str, features: Features, observations: Sequence[Observation]) -> str | None:
    """Why the criterion could not be shown in this reply; None when it could."""
    if _treats_badly(observations):
        return None
    last = features.situation.last
    agreed = features.situation.context.need_met
    if criterion == "purpose_driven_questioning":
        if agreed:
            return "The need was already met, so there was nothing left to ask."
        if _closes(features, observations) and last is not None and _is_farewell(last):
            return "The conversation was closing, so there was nothing left to ask."
        return None
    if last is None and features.situation.context.turns:
        return "The customer had said nothing yet."
    if last is None:
        return None
    if criterion == "paraphrasing":
        if _content_words(last) < _LITTLE:
            return "The customer's last message gave nothing new to say back."
        if _is_farewell(last) or (agreed and _closes(features, observations) and _content_words(last) < 2 * _LITTLE):
            return "This reply closes a conversation that is settled; there was nothing to say back."
        return None
    if _is_farewell(last) and _content_words(last) < 2 * _LITTLE:
        return "The customer was saying goodbye; the message carried nothing to understand."
    if len(last.whole.words) <= 2 and _content_words(last) <= 1:
        return "The customer's message carried nothing to understand."
    return None


def _treats_badly(observations: Sequence[Observation]) -> bool:
    return any(
        shown(observations, b) for b in (Behaviour.HOSTILE, Behaviour.BLAME, Behaviour.DISMISSIVE, Behaviour.CALM_DOWN)
    )


def _content_words(text: Text) -> int:
    return sum(1 for w in text.whole.words if w.norm not in STOP_WORDS)


def _is_farewell(text: Text) -> bool:
    return len(text.whole.words) <= 16 and not any(s.asks for s in text.sentences) and has(_FAREWELL, text.whole)


def _closes(features: Features, observations: Sequence[Observation]) -> bool:
    return shown(observations, Behaviour.CLOSING) is not None or len(features.reply.whole.words) <= 12
