"""From syntax tree to text: what the parser reads as the same tree again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import IntEnum
from typing import Any, cast

from . import nodes
from .grammar_parts import CONSTANTS
from .nodes import Node, TypeName
from .text import format_value
from .values import NUMBERS

_KEY = re.compile(r"[^\W\d]\w*(?: \w+)*")


class _Level(IntEnum):
    """How tightly a form binds; one that binds less than its place asks for stands in parentheses."""

    EXPRESSION = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    POWER = 6
    NEGATION = 7
    POSTFIX = 8


_OPERATORS = {"+": _Level.SUM, "-": _Level.SUM, "*": _Level.PRODUCT, "/": _Level.PRODUCT, "**": _Level.POWER}


def unparse(node: Node) -> str:
    """The text of a tree, with no more parentheses than it needs. Read with the same names it gives the same tree.

    Raises ValueError for a part that was compiled before (`nodes.Compiled`), which has no text.
    """
    return _at(node, _Level.EXPRESSION)


def _at(node: Node, least: _Level) -> str:
    """The text of a part in a place for forms of `least` level or more."""
    level, text = _print(node)
    return text if level >= least else f"({text})"


def _print(node: Node) -> tuple[_Level, str]:
    level, write = _FORMS.get(type(node), (_Level.POSTFIX, None))
    if write is None:
        raise ValueError(f"A part of the kind {type(node).__name__} has no text of its own.")
    if isinstance(node, nodes.Arithmetic):
        level = _OPERATORS[node.rest[0].operator]
    elif isinstance(node, nodes.Junction):
        level = _Level.AND if node.operator == "and" else _Level.OR
    elif isinstance(node, nodes.Literal) and isinstance(node.value, Decimal) and node.value.is_signed():
        level = _Level.NEGATION
    return level, write(node)


def _literal(node: nodes.Literal) -> str:
    if isinstance(node.value, Decimal):
        return str(NUMBERS.plus(node.value))
    return format_value(node.value)


def _call(node: nodes.Call) -> str:
    arguments = [_at(argument, _Level.EXPRESSION) for argument in node.arguments]
    if node.names:
        arguments = [f"{name}: {argument}" for name, argument in zip(node.names, arguments, strict=True)]
    return f"{_at(node.callee, _Level.POSTFIX)}({', '.join(arguments)})"


def _arithmetic(node: nodes.Arithmetic) -> str:
    tighter = _Level(_OPERATORS[node.rest[0].operator] + 1)
    rest = (f" {part.operator} {_at(part.operand, tighter)}" for part in node.rest)
    return _at(node.first, tighter) + "".join(rest)


def _junction(node: nodes.Junction) -> str:
    if node.operator == "or":
        return " or ".join(_at(operand, _Level.AND) for operand in node.operands)
    text = _at(node.operands[0], _Level.COMPARISON)
    for operand in node.operands[1:]:
        text = _and(text, _at(operand, _Level.COMPARISON))
    return text


def _and(left: str, right: str) -> str:
    """Two parts with `and` between; without the parentheses `date and time(…)` would be one name."""
    return f"{left} and ({right})" if left.endswith("date") and right.startswith("time") else f"{left} and {right}"


def _between(node: nodes.Between) -> str:
    return f"{_at(node.value, _Level.SUM)} between {_and(_at(node.low, _Level.SUM), _at(node.high, _Level.SUM))}"


def _test(node: nodes.Test) -> str:
    return f"{node.operator} {_at(node.operand, _Level.SUM)}"


def _in(node: nodes.In) -> str:
    value, first = _at(node.value, _Level.SUM), node.tests[0]
    if len(node.tests) == 1:
        text = _at(first, _Level.EXPRESSION if isinstance(first, nodes.Test) else _Level.SUM)
        is_range = isinstance(first, nodes.RangeLiteral) and not first.operator and None not in (first.start, first.end)
        if is_range or not text.startswith("("):
            return f"{value} in {text}"
    return f"{value} in ({_listed(node.tests)})"


def _tests(node: nodes.Tests) -> str:
    text = _listed(node.tests) or "-"
    if node.negated:
        return f"not({text})"
    if text.startswith("not("):
        return f"({_at(node.tests[0], _Level.EXPRESSION)}){text[len(_at(node.tests[0], _Level.EXPRESSION)) :]}"
    return text


def _if(node: nodes.If) -> str:
    condition, then, otherwise = (_at(part, _Level.EXPRESSION) for part in (node.condition, node.then, node.otherwise))
    return f"if {condition} then {then} else {otherwise}"


def _iterators(iterators: tuple[nodes.Iterator, ...]) -> str:
    return ", ".join(f"{one.name} in {_at(one.source, _Level.OR)}" for one in iterators)


def _function(node: nodes.FunctionLiteral) -> str:
    parameters = (
        name if type_ is None else f"{name}: {_type(type_)}" for name, type_ in zip(node.parameters, node.types, strict=True)
    )
    return f"function({', '.join(parameters)}) {_at(node.body, _Level.EXPRESSION)}"


def _type(type_: TypeName) -> str:
    parts = [_type(argument) for argument in type_.arguments]
    if type_.name == "function" and parts:
        return f"function<{', '.join(parts[:-1])}> -> {parts[-1]}"
    if type_.members:
        parts = [f"{member}: {part}" for member, part in zip(type_.members, parts, strict=True)]
    return f"{type_.name}<{', '.join(parts)}>" if parts else type_.name


def _context(node: nodes.ContextLiteral) -> str:
    entries = (f"{_key(key)}: {_at(value, _Level.EXPRESSION)}" for key, value in node.entries)
    return "{" + ", ".join(entries) + "}"


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) and key not in CONSTANTS else format_value(key)


def _range(node: nodes.RangeLiteral) -> str:
    if node.operator and node.start is not None:
        return f"({node.operator} {_at(node.start, _Level.SUM)})"
    if node.start is None and node.end is not None:
        return f"(<{'=' if node.end_included else ''} {_at(node.end, _Level.SUM)})"
    if node.end is None and node.start is not None:
        return f"(>{'=' if node.start_included else ''} {_at(node.start, _Level.SUM)})"
    if node.start is None or node.end is None:
        raise ValueError("A range without ends has no text.")
    start, end = _at(node.start, _Level.SUM), _at(node.end, _Level.SUM)
    return f"{'[' if node.start_included else '('}{start}..{end}{']' if node.end_included else ')'}"


def _listed(parts: tuple[Node, ...]) -> str:
    return ", ".join(_at(part, _Level.EXPRESSION) for part in parts)


# Each writer takes the one kind of node that it stands beside; a dict cannot say so to the type checker.
_FORMS: Mapping[type, tuple[_Level, Callable[[Any], str]]] = cast(
    "Any",
    {
        nodes.Literal: (_Level.POSTFIX, _literal),
        nodes.Name: (_Level.POSTFIX, lambda node: node.name),
        nodes.Path: (_Level.POSTFIX, lambda node: f"{_at(node.source, _Level.POSTFIX)}.{node.member}"),
        nodes.Filter: (
            _Level.POSTFIX,
            lambda node: f"{_at(node.source, _Level.POSTFIX)}[{_at(node.predicate, _Level.EXPRESSION)}]",
        ),
        nodes.Call: (_Level.POSTFIX, _call),
        nodes.ListLiteral: (_Level.POSTFIX, lambda node: f"[{_listed(node.items)}]"),
        nodes.ContextLiteral: (_Level.POSTFIX, _context),
        nodes.RangeLiteral: (_Level.POSTFIX, _range),
        nodes.Negate: (_Level.NEGATION, lambda node: f"-{_at(node.operand, _Level.NEGATION)}"),
        nodes.Arithmetic: (_Level.SUM, _arithmetic),
        nodes.Comparison: (
            _Level.COMPARISON,
            lambda node: f"{_at(node.left, _Level.SUM)} {node.operator} {_at(node.right, _Level.SUM)}",
        ),
        nodes.Between: (_Level.COMPARISON, _between),
        nodes.In: (_Level.COMPARISON, _in),
        nodes.InstanceOf: (
            _Level.COMPARISON,
            lambda node: f"{_at(node.value, _Level.POSTFIX)} instance of {_type(node.type)}",
        ),
        nodes.Junction: (_Level.OR, _junction),
        nodes.If: (_Level.EXPRESSION, _if),
        nodes.For: (
            _Level.EXPRESSION,
            lambda node: f"for {_iterators(node.iterators)} return {_at(node.result, _Level.EXPRESSION)}",
        ),
        nodes.Quantified: (
            _Level.EXPRESSION,
            lambda node: f"{node.quantifier} {_iterators(node.iterators)} satisfies {_at(node.condition, _Level.EXPRESSION)}",
        ),
        nodes.Span: (_Level.OR, lambda node: f"{_at(node.start, _Level.SUM)}..{_at(node.end, _Level.SUM)}"),
        nodes.FunctionLiteral: (_Level.EXPRESSION, _function),
        nodes.Test: (_Level.EXPRESSION, _test),
        nodes.Tests: (_Level.EXPRESSION, _tests),
    },
)
