"""`range("[1..3]")`: a range from text, whose ends are literals. An open side may lack its end: `(..3]`, `[1..)`."""

from __future__ import annotations

import re
from decimal import Decimal

from ...sentences import sentence
from ..comparing import order
from ..errors import Fault, FeelSyntaxError
from ..grammar import parse_expression
from ..machine import Run
from ..nodes import Call, Literal, Name, Negate, Node, RangeLiteral
from ..registry import Registry
from ..temporal import parse_date, parse_date_and_time, parse_temporal, parse_time
from ..values import NUMBERS, Range, Value

FUNCTIONS = Registry()
_READERS = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_and_time,
    "duration": parse_temporal,
}
_UP_TO = re.compile(r"\s*[(\]]\s*\.\.(?P<end>.*)(?P<close>[\])\[])\s*", re.DOTALL)
_FROM = re.compile(r"\s*(?P<open>[\[(\]])(?P<end>.*)\.\.\s*[)\[]\s*", re.DOTALL)
_ADVICE = sentence('Write it as [1..3] or (@"2025-01-01"..@"2025-02-01").')


@FUNCTIONS.add("range(from: string)")
def _range(run: Run, text: str) -> Value:
    run.text(text)
    run.spend(30 + len(text))
    if half := _UP_TO.fullmatch(text):
        return Range(None, _end(_parsed(half["end"])), False, half["close"] == "]")
    if half := _FROM.fullmatch(text):
        return Range(_end(_parsed(half["end"])), None, half["open"] == "[", False)
    node = _parsed(text)
    if not isinstance(node, RangeLiteral) or node.start is None or node.end is None:
        raise Fault(sentence("The string is no range"), _ADVICE)
    start, end = _end(node.start), _end(node.end)
    if order(start, end, run) > 0:
        raise Fault(sentence("A range ends before it starts"), sentence("Exchange its ends."))
    return Range(start, end, node.start_included, node.end_included)


def _parsed(text: str) -> Node:
    try:
        return parse_expression(text, frozenset({"date and time"}))
    except FeelSyntaxError:
        raise Fault(sentence("The string is no range"), _ADVICE) from None


def _end(node: Node) -> Value:
    if isinstance(node, Negate) and isinstance(node.operand, Literal) and isinstance(node.operand.value, Decimal):
        return NUMBERS.minus(node.operand.value)
    if isinstance(node, Literal) and node.value is not None and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, Call) and isinstance(node.callee, Name) and len(node.arguments) == 1:
        reader, argument = _READERS.get(node.callee.name), node.arguments[0]
        if reader is not None and isinstance(argument, Literal) and isinstance(argument.value, str):
            found = reader(argument.value)
            if found is not None:
                return found
    raise Fault(sentence("The end of a range in a string must be a literal"), _ADVICE)
