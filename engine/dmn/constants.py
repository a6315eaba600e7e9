"""Expressions that have the same value on all data."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..feel.nodes import Arithmetic, Call, ListLiteral, Literal, Name, Negate, Node, RangeLiteral

_CONVERSIONS: Final = frozenset({"date", "time", "date and time", "duration", "years and months duration", "number", "string"})
"""Functions whose value on constants is a constant, in every environment."""


def constant(expression: feel.Expression) -> tuple[feel.Value] | None:
    """The expression's value when it has the same one on all data, in a tuple; else None. Raises FeelError when it has none."""
    if expression.paths or expression.filter_paths or not is_constant(expression.tree):
        return None
    return (expression.evaluate({}),)


def is_constant(node: Node | None) -> bool:
    """Whether a part of an expression is made of literals only."""
    match node:
        case None | Literal():
            return True
        case Negate(operand=operand):
            return is_constant(operand)
        case Arithmetic(first=first, rest=rest):
            return is_constant(first) and all(is_constant(part.operand) for part in rest)
        case ListLiteral(items=items):
            return all(is_constant(item) for item in items)
        case RangeLiteral(start=start, end=end):
            return is_constant(start) and is_constant(end)
        case Call(callee=Name(name=name), arguments=arguments) if name in _CONVERSIONS:
            return all(is_constant(argument) for argument in arguments)
    return False
