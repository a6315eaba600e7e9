"""Names, paths and filters, before there is data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ..sentences import sentence
from . import nodes
from .compile_names import FILTER_REMEDY, NO_MEMBER_REMEDY, with_constants
from .examination import Examination, Scope
from .examine_constants import constant
from .extensions import functions
from .properties import property_of
from .types import UNKNOWN, Type


def name(examination: Examination, node: nodes.Name, scope: Scope) -> Type:
    if node.name in scope.names:
        return scope.names[node.name]
    if scope.is_open:
        return UNKNOWN
    if node.name in functions().by_name:
        return Type("function")
    near = examination.near(node.name, with_constants(node.name, scope.names)) or sentence("Correct the name, or declare it.")
    kind = "member" if scope.in_filter else "name"  # in a filter it may be meant as the item's, and is null
    examination.tell(kind, node.position, sentence("There is no name '{name}' here", name=node.name), near)
    return UNKNOWN


def path(examination: Examination, node: nodes.Path, scope: Scope) -> Type:
    source = examination.type_of(node.source, scope)
    written = nodes.written_members(node.source)
    if written is not None and node.member not in written:
        _tell_missing(examination, node, written)
        return UNKNOWN
    if source.kind == "list":
        inner = UNKNOWN if source.item is None else _member(examination, node, source.item)
        return inner.listed()
    return _member(examination, node, source)


def _member(examination: Examination, node: nodes.Path, source: Type) -> Type:
    name = node.member
    if source.kind == "context":
        if name in source.members:
            return source.members[name]
        if source.is_closed:
            _tell_missing(examination, node, source.members)
        return UNKNOWN
    if not source.is_known or source.kind == "list":
        return UNKNOWN
    return examination.attempt(node.position, lambda value, run: property_of(value, name), source)


def _tell_missing(examination: Examination, node: nodes.Path, members: Iterable[str]) -> None:
    remedy = examination.near(node.member, members) or NO_MEMBER_REMEDY
    examination.tell("member", node.position, sentence("There is no member '{name}' here", name=node.member), remedy)


def filter_(examination: Examination, node: nodes.Filter, scope: Scope) -> Type:
    source = examination.type_of(node.source, scope)
    item = source.item or UNKNOWN if source.kind == "list" else source
    if source.kind in ("", "null"):
        item = UNKNOWN
    predicate = examination.type_of(node.predicate, _inside(item, scope))
    examination.demand(predicate, ("boolean", "number"), sentence("A filter"), node.predicate.position, FILTER_REMEDY)
    if predicate.kind == "number":
        _check_index(examination, node)
        return item
    return item.listed() if predicate.kind == "boolean" else UNKNOWN


def _check_index(examination: Examination, node: nodes.Filter) -> None:
    index = constant(node.predicate)[0]
    if isinstance(node.source, nodes.ListLiteral) and isinstance(index, Decimal):
        count = len(node.source.items)
        if not 0 < abs(index) <= count:
            said = sentence("The index lies outside the list of {count} items", count=count)
            examination.tell("type", node.predicate.position, said, sentence("Count from 1, or from -1 backwards."))


def _inside(item: Type, scope: Scope) -> Scope:
    """What a filter's condition sees: the item's members before the names around it. Which those hide is not always known."""
    if not item.is_known or (item.kind == "context" and not item.is_closed):
        return Scope({"?": scope.names.get("?", UNKNOWN)}, is_open=True)
    members = item.members if item.kind == "context" else {}
    return replace(scope.having({"item": item, **members}), in_filter=True)
