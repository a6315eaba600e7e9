"""Input entries of decision tables."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, compile_unary_tests

from .tables import passes

TESTS: list[tuple[str, object, bool]] = [
    ("-", None, True),
    ("-", 5, True),
    ("5", 5, True),
    ("-5", -5, True),
    ("< 5", 4, True),
    ("< 5", 5, False),
    (">= 5", None, False),
    ("= 5", 5, True),
    ("!= 5", 5, False),
    ("1, 2, 3", 2, True),
    ("1, 2, 3", 4, False),
    ("< 1, > 5", 6, True),
    ("[1..3]", 3, True),
    ("(1..3)", 3, False),
    ("]1..3[", 2, True),
    ("[1..3], 7", 7, True),
    ("not(1, 2)", 3, True),
    ("not(1, 2)", 2, False),
    ("not([1..3])", 2, False),
    ("not(< 5)", 7, True),
    ('"a", "b"', "b", True),
    ('not("a")', "b", True),
    ("null", None, True),
    ("null", 1, False),
    ("not(null)", 1, True),
    ("not(null)", None, False),
    ("true", True, True),
    ("false", False, True),
    ("true", False, False),
    ("? > 3 and ? < 5", 4, True),
    ("? * 2 = limit", 5, True),
    ("limit", 10, True),
    ("< limit", 9, True),
    ("[1..limit]", 10, True),
    ("list", 2, True),
    ("limit > 5", "anything", True),
    ("limit > 50", "anything", False),
    ('contains(?, "b")', "abc", True),
    ('not(contains(?, "b"))', "abc", False),
    ("not(? > 3) and limit = 10", 2, True),
    ("some x in list satisfies x = ?", 3, True),
    ("every x in ? satisfies x > 0", [1, 2], True),
    ("count(?) > 1", [1, 2], True),
    ('list contains(?, "sfi")', ["sfi"], True),
    ("item in list", 1, True),
]


@pytest.mark.parametrize(("test", "value", "passed"), TESTS)
def test_passes(test: str, value: object, passed: bool) -> None:
    assert passes(test, value, {"limit": 10, "list": [1, 2, 3], "item": 3}) is passed


@pytest.mark.parametrize("text", ["", "< ", "1,", "not(", "not(1", "- 5 -", "1 2", "<> 3"])
def test_text_that_is_no_test(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(text)


def test_the_value_itself_is_no_reference_to_the_scope() -> None:
    assert compile_unary_tests("? > limit, start.day").paths == {("limit",), ("start", "day")}
