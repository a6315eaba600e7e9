"""Parts of an expression whose value is written out: literals, and lists and contexts of them."""

from __future__ import annotations

from decimal import Decimal

from .nodes import ContextLiteral, ListLiteral, Literal, Negate, Node
from .values import Value


def constant(node: Node) -> tuple[Value, bool]:
    """The value that a node always has, and whether it has one that is written out."""
    match node:
        case Literal(value):
            return value, True
        case Negate(Literal(Decimal() as number)):
            return -number, True
        case ListLiteral(items):
            found = [constant(item) for item in items]
            return [value for value, _ in found], all(is_known for _, is_known in found)
        case ContextLiteral(entries):
            members = {key: constant(value) for key, value in entries}
            return {key: value for key, (value, _) in members.items()}, all(is_known for _, is_known in members.values())
    return None, False
