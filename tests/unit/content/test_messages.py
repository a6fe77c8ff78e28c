"""Each mistake an author can make: where it is, what is wrong, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from simulator.engine.library import Problem

Change = Callable[..., list[Problem]]
JARGON = re.compile(
    r"pydantic|validat|\binput\b|tuple|\bdict|\bNone\b|_type\b|schema|\bstr\b|\bint\b|\bfloat\b|pattern|regex|enum|"
    r"literal|\bparse|model_|\bchar\b",
    re.IGNORECASE,
)

SCENARIO_MISTAKES = [
    # old text, new text, key, line, said, hint
    ('title = "The parcel that is not there"\n', "", "title", None, '"title" is missing.', 'title = "..."'),
    ('summary = "Only', 'sumary = "Only', "sumary", 3, "not a key of this file", "Did you mean summary?"),
    ('channel = "chat"', 'channel = "chatt"', "channel", 6, '"channel" cannot be "chatt".', "Did you mean chat?"),
    ('channel = "chat"', 'channel = "telex"', "channel", 6, "cannot be", "chat, email, social, phone_log"),
    ("minutes = 8", 'minutes = "8"', "minutes", 9, '"minutes" must be a whole number.', "without quotes"),
    ("minutes = 8", "minutes = 8.5", "minutes", 9, '"minutes" must be a whole number.', "without decimals"),
    ("minutes = 8", "minutes = 99", "minutes", 9, '"minutes" is 99, and must be from 3 to 40.', ""),
    ('company = "Sample Post"', "company = 5", "company", 4, '"company" must be text.', "double quotes"),
    ('company = "Sample Post"', 'company = ""', "company", 4, '"company" is empty.', ""),
    ('currency = "£"', 'currency = "pounds"', "currency", 10, "has 6 characters, and at most 4 fit", "Take 2 away"),
    ('skills = ["cognitive_empathy", "paraphrasing"]', 'skills = "paraphrasing"', "skills", 8,
     '"skills" must be a list.', "square brackets"),
    ('skills = ["cognitive_empathy", "paraphrasing"]', "skills = []", "skills", 8,
     '"skills" has 0 entries and needs at least 1.', "Add 1 more."),
    ('jargon = ["depot"]', f"jargon = {['w'] * 21}", "jargon", 12, "has 21 entries, and at most 20", "Remove 1"),
    ('jargon = ["depot"]', 'jargon = ["depot", 7]', "jargon[1]", 12, 'Entry 2 of "jargon" must be text.', "quotes"),
    ('id = "sample-case"', 'id = "Sample Case!"', "id", 1, '"Sample Case!" cannot be an id.', '"sample-case"'),
    ("[brief]\n", "[brief]\nminutes = 8\n", "brief.minutes", 15, '"minutes" is not a key of [brief].',
     "minutes belongs at the top of the file"),
    ("[goal]\n", '[goal]\nunlocks = ["x"]\n', "goal.unlocks", None, "not a key of [goal]",
     "unlocks belongs under [concern]."),
    ("limit = 10.0", "limit = 0", "actions[1].limit", None, '(actions: "voucher")', "Change the number."),
    ("limit = 10.0", "limit = inf", "actions[1].limit", None, "is inf, which is no number", "ordinary number"),
    ('meets = "no"\n', "", "actions[1].meets", None, '"meets" is missing (actions: "voucher").', "customer's need"),
    ("anxiety = 0.1", "anxiety = 0.9", "opening.anxiety", None, "from -0.4 to 0.4", ""),
    ("on_record = true", 'on_record = "yes"', "facts[2].on_record", None, "must be true or false", "on_record = true"),
    ('words = ["birthday"]', "words = []", "facts[3].words", None, '(facts: "for_birthday")', "Add 1 more."),
    ('"Can you tell me about birthday?", ', "", "facts[3].asks", None, "has 2 entries and needs at least 3", ""),
    ('{ label = "Order", value = "4417" }', '{ label = "Order", valu = "4417" }', "record.fields[1].valu", 21,
     '"valu" is not a key', "Did you mean value?"),
    ('{ label = "Order", value = "4417" }', '"4417"', "record.fields[1]", 21, "must have keys of its own", ""),
    ("[need]\nstatement", "[needs]\nstatement", "needs", None, '"needs" is not a key', "Did you mean need?"),
    ('fact = "for_birthday"', 'fact = "for_birthdy"', "goal.fact", None,
     'no fact with the id "for_birthdy"', "Did you mean for_birthday?"),
    ('tells = ["parcel_missing", "ordered_monday"]', 'tells = ["parcel_missing", "nothing"]', "opening.tells[1]", None,
     'no fact with the id "nothing"', "Known are:"),
    ('unlocks = ["missed_last_year"]', 'unlocks = ["missed"]', "concern.unlocks[0]", None, "no fact", ""),
    ('after = ["for_birthday"]', 'after = ["party"]', "actions[0].after[0]", None, "no fact", ""),
    ('id = "order_number"', 'id = "for_birthday"', "facts[3].id", None, "used by two entries", "every fact"),
    ('id = "search"', 'id = "courier"', "actions[2].id", None, "used by two entries", "every action"),
    ('persona = "sample-customer"', 'persona = "sampel-customer"', "persona", 11,
     'no persona with the id "sampel-customer"', "Did you mean sample-customer?"),
    ('skills = ["cognitive_empathy", "paraphrasing"]', 'skills = ["cognitive_empathy", "parafrasing"]', "skills[1]", 8,
     'no criterion with the id "parafrasing"', "Did you mean paraphrasing?"),
    ('meets = "fully"', 'meets = "partly"', "actions", None, "No action meets the need fully", 'meets = "fully"'),
    ("They stop asking", "{nam} stops asking", "concern.changes", None, "{nam} in", "Did you mean {name}?"),
    ("They stop asking", "They {stop asking", "concern.changes", None, "single brace", "{first_name}"),
    ("They stop asking", "They \\u001B[31m stop", "concern.changes", None, "U+001B", "type it again"),
    ("They stop asking", "They \u202estop", "concern.changes", None, "U+202E", "type it again"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "line", "said", "hint"), SCENARIO_MISTAKES)
def test_a_mistake_in_a_scenario_is_located_and_explained(
    scenario_with: Change, old: str, new: str, key: str, line: int | None, said: str, hint: str
) -> None:
    problems = scenario_with(old, new)
    assert key in [problem.key for problem in problems]
    problem = next(problem for problem in problems if problem.key == key)
    assert said in problem.message
    assert hint in problem.hint
    assert problem.hint
    assert problem.severity == "error"
    assert problem.file.endswith("sample-case.toml")
    if line is not None:
        assert problem.line == line
    assert not JARGON.search(problem.message + " " + problem.hint), problem


PERSONA_MISTAKES = [
    ("walk_out = 0.9", "walk_out = 0.3", "temperament.walk_out", "error", "from 0.7 to 1", "leave"),
    ("patience = 5", "patiance = 5", "temperament.patiance", "error", "not a key of [temperament]", "mean patience?"),
    ("frustration = 0.4, ", "", "temperament.baseline.frustration", "error", "is missing", "frustration = "),
    ('tone = "plain"\n', 'tone = "plain"\nswaps = ["a"]\n', "voice.swaps", "error", "keys of its own", "[voice.swaps]"),
    ("understood = [", "understod = [", "lines.understod", "error", "not a key of [lines]", "Did you mean understood?"),
    ("A line for cold, number two.", "A line for wait, number one.", "lines.wait[0]", "warning",
     'already under "cold"', "other words"),
    ("A line for cold, number two.", "Dear {name},", "lines.cold[1]", "error", "nothing in a persona", "without {"),
    ("Robin exists so that tests have somebody to talk to, and has no other history.", "Robin.", "background", "error",
     "has 6 characters and needs at least 40", "Say more."),
    ('id = "sample-customer"', 'id = "sample-person"', "id", "warning", "differs from the name", "sample-person.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "severity", "said", "hint"), PERSONA_MISTAKES)
def test_a_mistake_in_a_persona_is_located_and_explained(
    persona_with: Change, old: str, new: str, key: str, severity: str, said: str, hint: str
) -> None:
    problems = [problem for problem in persona_with(old, new) if problem.file.endswith("sample-customer.toml")]
    problem = next(problem for problem in problems if problem.key == key)
    assert said in problem.message
    assert hint in problem.hint
    assert problem.severity == severity
    assert problem.line is not None
    assert not JARGON.search(problem.message + " " + problem.hint), problem


def test_reactions_without_and_with_few_lines(persona_with: Change) -> None:
    lines = "".join(
        f'    "A line for nudge, number {n}.",\n' for n in ("three", "four", "five", "six", "seven", "eight")
    )
    few = persona_with(lines, "")
    assert [(problem.key, problem.severity) for problem in few] == [("lines.nudge", "warning")]
    assert "has 2 lines; 6 would be enough" in few[0].message
    rest = 'nudge = [\n    "A line for nudge, number one.",\n    "A line for nudge, number two.",\n]\n'
    none = persona_with(rest, "")
    assert [(problem.key, problem.severity) for problem in none] == [("lines.nudge", "error")]


def test_the_good_files_have_no_problem(scenario_with: Change) -> None:
    assert scenario_with("minutes = 8", "minutes = 9") == []


def test_mistakes_of_form_and_of_meaning_are_told_together(scenario_with: Change) -> None:
    problems = scenario_with(
        'minutes = 8\ncurrency = "£"\npersona = "sample-customer"',
        'minutes = "8"\ncurency = "£"\npersona = "nobody"\nskils = 3',
    )
    assert [(problem.line, problem.key) for problem in problems] == [
        (None, "currency"),
        (9, "minutes"),
        (10, "curency"),
        (11, "persona"),
        (12, "skils"),
    ]


def test_a_wrong_entry_does_not_make_its_list_look_too_short(scenario_with: Change) -> None:
    problems = scenario_with('reveals = ["Yes. I let her down last year.", ', "reveals = [3, ")
    assert [problem.key for problem in problems] == ["concern.reveals[0]"]


def test_a_wrong_id_does_not_make_good_references_look_wrong(scenario_with: Change) -> None:
    problems = scenario_with('id = "for_birthday"', 'id = "For Birthday"')
    assert [problem.key for problem in problems] == ["facts[3].id"]


@pytest.mark.parametrize("nonsense", ["", "id = 1", "facts = 3", "facts = [3]", "facts = [[]]\n[[concern]]\n[lines]"])
def test_any_nonsense_is_reported_and_never_raises(scenario_with: Change, workspace_file: str, nonsense: str) -> None:
    problems = scenario_with(workspace_file, nonsense)
    assert any(problem.severity == "error" for problem in problems)
    assert not any(JARGON.search(problem.message + " " + problem.hint) for problem in problems), problems


@pytest.fixture
def workspace_file(workspace: object) -> str:
    path = workspace / "scenarios" / "sample-case.toml"  # type: ignore[operator]
    text: str = path.read_text(encoding="utf-8")
    return text
