"""JSON to FEEL values and back, by what a schema says about each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from .. import feel
from ..source import is_list, is_object, plain_number
from .closed import Pointer, resolve
from .temporal import PARSERS

_IN_PLACE: Final = ("allOf", "anyOf", "oneOf")
_BRANCHES: Final = ("then", "else")
_TEMPORAL: Final = (
    date,
    time,
    feel.DaysTimeDuration,
    feel.YearsMonthsDuration,
    feel.ExactDate,
    feel.ExactTime,
    feel.ExactDateTime,
)
_SPEAKING_OF_OTHERS: Final = frozenset({"$ref", *_IN_PLACE, *_BRANCHES, "dependentSchemas"})

Schemas = list[dict[str, object]]


def typed_members(schema: dict[str, object], value: Mapping[str, object]) -> dict[str, feel.Value]:
    """The FEEL values of the members of a JSON object.

    A string whose schema says `format: date`, `date-time`, `time` or `duration` becomes that, unless it is not written so
    (check first). Numbers become `Decimal`; what is a FEEL value already stays one. All branches of conditions and
    alternatives are looked into, whether they hold or not. What the schema does not mention keeps its JSON type.
    """
    here = applicable([schema], schema)
    return {key: _typed(member(here, key), schema, item) for key, item in value.items()}


def plain(value: feel.Value) -> object:
    """The JSON value of a FEEL value: the reverse of `typed_members`.

    Numbers become `int` when whole, else they stay `Decimal`: nothing here makes a float.
    """
    match value:
        case Decimal():
            return plain_number(value)
        case list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return feel.to_json(value)


def applicable(schemas: Schemas, root: dict[str, object]) -> Schemas:
    """The schemas and all that speak of the same place: references, alternatives, and the branches of conditions."""
    found: Schemas = []
    seen: set[int] = set()
    waiting = list(reversed(schemas))
    while waiting:
        schema = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        found.append(schema)
        if not _SPEAKING_OF_OTHERS.isdisjoint(schema):
            waiting.extend(reversed(list(_beside(schema, root))))
    return found


def member(schemas: Schemas, name: str) -> Schemas:
    """What `applicable` schemas say about one member of an object."""
    found: Schemas = []
    for schema in schemas:
        properties = schema.get("properties")
        extra = schema.get("additionalProperties")
        if is_object(properties) and name in properties:
            declared = properties[name]
            found.extend([declared] if is_object(declared) else [])
        elif is_object(extra):
            found.append(extra)
    return found


def element(schemas: Schemas, index: int | None) -> Schemas:
    """What `applicable` schemas say about the item at `index`, or about any item after the prefix for None."""
    found: Schemas = []
    for schema in schemas:
        prefix = schema.get("prefixItems")
        items = schema.get("items")
        if is_list(prefix) and index is not None and index < len(prefix):
            first = prefix[index]
            found.extend([first] if is_object(first) else [])
        elif is_object(items):
            found.append(items)
    return found


def references(schema: dict[str, object], value: object) -> list[tuple[Pointer, str, str]]:
    """Every key of a register entry in `value`: path, register, key. `x-register` in the schema marks them."""
    return list(_references([schema], schema, value, ()))


def _beside(schema: dict[str, object], root: dict[str, object]) -> Iterator[dict[str, object]]:
    reference = schema.get("$ref")
    if isinstance(reference, str) and (target := resolve(root, reference)) is not None:
        yield target
    for keyword in _IN_PLACE:
        branches = schema.get(keyword)
        yield from filter(is_object, branches if is_list(branches) else ())
    for keyword in _BRANCHES:
        branch = schema.get(keyword)
        if is_object(branch):
            yield branch
    dependent = schema.get("dependentSchemas")
    yield from filter(is_object, dependent.values() if is_object(dependent) else ())


def _typed(schemas: Schemas, root: dict[str, object], value: object) -> feel.Value:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    here = applicable(schemas, root)
    if isinstance(value, str):
        return _temporal(here, value)
    if is_list(value):
        return [_typed(element(here, index), root, item) for index, item in enumerate(value)]
    if is_object(value):
        return {key: _typed(member(here, key), root, item) for key, item in value.items()}
    if isinstance(value, _TEMPORAL):
        return value
    raise TypeError(f"{type(value).__name__} is not a JSON type")


def _temporal(here: Schemas, text: str) -> feel.Value:
    for schema in here:
        parse = PARSERS.get(str(schema.get("format")))
        if parse is not None:
            try:
                return parse(text)
            except ValueError:
                return text
    return text


def _references(schemas: Schemas, root: dict[str, object], value: object, path: Pointer) -> Iterator[tuple[Pointer, str, str]]:
    here = applicable(schemas, root)
    if isinstance(value, str):
        registers = {register for schema in here if isinstance(register := schema.get("x-register"), str)}
        yield from ((path, register, value) for register in sorted(registers))
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _references(element(here, index), root, item, (*path, index))
    elif is_object(value):
        for key, item in value.items():
            yield from _references(member(here, key), root, item, (*path, key))
