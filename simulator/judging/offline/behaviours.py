"""Behaviours of a reply as probabilities, each with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from simulator.domain.behaviours import Behaviour, Observation
from simulator.domain.scenario import Aspect, Gate
from simulator.judging.offline import integrity
from simulator.judging.offline.asks import Ask, AskKind
from simulator.judging.offline.features import Features
from simulator.judging.offline.knowledge import jargon_in, personal_knowledge, record_asks
from simulator.judging.offline.lexicon import frames
from simulator.judging.offline.lexicon.marks import BIAS, MARKS
from simulator.judging.offline.offers import commits
from simulator.judging.offline.patterns import found, has, logistic, short
from simulator.judging.offline.reflection import reflection
from simulator.judging.offline.understanding import understanding_lines
from simulator.judging.offline.words import Span, Text

_FLOOR = 0.05
"""Probabilities below it are left out."""
_MAX_QUOTES = 4
_SHORT_STATEMENT = 3
"""Words up to which a statement with a question mark ("Order number?") is a plain question."""


@dataclass(slots=True)
class Marks:
    """Log-odds of one behaviour, and the words that raised them."""

    log_odds: float = BIAS
    quotes: list[str] = field(default_factory=list)

    def add(self, weight: float, quote: str = "") -> None:
        self.log_odds += weight
        if quote and quote not in self.quotes:
            self.quotes.append(quote)

    def observation(self, behaviour: Behaviour, source: str) -> Observation | None:
        probability = logistic(self.log_odds)
        if probability < _FLOOR:
            return None
        kept = tuple(short(q) for q in self.quotes if short(q) in source)[:_MAX_QUOTES]
        return Observation(behaviour=behaviour, probability=probability, evidence=kept)


def observe(features: Features) -> tuple[Observation, ...]:
    """Every behaviour with a noticeable probability, most probable first."""
    source = features.reply.source
    if integrity.is_empty(source):
        return (Observation(behaviour=Behaviour.EMPTY, probability=1.0),)
    table = {behaviour: Marks() for behaviour in Behaviour}
    table[Behaviour.EMPTY].log_odds = -9.0
    _lexical(features.reply, table)
    for step in _STEPS:
        step(features, table)
    made = (marks.observation(behaviour, source) for behaviour, marks in table.items())
    kept = [o for o in made if o is not None and (o.probability >= 0.1 or o.evidence)]
    return tuple(sorted(kept, key=lambda o: (-o.probability, o.behaviour.value)))


def _lexical(reply: Text, table: dict[Behaviour, Marks]) -> None:
    for behaviour, patterns in MARKS.items():
        marks = table[behaviour]
        for weight, pattern in patterns:
            hits = [(s, m) for s in reply.sentences if (m := found(pattern, s)) and m.group()]
            for i, (sentence, match) in enumerate(hits[:4]):
                marks.add(weight if i == 0 else 0.5, sentence.quote_of(match))


def _understanding(features: Features, table: dict[Behaviour, Marks]) -> None:
    paraphrase, echo = table[Behaviour.PARAPHRASE], table[Behaviour.ECHO]
    paraphrase.log_odds, echo.log_odds = -3.0, -4.0
    best = max(features.restating, key=lambda line: (len(line.terms), line.strong_frame), default=None)
    terms = frozenset().union(*(line.terms for line in features.restating if not line.is_echo))
    for line in features.lines:
        if line.copied >= 0.35 and line.terms:
            echo.add(6.5 * line.copied, line.span.quote)
    if best is None or features.keyword_list:
        return
    paraphrase.add(min(len(terms), 5) * 0.75)
    paraphrase.add(1.5 if best.strong_frame else 0.0)
    paraphrase.add(0.8 if best.you else 0.0)
    paraphrase.add(min(len(features.right), 3) * 0.8)
    paraphrase.add(1.0 if features.checks else 0.0)
    paraphrase.add(-2.0 if best.stock else 0.0)
    paraphrase.add(-2.5 if all(line.is_echo for line in features.restating) else 0.0)
    for line in sorted(features.restating, key=lambda li: -len(li.terms))[:3]:
        if line.terms and not line.is_echo:
            paraphrase.add(0.0, line.span.quote)


def _reflection(features: Features, table: dict[Behaviour, Marks]) -> None:
    """Giving back in a conversation from elsewhere, where no scenario says what the case is about."""
    if features.situation.prepared is not None or features.keyword_list:
        return
    log_odds, quote = reflection(features)
    marks = table[Behaviour.PARAPHRASE]
    marks.log_odds = max(min(marks.log_odds, log_odds + 2.0), log_odds)
    marks.add(0.0, quote)


def _empathy(features: Features, table: dict[Behaviour, Marks]) -> None:
    marks, stock = table[Behaviour.COGNITIVE_EMPATHY], table[Behaviour.STOCK_SYMPATHY]
    marks.log_odds = -3.2
    best = 0.0
    for line in features.lines:
        strength = empathic_strength(line.perspective, line.feeling, line.stake, len(line.terms), line.you)
        if line.is_echo or features.keyword_list:
            strength -= 2.5
        if line.stock and len(line.terms) < 3:
            strength = min(strength, 1.5)
        if strength > 2.8:
            marks.add(0.0, line.span.quote)
        best = max(best, strength)
        if (line.feeling or line.perspective) and line.stock and len(line.terms) <= 1:
            stock.add(0.4, line.span.quote)
    carried = understanding_lines(features)
    for line in carried:
        marks.add(0.0, line.span.quote)
    marks.add(max(best, 4.0) if carried else min(best, 2.9))
    if features.concern.reading == "named":
        marks.add(4.5, features.concern.quote)


def empathic_strength(perspective: bool, feeling: bool, stake: bool, terms: int, you: bool) -> float:
    """Log-odds that a line understands this customer: frame and feeling, carried by what is particular to them."""
    carried = min(terms, 3)
    frame = 1.3 * perspective + 1.0 * feeling + 0.4 * stake + 0.3 * you
    return frame + carried * (0.8 if perspective or feeling else 0.2)


def _asking(features: Features, table: dict[Behaviour, Marks]) -> None:
    asks = features.real_asks
    marks = table[Behaviour.QUESTION]
    counted = [a for a in features.situation.asks if a.kind is not AskKind.RHETORICAL]
    if counted:
        marks.add(max(_asking_weight(ask) for ask in counted))
        for ask in counted[:_MAX_QUOTES]:
            marks.add(0.0, ask.span.quote)
    for ask in asks:
        if ask.is_open:
            table[Behaviour.OPEN_QUESTION].add(
                5.0 if not table[Behaviour.OPEN_QUESTION].quotes else 0.3, ask.span.quote
            )
        if (ask.is_purpose or _asks_purpose(ask, features)) and not ask.is_form_field:
            weight = 4.0 if ask.is_open or not ask.is_yes_no else 2.8
            table[Behaviour.PURPOSE_QUESTION].add(
                weight if not table[Behaviour.PURPOSE_QUESTION].quotes else 0.4, ask.span.quote
            )
    if len(asks) >= 3:
        # clauses of one sentence weigh less than questions in a row
        in_a_row = len({_sentence_of(ask, features) for ask in asks}) >= 2
        table[Behaviour.INTERROGATION].add((3.2 if in_a_row else 2.2) + 0.8 * (len(asks) - 3), asks[-1].span.quote)
    if len(asks) >= 4:
        spread = len({q.fact for q in features.questions.found}) + len(features.questions.unanswered)
        table[Behaviour.QUESTION_STUFFING].add(2.2 + 0.8 * (len(asks) - 4) + 0.3 * min(spread, 5), asks[0].span.quote)


def _sentence_of(ask: Ask, features: Features) -> int:
    """Where the sentence begins in which the question stands."""
    start = ask.span.words[0].start
    return max((s.words[0].start for s in features.reply.sentences if s.words[0].start <= start), default=0)


def _asking_weight(ask: Ask) -> float:
    if ask.kind is AskKind.CLOSING:
        return 3.0
    # a statement with a question mark gives something back rather than asks for something new
    if ask.is_declarative and ask.kind is AskKind.REAL and len(ask.span.words) > _SHORT_STATEMENT:
        return 3.2
    return 6.0


def _asks_purpose(ask: Ask, features: Features) -> bool:
    """Whether the fact that a question finds is the goal, what hangs on it, or something that trust brings out."""
    prepared = features.situation.prepared
    if prepared is None:
        return False
    start = ask.span.words[0].start
    facts = [prepared.scenario.fact(clause.fact) for clause in features.questions.by_clause if clause.start == start]
    return any(f.about in {Aspect.GOAL, Aspect.IMPACT} or f.gate is Gate.EARNED for f in facts)


def _asked_again(features: Features, table: dict[Behaviour, Marks]) -> None:
    marks = table[Behaviour.ASKS_AGAIN]
    situation = features.situation
    prepared = situation.prepared
    if prepared is not None:
        for question in features.questions.found:
            fact = prepared.scenario.fact(question.fact)
            if question.form == "open" and (fact.id in situation.disclosed or fact.on_record):
                marks.add(3.0 + 1.5 * question.confidence, question.quote)
    for quote in record_asks(features):
        marks.add(4.5, quote)


def _helping(features: Features, table: dict[Behaviour, Marks]) -> None:
    step, early = table[Behaviour.NEXT_STEP], table[Behaviour.PREMATURE_SOLUTION]
    for sentence in features.reply.sentences:
        match = found(frames.NEXT_STEP_WHEN, sentence)
        if match and commits(sentence):
            step.add(4.2 if not step.quotes else 0.4, sentence.quote)
        elif commits(sentence) and has(r"\b(i|we) (will|am going to|are going to)\b", sentence):
            step.add(1.4, "")
    solving = _solution_quotes(features)
    if not solving:
        return
    early.add(3.4, solving[0])
    early.add(-1.2 * min(grasp_before(features), 3))
    early.add(-1.6 * len({r.fact for r in features.right}) if features.restating else 0.0)
    early.add(-2.0 if features.concern.reading == "named" else 0.0)
    if features.solves_first:
        early.add(0.8)
    early.add(_missing_facts(features))


def _solution_quotes(features: Features) -> list[str]:
    out = [offer.quote for offer in features.offers if offer.quote]
    for sentence in features.reply.sentences:
        helps = commits(sentence) or has(frames.IMPERATIVE, sentence)
        if helps and not sentence.asks and has(frames.FIX_TALK, sentence) and not has(frames.REFUSAL, sentence):
            out.append(sentence.quote)
    if features.situation.context.action and not out:
        out.append("")
    return out


def grasp_before(features: Features) -> int:
    """How often the trainee showed interest or grasp earlier: questions, restatements, answers drawn out."""
    situation = features.situation
    count = sum(1 for text in situation.earlier if len(text.whole.concepts & situation.heard) >= 2)
    count += sum(1 for text in situation.earlier if "?" in text.source)
    prepared = situation.prepared
    if prepared is not None:
        asked = [f for f in situation.disclosed if f not in prepared.scenario.opening.tells]
        count += min(len(asked), 3)
    return count


def _missing_facts(features: Features) -> float:
    prepared = features.situation.prepared
    if prepared is None or not features.offers:
        return 0.0
    needed = {fact for offer in features.offers for fact in prepared.scenario.action(offer.action).after}
    missing = needed - features.situation.disclosed
    if not needed:
        return 0.0
    return 1.5 if missing else -1.5


def _manner(features: Features, table: dict[Behaviour, Marks]) -> None:
    reply = features.reply
    for quote in jargon_in(features.situation):
        table[Behaviour.JARGON].add(2.8, quote)
    for quote in personal_knowledge(features):
        table[Behaviour.PERSONAL_KNOWLEDGE].add(3.4, quote)
    if table[Behaviour.HAND_OFF].log_odds < 0:
        table[Behaviour.CONTEXT_KEPT].log_odds = min(table[Behaviour.CONTEXT_KEPT].log_odds, -0.5)
    for quote in integrity.template_marks(reply.source):
        table[Behaviour.SCRIPTED].add(5.0, quote)
    if features.repeats >= 0.5 and len(reply.whole.words) >= 4:
        table[Behaviour.REPEATED].add(1.5 + 4.0 * features.repeats, short(reply.whole.quote))
    if features.keyword_list:
        table[Behaviour.KEYWORD_LIST].add(5.0, short(reply.whole.quote))
    _greeting_only(features, table)


def _greeting_only(features: Features, table: dict[Behaviour, Marks]) -> None:
    greeting = table[Behaviour.GREETING]
    said = [s for s in features.reply.sentences if not _is_courtesy(s)]
    extra = sum(len(s.words) for s in said)
    if greeting.log_odds > 0 and extra > 4:
        greeting.log_odds = -3.0 if extra > 8 else -0.5
        greeting.quotes.clear()
    if table[Behaviour.CLOSING].log_odds > 0 and len(features.reply.whole.words) > 45:
        table[Behaviour.CLOSING].add(-1.5)


def _is_courtesy(sentence: Span) -> bool:
    return any(has(pattern, sentence) for _, pattern in MARKS[Behaviour.GREETING]) and len(sentence.words) <= 14


def _integrity(features: Features, table: dict[Behaviour, Marks]) -> None:
    reply = features.reply
    foreign = integrity.foreign_share(reply)
    if foreign > 0 and _customer_writes_english(features):
        table[Behaviour.OTHER_LANGUAGE].log_odds = -2.0 + 5.5 * foreign
        table[Behaviour.OTHER_LANGUAGE].quotes.append(short(reply.whole.quote))
    mash = integrity.nonsense_share(reply)
    if mash >= 0.5 and foreign < 0.5:
        table[Behaviour.NONSENSE].log_odds = -3.0 + 6.5 * mash
        table[Behaviour.NONSENSE].quotes.append(short(reply.whole.quote))
    for quote in integrity.machine_marks(reply.source):
        table[Behaviour.TO_MACHINE].add(5.5, quote)


def _customer_writes_english(features: Features) -> bool:
    texts = features.situation.customer
    return not texts or integrity.foreign_share(texts[-1]) < 0.5


_STEPS: tuple[Callable[[Features, dict[Behaviour, Marks]], None], ...] = (
    _understanding, _reflection, _empathy, _asking, _asked_again, _helping, _manner, _integrity,
)  # fmt: skip


def shown(observations: Iterable[Observation], behaviour: Behaviour) -> Observation | None:
    """The observation of a behaviour when it is likelier than not."""
    for observation in observations:
        if observation.behaviour is behaviour and observation.probability >= 0.5:
            return observation
    return None
