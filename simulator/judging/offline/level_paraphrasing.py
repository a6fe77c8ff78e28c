"""The level of paraphrasing in one reply."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.judging.offline.behaviours import shown
from simulator.judging.offline.features import Features, Line
from simulator.judging.offline.patterns import has
from simulator.judging.offline.understanding import restating_lines
from simulator.judging.offline.verdict import Verdict

_SAYS_MORE = 8
"""Words of a framed and checked restatement that make it more than a fragment, even with one specific."""
_BRIEF = 90
"""Words of restatement that are still brief."""
_MATTERS = (
    r"\b(want\w*|need\w*|hop(e|ing|ed)|would (like|rather|sooner|prefer)|so that|which (means|is why)|means|"
    r"because|before|until|without|instead|never|no longer|only|still|not|again|matters?|important|afraid|worr\w+|"
    r"and now|end up|in time|whether|each time|every time|ever since)\b"
)
_GENERIC = (
    r"\b((see|understand|hear|notice) (that )?(there is|there are|you (are|have|had)|you) |having (a |an |some |"
    r"these )?(problem|issue|trouble)|problem with|issue with|trouble with|not working)"
)


def paraphrasing_level(features: Features, observations: Sequence[Observation]) -> Verdict:
    """0 none, 1 fragment or echo, 2 main point in own words, 3 key specifics and what matters, checked."""
    if (hostile := shown(observations, Behaviour.HOSTILE)) is not None:
        return Verdict(0, "The reply attacks the customer instead of giving back what they told.", hostile.evidence)
    if (blame := shown(observations, Behaviour.BLAME)) is not None:
        return Verdict(0, "It holds against the customer what happened instead of giving it back.", blame.evidence)
    own = restating_lines(features)
    terms = frozenset().union(*(line.terms for line in own))
    facts = len(features.right)
    wrong = [r for r in features.restatements if not r.right]
    if features.keyword_list:
        return Verdict(0 if not terms else 1, "It lists words instead of saying back what happened.", _quotes(own))
    if own and _is_main_point(own, terms, facts, checked=bool(features.checks)):
        return _grasped(own, terms, facts, features, bool(wrong))
    echo = shown(observations, Behaviour.ECHO)
    if echo is not None:
        return Verdict(1, "It hands the customer's own words back nearly unchanged.", echo.evidence)
    if own and (len(terms) >= 1):
        return Verdict(1, "It gives back a fragment; the main point of what they told is not in it.", _quotes(own))
    generic = next((line for line in features.lines if has(_GENERIC, line.span) and line.you), None)
    if generic is not None:
        return Verdict(1, "It names the matter so generally that it would fit any customer.", (generic.span.quote,))
    return Verdict(0, "Nothing of what the customer told is given back in the trainee's words.")


def _is_main_point(own: list[Line], terms: frozenset[str], facts: int, *, checked: bool) -> bool:
    strong = any(line.strong_frame for line in own)
    words = max((len(line.span.words) for line in own), default=0)
    if checked and (len(terms) >= 2 or (strong and terms and words >= _SAYS_MORE)):
        return True
    if facts >= 1 and len(terms) >= 2:
        return True
    return len(terms) >= (3 if strong else 4)


def _grasped(own: list[Line], terms: frozenset[str], facts: int, features: Features, wrong: bool) -> Verdict:
    quotes = _quotes(own)
    if wrong:
        return Verdict(1, "It says back what they told in other words, but a detail of it is wrong.", quotes)
    many = facts >= 2 or len(terms) >= 5
    length = sum(len(line.span.words) for line in own)
    matters = any(has(_MATTERS, line.span) for line in own) or (facts >= 2 and len(terms) >= 4) or len(terms) >= 6
    checked = bool(features.checks) or any(a.is_declarative for a in features.real_asks)
    if many and matters and checked and length <= _BRIEF and not features.solves_first:
        return Verdict(
            3, "It says back the key details and what matters in them, briefly, and checks it before solving.",
            quotes + tuple(a.span.quote for a in features.checks[:1]),
        )  # fmt: skip
    if features.solves_first:
        missing = "but only after going to a solution"
    elif not checked:
        missing = "but does not check it with them"
    elif not many:
        missing = "with one of their details; more of the key ones were there to take up"
    else:
        missing = "but not briefly, or without what matters in it"
    return Verdict(2, f"It says back the main point in own words, {missing}.", quotes)


def _quotes(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.span.quote for line in sorted(lines, key=lambda li: -len(li.terms))[:3])
