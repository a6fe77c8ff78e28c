"""Says in plain words what keeps a text from being TOML."""

from __future__ import annotations

import re

import tomli

from simulator.content.findings import Finding

_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_BARE_WORD = re.compile(r"^[^=#]*=\s*(?P<word>[A-Za-z][^\"'\[\]{}#]*?)\s*(?:#.*)?$")
_KEY = re.compile(r"[\w.-]+\s*=")
_COLON = re.compile(r"^\s*[\w.-]+\s*:")


def explained(error: tomli.TOMLDecodeError, text: str) -> Finding:
    """The line, what is wrong there, and how to mend it."""
    number = error.lineno
    lines = text.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    message, hint = _words(error.msg, line, error.colno)
    return Finding((), message, hint, line=number)


def _words(reason: str, line: str, column: int) -> tuple[str, str]:
    by_look = _by_look(reason, line, column)
    if by_look:
        return by_look
    for beginning, words in _BY_REASON.items():
        if reason.startswith(beginning):
            return words
    return (
        "This line cannot be understood.",
        'Every line is key = value, a [table] or a comment that begins with #. Text stands in "double quotes".',
    )


def _by_look(reason: str, line: str, column: int) -> tuple[str, str] | None:
    """What the line itself tells, which is often more than what the parser knows."""
    rest = line[column - 1 :]
    if _CURLY.match(rest):
        return ("The quotes are curly.", 'Use straight quotes: "like this". Word processors change them by themselves.')
    if _COLON.match(line) and reason.startswith("Expected '='"):
        return ("There is a colon where = belongs.", "Write key = value.")
    if reason == "Invalid value" and _KEY.match(rest):
        return _BY_REASON["Unclosed array"]
    word = _BARE_WORD.match(line)
    if reason == "Invalid value" and word:
        if word["word"].lower() in {"true", "false"}:
            return (f'"{word["word"]}" is not written like this.', f"Write {word['word'].lower()} in small letters.")
        return ("Text stands without quotes.", f'Put it in double quotes: "{word["word"]}".')
    if reason.startswith("Expected newline") and '"' in rest:
        return (
            "There is more on this line after the text has ended.",
            'A double quote inside a text ends it. Write \\" inside, or use single quotes there.',
        )
    if reason.startswith("Unclosed array") and rest[:1] in {'"', "'", "{", "["}:
        return ("A comma is missing in a list.", "Put a comma between the entry before and this one.")
    return None


_QUOTE_HINT = (
    'End the text with the same quotes that it began with. A text of several lines stands in """three quotes""".'
)
_TWICE_HINT = "Remove one of the two, or give it another name. For one more entry of a list write [[double brackets]]."
_BACKSLASH_HINT = "Write two backslashes (\\\\) for one, or put the text into single quotes."
_BY_REASON: dict[str, tuple[str, str]] = {
    "Invalid value": ("The value after = cannot be understood.", 'Text stands in "double quotes", numbers without.'),
    "Expected '='": (
        "A key stands here without a value.",
        'Write key = value. In keys use only a-z, 0-9, "-" and "_".',
    ),
    "Unclosed array": ("A list was begun and not ended before this line.", "Put the missing ] behind the last entry."),
    "Unclosed inline table": ("A { was not closed before this line.", "Put the missing } at the end."),
    "Illegal character '\\n'": ("A text was begun and not ended on this line.", _QUOTE_HINT),
    "Unterminated string": ("A text was begun and never ended.", _QUOTE_HINT),
    'Expected "\'"': ("A text was begun and never ended.", _QUOTE_HINT),
    "Illegal character": ("There is an invisible control character in the text.", "Delete it and type the text again."),
    "Cannot overwrite": ("A key stands here a second time.", _TWICE_HINT),
    "Duplicate inline table key": ("A key stands twice between the braces.", "Remove one of the two."),
    "Cannot declare": ("This [table] stands here a second time.", _TWICE_HINT),
    "Cannot mutate": ("This was already given in another way further up.", _TWICE_HINT),
    "Cannot redefine": ("This was already given in another way further up.", _TWICE_HINT),
    "Expected newline": (
        "There is more on this line than one key and its value.",
        "Put each key on a line of its own.",
    ),
    "Invalid statement": (
        "This line begins in a way that means nothing.",
        "Write key = value, a [table], or # in front.",
    ),
    "Expected ']]'": ("The brackets of this [[list]] are not closed.", "Put the missing ]] at the end of the line."),
    "Expected ']": ("The bracket of this [table] is not closed.", "Put the missing ] at the end of the line."),
    "Invalid hex value": ("A backslash in a text is followed by something unknown.", _BACKSLASH_HINT),
    "Unescaped": ("A backslash in a text is followed by something unknown.", _BACKSLASH_HINT),
    "Invalid initial character": ("A key is missing or begins with a forbidden sign.", "Begin keys with a-z or 0-9."),
    "Invalid date": ("This is no date that exists.", "Write text in double quotes, dates as 2026-03-01."),
}
