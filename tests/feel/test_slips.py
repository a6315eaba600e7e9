"""What people write from habit is told with what FEEL writes instead, not only as what the parser did not expect."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, Problem, Type, check, check_tests, compile_expression, compile_unary_tests
from engine.feel.types import UNKNOWN

from .test_swedish_errors import parts_in_english

NAMES = ("a", "b", "age", "x")

MISSPELT = [
    ('string lenght("a")', "There is no function 'string lenght'. Did you mean 'string length'?", 0),
    ("day of weak(today())", "There is no function 'day of weak'. Did you mean 'day of week'?", 0),
    ('substring befor("a", "b")', "There is no function 'substring befor'. Did you mean 'substring before'?", 0),
    ('if 1 = 1 and string  lenght("a") > 1 then 1 else 2', "There is no function 'string lenght'. Did you mean", 13),
    ("b + day of weak(today())", "There is no function 'day of weak'. Did you mean 'day of week'?", 4),
    ("is defined(x)", "There is no function 'is defined'. Write a != null.", 0),
    ("1 = 1 and is blank(x)", "There is no function 'is blank'. Write trim(a) = \"\".", 10),
    ("last day of month(today())", "There is no function 'last day of month'. Write date(a.year, a.month, 1) + @\"P1M\"", 0),
    ("get or else(a, 1)", "There is no function 'get or else'. Write if a = null then b else a.", 0),
]
OTHER_LANGUAGES = [
    ("!(age > 1)", "'!' is not FEEL. Write not(…), or '!=' for not equal.", 0),
    ("a && b", "'&&' is not FEEL. Write 'and'.", 2),
    ("a || b", "'||' is not FEEL. Write 'or'.", 2),
    ('a & "x"', "'&' is not FEEL. Write 'and', or '+' to join strings.", 2),
    ("'far'", 'The quotation mark \' begins no string. Write strings in straight double quotation marks: "…".', 0),
    ("“far”", "The quotation mark “ begins no string. Write strings in straight double", 0),
    ("age ≥ 1", "'≥' is not FEEL. Write '>='.", 4),
    ("age ≤ 1", "'≤' is not FEEL. Write '<='.", 4),
    ("age ≠ 1", "'≠' is not FEEL. Write '!='.", 4),
    ("5 – 1", "'–' is not FEEL. Write '-'.", 2),
    ("50%", "'%' is not FEEL. Divide by 100, or ask for what is left with modulo(…).", 2),
    ("a;", "';' is not FEEL. Separate with a comma, or remove it.", 1),
    ("a \x07 b", "The character '\\x07' has no meaning here. Remove it.", 2),
    ("not true", "'not' is a function. Write not(…).", 0),
    ("a = 1 and not b", "'not' is a function. Write not(…).", 10),
    ("age > 1 AND age < 5", "FEEL writes its words in small letters, not 'AND'. Write 'and'.", 8),
    ("If age > 1 then 1 else 2", "FEEL writes its words in small letters, not 'If'. Write 'if'.", 0),
    ("age > 1,5", "A comma separates values. Write decimals with a point: 1.5.", 7),
    ("1..5", "A range stands in brackets. Write it as [1..5].", 1),
    ("age in 1..5", "A range stands in brackets. Write it as [1..5].", 8),
    ("age > 1 and < 5", "'<' needs a value on its left. Write what is compared on both sides, as in a > 1 and a < 5.", 12),
    ("= age > 3", "The expression begins with '='. Leave out the equals sign here.", 0),
]
CELLS = [
    ("> 1 and < 5", "'and' joins no tests. Write a range such as (1..5), or both with what is tested: ? > 1 and ? < 5.", 4),
    ("< 1 or > 5", "'or' joins no tests. Separate tests with a comma, as in < 1, > 5.", 4),
    ("1..5", "A range stands in brackets. Write it as [1..5].", 1),
]


@pytest.mark.parametrize(("text", "message", "position"), MISSPELT + OTHER_LANGUAGES)
def test_a_slip_is_told_with_what_to_write(text: str, message: str, position: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert caught.value.message.startswith(message)
    assert caught.value.position == position
    assert parts_in_english(caught.value.told) == set()
    (problem,) = check(text, NAMES)
    assert str(problem).startswith(message)


@pytest.mark.parametrize(("text", "message", "position"), CELLS)
def test_a_slip_in_a_cell_is_told(text: str, message: str, position: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_unary_tests(text)
    assert (caught.value.message, caught.value.position) == (message, position)
    assert parts_in_english(caught.value.told) == set()


@pytest.mark.parametrize("text", ["a count(b)", 'a string length("b")', "x y", "my gizmo(1)"])
def test_a_missing_operator_stays_one(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match="Two names stand side by side"):
        compile_expression(text)


def test_a_function_of_the_place_is_the_nearest_too() -> None:
    (problem,) = check("eligibilty rule(1)", types={"eligibility rule": UNKNOWN})
    assert str(problem).startswith("There is no function 'eligibilty rule'. Did you mean 'eligibility rule'?")


@pytest.mark.parametrize(
    ("text", "near"), [("True", "true"), ("age = 1 or FALSE", "false"), ("age = NULL", "null"), ("Age", "age")]
)
def test_capital_letters_do_not_hide_what_is_meant(text: str, near: str) -> None:
    (problem,) = check(text, ["age"])
    assert problem.remedy == f"Did you mean '{near}'?"
    with pytest.raises(Exception, match=f"Did you mean '{near}'"):
        compile_expression(text).evaluate({"age": None})


def cell(text: str, kind: str) -> list[str]:
    return [f"{one.message} {one.remedy}" for one in _problems(text, kind)]


def _problems(text: str, kind: str) -> list[Problem]:
    return check_tests(text, subject=Type(kind))


@pytest.mark.parametrize("text", [">= 2025-01-31", "2025-01-31"])
def test_a_date_without_marks_is_told_how_to_write(text: str) -> None:
    assert cell(text, "date") == ['Cannot compare date with number. Write @"2025-01-31".']


def test_a_sum_of_numbers_beside_a_date_is_no_date() -> None:
    assert cell(">= 2025-01-99", "date") == ["Cannot compare date with number. Convert one of them."]


def test_a_decimal_comma_in_a_cell_is_told() -> None:
    said = "These are two tests, separated by a comma. Write decimals with a point, or a space after the comma."
    assert cell("<=1,5", "number") == [said]
    assert cell("<= 1, 5", "number") == []
    assert cell("1,5", "number") == []


def test_a_range_written_with_a_dash_is_told() -> None:
    assert cell("10-20", "number") == ["The test is the number -10. Did you mean '[10..20]'?"]
    assert cell("20-10", "number") == []
