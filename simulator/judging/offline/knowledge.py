"""Use of what the trainee can see: the record used well, asked for again, and words of the trade."""

from __future__ import annotations

import re

from simulator.judging.offline.asks import AskKind
from simulator.judging.offline.features import Features
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.patterns import has, short
from simulator.judging.offline.prepared import content, holds
from simulator.judging.offline.situation import Situation
from simulator.judging.offline.words import Span, read

_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")
_COMMON_ACRONYMS = frozenset({
    "OK", "FAQ", "PDF", "VAT", "TV", "PC", "ID", "UK", "US", "EU", "USA", "AM", "PM", "CET", "GMT", "EUR", "GBP", "USD",
    "PS", "NB", "ASAP", "FYI", "PIN", "SMS", "USB", "IT", "HI", "NO", "YES", "SIM", "GPS", "CD", "DVD", "II", "III",
    "AND", "NOT", "THE", "YOU", "WE", "SO", "IS", "ARE", "MY", "DO", "CAN", "HOW", "WHY", "WHAT", "WHEN", "GB", "MB",
})  # fmt: skip
_EXPLAINS = r"\b(that is|which means|meaning|in other words|in plain words|i mean|which is|called|stands for|the way)\b"
_REFERS = (
    r"\b(i (can )?(see|saw|notic\w+|read|found|have (read|seen|looked|your|the|both)|looked)|(from|in|according "
    r"to|going by|looking at) (your|our|the) (\w+ )?(notes?|record|history|file|account|earlier|last|previous)|my "
    r"colleague|last time|you (wrote|told|asked|called|contacted|spoke|chatted) (to |with |us |in |on |for |a |my "
    r"|about )|since (you|the|your)|your (last|earlier|previous)|already|back in|when you|you have been|you were|"
    r"as a|our notes)\b"
)


def jargon_in(situation: Situation) -> list[str]:
    """Words of the trade in the reply that the customer does not use and that are not explained."""
    said = " ".join(text.source for text in situation.customer)
    out: list[str] = []
    words = situation.reply.whole.words
    for entry in situation.prepared.jargon if situation.prepared else ():
        if holds(words, entry) and not holds(read(said).whole.words, entry):
            out.extend(_quoted(entry, situation))
    known = said + _record_text(situation)
    if not _shouting(situation):
        acronyms = _ACRONYM.findall(situation.reply.source)
        out.extend(word for word in acronyms if word not in _COMMON_ACRONYMS and word not in known)
    return out[:4]


def _quoted(entry: str, situation: Situation) -> list[str]:
    for sentence in situation.reply.sentences:
        if holds(sentence.words, entry):
            if has(_EXPLAINS, sentence) or "(" in sentence.quote:
                return []
            at = re.search(re.escape(entry), sentence.quote, re.IGNORECASE)
            return [at.group() if at else short(sentence.quote)]
    return []


def _record_text(situation: Situation) -> str:
    if situation.prepared is None:
        return ""
    record = situation.prepared.scenario.record
    return " ".join([*(f"{f.label} {f.value}" for f in record.fields), *(h.note for h in record.history)])


def _shouting(situation: Situation) -> bool:
    letters = [ch for ch in situation.reply.source if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) > 0.6 * max(len(letters), 1)


def record_asks(features: Features) -> list[str]:
    """Questions for something that stands on the record or in what the customer wrote."""
    situation = features.situation
    out: list[str] = []
    for ask in situation.asks:
        if ask.kind is not AskKind.REAL or not ask.is_form_field:
            continue
        asked = {w.concept for w in ask.span.words}
        if (
            situation.prepared is not None and any(label and label <= asked for label in situation.prepared.labels)
        ) or _customer_gave(ask.span, situation):
            out.append(short(ask.span.quote))
    return out


def _customer_gave(span: Span, situation: Situation) -> bool:
    said = " ".join(text.source for text in situation.customer)
    if has(r"\bemail\b", span) and "@" in said:
        return True
    keys = [
        w.norm for w in span.words if w.norm in {"order", "booking", "invoice", "ticket", "reference", "case", "serial"}
    ]
    return any(re.search(rf"\b{key}\W+(?:\w+\W+){{0,3}}?#?[A-Za-z-]*\d{{3,}}", said, re.IGNORECASE) for key in keys)


def personal_knowledge(features: Features) -> list[str]:
    """Stretches that use the record or the history to the customer's benefit, beyond name and number."""
    situation = features.situation
    prepared = situation.prepared
    if prepared is None:
        return []
    from_record = prepared.record - _opening_terms(situation)
    out: list[str] = []
    for sentence in situation.reply.sentences:
        used = content(sentence.words) & from_record
        refers = has(_REFERS, sentence)
        if (len(used) >= 2 and refers and (len(sentence.words) - len(used) >= 5)) or (
            len(used) >= 3 and has(frames.STRONG_RESTATING, sentence)
        ):
            out.append(sentence.quote)
    return out[:3]


def _opening_terms(situation: Situation) -> frozenset[str]:
    # what the customer said themselves is no knowledge of the record
    return situation.heard
