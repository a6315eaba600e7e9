"""Equality, order, membership, filters, paths, quantifiers and types, by DMN 1.5 clause 10.3.2."""

from __future__ import annotations

import pytest

from engine.feel import EvaluationError, Range, compile_expression, compile_tree, format_value, nodes

from .tables import evaluate, passes, shown

RANGES = [
    ("(= 5)", "(= 5)"),
    ("(!= 5)", "(!= 5)"),
    ("(= 5) = (= 5)", "true"),
    ("(!= 5) = (!= 5)", "true"),
    ("(= 5) = (!= 5)", "false"),
    ("(= 5) = [5..5]", "false"),
    ("(!= 5) = (5..5)", "false"),
    ("(= 5).start included", "true"),
    ("(= 5).end", "5"),
    ("(!= 5).start", "5"),
    ("(!= 5).end included", "false"),
    ("(< 5).start", "null"),
    ("(< 5).start included", "false"),
    ("5 in [(= 5), 7]", "true"),
    ("4 in [(!= 5), 7]", "true"),
    ("5 in [(!= 5), 7]", "false"),
    ("{test: (!= 5), passed: 4 in test}.passed", "true"),
    ("[1, 2] in [(= [1, 2])]", "true"),
    ("true in [(!= false)]", "true"),
    ("for i in (= 3) return i", "[3]"),
    ("(= 5) instance of range<number>", "true"),
    ("string((!= 5))", '"(!= 5)"'),
    ("]1..10] = (1..10]", "true"),
    ("[1..10[ = [1..10)", "true"),
    ("[[1..5], [2..3]].end", "[5, 3]"),
]
MEMBERSHIP = [
    ("1 in (0..1)", "false"),
    ("1 in (0..1]", "true"),
    ("0 in [0..1)", "true"),
    ("1 in (> 0, < -1)", "true"),
    ("5 in != 5", "false"),
    ("[1..3] in [[1..3], 2]", "true"),
    ("null in [null, 1]", "true"),
    ("null in [1..3]", "null"),
    ("3 between 5 and 1", "false"),
    ("null between 1 and 5", "null"),
    ("3 between null and 5", "null"),
    ("3 between null and 2", "false"),
    ("3 between 4 and null", "false"),
    ("3 between 2 and null", "null"),
]
FILTERS = [
    ("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"),
    ("{item: 5, kept: [1, 6][item > 4]}.kept", "[6]"),
    ("{a: 5, kept: [{a: 1}, {a: 6}][a > 4]}.kept", "[{a: 6}]"),
    ("{a: 5, kept: [{b: 1}, {b: 6}][b > a]}.kept", "[{b: 6}]"),
    ("[1, null, 3][item > 1]", "[3]"),
    ("[1, null, 3][item = null]", "[null]"),
    ("[{a: 1}, null, {a: 2}][a = 2]", "[{a: 2}]"),
    ("[{x: 1, y: 2}, {x: null, y: 3}][x < 2]", "[{x: 1, y: 2}]"),
    ("5[item > 3]", "[5]"),
    ("5[item > 7]", "[]"),
    ("null[item = 1]", "null"),
    ("[{a: 1}, {b: 2}].a", "[1, null]"),
    ("[{a: 1}, null].a", "[1, null]"),
    ("[[{a: 1}], {a: 2}].a", "[[1], 2]"),
    ('[@"2025-01-01", @"2024-01-01"].year', "[2025, 2024]"),
]
GOING_THROUGH = [
    ("for i in 0..3 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6]"),
    ("for x in [1, 2], y in [x, 10] return x * y", "[1, 10, 4, 20]"),
    ("for x in [1, 2] return count(partial)", "[0, 1]"),
    ("for i in (1..3] return i", "[2, 3]"),
    ('for d in [@"2025-01-30"..@"2025-02-01") return d', '[@"2025-01-30", @"2025-01-31"]'),
    ('for d in @"2025-02-01"..@"2025-01-31" return d', '[@"2025-02-01", @"2025-01-31"]'),
    ("some x in [1, null] satisfies x > 0", "true"),
    ("some x in [null, 0] satisfies x > 0", "null"),
    ("every x in [null, 1] satisfies x > 0", "null"),
    ("every x in [null, 0] satisfies x > 0", "false"),
    ("some x in [] satisfies x", "false"),
    ("every x in [] satisfies x", "true"),
]
TYPES = [
    ("[null] instance of list<number>", "true"),
    ('[1, "a"] instance of list<number>', "false"),
    ("{a: 1, b: 2} instance of context<a: number>", "true"),
    ("{a: 1} instance of context<a: number, b: string>", "false"),
    ("(> 5) instance of range<number>", "true"),
    ("[1..5] instance of range<string>", "false"),
    ("(function(a, b) a) instance of function<Any, Any>->Any", "true"),
    ("(function(a) a) instance of function<Any, Any>->Any", "false"),
    ("null instance of Null", "true"),
    ("null instance of Any", "false"),
    ('@"2025-01-01" instance of date and time', "false"),
    ('@"P1Y" instance of years and months duration', "true"),
    ('@"P1Y" instance of days and time duration', "false"),
]
EQUALITY = [
    ("[1, 2] = [1.0, 2.00]", "true"),
    ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
    ("{a: 1} = {a: 1, b: null}", "false"),
    ("[] = null", "false"),
    ('"z" < "å"', "true"),
    ('@"P1D" = @"PT24H"', "true"),
    ('@"2025-10-26T02:30:00+02:00" < @"2025-10-26T02:15:00+01:00"', "true"),
]


