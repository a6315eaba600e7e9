"""Strictness: what has no value is an error that says what, where and what to do, and repeats no data."""

from __future__ import annotations

import pytest

from engine.feel import EvaluationError, FeelSyntaxError, compile_expression, compile_unary_tests

from .tables import ENVIRONMENT, evaluate, passes

SECRET = "Hemligsson"
SCOPE: dict[str, object] = {"name": SECRET, "age": 18, "none": None, "client": {"name": SECRET}, "numbers": [1, 2]}

EVALUATION = [
    ("agee + 1", "There is no name 'agee' here. Did you mean 'age'?", 0),
    ("1 + name", "'+' does not work on number and string. Convert with string(…) or number(…).", 2),
    ("none + 1", "'+' does not work on null and number. Check for null first.", 5),
    ("age / (age - 18)", "Division by zero. Check the divisor first.", 4),
    ("0 ** -1", "Division by zero. Check the divisor first.", 2),
    ('age = "18"', "Cannot compare number with string. Convert one of them.", 4),
    ("name < 3", "Cannot compare string with number. Convert one of them.", 5),
    ("true < false", "Values of the type boolean have no order. Write '=' or '!='.", 5),
    ("age and true", "'and' needs boolean, not number. Compare it with something.", 0),
    ("if name then 1 else 2", "'if' needs boolean, not string. Compare it with something.", 3),
    ("numbers[3]", "The index lies outside the list. Check with count(…) first.", 7),
    ("numbers[0]", "The index lies outside the list. Check with count(…) first.", 7),
    ("numbers[1.5]", "The index of a list must be a whole number. Round it with floor(…) first.", 7),
    ("[][1]", "The index lies outside the list. Check with count(…) first.", 2),
    ('numbers["a"]', "A filter needs boolean or number, not string. Write a condition or a position.", 7),
    ("name.first", "string has no member 'first'. Only contexts, dates, times, durations and ranges have any.", 4),
    ('@"2025-01-01".yaer', "date has no member 'yaer'. Did you mean 'year'?", 13),
    ("age(1)", "Only a function can be called, not number. Correct the name before the parenthesis.", 0),
    ("{f: function(a) a, r: f(1, 2)}.r", "The function takes 1 arguments, not 2. It takes a.", 22),
    ("(function(a: string) a)(1)", "'a' must be string, not number. Give it a value of that type.", 1),
    ("for x in none return x", "Null has no items to go through. Check for null first.", 9),
    ("some x in numbers satisfies x", "'some' needs boolean, not number. Compare it with something.", 28),
    ("[3..1]", "A range ends before it starts. Exchange its ends.", 0),
    ("1 in [none..3]", "The end of a range is null. Check for null first.", 5),
    ("-name", "'-' does not work on string. Convert it with number(…).", 0),
    ("upper case(age)", "upper case: 'string' must be string, not number. Write upper case(string).", 0),
    ("date(name)", "The string is no date. Write it as 2025-12-31.", 0),
    ("number(name)", "The string is no number. Write digits, with '.' before decimals.", 0),
    ("sum([1, name])", "sum: item 2 must be number, not string. Convert it with number(…).", 0),
    ("string(null)", "Null has no text. Check for null first.", 0),
    ('matches(name, "(")', "The pattern has a '(' without ')'. Close it, or write '\\(' for the sign itself.", 0),
    ("substring(name, 99)", "'start position' lies outside the string. It counts from 1, or from -1 backwards.", 0),
    ('@"999999999-12-31" + @"P1D"', "The result lies outside the years -999999999 to 999999999. Use a shorter duration.", 19),
    ("sort([2, null, 1])", "sort: item 2 must be number, not null. Leave nulls out: list[item != null].", 0),
    ("sort([null, null])", "sort: item 1 must be a value that has an order, not null. Leave nulls out: list[item != null].", 0),
    ('sort([1, "a"])', "sort: item 2 must be number, not string. Convert it with number(…).", 0),
    ("sort([{a: 1}, {a: 2}])", "sort: values of the type context have no order. Write function(a, b) a.member < b.member.", 0),
    ("max([null, 1])", "max: item 1 must be number, not null. Leave nulls out: list[item != null].", 0),
    ('max([today(), "a"])', "max: item 2 must be date, not string. Convert it, or leave it out.", 0),
    (
        'mean([@"P1D", @"P1M"])',
        "mean: item 2 must be days and time duration, not years and months duration. Convert it, or leave it out.",
        0,
    ),
    ("string join([name, 2])", "string join: item 2 must be string, not number. Convert it with string(…).", 0),
    ('get value(client, ["name", 1])', "get value: item 2 must be string, not number. Convert it with string(…).", 0),
    (
        'get value(client, ["name", "first"])',
        "get value: key 2 is sought in string. Only contexts have members: leave the key out.",
        0,
    ),
    ("all([true, age])", "all: item 2 must be boolean, not number. Convert it, or leave it out.", 0),
    (
        "context merge([{a: 1}, null])",
        "context merge: item 2 must be context, not null. Leave nulls out: list[item != null].",
        0,
    ),
    ('@"P1Y2M".minutes', "years and months duration has no member 'minutes'. It has years, months.", 8),
    ('@"P1D".years', "days and time duration has no member 'years'. It has days, hours, minutes, seconds.", 6),
    ("now().yaer", "date and time has no member 'yaer'. Did you mean 'year'?", 5),
    ("upper case(none)", "upper case: 'string' must be string, not null. Check for null first.", 0),
    ("mode([1]) < 1", "Cannot compare list with number. Take one item of the list, or ask with list contains(…).", 10),
    ("sqrt(-1)", "A negative number has no square root. Check its sign first.", 0),
    ("date(2025, 2, 30)", "There is no such day. Check the year, the month (1 to 12) and the day.", 0),
]
SYNTAX = [
    ("", "Expected a value, found the end of the text.", 0),
    ("1 +", "Expected a value, found the end of the text.", 3),
    ("1 2", "Expected the end of the text, found '2'.", 2),
    ("my age", "Two names stand side by side; 'age' begins the second. Is an operator such as + or = missing?", 3),
    ('"abc', 'A string has no end. Close it with a quotation mark (").', 0),
    ("a § b", "The character '§' has no meaning here. Remove it.", 2),
    ("lenght(1)", "There is no function 'lenght'. Did you mean 'string length'?", 0),
    ("conut([1])", "There is no function 'conut'. Did you mean 'count'?", 0),
    ("[1][cuont(item) > 1]", "There is no function 'cuont'. Did you mean 'count'?", 4),
    ("substring()", "'substring' cannot be called so. Write substring(string, start position, length?).", 0),
    ('substring(text: "a", start position: 1)', "'substring' cannot be called so.", 0),
    ("f(a: 1, 2)", "Arguments are either all named or none.", 0),
    ("if true then 1", "Expected 'else' after the first branch of 'if', found the end of the text.", 14),
    ("for x of y return x", "Expected a name and 'in', found 'x'.", 4),
    ("{a: 1, a: 2}", "The context has two entries 'a'.", 7),
    ("{a}", "Expected the name of an entry and ':', found 'a'.", 1),
    ("[1, 2", "Expected ']' to end the list, found the end of the text.", 5),
    ("[1..2", "Expected ']', ')' or '[' to end the range, found the end of the text.", 5),
    ('@"nonsense"', '@"…" holds no date, time, date and time or duration. Write @"2025-12-31", @"13:45:00" or @"P14D".', 0),
    ("1 instance of nubmer", "There is no type 'nubmer'. Did you mean 'number'?", 14),
    ("function(a) external {}", "A function written in another language is not allowed. Write its body in FEEL.", 12),
    ('"\\uD800"', "A string holds half a character (a lone surrogate). Write the other half.", 0),
    ("[1, 2,]", "A comma stands before ']' with nothing after it. Remove the comma.", 5),
    ("{a: 1,}", "A comma stands before '}' with nothing after it. Remove the comma.", 5),
    ("function(a, b, a) a", "The function has two parameters 'a'. Give one another name.", 15),
    ("function(a,) a", "A comma stands before ')' with nothing after it. Remove the comma.", 10),
    ("{a: 1}.b", "There is no member 'b' here. Correct the name, or declare the member.", 6),
    ("{a: {b: 1}}.a.c", "There is no member 'c' here.", 13),
    ("[{name: 1}].nmae", "There is no member 'nmae' here. Did you mean 'name'?", 11),
    ("count([1],)", "A comma stands before ')' with nothing after it. Remove the comma.", 9),
    ("1 == 1", "'==' is not FEEL. Compare with a single '='.", 2),
    ("1 <> 2", "'<>' is not FEEL. Write '!=' for not equal.", 2),
    ("1 /* abc", "A comment has no end. Close it with '*/'.", 2),
    ("date(2012, 12)", "'date' cannot be called so. Write date(from) or date(year, month, day).", 0),
    ("1 instance of", "Expected a type such as number or string, found the end of the text.", 13),
    ("1" * 7000, "The number is too large.", 0),
]


