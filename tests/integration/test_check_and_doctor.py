"""`check` and `doctor`: what is wrong, where, and how to mend it."""

from __future__ import annotations

import re

from integration.program import ROOT, Program

PERSONA = (ROOT / "personas" / "dario-ferretti.toml").read_text(encoding="utf-8")
AGE_LINE = next(n for n, line in enumerate(PERSONA.splitlines(), start=1) if line.startswith("age ="))


def broken(text: str) -> str:
    """The persona with a wrong value, and a misspelt key on the line behind it."""
    return re.sub(r"(?m)^age = .*\n", 'age = "old"\npronuons = "he/him"\n', text)


def test_a_wrong_file_is_told_with_its_line_and_a_suggestion(program: Program) -> None:
    program.put("personas/dario-ferretti.toml", broken(PERSONA))

    done = program.run("check", "personas/dario-ferretti.toml")

    assert done.code == 1
    assert f"personas/dario-ferretti.toml:{AGE_LINE}: error: age:" in done.out
    assert f"personas/dario-ferretti.toml:{AGE_LINE + 1}: error:" in done.out
    assert "pronouns" in done.out


def test_check_as_json_is_a_list_of_problems(program: Program) -> None:
    program.put("bad.toml", broken(PERSONA))

    done = program.run("check", "bad.toml", "--json")

    assert done.code == 1
    assert {"age", "pronuons"} <= {problem["key"] for problem in done.json}
    for problem in done.json:
        assert set(problem) == {"file", "line", "key", "severity", "message", "hint"}
        assert problem["severity"] in {"error", "warning"}
        assert problem["file"].endswith("bad.toml")


def test_what_is_no_content_is_an_error(program: Program) -> None:
    program.put("not-toml.toml", "id = \n")
    program.put("binary.toml", b"\x00\xff\xfe\x00")
    program.put("empty.toml", "")
    names = ["not-toml.toml", "binary.toml", "empty.toml", "nothing-here.toml"]

    done = program.run("check", *names, "--json")

    assert done.code == 1
    assert [(problem["file"].split("/")[-1], problem["severity"]) for problem in done.json] == [
        (name, "error") for name in names
    ]


def test_a_good_file_has_no_problems(program: Program) -> None:
    program.put("personas/dario-ferretti.toml", PERSONA)

    done = program.run("check", "personas", "--json")

    assert (done.code, done.json) == (0, [])


def test_what_authors_write_cannot_colour_the_terminal(program: Program) -> None:
    program.put("personas/bad.toml", 'id = "x"\n"\\u001b[31mkey\\u202e" = 1\n')

    done = program.run("check", "personas/bad.toml")

    assert done.code == 1
    assert "[31mkey" in done.out
    assert "\u202e" not in done.out


def test_doctor_tells_where_each_setting_came_from(program: Program) -> None:
    done = program.run("doctor", "--json", env={"SIMULATOR_UI__PACE": "quick"})

    assert done.code == 0
    findings = {finding["check"]: finding for finding in done.json}
    assert all(set(finding) == {"check", "ok", "detail", "hint"} for finding in done.json)
    assert all(finding["ok"] is True for finding in done.json)
    assert findings["Setting ui.pace"]["detail"] == "quick (from SIMULATOR_UI__PACE)"
    assert str(program.data) in findings["Setting data_dir"]["detail"]
    assert not program.database.exists()


def test_doctor_tells_what_does_not_work(program: Program) -> None:
    program.data.mkdir()
    program.database.write_bytes(b"This is not a database. " * 400)

    done = program.run("doctor")

    assert done.code == 1
    assert "FAIL  Sessions:" in done.out
    assert str(program.database) in done.out
