"""How likely a reply reflects what was said, read from its form where no scenario tells the case."""

from __future__ import annotations

from collections.abc import Callable

from simulator.judging.offline.features import Features, Line
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.patterns import has

_BEGINS = (
    r"^(okay |yeah |yes |mm |hmm |mm hmm |uh |um |right |sure |oh |well )*"
    r"(so|and|but|because|it sounds|sounds|you)\b"
)
_ABOUT_ME = r"\b(i|we|let us|my)\b"
_BIAS = -0.9

# rounded from a logistic regression on AnnoMI (annomi.train, public domain), counselling talk
_WEIGHTS: tuple[tuple[float, Callable[[Line], bool]], ...] = (
    (0.5, lambda line: line.strong_frame),
    (0.7, lambda line: line.you),
    (0.9, lambda line: has(_BEGINS, line.span)),
    (0.4, lambda line: line.feeling),
    (0.7, lambda line: line.perspective),
    (-0.4, lambda line: has(_ABOUT_ME, line.span)),
    (-0.7, lambda line: line.promises),
    (-0.9, lambda line: has(frames.TELLS_TO, line.span)),
    (-1.5, lambda line: line.stock),
)
_PER_TERM = 0.25
_ASKS = -1.2
_PER_LINE = -0.15


def reflection(features: Features) -> tuple[float, str]:
    """Log-odds that the reply reflects, and the line that does so most."""
    lines = [line for line in features.lines if len(line.span.words) >= 3]
    if not lines:
        return -4.0, ""
    weight = _BIAS + sum(value for value, shows in _WEIGHTS if any(shows(line) for line in lines))
    terms = frozenset().union(*(line.terms for line in lines))
    weight += _PER_TERM * min(len(terms), 4) + _PER_LINE * min(len(lines), 4)
    if any(not ask.is_declarative for ask in features.real_asks):
        weight += _ASKS
    best = max(lines, key=lambda line: (len(line.terms) + 2 * line.strong_frame + line.you, -line.span.words[0].start))
    return weight, best.span.quote
