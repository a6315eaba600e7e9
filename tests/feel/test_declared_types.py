"""Types that a model declares, after `instance of` and in the parameters of functions."""

from __future__ import annotations

import pytest

from engine.feel import EvaluationError, FeelSyntaxError, TypeName, compile_expression, compile_unary_tests, format_value

from .tables import ENVIRONMENT

LOAN = TypeName("context", (TypeName("number"), TypeName("string")), ("sum", "of who"))
TYPES = {
    "tLoan": LOAN,
    "tLoans": TypeName("list", (LOAN,)),
    "common.t Age": TypeName("number"),
    "number of loans": TypeName("number"),
    "moment": TypeName("date and time"),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{sum: 1, of who: "Ada"} instance of tLoan', "true"),
        ('{sum: 1, of who: "Ada", more: 2} instance of tLoan', "true"),
        ("{sum: 1} instance of tLoan", "false"),
        ("{sum: 1, of who: 2} instance of tLoan", "false"),
        ("null instance of tLoan", "false"),
        ('[{sum: 1, of who: "Ada"}] instance of tLoans', "true"),
        ('[{sum: 1, of who: "Ada"}] instance of list<tLoan>', "true"),
        ("[] instance of tLoans", "true"),
        ("1 instance of common.t Age", "true"),
        ("1 instance of common . t  Age", "true"),
        ("1 instance of number of loans", "true"),
        ("1 instance of number and true", "true"),
        ("(function(a: common.t Age) a + 1)(1)", "2"),
        ("(function(a: common.t Age) a + 1)([1])", "2"),
        ("(function(a: number) a + 1)([1])", "2"),
        ('(function(a: tLoans) count(a))({sum: 1, of who: "Ada"})', "1"),
        ("(function(a: list<number>) count(a))(1)", "1"),
        ('(function(a: moment) a)(@"2025-02-06")', '@"2025-02-06T00:00:00Z"'),
        ("(function(a: tLoan) a)(null)", "null"),
    ],
)
def test_a_declared_type(text: str, value: str) -> None:
    assert format_value(compile_expression(text, types=TYPES).evaluate({}, ENVIRONMENT)) == value


@pytest.mark.parametrize("text", ["(function(a: tLoan) a)(1)", "(function(a: list<number>) a)([true, false])"])
def test_an_argument_that_cannot_be_made_to_fit_is_refused(text: str) -> None:
    with pytest.raises(EvaluationError, match="'a' must be"):
        compile_expression(text, types=TYPES).evaluate({}, ENVIRONMENT)


def test_a_type_that_nobody_declares_is_told_with_the_nearest() -> None:
    with pytest.raises(FeelSyntaxError, match=r"There is no type 'tLaon'\. Did you mean 'tLoan'\?"):
        compile_expression("1 instance of tLaon", types=TYPES)


def test_the_same_text_with_other_types_is_another_expression() -> None:
    number = compile_expression("1 instance of t", types={"t": TypeName("number")})
    text = compile_expression("1 instance of t", types={"t": TypeName("string")})
    assert (number.evaluate({}), text.evaluate({})) == (True, False)


def test_a_cell_may_name_a_declared_type() -> None:
    assert compile_unary_tests("? instance of common.t Age", types=TYPES).matches(compile_expression("1").evaluate({}), {})
