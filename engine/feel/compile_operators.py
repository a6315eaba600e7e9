"""Operators to closures. Numbers and strings take a short way; everything else goes through the general functions."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from ..sentences import sentence
from .arithmetic import calculate, negate
from .build import Build, Site
from .comparing import equal, incomparable, order
from .errors import NO_NUMBER, Fault
from .machine import Closure, Frame
from .nodes import Arithmetic, Between, Comparison, Junction, Negate, Node, Operand, RangeLiteral, Test
from .values import NUMBERS, Range, Value, needs_boolean

_ORDERED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_FAST = {"+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply}


def junction(build: Build, node: Junction, site: Site) -> Closure:
    """Three-valued `and` and `or`: what decides wins over null, and nothing after it is evaluated."""
    decisive = node.operator == "or"
    operands = [(_truth(build, operand, site, node.operator)) for operand in node.operands]

    def evaluate(frame: Frame) -> Value:
        unknown = False
        for operand in operands:
            value = operand(frame)
            if value is decisive:
                return decisive
            if value is None:
                unknown = True
        return None if unknown else not decisive

    return evaluate


def _truth(build: Build, node: Node, site: Site, name: str) -> Closure:
    compiled, position = build.closure(node, site), node.position

    def evaluate(frame: Frame) -> Value:
        value = compiled(frame)
        if value is True or value is False or value is None:
            return value
        build.null(build.error(*needs_boolean(name, value), position, value), frame.run)
        return None

    return evaluate


def comparison(build: Build, node: Comparison, site: Site) -> Closure:
    """`=`, `!=`, `<`, `<=`, `>`, `>=`."""
    left, right = build.closure(node.left, site), build.closure(node.right, site)
    return equality(build, node, left, right) if node.operator in ("=", "!=") else ordering(build, node, left, right)


def equality(build: Build, node: Comparison | Test, left: Closure, right: Closure) -> Closure:
    """`=` or `!=` over two closures."""
    wanted, position = node.operator == "=", node.position

    def evaluate(frame: Frame) -> Value:
        a, b = left(frame), right(frame)
        kind = type(a)
        if kind is type(b) and (kind is str or kind is Decimal):
            return (a == b) is wanted
        try:
            result = equal(a, b, frame.run)
        except Fault as fault:
            raise build.located(fault, position, a, b) from None
        if result is None:
            raise build.located(incomparable(a, b), position, a, b)
        return result is wanted

    return evaluate


def ordering(build: Build, node: Comparison | Test, left: Closure, right: Closure) -> Closure:
    """`<`, `<=`, `>` or `>=` over two closures; null when either is null."""
    compare, position = _ORDERED[node.operator], node.position
    zero = Decimal(0)

    def evaluate(frame: Frame) -> Value:
        a, b = left(frame), right(frame)
        if type(a) is Decimal and type(b) is Decimal:
            return compare(a, b)
        if a is None or b is None:
            return None
        try:
            return compare(Decimal(order(a, b, frame.run)), zero)
        except Fault as fault:
            raise build.located(fault, position, a, b) from None

    return evaluate


def arithmetic(build: Build, node: Arithmetic, site: Site) -> Closure:
    """A chain of operators of one precedence."""
    if len(node.rest) == 1:
        only = node.rest[0]
        return _binary(build, only, build.closure(node.first, site), build.closure(only.operand, site))
    first = build.closure(node.first, site)
    rest = [(part.operator, build.closure(part.operand, site), part.position) for part in node.rest]

    def evaluate(frame: Frame) -> Value:
        value = first(frame)
        for symbol, operand, position in rest:
            right = operand(frame)
            try:
                value = calculate(symbol, value, right, frame.run)
            except Fault as fault:
                raise build.located(fault, position, value, right) from None
        return value

    return evaluate


def _binary(build: Build, part: Operand, left: Closure, right: Closure) -> Closure:
    symbol, position = part.operator, part.position
    fast = _FAST.get(symbol)

    def evaluate(frame: Frame) -> Value:
        a, b = left(frame), right(frame)
        try:
            if fast is not None and type(a) is Decimal and type(b) is Decimal:
                return fast(a, b)
            return calculate(symbol, a, b, frame.run)
        except Fault as fault:
            raise build.located(fault, position, a, b) from None
        except ArithmeticError:
            raise build.error(*NO_NUMBER, position, a, b) from None

    return evaluate


def negation(build: Build, node: Negate, site: Site) -> Closure:
    operand, position = build.closure(node.operand, site), node.position

    def evaluate(frame: Frame) -> Value:
        value = operand(frame)
        try:
            return negate(value)
        except Fault as fault:
            raise build.located(fault, position, value) from None

    return evaluate


def between(build: Build, node: Between, site: Site) -> Closure:
    """`x between a and b` is `x >= a and x <= b`, three-valued."""
    parts = [build.closure(part, site) for part in (node.value, node.low, node.high)]
    position = node.position

    def evaluate(frame: Frame) -> Value:
        value, low, high = (part(frame) for part in parts)
        try:
            above = None if value is None or low is None else order(value, low, frame.run) >= 0
            below = None if value is None or high is None else order(value, high, frame.run) <= 0
        except Fault as fault:
            raise build.located(fault, position, value, low, high) from None
        return False if above is False or below is False else None if above is None or below is None else True

    return evaluate


def range_literal(build: Build, node: RangeLiteral, site: Site) -> Closure:
    start = build.closure(node.start, site) if node.start else None
    end = build.closure(node.end, site) if node.end else None
    included, position = (node.start_included, node.end_included), node.position

    def evaluate(frame: Frame) -> Value:
        low = start(frame) if start else None
        high = end(frame) if end else None
        if (start and low is None) or (end and high is None):
            raise build.error(sentence("The end of a range is null"), sentence("Check for null first."), position, low, high)
        frame.run.spend(2)
        if node.operator:
            return Range(low, high, *included, node.operator)
        try:
            if low is not None and high is not None and order(low, high, frame.run) > 0:
                raise Fault(sentence("A range ends before it starts"), sentence("Exchange its ends."))
            order(low if start else high, low if start else high, frame.run)
        except Fault as fault:
            raise build.located(fault, position, low, high) from None
        return Range(low, high, *included)

    return evaluate
