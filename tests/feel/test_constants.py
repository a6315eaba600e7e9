"""What is written out and surely fails, or surely is never true, is told before there is data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import EvaluationError, FeelSyntaxError, Type, check, check_tests, compile_expression

from .tables import ENVIRONMENT

FAILING = [
    ('sum(["a"])', "sum: item 1 must be number or duration, not string. Convert it, or leave it out."),
    ('min([1, "a"])', "min: item 2 must be number, not string. Convert it with number(…)."),
    ('before(1, "a")', "Cannot compare number with string. Convert one of them."),
    ('matches("a", "a", "z")', "The flags of a pattern are s, m, i, x and q. Remove others."),
    ('matches(x, "a", "z")', "The flags of a pattern are s, m, i, x and q. Remove others."),
    ('matches("ab", "(a)\\1")', "The pattern refers back to a group, which is not supported. Write out what stands there."),
    ("[1, 2][5]", "The index lies outside the list of 2 items. Count from 1, or from -1 backwards."),
    ("[1, 2][0]", "The index lies outside the list of 2 items. Count from 1, or from -1 backwards."),
    ("[x][-2]", "The index lies outside the list of 1 items. Count from 1, or from -1 backwards."),
    ('substring("abc", 5)', "'start position' lies outside the string. It counts from 1, or from -1 backwards."),
    ("sort([1, 2], function(a) a)", "'sort' needs a function of two parameters, not 1. Write function(a, b) a < b."),
    ("sort(x, function(a) a)", "'sort' needs a function of two parameters, not 1. Write function(a, b) a < b."),
    ("context put({a: 1}, 1, 2)", "context put: a key must be string, not number. Convert it with string(…)."),
    ('1 in ["a", "b"]', "The list holds string, never number. Convert one of them."),
    ("{f: function(a: string) a, r: f(1)}.r", "The argument 'a' does not fit: number where string is declared."),
    ('date("2025-02-30")', "There is no such day. Check the month, and how many days it has."),
    ('date and time("2025-02-30T10:00:00")', "There is no such day. Check the month, and how many days it has."),
    ('@"2025-02-29"', "There is no such day. Check the month, and how many days it has."),
    ('@"25:00:00"', "There is no such time. Hours go to 23, minutes and seconds to 59."),
    ('time("09:60:00")', "There is no such time. Hours go to 23, minutes and seconds to 59."),
    ('@"2025-02-28T10:00:00@Europe/Stokholm"', "There is no such time zone. Write a name like @Europe/Stockholm, or an offset"),
    ('date and time("2025-02-28T10:00:00@Europe/Stokholm")', "There is no such time zone. Write a name like @Europe"),
    ('date and time("2025-02-28T10:00:00+01:00@Europe/Stockholm")', "A time has one zone, not two. Keep the offset, or a name"),
    ('number("12 000")', 'The string is no number. Name its separators: number(…, " ", ".").'),
    ('number("1,000.5")', 'The string is no number. Name its separators: number(…, ",", ".").'),
    ('number("1.000")[1] + number("1.000.000")', 'The string is no number. Name its separators: number(…, ".", ",").'),
    ('number("1,5")', 'The string is no number. Name its separators: number(…, null, ",").'),
    ('number("1,5", " ")', "The string is no number. Write digits, with '.' before decimals."),
    ("x instance of duration", "There is no type 'duration'. Write 'days and time duration' or 'years and months duration'."),
]
SOUND = [
    'sum([1, x])', "min([1, 2])", "[1, 2][2]", "[1, 2][-2]", "[1, 2][x]", 'matches(x, "a", "i")', 'matches(x, "a", x)',
    "sort([1, 2], function(a, b) a > b)", 'substring("abc", 3)', '1 in ["a", 1]', '1 in [["a"], [1..2]]', 'x in ["a", "b"]',
    'sum(x)', 'context put({a: 1}, "b", 2)', '@"24:00:00"', '"\\q"', 'replace("a", "a", "b")', "today()",
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), FAILING)
def test_what_surely_fails_is_told(text: str, message: str) -> None:
    (problem,) = check(text, ["x"])
    assert str(problem).startswith(message)


@pytest.mark.parametrize("text", SOUND)
def test_what_may_be_meant_so_is_not_told(text: str) -> None:
    assert check(text, ["x"]) == []


def test_a_cell_that_can_never_match_is_told() -> None:
    (problem,) = check_tests('["a", "b"]', subject=Type("number"))
    assert (problem.kind, problem.message) == ("value", "The list holds string, never number.")
    assert check_tests('["a", "b"]', subject=Type("string")) == []
    assert check_tests('["a", "b"]') == []


@pytest.mark.parametrize("text", ['@"2025-02-30"', "1 instance of duration"])
def test_the_flaw_of_a_literal_is_told_in_swedish(text: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert caught.value.told.text("sv").startswith(
        ("Den dagen finns inte. Kontrollera", "Det finns ingen typ 'duration'. Skriv")
    )


def test_the_flaw_of_data_is_told_without_the_data() -> None:
    with pytest.raises(EvaluationError, match="There is no such day") as caught:
        compile_expression("date(x)").evaluate({"x": "2025-02-30"}, ENVIRONMENT)
    assert "2025" not in str(caught.value)


def test_a_backslash_before_another_letter_is_itself() -> None:
    assert compile_expression('"\\q"').evaluate({}, ENVIRONMENT) == "\\q"


def test_a_number_reads_back_what_string_wrote() -> None:
    assert compile_expression("number(string(1e1000)) = 1e1000").evaluate({}, ENVIRONMENT) is True
    assert compile_expression("number(string(-1e-900))").evaluate({}, ENVIRONMENT) == Decimal("-1e-900")