@pytest.mark.parametrize(("text", "message", "position"), EVALUATION)
def test_evaluation_error(text: str, message: str, position: int) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(text, SCOPE, names=frozenset({"age"}))
    assert (caught.value.message, caught.value.position) == (message, position)
    assert caught.value.text == text
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(("text", "message", "position"), SYNTAX)
def test_syntax_error(text: str, message: str, position: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert caught.value.message.startswith(message)
    assert caught.value.position == position


def test_the_place_is_told_in_columns_from_1_and_in_lines_where_there_are_several() -> None:
    with pytest.raises(EvaluationError, match=r"\(column 3\)$"):
        evaluate("1 + null")
    with pytest.raises(EvaluationError, match=r"\(line 2, column 3\)$"):
        evaluate("1\n  + null")


def test_a_test_on_the_wrong_type_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="Cannot compare string with number"):
        passes("< 5", "a")
    with pytest.raises(EvaluationError, match="Cannot compare number with string"):
        passes('"a", "b"', 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [("agee", None), ("1 / 0", None), ("[1, 1 / 0]", [1, None]), ("false and nope", False), ('"x" and false', False)],
)
def test_without_strictness_what_has_no_value_is_null(text: str, value: object) -> None:
    assert compile_expression(text, strict=False).evaluate({}, ENVIRONMENT) == value


def test_without_strictness_a_test_that_cannot_be_made_does_not_pass() -> None:
    assert not compile_unary_tests("< 5", strict=False).matches("a", {}, ENVIRONMENT)


def test_the_type_of_a_function_without_parameters_is_no_foreign_sign() -> None:
    assert evaluate("(function() 1) instance of function<> -> number") is True
