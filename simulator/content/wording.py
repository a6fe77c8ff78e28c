"""Turns what the models refuse into sentences for people who never saw code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from simulator.content.findings import Finding, KeyPath, dotted, labelled, whereabouts
from simulator.content.shapes import Shape


@dataclass(frozen=True, slots=True)
class _Case:
    """One refusal with all that is needed to word it."""

    path: KeyPath
    value: object
    context: dict[str, object]
    shape: Shape
    """Of the whole file."""

    @property
    def label(self) -> str:
        return labelled(self.path)

    @property
    def own(self) -> Shape:
        return self.shape.at(self.path) or Shape({}, {})

    @property
    def key(self) -> str:
        return str(next((part for part in reversed(self.path) if isinstance(part, str)), ""))

    def count(self, name: str) -> int:
        found = self.context.get(name, 0)
        return int(found) if isinstance(found, int | float) else 0


Words = tuple[str, str]


def worded(error: ErrorDetails, data: object, shape: Shape) -> Finding:
    """The finding for one refusal of a model."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    case = _Case(path, error.get("input"), dict(error.get("ctx", {})), shape)
    if "[key]" in error["loc"]:
        message, hint = _unknown_key(case)
    else:
        message, hint = _WORDS.get(error["type"], _something_else)(case)
    return Finding(path, _with_place(message, whereabouts(path, data)), hint)


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word that was probably meant."""
    folded = word.lower().replace("-", "_")
    found = difflib.get_close_matches(folded, [name.replace("-", "_") for name in known], n=1, cutoff=0.6)
    return next((name for name in known if found and name.replace("-", "_") == found[0]), None)


def _with_place(message: str, place: str) -> str:
    return f"{message[:-1]}{place}." if place and message.endswith(".") else message + place


def _missing(case: _Case) -> Words:
    return f"{case.label} is missing.", _joined(f"Add {_example(case)}", case.own.purpose())


def _unknown_key(case: _Case) -> Words:
    name = str(case.path[-1])
    table = case.shape.at(case.path[:-1]) or case.shape
    place = f"[{dotted(case.path[:-1])}]" if len(case.path) > 1 else "this file"
    message = f'"{name}" is not a key of {place}.'
    guess = nearest(name, table.keys())
    if guess:
        return message, f"Did you mean {guess}?"
    elsewhere = [path for path, _ in case.shape.walk() if path[-1] == name]
    if elsewhere:
        return message, _belongs(name, elsewhere[0])
    return message, "Remove it, or use one of: " + ", ".join(table.keys()) + "."


def _belongs(name: str, path: KeyPath) -> str:
    table = [str(part) for part in path[:-1] if isinstance(part, str)]
    if not table:
        return f"{name} belongs at the top of the file, before the first line in [brackets]."
    brackets = ("[[", "]]") if path[-2] == 0 else ("[", "]")
    return f"{name} belongs under {brackets[0]}{'.'.join(table)}{brackets[1]}."


def _choice(case: _Case) -> Words:
    choices = case.own.choices()
    guess = nearest(str(case.value), choices)
    hint = f"Did you mean {guess}? " if guess else ""
    return f"{case.label} cannot be {_shown(case.value)}.", f"{hint}Possible are: {', '.join(choices)}."


def _text(case: _Case) -> Words:
    return f"{case.label} must be text.", f"Put it in double quotes, {_example(case)}"


def _list(case: _Case) -> Words:
    return f"{case.label} must be a list.", f"Put its entries in square brackets, {_example(case)}"


def _table(case: _Case) -> Words:
    hint = f"Begin it with a line {_brackets(case)} and put its keys below." if case.path else ""
    return f"{case.label} must have keys of its own.", hint or "Write keys and values."


def _whole(case: _Case) -> Words:
    return f"{case.label} must be a whole number.", f"Write it without quotes and without decimals, {_example(case)}"


def _number(case: _Case) -> Words:
    return f"{case.label} must be a number.", f"Write it without quotes, {_example(case)}"


def _yes_no(case: _Case) -> Words:
    return f"{case.label} must be true or false.", f"Write {case.key} = true or {case.key} = false, without quotes."


def _bounds(case: _Case) -> Words:
    own = case.own
    low, high = own.number("minimum"), own.number("maximum")
    above = own.number("exclusiveMinimum")
    if above is not None:
        span = f"above {above:g}" + (f" and at most {high:g}" if high is not None else "")
    elif low is not None and high is not None:
        span = f"from {low:g} to {high:g}"
    else:
        span = f"at least {low:g}" if low is not None else f"at most {high or 0:g}"
    return f"{case.label} is {_shown(case.value)}, and must be {span}.", _joined("Change the number.", own.purpose())


def _few(case: _Case) -> Words:
    have, need = case.count("actual_length"), case.count("min_length")
    if isinstance(case.value, list):
        have = len(case.value)
    lack = need - have
    message = f"{case.label} has {_counted(have)} and needs at least {need}."
    return message, _joined(f"Add {lack} more.", case.own.purpose())


def _many(case: _Case) -> Words:
    limit = case.count("max_length")
    have = len(case.value) if isinstance(case.value, list) else case.count("actual_length")
    message = f"{case.label} has {_counted(have)}, and at most {limit} are possible."
    return message, f"Remove {have - limit}; keep those that differ most."


def _short_text(case: _Case) -> Words:
    need, have = case.count("min_length"), len(str(case.value).strip())
    if have == 0:
        return f"{case.label} is empty.", _joined("Write something, or remove the line.", case.own.purpose())
    return f"{case.label} has {have} characters and needs at least {need}.", _joined("Say more.", case.own.purpose())


def _long_text(case: _Case) -> Words:
    limit, have = case.count("max_length"), len(str(case.value).strip())
    return (
        f"{case.label} has {have} characters, and at most {limit} fit.",
        f"Take {have - limit} away, or make two entries of it where a list is possible.",
    )


def _pattern(case: _Case) -> Words:
    rule = "Use small letters, digits, and a single - or _ between words"
    slug = re.sub(r"[^a-z0-9]+", "-", str(case.value).lower()).strip("-")
    return f"{_shown(case.value)} cannot be an id.", f'{rule}, e.g. "{slug or "late-gift"}".'


def _rule(case: _Case) -> Words:
    reason = str(case.context.get("error", "this does not fit together"))
    return f"{case.label}: {reason}.", "Compare with a file that comes with the program."


def _something_else(case: _Case) -> Words:
    return f"{case.label} cannot be {_shown(case.value)}.", f"Compare with a file that works, {_example(case)}"


def _counted(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _shown(value: object) -> str:
    match value:
        case str():
            return f'"{value[:60]}"' if len(value) <= 60 else f'"{value[:60]}..."'
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "this"


def _example(case: _Case) -> str:
    own, key = case.own, case.key
    choices = own.choices()
    if choices and own.type != "integer":
        return f'e.g. {key} = "{choices[0]}".'
    match own.type:
        case "object":
            return f"a line {_brackets(case)} with its keys below."
        case "array":
            entries = own.below(0)
            if entries is not None and entries.type == "object":
                return f"at least one [[{key}]] with its keys below."
            return f'e.g. {key} = ["...", "..."].'
        case "integer" | "number":
            return f"e.g. {key} = {own.number('minimum') or 1:g}."
        case "boolean":
            return f"e.g. {key} = true."
        case _:
            return f'e.g. {key} = "...".' if not own.has_pattern else f'e.g. {key} = "late-gift".'


def _brackets(case: _Case) -> str:
    names = ".".join(part for part in case.path if isinstance(part, str))
    return f"[[{names}]]" if case.path and isinstance(case.path[-1], int) else f"[{names}]"


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


_WORDS: dict[str, Callable[[_Case], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "enum": _choice,
    "literal_error": _choice,
    "string_type": _text,
    "string_unicode": _text,
    "tuple_type": _list,
    "list_type": _list,
    "model_type": _table,
    "model_attributes_type": _table,
    "dict_type": _table,
    "int_type": _whole,
    "int_from_float": _whole,
    "int_parsing": _whole,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _number,
    "bool_type": _yes_no,
    "bool_parsing": _yes_no,
    "greater_than": _bounds,
    "greater_than_equal": _bounds,
    "less_than": _bounds,
    "less_than_equal": _bounds,
    "too_short": _few,
    "too_long": _many,
    "string_too_short": _short_text,
    "string_too_long": _long_text,
    "string_pattern_mismatch": _pattern,
    "value_error": _rule,
}
