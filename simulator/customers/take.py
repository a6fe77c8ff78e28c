"""One try of a model at a message: complete sentences are let through as long as nothing is wrong with them."""

from __future__ import annotations

import re

from simulator.customers.guard import faults_in, ran_on
from simulator.customers.guard_facts import opens_with_its_facts
from simulator.customers.guard_words import split_first
from simulator.customers.stage import Scene, allowed_facts
from simulator.domain.events import SpeechFault, SpeechFaultKind
from simulator.domain.transcript import clean_text

_QUOTES = ('"', "“", "”")
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
"""How models that reason aloud mark it, where the server leaves it in the answer."""
_ENDS = re.compile(r"[.!?…][\"'”’)]*$|[^\w\s]$")


class Take:
    """Collects what a model says, and hands on what may be shown.

    What merely wraps the message is taken off first: thoughts in tags, the customer's own name before it, quotation
    marks around all of it. They say nothing about the words inside.

    Args:
        scene: what was asked for. An opening is let through only as a whole, since it has to tell why they write.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._waiting = ""
        self._held = ""
        """Passed, and held because the message passes only as a whole."""
        self._named = False
        """Whether the customer's name was taken off the front."""
        self._quoted = False
        """Whether the answer began with a quotation mark that is still open."""
        self._ends_line = False
        """Whether what passed last ended a line."""
        self.shown = ""
        self.faults: tuple[SpeechFault, ...] = ()

    def add(self, text: str) -> str:
        """Some more of the answer; returns what may be shown now, mostly nothing."""
        self._waiting += text
        passed = ""
        if self._thinks() or self._is_named():
            return passed
        while not self.faults:
            sentence, rest = split_first(self._waiting)
            if not sentence:
                break
            self._waiting = rest
            passed += self._let_through(sentence)
        if not self.faults:
            self._stop_a_flood()
        return passed

    def finish(self, *, cut: bool) -> str:
        """The answer has ended, `cut` off or by itself; returns what may be shown of the rest.

        Half a sentence is dropped. An answer of nothing but half a sentence is at fault.
        """
        rest, self._waiting = self._waiting, ""
        passed = ""
        if self.faults:
            return passed
        if cut and rest.strip() and not _ENDS.search(rest.strip()):
            if not (self.shown or self._held):
                self.faults = (SpeechFault(kind=SpeechFaultKind.TOO_LONG, quote=rest.strip()[-60:]),)
            rest = ""
        if rest.strip() or not (self.shown or self._held or self.faults):
            passed = self._let_through(rest)
        return passed + self._release()

    def close(self, text: str) -> str:
        """Words of the author's own, added behind what was shown; returns them as they are to be shown."""
        added = f"{self._gap}{text}" if self.shown else text
        self.shown += added
        return added

    def _let_through(self, sentence: str) -> str:
        so_far = self.shown + self._held
        piece = self._joined(so_far, sentence)
        if so_far and not piece:
            return ""
        found = faults_in(so_far + piece, self._scene.grounds)
        if found:
            self.faults = found
            return ""
        if self._scene.opens:
            self._held += piece
            return ""
        self.shown += piece
        return piece

    def _release(self) -> str:
        """An opening that tells what it has to tell."""
        held, self._held = self._held, ""
        if not held or self.faults or not opens_with_its_facts(held, allowed_facts(self._scene.brief)):
            return ""
        self.shown += held
        return held

    def _joined(self, so_far: str, sentence: str) -> str:
        """The sentence as it follows what was said: in letters a line break stays one, elsewhere it is a space."""
        broken = self._ends_line or sentence.lstrip(" ").startswith("\n")
        self._ends_line = sentence.endswith("\n")
        bare = clean_text(sentence)
        lines = [" ".join(line.split()) for line in bare.split("\n") if line.strip()]
        text = self._without_quotes(so_far, self._gap.join(lines))
        if not so_far or not text:
            return text
        return f"{self._gap if broken else ' '}{text}"

    @property
    def _gap(self) -> str:
        return "\n\n" if self._scene.has_paragraphs else " "

    def _without_quotes(self, so_far: str, text: str) -> str:
        """Quotation marks around the whole message are not part of it; those around some words are."""
        marks = sum(text.count(mark) for mark in _QUOTES)
        if not so_far and text[:1] in _QUOTES and (marks == 1 or (marks == 2 and text[-1] in _QUOTES)):
            self._quoted = marks == 1
            return text.strip("".join(_QUOTES))
        if self._quoted and marks % 2 and text[-1:] in _QUOTES:
            self._quoted = False
            return text[:-1]
        return text

    def _thinks(self) -> bool:
        """Whether the model is thinking aloud before it answers; its thoughts are dropped."""
        begun = self._waiting.lstrip()
        if self.shown or self._held or not begun.startswith(_THOUGHT):
            return not (self.shown or self._held) and bool(begun) and _THOUGHT.startswith(begun)
        _, closed, rest = begun.partition(_THOUGHT_ENDS)
        if closed:
            self._waiting = rest
        return not closed

    def _is_named(self) -> bool:
        """Whether what has come may still be the customer's own name before the message, which is taken off once."""
        if self._named or self.shown or self._held:
            return False
        begun = self._waiting.lstrip()
        person = self._scene.brief.state.started.persona
        for label in (f"{person.name}:", f"{person.first_name}:"):
            if begun.startswith(label):
                self._waiting, self._named = begun.removeprefix(label), True
                return False
        return any(label.startswith(begun) for label in (f"{person.name}:", f"{person.first_name}:"))

    def _stop_a_flood(self) -> None:
        """What never comes to the end of a sentence would be held for ever."""
        if found := ran_on(self._waiting, self._scene.grounds):
            self.faults = tuple(found)
