"""What can be seen to be wrong with an expression before there is data: types, from the leaves of the tree up.

What is not known stays unknown and is never told.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..sentences import sentence
from . import examine_calls, examine_names, examine_operators, nodes
from .examination import Examination, Rule, Scope
from .types import BOOLEAN, UNKNOWN, Type, common, type_named, type_of_value


def _if(examination: Examination, node: nodes.If, scope: Scope) -> Type:
    examination.demand(examination.type_of(node.condition, scope), ("boolean",), "'if'", node.condition.position)
    return common((examination.type_of(node.then, scope), examination.type_of(node.otherwise, scope)))


def _iterators(examination: Examination, iterators: tuple[nodes.Iterator, ...], scope: Scope) -> Scope:
    for one in iterators:
        source = one.source
        if isinstance(source, nodes.Span):
            ends = [examination.type_of(end, scope) for end in (source.start, source.end)]
            for end, type_ in zip((source.start, source.end), ends, strict=True):
                examination.demand(type_, ("number", "date"), sentence("A range to go through"), end.position)
            item = common(ends)
        else:
            type_ = examination.type_of(source, scope)
            item = (type_.item or UNKNOWN) if type_.kind in ("list", "range") else type_ if type_.is_known else UNKNOWN
        scope = scope.having({one.name: item})
    return scope


def _for(examination: Examination, node: nodes.For, scope: Scope) -> Type:
    inner = _iterators(examination, node.iterators, scope)
    return examination.type_of(node.result, inner.having({"partial": Type("list")})).listed()


def _quantified(examination: Examination, node: nodes.Quantified, scope: Scope) -> Type:
    inner = _iterators(examination, node.iterators, scope)
    type_ = examination.type_of(node.condition, inner)
    examination.demand(type_, ("boolean",), f"'{node.quantifier}'", node.condition.position)
    return BOOLEAN


def _function(examination: Examination, node: nodes.FunctionLiteral, scope: Scope) -> Type:
    types = dict(zip(node.parameters, _taken(node), strict=True))
    result = examination.type_of(node.body, scope.having(types))
    return Type("function", parameters=node.parameters, takes=tuple(types.values()), result=result)


def _taken(node: nodes.FunctionLiteral) -> tuple[Type, ...]:
    return tuple(UNKNOWN if type_ is None else type_named(type_) for type_ in node.types)


def _list(examination: Examination, node: nodes.ListLiteral, scope: Scope) -> Type:
    return common([examination.type_of(item, scope) for item in node.items]).listed()


def _context(examination: Examination, node: nodes.ContextLiteral, scope: Scope) -> Type:
    members: dict[str, Type] = {}
    for key, value in node.entries:
        seen = scope
        if isinstance(value, nodes.FunctionLiteral):  # it may call itself
            seen = scope.having({key: Type("function", parameters=value.parameters, takes=_taken(value))})
        members[key] = examination.type_of(value, seen)
        scope = scope.having({key: members[key]})
    return Type("context", members=members, is_closed=True)


def _instance_of(examination: Examination, node: nodes.InstanceOf, scope: Scope) -> Type:
    examination.type_of(node.value, scope)
    return BOOLEAN


def _test_outside(examination: Examination, node: nodes.Test, scope: Scope) -> Type:
    examination.type_of(node.operand, scope)
    return BOOLEAN


RULES: Mapping[type, Rule] = {
    nodes.Compiled: lambda examination, node, scope: UNKNOWN,
    nodes.Literal: lambda examination, node, scope: type_of_value(node.value),
    nodes.Name: examine_names.name,
    nodes.Path: examine_names.path,
    nodes.Filter: examine_names.filter_,
    nodes.Call: examine_calls.call,
    nodes.FunctionLiteral: _function,
    nodes.Negate: examine_operators.negation,
    nodes.Arithmetic: examine_operators.arithmetic,
    nodes.Junction: examine_operators.junction,
    nodes.Comparison: examine_operators.comparison,
    nodes.Between: examine_operators.between,
    nodes.In: examine_operators.in_,
    nodes.Test: _test_outside,
    nodes.Tests: examine_operators.unary_tests,
    nodes.RangeLiteral: examine_operators.range_literal,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Quantified: _quantified,
    nodes.ListLiteral: _list,
    nodes.ContextLiteral: _context,
    nodes.InstanceOf: _instance_of,
}