@pytest.mark.parametrize(("text", "value"), [*RANGES, *MEMBERSHIP, *FILTERS, *GOING_THROUGH, *TYPES, *EQUALITY])
def test_value(text: str, value: str) -> None:
    assert shown(text) == value


def test_a_range_of_one_value_or_all_but_one_knows_which_it_is() -> None:
    five = evaluate("5")
    assert evaluate("(= 5)") == Range(five, five, True, True, "=")
    assert evaluate("(!= 5)") == Range(five, five, False, False, "!=")


def test_unary_tests_take_such_ranges_from_a_name() -> None:
    assert passes("allowed", 4, {"allowed": evaluate("(!= 5)")})
    assert not passes("allowed", 5, {"allowed": evaluate("(!= 5)")})


@pytest.mark.parametrize("text", ["(= null)", "(!= null)", '5 in ["a".."c"]', '{test: (!= "a"), r: 5 in test}.r'])
def test_a_range_that_cannot_be_compared_has_no_value(text: str) -> None:
    with pytest.raises(EvaluationError):
        compile_expression(text).evaluate({})


@pytest.mark.parametrize(("quantifier", "decided"), [("some", "true"), ("every", "false")])
def test_in_text_a_condition_that_is_not_boolean_is_unknown_and_in_a_box_it_is_an_error(quantifier: str, decided: str) -> None:
    text = f'{quantifier} x in [1, 2] satisfies if x = 2 then {decided} else "neither"'
    assert compile_expression(text, strict=False).evaluate({}) is (decided == "true")
    with pytest.raises(EvaluationError, match="needs boolean, not string"):
        compile_expression(text).evaluate({})
    source = compile_expression("[1, 2]", strict=False).as_node()
    condition = compile_expression(f'if x = 2 then {decided} else "neither"', strict=False).as_node()
    steps = (nodes.Iterator("x", source, 0),)
    boxed = compile_tree(nodes.Quantified(quantifier, steps, condition, 0, boxed=True), "box", strict=False)
    assert boxed.evaluate({}) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('[1] = ["1"]', "false"),
        ('[1, "a"] != [1, 2]', "true"),
        ("{a: 1} = {a: true}", "false"),
        ('[1..2] = ["a".."b"]', "false"),
        ("[[1]] = [[null]]", "false"),
        ('index of([1, "1", null], "1")', "[2]"),
        ('list contains(["1"], 1)', "false"),
        ('distinct values([1, "1", 1])', '[1, "1"]'),
        ('1 in ["1", 1]', "true"),
        ('1 in ["1"]', "false"),
    ],
)
def test_inside_a_collection_a_value_of_another_type_is_another_value_and_no_error(text: str, value: str) -> None:
    outcome = compile_expression(text, strict=False).outcome({})
    assert (format_value(outcome.value), outcome.diagnoses) == (value, ())
    assert shown(text) == value


def test_a_part_of_a_month_is_dropped() -> None:
    assert [shown(text) for text in ('@"P1M" / 2', '@"-P5M" / 2', '@"P5M" * 0.5')] == ['@"P0M"', '@"-P2M"', '@"P2M"']
