"""Tests against literals, the cells of most decision tables: compared without evaluating what never changes."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from .machine import Closure, Frame
from .nodes import Literal, Node, RangeLiteral, Test
from .values import Value

_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_KINDS = frozenset({Decimal, str, date})


def constant(node: Node, otherwise: Closure) -> Closure:
    """The test with a short way for a subject of the type of its literals; `otherwise` answers for all other subjects."""
    if isinstance(node, Literal):
        return _same(node.value, otherwise)
    if isinstance(node, Test) and isinstance(node.operand, Literal):
        return _compared(node.operator, node.operand.value, otherwise)
    if isinstance(node, RangeLiteral) and isinstance(node.start, Literal) and isinstance(node.end, Literal):
        return _within(node, node.start.value, node.end.value, otherwise)
    return otherwise


def _same(wanted: Value, otherwise: Closure) -> Closure:
    kind = type(wanted)
    if kind not in _KINDS and kind is not bool:
        return otherwise

    def evaluate(frame: Frame) -> Value:
        value = frame.names.get("?")
        return value == wanted if type(value) is kind else otherwise(frame)

    return evaluate


def _compared(symbol: str, bound: Value, otherwise: Closure) -> Closure:
    kind, holds = type(bound), _COMPARE[symbol]
    if kind not in _KINDS:
        return otherwise

    def evaluate(frame: Frame) -> Value:
        value = frame.names.get("?")
        return holds(value, bound) if type(value) is kind else otherwise(frame)  # type: ignore[arg-type]  # of one type

    return evaluate


def _within(node: RangeLiteral, low: Value, high: Value, otherwise: Closure) -> Closure:
    kind = type(low)
    if kind not in _KINDS or type(high) is not kind or low > high:  # type: ignore[operator]  # of one type, with an order
        return otherwise
    above = _COMPARE[">=" if node.start_included else ">"]
    below = _COMPARE["<=" if node.end_included else "<"]

    def evaluate(frame: Frame) -> Value:
        value = frame.names.get("?")
        if type(value) is kind:
            return above(value, low) and below(value, high)  # type: ignore[arg-type]  # of one type
        return otherwise(frame)

    return evaluate
