"""What a declared type says of a value before there is one, and whether a constant fits it."""

from __future__ import annotations

from .. import feel
from ..sentences import Sentence
from .constants import constant
from .types import ANY, ItemType


def type_of_item(item: ItemType) -> feel.Type:
    """What a declared type says of a value; the declared type itself goes along."""
    if item.item is not None:
        return feel.Type("list", item=type_of_item(item.item), declared=item)
    if item.kind == "function" and item.result is not None:
        names = tuple(name for name, _ in item.parameters)  # what is given there may take more, so their types are not known
        return feel.Type("function", parameters=names, result=type_of_item(item.result), declared=item)
    members = {name: type_of_item(type_) for name, type_ in item.members}
    kind, declared = "" if item.kind == "null" else item.kind, None if item == ANY else item
    return feel.Type(kind, members=members, is_closed=bool(members), declared=declared)


def constant_obstacle(expression: feel.Expression, wanted: ItemType) -> Sentence | None:
    """Why an expression that has the same value on all data does not fit; None when it does, or is no such expression."""
    try:
        found = constant(expression)
        return None if found is None else wanted.fit(found[0], feel.Frame({}, None, feel.Run(feel.Environment())))[1]
    except feel.FeelError:  # the expression itself is told, or the allowed values depend on data
        return None


def both(one: ItemType, other: object) -> ItemType:
    """What is of two declared types at once, as far as one type can say it."""
    if not isinstance(other, ItemType) or one is other:
        return one
    if not one.kind:
        return ItemType(other.kind, other.item, other.members, other.result, other.parameters, (*other.allowed, *one.allowed))
    if one.kind != other.kind or one.item is not None:
        return one
    return ItemType(one.kind, one.item, one.members, one.result, one.parameters, (*other.allowed, *one.allowed))
