"""Named figures of one reply, each with a bound of its own, from which levels are weighed where no scenario is known.

Nothing here grows with the mere length of a reply, and spelling, case and names do not enter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from simulator.domain.behaviours import Behaviour, Observation
from simulator.judging.offline.asks import Ask
from simulator.judging.offline.features import Features, Line
from simulator.judging.offline.lexicon.marks import STOCK
from simulator.judging.offline.lexicon.vocabulary import STOP_WORDS
from simulator.judging.offline.meaning import likeness, meaning
from simulator.judging.offline.patterns import has
from simulator.judging.offline.prepared import content
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.understanding import restating_lines, understanding_lines
from simulator.judging.offline.verdict import Verdict
from simulator.judging.offline.words import Span

_MOST_TERMS = 6
_MOST_ASKS = 4
_TERSE_WORDS = 6
_TIED_TERMS = 2
"""Terms of the case that tie a stock phrase to this customer."""

_PATTERNS: Mapping[str, str] = {
    "ask.what": r"\bwhat\b",
    "ask.how": r"\bhow\b",
    "ask.why": r"\bwhy\b|\bhow come\b|\bwhat made\b",
    "ask.when_where_who": r"\b(when|where|who|which)\b",
    "ask.goal": (
        r"\b(hop(e|ing)|plan(s|ned|ning)?|need(s|ed)?|want(s|ed|ing)?|matters?|important|trying to|meant to|for what|"
        r"what for|use (it|this|them) for|would (it|that|this) mean|good (outcome|result|enough)|ideal|help(s)? (you )?"
        r"most|worr(y|ies|ied)|afraid|bother(s|ing)?|rid(e|ing) on|depends?|at stake|happens? if|change(s)? for you)\b"
    ),
    "ask.story": r"\b(happen(ed|s)?|tried|notic(e|ed)|chang(e|ed)|since|before|last time|walk me|tell me|lead up)\b",
    "ask.id": (
        r"\b(account|order|reference|phone|serial|customer|booking|policy|case) (number|id|name)\b|"
        r"\b(date of birth|postcode|zip|e ?mail address|full name|screenshot)\b"
    ),
}
_SAID: Mapping[str, str] = {
    "says.must": r"\b(must|would) (have )?(be|been|feel|felt)\b",
    "says.not_only": r"\b(not (just|only|really|so much)|more than|rather than|less about|isn t (just|about)|beyond)\b",
    "says.stake": r"\b(because|since|when|while|after|with|on top of|means|meant|leaves?|left)\b",
    "says.tentative": (
        r"\b(wonder|imagine|perhaps|maybe|may|might|could be|sounds?|seems?|sense|guess|suspect|am i right|as if|"
        r"as though|i think|correct me|if i)\b"
    ),
    "says.so_you": r"\b(so|and) (you|your)\b",
    "says.checks": r"\b(right|correct|miss(ed)? (any|some)thing|got (that|it|this) right|did i|have i)\b",
    "says.no_wonder": r"\b(no wonder|of course|makes sense|fair|understandabl[ey]|anyone would|you d|you would)\b",
    "says.sorry": r"\b(sorry|apolog\w+|regret)\b",
    "says.thanks": r"\b(thanks?|thank you|appreciate)\b",
}


def signs(
    features: Features, observations: Sequence[Observation], verdicts: Iterable[tuple[str, Verdict]]
) -> dict[str, float]:
    """Every figure by name, always the same names in the same order.

    Args:
        features: of the reply.
        observations: its behaviours.
        verdicts: what the rules make of it, by criterion.
    """
    found = {observation.behaviour: observation.probability for observation in observations}
    out = {f"does.{behaviour.value}": found.get(behaviour, 0.0) for behaviour in Behaviour}
    for criterion, verdict in verdicts:
        for level in (1, 2, 3):
            out[f"rule.{criterion}.{level}"] = float(verdict.level >= level)
    return out | _lines(features) | _asked(features.real_asks) | _words(features)


def _lines(features: Features) -> dict[str, float]:
    lines = features.lines
    restating, carried = restating_lines(features), understanding_lines(features)
    own = [line for line in lines if not line.is_echo and not line.promises]
    return {
        "lines.terms": _most(lines),
        "lines.own_terms": _most(own),
        "lines.restated_terms": _most(restating),
        "lines.carried_terms": _most(carried),
        "lines.you_terms": _most(line for line in own if line.you),
        "lines.perspective_terms": _most(line for line in own if line.perspective),
        "lines.feeling_terms": _most(line for line in own if line.feeling),
        "lines.stake_terms": _most(line for line in own if line.stake),
        "lines.framed_terms": _most(line for line in own if line.strong_frame),
        "lines.perspective": float(any(line.perspective for line in lines)),
        "lines.feeling": float(any(line.feeling for line in lines)),
        "lines.stake": float(any(line.stake for line in lines)),
        "lines.feeling_and_stake": float(any(line.feeling and line.stake for line in lines)),
        "lines.stock": float(any(line.stock for line in lines)),
        "lines.promises": float(any(line.promises for line in lines)),
        "lines.copied": max((line.copied for line in lines), default=0.0),
        "lines.echoes": float(any(line.is_echo for line in lines)),
        "lines.checked": float(bool(features.checks)),
        "lines.checked_terms": _most(restating) if features.checks else 0.0,
        "lines.solves_first": float(features.solves_first),
        "lines.is_list": float(features.keyword_list),
    }


def _most(lines: Iterable[Line]) -> float:
    """The most terms of the case in one line, as a share of what counts."""
    return min(max((len(line.terms) for line in lines), default=0), _MOST_TERMS) / _MOST_TERMS


def _asked(asks: Sequence[Ask]) -> dict[str, float]:
    out = {
        "asks.any": float(bool(asks)),
        "asks.many": max(0, min(len(asks), _MOST_ASKS) - 1) / (_MOST_ASKS - 1),
        "asks.open": float(any(ask.is_open for ask in asks)),
        "asks.purpose": float(any(ask.is_purpose for ask in asks)),
        "asks.form": float(any(ask.is_form_field for ask in asks)),
        "asks.yes_no": float(any(ask.is_yes_no for ask in asks)),
        "asks.declarative": float(any(ask.is_declarative for ask in asks)),
    }
    for name, pattern in _PATTERNS.items():
        out[name] = float(any(re.search(pattern, ask.span.norm) for ask in asks))
    return out


def _words(features: Features) -> dict[str, float]:
    reply, situation = features.reply, features.situation
    said = content(reply.whole.words)
    heard = said & situation.heard
    last = content(situation.last.whole.words) if situation.last else frozenset()
    here = meaning(word.norm for word in reply.whole.words)
    there = meaning(word.norm for text in situation.customer for word in text.whole.words)
    near = likeness(here, there) if here is not None and there is not None else 0.0
    asked = frozenset().union(*(content(ask.span.words) for ask in features.real_asks))
    count = max(len(reply.whole.words), 1)
    out = {
        "words.heard": min(len(heard), 8) / 8,
        "words.heard_share": len(heard) / max(len(said), 1),
        "words.of_the_last": len(said & last) / max(len(last), 1),
        "words.numbers": min(sum(term.isdigit() for term in heard), 2) / 2,
        "words.asked_heard": min(len(asked & situation.heard), 4) / 4,
        "words.near": near,
        "words.you": _share(reply.whole, {"you", "your", "yours", "yourself"}),
        "words.i": _share(reply.whole, {"i", "me", "my", "we", "our", "us"}),
        "words.small": sum(word.norm in STOP_WORDS for word in reply.whole.words) / count,
        "words.terse": float(len(reply.whole.words) < _TERSE_WORDS),
    }
    to_them = [sentence for sentence in reply.sentences if _is_to_them(sentence, situation.heard)]
    for name, pattern in _SAID.items():
        out[name] = float(any(re.search(pattern, sentence.norm) for sentence in to_them))
    return out


def spoken_to_them(situation: Situation) -> str:
    """The part of a reply that is for this customer: what speaks to them or of what they told, and what asks.

    What a reply says about the firm or in general, and stock sympathy, add nothing then, however long they are. Short
    sentences stay, for they may be an answer.
    """
    sentences, source = situation.reply.sentences, situation.reply.source
    ends = [sentence.words[0].start for sentence in sentences[1:]] + [len(source)]
    kept = "".join(
        source[sentence.words[0].start : end]
        for sentence, end in zip(sentences, ends, strict=True)
        if not _is_stock(sentence, situation.heard)
        and (sentence.asks or len(sentence.words) <= _TERSE_WORDS or _is_to_them(sentence, situation.heard))
    )
    return kept.strip() or source


def _is_stock(sentence: Span, heard: frozenset[str]) -> bool:
    """Sympathy that would fit any customer: it is read by rule, and carries nothing beyond that."""
    return any(has(pattern, sentence) for _, pattern in STOCK) and len(content(sentence.words) & heard) < _TIED_TERMS


def _is_to_them(sentence: Span, heard: frozenset[str]) -> bool:
    """Whether a sentence speaks to this customer, or of what they told: talk about the firm shows nothing."""
    return bool(re.search(r"\byou(r|rs|rself)?\b", sentence.norm)) or bool(content(sentence.words) & heard)


def _share(span: Span, wanted: set[str]) -> float:
    return sum(word.norm in wanted for word in span.words) / max(len(span.words), 1)
