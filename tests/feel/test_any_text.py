"""Whatever is written, and on whatever data, the outcome is a value or an error of ours."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import (
    FeelError,
    FeelSyntaxError,
    Value,
    check_tests,
    compile_expression,
    compile_unary_tests,
    examine,
    format_value,
    functions,
    parse_date_and_time,
    parse_duration,
    to_json,
    type_of,
    type_of_value,
    unparse,
)
from engine.feel.errors import place_of
from engine.feel.nodes import Node
from engine.feel.temporal import parse_temporal, zone_named

from .tables import ENVIRONMENT
from .trees import EXPRESSIONS, NAMES

WORDS = [
    "and", "or", "not", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/",
    "**", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "null", "true", "false", "//",
    "function", "instance of", "number", "string", "list", "item", "partial", "?", "x", "y", "z", "0", "1", "2", "-1", "0.5",
    "1e400", '"a"', '"\\"', '@"2025-01-01"', '@"P1D"', '@"P1M"', '@"10:00:00"', '@"9999-12-31T23:59:59Z"', "count", "sum",
    "date", "time", "duration", "substring", "sort", "append", "min", "matches", "split", "replace", "/*", "*/", "context",
    "date and time", "string length", "\n", "->", "external", "list<", "context<", "range", "<=5", "(1..5)", "{a: ",
    "partial[-1]", "1e6000", "10**6000", '"(a+)+$"', "for i in 1..9999 return",
]  # fmt: skip
CALLS = st.builds(
    lambda name, arguments: f"{name}({', '.join(arguments)})",
    st.sampled_from(sorted(functions().by_name)),
    st.lists(
        st.sampled_from(["x", "y", "1", "-1", "null", '"a"', "[x, y]", "{a: x}", "[1..3]", "function(a, b) a", "1e6000"]),
        max_size=4,
    ),
)
TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(WORDS) | CALLS, max_size=14).map(" ".join) | CALLS
SCALARS: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    st.text(max_size=8),
    st.dates(),
    st.times(),
    st.datetimes(),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", "a b"]), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(TEXTS, VALUES, VALUES, st.booleans())
def test_an_expression_gives_a_value_or_an_error(text: str, x: Value, y: Value, strict: bool) -> None:
    try:
        value = compile_expression(text, strict=strict).evaluate({"x": x, "y": y}, ENVIRONMENT)
        to_json(value)
        format_value(value)
    except FeelError as error:
        place_of(error.position, error.text)
        str(error)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(TEXTS, VALUES, VALUES, st.booleans())
def test_unary_tests_pass_or_not_or_are_an_error(text: str, x: Value, y: Value, strict: bool) -> None:
    with suppress(FeelError):
        assert compile_unary_tests(text, strict=strict).matches(x, {"x": x, "y": y}, ENVIRONMENT) in (True, False)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(EXPRESSIONS, VALUES, VALUES, st.booleans())
def test_a_tree_of_any_kind_gives_a_value_or_an_error(tree: Node, x: Value, y: Value, strict: bool) -> None:
    with suppress(FeelError):
        text = unparse(tree)
        format_value(compile_expression(text, NAMES, strict=strict).evaluate({"a": x, "b": y}, ENVIRONMENT))
        compile_unary_tests(text, NAMES, strict=strict).matches(x, {"a": x, "b": y}, ENVIRONMENT)


BINARY = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "in", "and", "or"])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(VALUES, BINARY, VALUES)
def test_an_operator_works_on_any_values_or_is_an_error(x: Value, operator: str, y: Value) -> None:
    with suppress(FeelError):
        compile_expression(f"x {operator} y").evaluate({"x": x, "y": y}, ENVIRONMENT)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(VALUES)
def test_a_value_written_out_is_the_value_when_read_again(value: Value) -> None:
    text = format_value(value)
    assert compile_expression("x = " + text if isinstance(value, Decimal) else text).evaluate({"x": value}) in (True, value)


@settings(derandomize=True)
@given(st.text(max_size=30))
def test_readers_of_text_refuse_quietly(text: str) -> None:
    parse_date_and_time(text)
    parse_duration(text)
    parse_temporal(text)
    zone_named(text)


@settings(derandomize=True)
@given(st.text(max_size=20))
def test_any_pattern_is_matched_or_refused(pattern: str) -> None:
    try:
        compile_expression("matches(p, p)").evaluate({"p": pattern})
    except FeelSyntaxError:
        raise
    except FeelError:
        pass


@settings(max_examples=400, deadline=None)
@given(TEXTS, VALUES, VALUES)
def test_static_help_ends_and_the_kind_it_knows_is_the_kind_there_is(text: str, x: Value, y: Value) -> None:
    types = {"x": type_of_value(x), "y": type_of_value(y)}
    found = examine(text, types=types)
    check_tests(text, types=types, subject=types["x"])
    with suppress(FeelError):
        value = compile_expression(text).evaluate({"x": x, "y": y}, ENVIRONMENT)
        assert value is None or found.type.kind in ("", type_of(value))


@settings(max_examples=300, deadline=None)
@given(VALUES, BINARY, VALUES)
def test_what_static_help_says_of_an_operator_is_true(x: Value, operator: str, y: Value) -> None:
    text = f"x {operator} y"
    told = examine(text, types={"x": type_of_value(x), "y": type_of_value(y)}).problems
    if told and operator not in ("and", "or"):  # what decides before it is reached
        with pytest.raises(FeelError):
            compile_expression(text).evaluate({"x": x, "y": y}, ENVIRONMENT)
