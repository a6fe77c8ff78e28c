"""Whether a reply had the chance to show a criterion at all."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.domain.rubric import PARAPHRASING, QUESTIONING
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS
from simulator.judging.offline.patterns import has
from simulator.judging.offline.words import Text

_GOODBYE = r"\b(bye|goodbye|good bye|have a (good|nice)|take care|that is all|all good)\b"
_THANKS = r"\b(thanks?|thank you|cheers|perfect|great)\b"
_LITTLE = 4
"""Content words below which a message gives nothing to say back."""


def missing_opportunity(criterion: str, features: Features, observations: Sequence[Observation]) -> str | None:
    """Why the criterion could not be shown in this reply; None when it could."""
    if _treats_badly(observations):
        return None
    if criterion == QUESTIONING:
        return _nothing_to_ask(features, observations)
    last = features.situation.last
    if last is None:
        return "The customer had said nothing yet." if features.situation.context.turns else None
    if criterion == PARAPHRASING:
        return _nothing_to_give_back(last, features, observations)
    return _nothing_to_understand(last, features)


def _nothing_to_ask(features: Features, observations: Sequence[Observation]) -> str | None:
    last = features.situation.last
    if features.situation.context.need_met:
        return "The need was already met, so there was nothing left to ask."
    if last is not None and _is_farewell(last, features) and _closes(features, observations):
        return "The conversation was closing, so there was nothing left to ask."
    return None


def _nothing_to_give_back(last: Text, features: Features, observations: Sequence[Observation]) -> str | None:
    if _content_words(last) < _LITTLE:
        return "The customer's last message gave nothing new to say back."
    settled = features.situation.context.need_met and _content_words(last) < 2 * _LITTLE
    if _is_farewell(last, features) or (settled and _closes(features, observations)):
        return "This reply closes a conversation that is settled; there was nothing to say back."
    return None


def _nothing_to_understand(last: Text, features: Features) -> str | None:
    if _is_farewell(last, features) and _content_words(last) < 2 * _LITTLE:
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


def _is_farewell(text: Text, features: Features) -> bool:
    if len(text.whole.words) > 16 or any(s.asks for s in text.sentences):
        return False
    if has(_GOODBYE, text.whole):
        return True
    # before the need is met, "thanks for checking" is courtesy; without a scenario nobody knows of a need
    open_need = features.situation.prepared is not None and not features.situation.context.need_met
    return has(_THANKS, text.whole) and not (open_need and _content_words(text) > 1)


def _closes(features: Features, observations: Sequence[Observation]) -> bool:
    return shown(observations, Behaviour.CLOSING) is not None or len(features.reply.whole.words) <= 12
