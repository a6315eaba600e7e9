"""What is wrong with a designer's schema; see `closed` for the rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from jsonschema import Draft202012Validator

from ..canonical import is_safe_number
from ..finding import Finding
from ..sentences import Sentence, sentence
from ..source import is_list, is_modest, is_object, with_plain_numbers
from .closed import Schema, compile_schema, is_safe_pattern, parse_pointer, pointer, resolve
from .keywords import DIALECT, KEYWORDS, Place, children, walk
from .temporal import KNOWN_FORMATS

MAX_DEPTH: Final = 40
MAX_PATTERNS: Final = 200
MAX_WEIGHT: Final = 5_000
"""Schemas inside the schema, each counted as often as references lead to it: a bound on the work of one check."""

Places = dict[Place, dict[str, object]]

_META: Final = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def read_schema(value: object, *, name: str) -> tuple[Schema | None, list[Finding]]:
    """The schema in a file that was read as JSON, or what is wrong with it; `name` is the file's name."""
    if not is_object(value):
        return None, [
            Finding(
                "schema-shape", sentence("{name} is not a JSON object.", name=name), sentence("Write a JSON Schema."), file=name
            )
        ]
    if not is_modest(value, depth=MAX_DEPTH, nodes=20_000):
        return None, [_too_large(name, sentence("is nested deeper than {max_depth} levels", max_depth=MAX_DEPTH))]
    value = {key: with_plain_numbers(item) for key, item in value.items()}
    findings = list(_against_meta_schema(value, name))
    places = dict(walk(value))
    findings.extend(finding for place, schema in places.items() for finding in _closed(schema, place, places, name))
    findings.extend(_patterns(places, name))
    findings.extend(_numbers(value, name))
    if not findings:
        findings = list(_bounded(value, name))
    if findings:
        return None, findings
    try:
        return compile_schema(value), []
    except ValueError as error:
        reason = str(error).splitlines()[0]
        return None, [
            Finding(
                "schema-invalid",
                sentence("{name}: {reason}.", name=name, reason=reason),
                sentence("Mend the schema."),
                file=name,
            )
        ]


def _against_meta_schema(value: dict[str, object], name: str) -> Iterator[Finding]:
    dialect = value.get("$schema", DIALECT)
    if dialect != DIALECT:
        yield Finding(
            "schema-dialect",
            sentence("{name} is written in another dialect.", name=name),
            sentence('Write "$schema": "{dialect}".', dialect=DIALECT),
            file=name,
        )
        return
    for count, error in enumerate(_META.iter_errors(value)):
        if count == 20:
            return
        place = pointer(tuple(error.absolute_path))
        message = sentence(
            "{name}: at {value}: {value2}.", name=name, value=place or sentence("the top"), value2=error.message[:200]
        )
        yield Finding("schema-invalid", message, sentence("Mend it as JSON Schema 2020-12 says."), file=name, element=place)


def _closed(schema: dict[str, object], place: Place, places: Places, name: str) -> Iterator[Finding]:
    at = pointer(place)
    where = sentence("{name}: at {at}:", name=name, at=at or sentence("the top"))
    for keyword in schema:
        if keyword not in KEYWORDS and not keyword.startswith("x-"):
            yield Finding(
                "schema-keyword",
                sentence("{where} the keyword {keyword} is not understood here.", where=where, keyword=repr(keyword)),
                _suggestion(keyword),
                file=name,
                element=at,
            )
    if place and "$id" in schema:
        yield Finding(
            "schema-id",
            sentence("{where} an $id inside the schema.", where=where),
            sentence("Remove it."),
            file=name,
            element=at,
        )
    reference = schema.get("$ref")
    if isinstance(reference, str) and (problem := _bad_reference(reference, places)):
        yield Finding(
            "schema-reference",
            sentence("{where} the reference {reference} {value}.", where=where, reference=repr(reference), value=problem[0]),
            problem[1],
            file=name,
            element=at,
        )
    used = schema.get("format")
    if isinstance(used, str) and used not in KNOWN_FORMATS:
        remedy = sentence("Use one of {known_formats}, or a pattern.", known_formats=", ".join(sorted(KNOWN_FORMATS)))
        yield Finding(
            "schema-format",
            sentence("{where} the format {used} is not known.", where=where, used=repr(used)),
            remedy,
            file=name,
            element=at,
        )


