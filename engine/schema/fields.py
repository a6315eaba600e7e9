"""The fields that a schema lets a person fill in, by the names that texts use: `endDate`, `plan.goal`, `signers[].name`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .closed import Pointer
from .typed import Schemas, applicable, element, member


@dataclass(frozen=True, slots=True)
class Field:
    """One property somewhere in the schema.

    `kind` as `kind_of` says. `options` are the values to choose among, as text; empty for a free answer. `ticked` is
    whether only true will do.
    """

    key: str
    kind: str
    options: tuple[str, ...]
    register: str | None = None
    ticked: bool = False


def fields_of(schema: dict[str, object]) -> dict[str, Field]:
    """Every property that the schema declares, in the order of the file; conditions' own properties are not declarations."""
    found: dict[str, Field] = {}
    _collect([schema], schema, "", found)
    return found


def field_key(path: Pointer) -> str:
    """The name of the field at a path in a submission: `("signers", 0, "name")` is `signers[].name`."""
    key = ""
    for part in path:
        key += "[]" if isinstance(part, int) else f".{part}" if key else part
    return key


def option(value: object) -> str:
    """A value to choose, as the text by which it is named: `true`, `3`, `sfi`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _collect(schemas: Schemas, root: dict[str, object], prefix: str, found: dict[str, Field]) -> None:
    here = applicable(schemas, root)
    for name in _names(here):
        key = f"{prefix}.{name}" if prefix else name
        inner = applicable(member(here, name), root)
        found[key] = _field(key, inner, root)
        _collect(inner, root, key, found)
    items = element(here, None) if prefix else []
    if items:
        _collect(items, root, f"{prefix}[]", found)


def _names(here: Schemas) -> list[str]:
    names: dict[str, None] = {}
    for schema in here:
        properties = schema.get("properties")
        if isinstance(properties, dict):
            names.update(dict.fromkeys(properties))
    return list(names)


def _field(key: str, here: Schemas, root: dict[str, object]) -> Field:
    items = applicable(element(here, None), root)
    options: dict[str, None] = {}
    for schema in (*here, *items):
        values = schema.get("enum")
        alternatives = schema.get("oneOf")
        for value in values if isinstance(values, list) else ():
            options.update({} if value is None else {option(value): None})
        for alternative in alternatives if isinstance(alternatives, list) else ():
            if isinstance(alternative, dict) and alternative.get("const") is not None:
                options[option(alternative["const"])] = None
    registers = [str(schema["x-register"]) for schema in (*here, *items) if "x-register" in schema]
    ticked = any(schema.get("const") is True for schema in here)
    return Field(key, kind_of(here), tuple(options), registers[0] if registers else None, ticked)


def kind_of(here: Schemas) -> str:
    """The type that `applicable` schemas give a place.

    A temporal format's name, else `string`, `number`, `boolean`, `list` or `object`; `any` when they do not say.
    """
    formats = [schema["format"] for schema in here if "format" in schema]
    for name in ("date", "date-time", "time", "duration"):
        if name in formats:
            return name
    types = list(_types(here))
    if types:
        return types[0]
    return "object" if any("properties" in schema for schema in here) else "any"


def types_of(here: Schemas) -> frozenset[str]:
    """All types that `applicable` schemas name for a place: `string`, `number`, `boolean`, `list`, `object`."""
    return frozenset(_types(here))


def _types(here: Schemas) -> Iterator[str]:
    names = {"integer": "number", "array": "list"}
    for schema in here:
        declared = schema.get("type")
        for name in declared if isinstance(declared, list) else [declared]:
            if isinstance(name, str) and name != "null":
                yield names.get(name, name)
