"""Which item of a list a function cannot work on, and what to do about it."""

from __future__ import annotations

from typing import Final

from ...sentences import Words, sentence
from ..errors import Fault
from ..values import Value, type_of

_UNORDERED: Final = frozenset({"boolean", "list", "context", "function", "range"})


def unfit_item(name: str, number: int, item: Value, wanted: Words) -> Fault:
    """The refusal of the item at a position from 1. `wanted` are the types that it may have."""
    if item is None:
        remedy = sentence("Leave nulls out: list[item != null].")
    elif isinstance(item, str) and wanted == "number":
        remedy = sentence("Convert it with number(…).")
    elif wanted == "string":
        remedy = sentence("Convert it with string(…).")
    else:
        remedy = sentence("Convert it, or leave it out.")
    return Fault(
        sentence(
            "{name}: item {number} must be {wanted}, not {kind}", name=name, number=number, wanted=wanted, kind=type_of(item)
        ),
        remedy,
        item,
    )


def check_order(name: str, items: list[Value]) -> None:
    """Raises Fault for the first item that has no order, or is of another type than those before it."""
    first = next((item for item in items if item is not None), None)
    kind = type_of(first)
    for number, item in enumerate(items, 1):
        if item is None or (type(item) is not type(first) and type_of(item) != kind):
            raise unfit_item(name, number, item, sentence("a value that has an order") if first is None else kind)
    if kind in _UNORDERED:
        by_member = sentence("Write function(a, b) a.member < b.member.")
        remedy = by_member if name == "sort" else sentence("Take a member or item of each.")
        raise Fault(sentence("{name}: values of the type {kind} have no order", name=name, kind=kind), remedy, first)