def _patterns(places: Places, name: str) -> Iterator[Finding]:
    used = [
        (place, pattern)
        for place, schema in places.items()
        for pattern in (schema.get("pattern"), *_names(schema.get("patternProperties")))
        if isinstance(pattern, str)
    ]
    if len(used) > MAX_PATTERNS:
        yield _too_large(name, sentence("has more than {max_patterns} patterns", max_patterns=MAX_PATTERNS))
        return
    for place, pattern in used:
        if not is_safe_pattern(pattern):
            at = pointer(place)
            yield Finding(
                "schema-pattern",
                sentence(
                    "{name}: at {value}: the pattern {value2} is not a regular expression that is safe to run.",
                    name=name,
                    value=at or sentence("the top"),
                    value2=repr(pattern[:80]),
                ),
                sentence("Write it without look-ahead, look-behind and back-references, and with small counts."),
                file=name,
                element=at,
            )


def _numbers(value: object, name: str) -> Iterator[Finding]:
    if isinstance(value, Decimal) and not is_safe_number(value):
        message = sentence("{name} has a fraction of more than fifteen digits, which readers of JSON would round.", name=name)
        yield Finding("schema-number", message, sentence("Round it."), file=name)
    for child in value.values() if is_object(value) else value if is_list(value) else ():
        yield from _numbers(child, name)


def _names(value: object) -> list[str]:
    return list(value) if is_object(value) else []


def _bad_reference(reference: str, places: Places) -> tuple[Sentence, Sentence] | None:
    if not reference.startswith("#"):
        return sentence("leads out of the file"), sentence("Copy what it refers to into $defs, and refer to it there.")
    if not reference.startswith("#/"):
        return sentence("is not a path"), sentence("Write it as #/$defs/name.")
    if parse_pointer(reference[1:]) not in places:
        return sentence("leads to no schema in the file"), sentence("Write it as #/$defs/name.")
    return None


def _bounded(root: dict[str, object], name: str) -> Iterator[Finding]:
    weights: dict[int, int] = {}
    try:
        weight = _weight(root, root, weights, depth=0)
    except _CircleError as error:
        remedy = sentence("Write the levels out; a form cannot be endlessly deep.")
        yield Finding(
            "schema-recursion",
            sentence("{name}: the reference {error} leads round in a circle.", name=name, error=error),
            remedy,
            file=name,
        )
        return
    if weight > MAX_WEIGHT:
        yield _too_large(
            name, sentence("has more than {max_weight} parts when its references are followed", max_weight=MAX_WEIGHT)
        )


class _CircleError(Exception):
    pass


def _weight(schema: dict[str, object], root: dict[str, object], weights: dict[int, int], *, depth: int) -> int:
    if id(schema) in weights:
        if weights[id(schema)] < 0:
            raise _CircleError(schema.get("$ref", "$ref"))
        return weights[id(schema)]
    if depth > 100:
        return MAX_WEIGHT + 1
    weights[id(schema)] = -1
    total = 1
    for step, child in children(schema):
        if step[0] != "$defs":
            total += _weight(child, root, weights, depth=depth + 1)
    reference = schema.get("$ref")
    if isinstance(reference, str) and (target := resolve(root, reference)) is not None:
        total += _weight(target, root, weights, depth=depth + 1)
    weights[id(schema)] = total
    return total


def _suggestion(keyword: str) -> Sentence:
    near = get_close_matches(keyword, KEYWORDS, n=1)
    return (
        sentence("Did you mean {near}?", near=repr(near[0]))
        if near
        else sentence("Remove it, or let a note of your own begin with x-.")
    )


def _too_large(name: str, what: Sentence) -> Finding:
    return Finding(
        "schema-too-large",
        sentence("{name} {what}.", name=name, what=what),
        sentence("Split it, or make it simpler."),
        file=name,
    )
