"""Operators and tests, before there is data.

They are not described a second time: they are tried on a sample of each type, and what refuses a sample refuses every value
of its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from ..sentences import sentence
from . import nodes
from .arithmetic import calculate, negate
from .comparing import equal, incomparable, order, passes
from .examination import Examination, Scope
from .machine import Run
from .nodes import Node
from .problems import never
from .types import BOOLEAN, NUMBER, UNKNOWN, Type, common
from .values import Value

_DECIMAL_COMMA = re.compile(r"(?<=\d),\d")


def negation(examination: Examination, node: nodes.Negate, scope: Scope) -> Type:
    return examination.attempt(
        node.position, lambda value, run: negate(value), _whole(examination.type_of(node.operand, scope))
    )


def arithmetic(examination: Examination, node: nodes.Arithmetic, scope: Scope) -> Type:
    left, before = examination.type_of(node.first, scope), node.first
    for part in node.rest:
        right = examination.type_of(part.operand, scope)
        symbol = part.operator
        if symbol == "/" and isinstance(part.operand, nodes.Literal) and part.operand.value == 0:
            examination.tell("type", part.position, sentence("Division by zero"), sentence("Divide by something else."))
            left = UNKNOWN
            continue
        action = partial(calculate, symbol)
        left = examination.attempt(part.position, action, _whole(left), _whole(right), exact=(before, part.operand))
        before = node
    return left


def _whole(type_: Type) -> Type:
    """What operators on whole lists and ranges refuse, they refuse whatever the items are."""
    is_vague = type_.kind in ("list", "range") and not (type_.item and type_.item.is_known)
    return Type(type_.kind, item=NUMBER) if is_vague else type_


def junction(examination: Examination, node: nodes.Junction, scope: Scope) -> Type:
    for operand in node.operands:
        examination.demand(examination.type_of(operand, scope), ("boolean",), f"'{node.operator}'", operand.position)
    return BOOLEAN


def comparison(examination: Examination, node: nodes.Comparison, scope: Scope) -> Type:
    left, right = examination.type_of(node.left, scope), examination.type_of(node.right, scope)
    compare(examination, node.operator, (node.left, left), (node.right, right), node.position)
    return BOOLEAN


Side: TypeAlias = tuple[Node | None, Type]


def compare(examination: Examination, operator: str, left: Side, right: Side, position: int) -> None:
    """Note a comparison of what cannot be compared, or with a text that the other side never is."""
    if not left[1].is_known or not right[1].is_known:
        return
    exact = [side[0] for side in (left, right) if side[0] is not None]
    action = _equal if operator in ("=", "!=") else _ordered
    examination.attempt(position, action, _whole(left[1]), _whole(right[1]), exact=exact)
    if operator in ("=", "!="):
        never(examination, left[1], right[0])
        never(examination, right[1], left[0])


def _ordered(left: Value, right: Value, run: Run) -> Value:
    return order(left, right, run) < 0


def _equal(left: Value, right: Value, run: Run) -> Value:
    result = equal(left, right, run)
    if result is None:
        raise incomparable(left, right)
    return result


def between(examination: Examination, node: nodes.Between, scope: Scope) -> Type:
    value = (node.value, examination.type_of(node.value, scope))
    for end in (node.low, node.high):
        compare(examination, "<", value, (end, examination.type_of(end, scope)), node.position)
    return BOOLEAN


def in_(examination: Examination, node: nodes.In, scope: Scope) -> Type:
    subject = examination.type_of(node.value, scope)
    tests(examination, node.tests, subject, scope)
    return BOOLEAN


def unary_tests(examination: Examination, node: nodes.Tests, scope: Scope) -> Type:
    _told_as_written(examination, node)
    tests(examination, node.tests, scope.names.get("?", UNKNOWN), scope)
    return BOOLEAN


def _told_as_written(examination: Examination, node: nodes.Tests) -> None:
    """Note a cell that says something else than it seems to: `<=1,5` is two tests, and `10-20` a negative number."""
    match node.tests:
        case (nodes.Test(_, nodes.Literal(Decimal())), nodes.Literal(Decimal(), place)):
            found = _DECIMAL_COMMA.search(examination.text, 0, place + 1)
            if found is not None and found.end() == place + 1:
                remedy = sentence("Write decimals with a point, or a space after the comma.")
                examination.tell("value", place - 1, sentence("These are two tests, separated by a comma"), remedy)
        case (nodes.Arithmetic(nodes.Literal(Decimal() as low), (nodes.Operand("-", nodes.Literal(Decimal() as high)),)),):
            if low < high:
                remedy = sentence("Did you mean '{near}'?", near=f"[{low}..{high}]")
                said = sentence("The test is the number {number}", number=str(low - high))
                examination.tell("value", node.tests[0].position, said, remedy)


def tests(examination: Examination, parts: Iterable[Node], subject: Type, scope: Scope) -> None:
    """Note tests that a value of this type cannot be put to."""
    inner = scope.having({"?": subject})
    for part in parts:
        if isinstance(part, nodes.Test):
            right = (part.operand, examination.type_of(part.operand, inner))
            compare(examination, part.operator, (None, subject), right, part.position)
            continue
        type_ = examination.type_of(part, inner)
        never(examination, subject, part)
        is_condition = type_.kind == "boolean" and not isinstance(part, nodes.Literal)
        if subject.is_known and type_.is_known and not is_condition and not nodes.mentions(part, "?"):
            examination.attempt(part.position, passes, subject, type_, exact=(part,))
            _never_among(examination, subject, type_, part)


_COMPOUND = frozenset({"list", "range", "context", "function"})


def _never_among(examination: Examination, subject: Type, type_: Type, part: Node) -> None:
    """Note a list written out in which no item can be, or hold, what is tested."""
    item = (type_.item if isinstance(part, nodes.ListLiteral) else None) or UNKNOWN
    if item.is_known and item.kind != subject.kind and not {item.kind, subject.kind} & _COMPOUND:
        said = sentence("The list holds {kind}, never {sought}", kind=item.kind, sought=subject.kind)
        examination.tell("value", part.position, said, sentence("Convert one of them."))


def range_literal(examination: Examination, node: nodes.RangeLiteral, scope: Scope) -> Type:
    ends = [(end, examination.type_of(end, scope)) for end in (node.start, node.end) if end is not None]
    if len(ends) == 2:
        compare(examination, "<", ends[0], ends[1], node.position)
    return Type("range", item=common(type_ for _, type_ in ends))
