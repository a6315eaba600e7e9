"""What a schema says about a place, as the checks of expressions know types."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..source import is_list
from .fields import option
from .typed import Schemas, applicable, element, member

_MOST_PLACES: Final = 5_000
_KINDS: Final = {
    "string": "string", "number": "number", "integer": "number", "boolean": "boolean", "array": "list", "object": "context",
}  # fmt: skip
_FORMATS: Final = {"date": "date", "date-time": "date and time", "time": "time", "duration": ""}


def described(schema: dict[str, object]) -> feel.Type:
    """The type of the values that a schema accepts, as `typed_members` makes them.

    A place that may hold values of several kinds is of no known type.
    """
    return _Description(schema).type_of([schema])


class _Description:
    """One document being described. `left` bounds how often what is referred to in many places is described."""

    def __init__(self, root: dict[str, object]) -> None:
        self._root = root
        self._left = _MOST_PLACES

    def type_of(self, schemas: Schemas) -> feel.Type:
        here = applicable(schemas, self._root)
        self._left -= 1
        if self._left < 0:
            return feel.Type()
        kind = _kind(here)
        match kind:
            case "context":
                names = {name for schema in here for name in _properties(schema)}
                members = {name: self.type_of(member(here, name)) for name in sorted(names)}
                return feel.Type(kind, members=members, is_closed=any(one.get("additionalProperties") is False for one in here))
            case "list":
                items = element(here, None)
                is_plain = items and not any("prefixItems" in schema for schema in here)
                return feel.Type(kind, item=self.type_of(items) if is_plain else None)
            case "string":
                return feel.Type(kind, values=_values(here))
            case _:
                return feel.Type(kind)


def _kind(here: Schemas) -> str:
    """The one kind that all schemas with something to say agree on, else nothing."""
    kinds: set[str] = set()
    for schema in here:
        written = schema.get("format")
        declared = schema.get("type")
        types = [str(one) for one in (declared if is_list(declared) else [declared]) if one not in (None, "null")]
        if isinstance(written, str) and written in _FORMATS and types in ([], ["string"]):
            kinds.add(_FORMATS[written])
        else:
            kinds.update(_KINDS.get(one, "") for one in types)
            if not types and "properties" in schema:
                kinds.add("context")
    return kinds.pop() if len(kinds) == 1 else ""


def _values(here: Schemas) -> frozenset[str]:
    """The texts that a string may be; none when some schema that says it is a string leaves them open."""
    found: set[str] = set()
    for schema in here:
        chosen = _chosen(schema)
        if chosen is None and "type" in schema:
            return frozenset()
        found.update(chosen or ())
    return frozenset(found)


def _chosen(schema: dict[str, object]) -> list[str] | None:
    values, alternatives = schema.get("enum"), schema.get("oneOf")
    if is_list(values):
        return [option(value) for value in values if value is not None]
    if "const" in schema:
        return [option(schema["const"])]
    if is_list(alternatives) and alternatives and all(isinstance(one, dict) and "const" in one for one in alternatives):
        return [option(one["const"]) for one in alternatives if isinstance(one, dict)]
    return None


def _properties(schema: dict[str, object]) -> list[str]:
    properties = schema.get("properties")
    return list(properties) if isinstance(properties, dict) else []
