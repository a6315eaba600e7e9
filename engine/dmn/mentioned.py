"""Which values a cell compares its input with, read from its syntax tree."""

from __future__ import annotations

from .. import feel
from ..feel.nodes import (
    Between,
    Call,
    Comparison,
    In,
    Junction,
    Literal,
    Name,
    Node,
    Test,
)  # fmt: skip
from .constants import is_constant


def mentioned(tests: feel.UnaryTests) -> list[feel.Value] | None:
    """The values that the tests compare with: between two neighbours among them, all values pass or none does.

    None when that is not known before the decision is taken: the cell reads names, calls functions or computes with `?`.
    Raises FeelError when a constant in it has no value (`[5..1]`).
    """
    if tests.paths or tests.filter_paths:
        return None
    found: list[feel.Value] = []
    return found if all(_collect(node, found, tests.text) for node in tests.tree.tests) else None


def _collect(node: Node, found: list[feel.Value], text: str) -> bool:
    """Add the values that a test compares with; False when they are not known."""
    if is_constant(node):
        return _add(_value(node, text), found)
    match node:
        case Test(operand=operand):
            return _constants((operand,), found, text)
        case Comparison(left=Name(name="?"), right=other) | Comparison(left=other, right=Name(name="?")):
            return _constants((other,), found, text)
        case Between(value=Name(name="?"), low=low, high=high):
            return _constants((low, high), found, text)
        case In(value=Name(name="?"), tests=tests) | Junction(operands=tests):
            return all(_collect(test, found, text) for test in tests)
        case Call(callee=Name(name="not"), arguments=(negated,)):
            return _collect(negated, found, text)
    return False


def _constants(parts: tuple[Node, ...], found: list[feel.Value], text: str) -> bool:
    return all(is_constant(part) and _add(_value(part, text), found) for part in parts)


def _value(node: Node, text: str) -> feel.Value:
    return node.value if isinstance(node, Literal) else feel.compile_tree(node, text).evaluate({})


def _add(value: feel.Value, found: list[feel.Value]) -> bool:
    """Add a constant's ends, items or itself; null is no value. False for what has no place on a line."""
    if isinstance(value, feel.Range):
        return _add(value.start, found) and _add(value.end, found)
    if isinstance(value, list):
        return all(_add(item, found) for item in value)
    if isinstance(value, dict | feel.Function):
        return False
    if value is not None:
        found.append(value)
    return True
