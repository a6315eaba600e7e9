"""Schemas without references. Only for schemas that `read_schema` accepted: their references lead in no circle."""

from __future__ import annotations

from ..source import is_list, is_object
from .closed import resolve
from .keywords import children


def expanded(document: dict[str, object]) -> dict[str, object]:
    """The schema with every reference replaced by what it refers to, so that it can stand inside another."""
    return inlined({key: value for key, value in document.items() if key not in {"$id", "$schema", "$defs"}}, document)


def inlined(schema: dict[str, object], root: dict[str, object]) -> dict[str, object]:
    """A part of `root` with its references replaced."""
    result = {key: value for key, value in schema.items() if key != "$defs"}
    for step, child in list(children(result)):
        _put(result, step, inlined(child, root))
    reference = result.pop("$ref", None)
    target = resolve(root, reference) if isinstance(reference, str) else None
    if target is None:
        return result
    inner = inlined(target, root)
    if not result:
        return inner
    further = result.get("allOf")
    return {**result, "allOf": [inner, *(further if is_list(further) else [])]}


def _put(schema: dict[str, object], step: tuple[str, ...], value: dict[str, object]) -> None:
    keyword, *rest = step
    if not rest:
        schema[keyword] = value
        return
    holder = schema[keyword]
    if is_object(holder):
        schema[keyword] = {**holder, rest[0]: value}
    elif is_list(holder):
        position = int(rest[0])
        schema[keyword] = [*holder[:position], value, *holder[position + 1 :]]
