"""How the tables of these tests evaluate an expression."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.feel import Environment, Value, compile_expression, compile_unary_tests, format_value, from_json

# A Thursday, 09:30 in Stockholm.
NOW = datetime(2025, 2, 6, 8, 30, tzinfo=UTC)
ENVIRONMENT = Environment(now=NOW)


def evaluate(text: str, scope: dict[str, object] | None = None, *, names: frozenset[str] = frozenset()) -> Value:
    """The value of the text on a scope of plain JSON."""
    return compile_expression(text, names).evaluate({key: from_json(item) for key, item in (scope or {}).items()}, ENVIRONMENT)


def shown(text: str, scope: dict[str, object] | None = None, *, names: frozenset[str] = frozenset()) -> str:
    """The value of the text, as FEEL writes it."""
    return format_value(evaluate(text, scope, names=names))


def passes(test: str, value: object, scope: dict[str, object] | None = None) -> bool:
    """Whether the value passes the unary tests."""
    data = {key: from_json(item) for key, item in (scope or {}).items()}
    return compile_unary_tests(test).matches(from_json(value), data, ENVIRONMENT)
