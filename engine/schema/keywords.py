"""The keywords of JSON Schema 2020-12 that we take, and how to walk a schema by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..source import is_list, is_object

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

ONE: Final = frozenset(
    {
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""Keywords whose value is a schema."""
SEVERAL: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED: Final = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
PLAIN: Final = frozenset(
    [
        "$comment",
        "$id",
        "$ref",
        "$schema",
        "const",
        "default",
        "dependentRequired",
        "deprecated",
        "description",
        "enum",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "readOnly",
        "required",
        "title",
        "type",
        "uniqueItems",
        "writeOnly",
    ]
)
KEYWORDS: Final = ONE | SEVERAL | NAMED | PLAIN

Place = tuple[str, ...]


def children(schema: dict[str, object]) -> Iterator[tuple[Place, dict[str, object]]]:
    """The schemas directly inside `schema`, with the path that leads to each; `true` and `false` are left out."""
    for keyword, value in schema.items():
        if keyword in ONE and is_object(value):
            yield (keyword,), value
        elif keyword in SEVERAL and is_list(value):
            for index, item in enumerate(value):
                if is_object(item):
                    yield (keyword, str(index)), item
        elif keyword in NAMED and is_object(value):
            for name, item in value.items():
                if is_object(item):
                    yield (keyword, name), item


def walk(schema: dict[str, object], place: Place = ()) -> Iterator[tuple[Place, dict[str, object]]]:
    """The schema and every schema inside it, with their places; references are not followed."""
    yield place, schema
    for step, child in children(schema):
        yield from walk(child, place + step)
