"""Printing a tree and reading it again gives the same tree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings

from engine.feel import nodes, unparse
from engine.feel.grammar import parse_expression, parse_unary_tests
from engine.feel.nodes import Node

from .trees import EXPRESSIONS, NAMES, UNARY_TESTS, shape


@settings(max_examples=600, deadline=None, derandomize=True)
@given(EXPRESSIONS)
def test_an_expression_printed_and_read_is_the_same(tree: Node) -> None:
    assert shape(parse_expression(unparse(tree), NAMES)) == shape(tree)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(UNARY_TESTS)
def test_unary_tests_printed_and_read_are_the_same(tree: nodes.Tests) -> None:
    assert shape(parse_unary_tests(unparse(tree), NAMES)) == shape(tree)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("( a+b )*c", "(a + b) * c"),
        ("a+(b*c)", "a + b * c"),
        ("a-(b-c)-1", "a - (b - c) - 1"),
        ("-(a)**2", "-a ** 2"),
        ("-(a**2)", "-(a ** 2)"),
        ("(a or b) and not(c)", "(a or b) and not(c)"),
        ("(a and b) or c", "a and b or c"),
        ("a<b=c", "(a < b) = c"),
        ("x in(1,<2)", "x in (1, < 2)"),
        ("x in ((>=5))", "x in ((>= 5))"),
        ("x in (1..5)", "x in (1..5)"),
        ("x in ((a+b)*c)", "x in ((a + b) * c)"),
        ("]1..5[", "(1..5)"),
        ("(=5)", "(= 5)"),
        ("(!=5)", "(!= 5)"),
        ("{ \"a b\":1,\"a-b\":2 }", '{a b: 1, "a-b": 2}'),
        ('"\\u00e5\\"\\n"', '"å\\"\\n"'),
        ('@"P14D"+@"2025-01-01"', '@"P14D" + @"2025-01-01"'),
        ("date and (time(a))", "date and (time(a))"),
        ("a instance of date and (time)", "a instance of date and (time)"),
        ("(a instance of list)<b", "(a instance of list) < b"),
        ("function(a:list<number>,b)a", "function(a: list<number>, b) a"),
        ("f instance of function<number,context<a:Any>>->string", "f instance of function<number, context<a: Any>> -> string"),
        ("(if a then b else c)[1].d", "(if a then b else c)[1].d"),
        ("for a in 1..2, b in (for c in d return e) return a", "for a in 1..2, b in (for c in d return e) return a"),
        ("date and time(date:a,time:b)", "date and time(date: a, time: b)"),
    ],
)  # fmt: skip
def test_no_more_parentheses_than_needed(written: str, printed: str) -> None:
    tree = parse_expression(written, NAMES)
    assert unparse(tree) == printed
    assert shape(parse_expression(printed, NAMES)) == shape(tree)


@pytest.mark.parametrize("text", ["-", "not(1, > 2)", "(not(a))", "(not(a)), b", "< 5, [1..2)", '"a", "b"', "(> 5)"])
def test_unary_tests(text: str) -> None:
    assert unparse(parse_unary_tests(text, NAMES)) == text


def test_a_negative_number_of_a_tree_made_by_hand_keeps_its_sign_to_itself() -> None:
    assert unparse(nodes.Path(nodes.Literal(Decimal(-5), 0), "a", 0)) == "(-5).a"


def test_what_has_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="Compiled has no text"):
        unparse(nodes.Negate(nodes.Compiled(lambda frame: None, frozenset()), 0))
    with pytest.raises(ValueError, match="A range without ends"):
        unparse(nodes.RangeLiteral(None, None, False, False, 0))


def test_a_key_that_is_no_name_changes_nothing_after_it() -> None:
    tree = parse_expression('{"1": 2, "+": 1 + 1}', frozenset({"2"}))
    assert unparse(tree) == '{"1": 2, "+": 1 + 1}'
    assert "Arithmetic" in repr(tree)
