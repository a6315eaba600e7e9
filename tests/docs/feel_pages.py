"""What the pages about FEEL state, and how their examples are evaluated: on the page's own data, on a fixed day."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from engine.feel import (
    Environment,
    Expression,
    UnaryTests,
    Value,
    compile_expression,
    compile_unary_tests,
    format_value,
    from_json,
)

from .pages import blocks

# A Thursday, 09:30 in Stockholm. The pages say so.
ENVIRONMENT = Environment(now=datetime(2025, 2, 6, 8, 30, tzinfo=UTC))


def examples(text: str, language: str = "feel") -> list[tuple[str, str]]:
    """The lines `expression => value` in the fenced blocks of a language. A line without an arrow is a mistake."""
    found: list[tuple[str, str]] = []
    for line in "".join(blocks(text, language)).splitlines():
        expression, arrow, value = line.rpartition(" => ")
        assert arrow or not line.strip(), f"{line!r} has no =>"
        if arrow:
            found.append((expression.strip(), value.strip()))
    return found


def data(text: str) -> dict[str, Value]:
    """The page's data: its first JSON block, with dates as text."""
    value = from_json(json.loads(blocks(text, "json")[0]))
    assert isinstance(value, dict)
    return value


def evaluate(expression: Expression, scope: dict[str, Value]) -> Value:
    return expression.evaluate(scope, ENVIRONMENT)


def shown(text: str, scope: dict[str, Value], *, strict: bool = True) -> str:
    """The value of an expression, as FEEL writes it."""
    return format_value(evaluate(compile_expression(text, frozenset(scope), strict=strict), scope))


def passes(tests: UnaryTests, value: Value, scope: dict[str, Value]) -> bool:
    return tests.matches(value, scope, ENVIRONMENT)


def cell(text: str, value: str, scope: dict[str, Value]) -> bool:
    """Whether a value, written in FEEL, passes a cell of a decision table."""
    return passes(compile_unary_tests(text, frozenset(scope)), evaluate(compile_expression(value), scope), scope)
