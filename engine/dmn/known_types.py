"""What a declared type says of a value before there is one, and whether a value that is known so far can fit it."""

from __future__ import annotations

from .. import feel
from .constants import constant
from .types import ANY, ItemType


def type_of_item(item: ItemType) -> feel.Type:
    """What a declared type says of a value; the declared type itself goes along."""
    if item.item is not None:
        return feel.Type("list", item=type_of_item(item.item), declared=item)
    if item.kind == "function" and item.result is not None:
        names = tuple(name for name, _ in item.parameters)
        return feel.Type("function", parameters=names, result=type_of_item(item.result), declared=item)
    members = {name: type_of_item(type_) for name, type_ in item.members}
    return feel.Type("" if item.kind == "null" else item.kind, members=members, declared=None if item == ANY else item)


def obstacle(value: feel.Type, wanted: ItemType) -> str:
    """Why no value of a type, null aside, can be made to fit a declared one; empty when one can, or that is not known."""
    if wanted.kind == "list" and value.is_known and value.kind != "list":
        return _misfit(value, wanted.item or ANY)
    if value.kind == "list" and wanted.kind not in ("", "list"):
        return _misfit(value.item, wanted) if value.item is not None else ""  # a list of one is its item
    if wanted.kind == "date and time" and value.kind == "date":
        return ""
    return _misfit(value, wanted)


def _misfit(value: feel.Type, wanted: ItemType) -> str:
    if not value.is_known or wanted.kind in ("", "null"):
        return ""
    if value.kind != wanted.kind:
        return f"{value.kind} where {wanted.label} is declared"
    for name, type_ in wanted.members:
        found = _misfit(value.members[name], type_) if name in value.members else ""
        if found:
            return f"{found} (in `{name}`)"
    return ""


def constant_obstacle(expression: feel.Expression, wanted: ItemType) -> str:
    """Why an expression that has the same value on all data does not fit; empty when it does, or is no such expression."""
    try:
        found = constant(expression)
        return "" if found is None else wanted.fit(found[0], feel.Frame({}, None, feel.Run(feel.Environment())))[1]
    except feel.FeelError:  # the expression itself is told, or the allowed values depend on data
        return ""


def both(one: ItemType, other: object) -> ItemType:
    """What is of two declared types at once, as far as one type can say it."""
    if not isinstance(other, ItemType) or one is other:
        return one
    if not one.kind:
        return ItemType(other.kind, other.item, other.members, other.result, other.parameters, (*other.allowed, *one.allowed))
    if one.kind != other.kind or one.item is not None:
        return one
    return ItemType(one.kind, one.item, one.members, one.result, one.parameters, (*other.allowed, *one.allowed))
