"""`stegvis feel`: a value on standard output, what is wrong under its place on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Stegvis


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("1 + 2",), "3"),
        (("-1 + 2",), "1"),
        (("--", "-1"), "-1"),
        (('age >= 16 and status = "unemployed"', "--data", "age=18", "--data", 'status="unemployed"'), "true"),
        (("end date + @\"P1D\"", "--data", 'end date = @"2025-12-24"'), '@"2025-12-25"'),
        (('today() + @"P1M"', "--now", "2025-01-31T09:00"), '@"2025-02-28"'),
        (("now()", "--now", "2025-01-31T09:00"), '@"2025-01-31T09:00:00@Europe/Stockholm"'),
        (("b", "--data", "a=1", "--data", "b=a + 1"), "2"),
        (('"Ada"',), '"Ada"'),
        (("now() > @\"2025-01-01T00:00:00Z\"",), "true"),
    ],
)  # fmt: skip
def test_the_value_is_printed_as_feel(stegvis: Stegvis, arguments: tuple[str, ...], value: str) -> None:
    result = stegvis("feel", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{value}\n", "")


def test_tagged_values_of_a_context_are_typed_and_strings_stay_strings(stegvis: Stegvis, tmp_path: Path) -> None:
    context = {"signed on": {"@": "2025-12-24"}, "text": "2025-12-24", "who": {"first name": "Ada"}, "n": 1.5}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(context), encoding="utf-8")
    text = '[signed on instance of date, text instance of string, who.first name, n * 2, signed on + @"P1D"]'
    result = stegvis("feel", text, "--context", str(file))
    assert result.stdout == '[true, true, "Ada", 3.0, @"2025-12-25"]\n'
    assert stegvis("feel", text, "--context", "-", stdin=json.dumps(context)).stdout == result.stdout


def test_the_expression_may_come_from_standard_input(stegvis: Stegvis) -> None:
    assert stegvis("feel", "-", stdin="1 +\n  2\n").stdout == "3\n"


def test_an_error_is_told_under_its_place_with_the_values_and_the_remedy(stegvis: Stegvis) -> None:
    result = stegvis("feel", 'endDate < "2025-01-01"', "--data", 'endDate=@"2025-06-30"')
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        '  endDate < "2025-01-01"',
        '          ^ Cannot compare date with string. Write @"2025-01-01". Here: @"2025-06-30" and "2025-01-01".',
    ]


def test_every_problem_is_told_with_the_nearest_name(stegvis: Stegvis) -> None:
    result = stegvis("feel", "conut(list) + client.nmae + agee", "--data", 'client={name: "Ada"}', "--data", "age=1")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.index("^") - 2 for line in lines[1::2]] == [0, 6, 20, 28]
    assert "Did you mean 'count'?" in lines[1]
    assert "Did you mean 'name'?" in lines[5]
    assert "Did you mean 'age'?" in lines[7]


def test_a_problem_is_told_even_where_there_is_a_value(stegvis: Stegvis) -> None:
    result = stegvis("feel", "client.nmae", "--data", 'client={name: "Ada"}')
    assert (result.exit_code, result.stdout) == (0, "null\n")
    assert "Did you mean 'name'?" in result.stderr


def test_leniently_the_value_is_null_and_its_diagnoses_are_told(stegvis: Stegvis) -> None:
    result = stegvis("feel", "--lenient", '[1, "a" + 1]')
    assert (result.exit_code, result.stdout) == (0, "[1, null]\n")
    assert result.stderr.splitlines()[1].startswith("          ^ '+' does not work on string and number.")
    assert stegvis("feel", "--strict", '[1, "a" + 1]').exit_code == 1


def test_the_line_of_the_problem_is_shown_and_a_long_one_is_cut(stegvis: Stegvis) -> None:
    result = stegvis("feel", '1 +\n\t2 + "a"')
    assert result.stderr.splitlines()[:2] == ['   2 + "a"', result.stderr.splitlines()[1]]
    assert result.stderr.splitlines()[1].index("^") == 5
    long = stegvis("feel", "1 + " * 200 + "x")
    line, caret = long.stderr.splitlines()[:2]
    assert len(line) < 120
    assert line[caret.index("^")] == "x"


def test_json_is_for_machines(stegvis: Stegvis) -> None:
    value = json.loads(stegvis("feel", "--json", '{a: @"2025-01-01", b: 0.1}').stdout)
    assert value == {
        "value": {"a": "2025-01-01", "b": 0.1}, "feel": '{a: @"2025-01-01", b: 0.1}', "type": "context", "diagnoses": [],
    }  # fmt: skip
    assert json.loads(stegvis("feel", "--json", "function(a) a").stdout)["value"] == "function(a)"
    failed = stegvis("feel", "--json", "1 / 0")
    assert failed.exit_code == 1
    told = {"position": 2, "message": "Division by zero. Divide by something else.", "values": ["1", "0"]}
    assert json.loads(failed.stdout) == {"value": None, "diagnoses": [told]}


@pytest.mark.parametrize(
    ("arguments", "stdin", "what"),
    [
        (("x", "--data", "x"), "", "NAME=FEEL"),
        (("x", "--data", "x=Ada"), "", "Text stands in quotation marks"),
        (("x", "--now", "tomorrow"), "", "2025-01-31T09:00"),
        (("x", "--context", "-"), "[1]", "must be a JSON object"),
        (("x", "--context", "-"), "{", "not JSON"),
        (("x", "--context", "-"), '{"a": {"@": "soon"}}', "holds no date"),
        (("x", "--context", "-"), '{"a": {"@": "2025-01-01T00:00:00@Nowhere/Near"}}', "holds no date"),
        (("x", "--context", "-"), '{"@": "2025-01-01"}', "must be a JSON object"),
        (("x", "--context", "missing.json"), "", "missing.json"),
        ((), "", "EXPRESSION"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(stegvis: Stegvis, arguments: tuple[str, ...], stdin: str, what: str) -> None:
    result = stegvis("feel", *arguments, stdin=stdin)
    assert result.exit_code == 2
    assert what in result.stderr


@pytest.mark.parametrize(
    "text", ["", "(" * 5000, "for i in 1..100000, j in 1..100000 return i * j", "2 ** 999999999", "\ud800"]
)
def test_what_cannot_be_evaluated_is_told_and_never_a_traceback(stegvis: Stegvis, text: str) -> None:
    result = stegvis("feel", text)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
