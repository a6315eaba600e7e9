"""A JSON Schema that can hurt nobody: nothing fetched, linear-time patterns, no recursion, a bounded amount of work.

The dialect is 2020-12 with these narrower rules: `$ref` only to a place in the same file (`#/$defs/…`) and never in a circle,
no `$dynamicRef`, no nested `$id`, only the keywords and formats listed here. Keywords that begin with `x-` are notes of ours.
Dates, times and durations are exactly those that FEEL has; a time or date and time may lack its zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import jsonschema_rs

from ..canonical import is_safe_number
from ..identity_numbers import places_in
from ..source import is_list, is_modest, is_object, is_unicode
from .keywords import NAMED, ONE, SEVERAL
from .temporal import FORMATS

MAX_INSTANCE_DEPTH: Final = 30
MAX_INSTANCE_NODES: Final = 10_000
MAX_INSTANCE_TEXT: Final = 500_000
"""Characters in all texts of one instance together."""
MAX_BREACHES: Final = 200

Pointer = tuple[str | int, ...]

_NOT_BLANK: Final = r"^$|\S"
"""What `minLength` asks for besides: some character that can be seen. Empty text is for `minLength` itself to refuse."""

_PATTERNS: Final = jsonschema_rs.RegexOptions(size_limit=1_000_000, dfa_size_limit=1_000_000)


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that an instance breaks.

    `path` leads to the value (for a missing or unexpected member: to that member). `limit` is the keyword's value, and
    `alternatives` what each branch of an `anyOf` or `oneOf` misses.
    """

    path: Pointer
    keyword: str
    limit: object = None
    alternatives: tuple[tuple[Breach, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """A schema that passed `read_schema`, ready to check instances. Shared freely between threads."""

    definition: dict[str, object]
    _validator: jsonschema_rs.Draft202012Validator = field(repr=False)

    def breaches(self, instance: object) -> list[Breach]:
        """Every rule that `instance` breaks, about `MAX_BREACHES` at most; one `maxSize` at the root if it is too large.

        A fraction of more than fifteen digits breaks the rule `precision`, a text with U+0000 (which not every database
        keeps) the rule `characters`, and an identity number the rule `identityNumber`, whatever the schema says. No path
        holds such a number: one in a name is told of the object.
        """
        if not _is_bearable(instance):
            return [Breach((), "maxSize")]
        found: dict[Breach, None] = dict.fromkeys(Breach(path, "precision") for path in _imprecise(instance, ()))
        found |= dict.fromkeys(Breach(path, "characters") for path in _with_null_characters(instance, ()))
        found |= dict.fromkeys(Breach(path, "identityNumber") for path in places_in(instance))
        found |= dict.fromkeys(self.broken_rules(instance))
        return [breach for breach in found if next(places_in([*breach.path]), None) is None]

    def broken_rules(self, instance: object) -> list[Breach]:
        """The same for the rules that stand in the schema alone, however large the instance is.

        It is one that a case may keep: bounded in depth, without identity numbers and characters that cannot be stored.
        """
        found: dict[Breach, None] = {}
        for error in self._validator.iter_errors(instance):
            found.update(dict.fromkeys(_breaches(error)))
            if len(found) >= MAX_BREACHES:
                break
        return list(found)

    def accepts(self, instance: object) -> bool:
        """Whether `instance` breaks no rule."""
        return _is_bearable(instance) and self._validator.is_valid(instance) and not self._is_unkeepable(instance)

    def _is_unkeepable(self, instance: object) -> bool:
        return any(True for found in (_imprecise, _with_null_characters, places_in) for _ in found(instance, ()))


def compile_schema(definition: dict[str, object]) -> Schema:
    """The schema, ready for use. Give it only what `read_schema` accepts.

    Raises:
        ValueError: a pattern, reference or keyword that the validator refuses.
    """
    return Schema(definition, _validator(definition))


def is_safe_pattern(pattern: str) -> bool:
    """Whether a pattern is a regular expression that is matched in linear time (no look-around, no back-references)."""
    try:
        _validator({"pattern": pattern})
    except ValueError:
        return False
    return True


def pointer(path: Pointer) -> str:
    """The path as a JSON Pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def resolve(root: dict[str, object], reference: str) -> dict[str, object] | None:
    """What `#/…` refers to in `root`, or None when there is nothing."""
    node: object = root
    for part in parse_pointer(reference.removeprefix("#")):
        if is_object(node):
            node = node.get(part)
        elif is_list(node) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        else:
            return None
    return node if is_object(node) else None


def parse_pointer(text: str) -> tuple[str, ...]:
    """The parts of a JSON Pointer."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])


def _validator(definition: dict[str, object]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        _refusing_blanks(definition),
        formats=dict(FORMATS),
        validate_formats=True,
        ignore_unknown_formats=False,
        offline=True,
        pattern_options=_PATTERNS,
    )


def _refusing_blanks(schema: dict[str, object]) -> dict[str, object]:
    """The schema, in which text that must not be empty must not be white space only either."""
    copy = {keyword: _inside(keyword, value) for keyword, value in schema.items()}
    least = copy.get("minLength")
    if isinstance(least, int | Decimal) and least >= 1:
        also = copy.get("allOf")
        copy["allOf"] = [*(also if is_list(also) else []), {"pattern": _NOT_BLANK}]
    return copy


def _inside(keyword: str, value: object) -> object:
    if is_object(value) and keyword in ONE:
        return _refusing_blanks(value)
    if is_object(value) and keyword in NAMED:
        return {name: _refusing_blanks(item) if is_object(item) else item for name, item in value.items()}
    if is_list(value) and keyword in SEVERAL:
        return [_refusing_blanks(item) if is_object(item) else item for item in value]
    return value


def _breaches(error: jsonschema_rs.ValidationError) -> Iterator[Breach]:
    path = tuple(error.instance_path)
    match error.kind:
        case jsonschema_rs.ValidationErrorKind.Required(property=name):
            yield Breach((*path, name), "required")
        case (
            jsonschema_rs.ValidationErrorKind.AdditionalProperties(unexpected=names)
            | jsonschema_rs.ValidationErrorKind.UnevaluatedProperties(unexpected=names)
        ):
            yield from (Breach((*path, name), "additionalProperties") for name in names)
        case (
            jsonschema_rs.ValidationErrorKind.AnyOf(context=branches)
            | jsonschema_rs.ValidationErrorKind.OneOfNotValid(context=branches)
            | jsonschema_rs.ValidationErrorKind.OneOfMultipleValid(context=branches)
        ):
            inner = tuple(tuple(found for one in branch for found in _breaches(one)) for branch in branches)
            yield Breach(path, error.kind.name, alternatives=inner)
        case jsonschema_rs.ValidationErrorKind.Pattern(pattern=wanted) if wanted == _NOT_BLANK:
            yield Breach(path, "minLength", 1)  # as if nothing had been written
        case jsonschema_rs.ValidationErrorKind.PropertyNames():
            yield Breach(path, "propertyNames")
        case kind:
            yield Breach(path, kind.name, _hashable(kind.value))


def _hashable(limit: object) -> object:
    return tuple(map(str, limit)) if is_list(limit) else str(limit) if is_object(limit) else limit


def _is_bearable(instance: object) -> bool:
    return (
        is_modest(instance, depth=MAX_INSTANCE_DEPTH, nodes=MAX_INSTANCE_NODES)
        and _characters(instance) <= MAX_INSTANCE_TEXT
        and is_unicode(instance)
    )


def _with_null_characters(instance: object, path: Pointer) -> Iterator[Pointer]:
    """The texts that hold U+0000; a name that does counts for its object."""
    if isinstance(instance, str):
        if "\0" in instance:
            yield path
    elif is_object(instance):
        for key, item in instance.items():
            yield from [path] if "\0" in key else _with_null_characters(item, (*path, key))
    elif is_list(instance):
        for index, item in enumerate(instance):
            yield from _with_null_characters(item, (*path, index))


def _imprecise(instance: object, path: Pointer) -> Iterator[Pointer]:
    """The fractions of more than fifteen digits: other readers of the JSON would round them."""
    if isinstance(instance, Decimal | float) and not is_safe_number(Decimal(str(instance))):
        yield path
    elif is_object(instance):
        for key, item in instance.items():
            yield from _imprecise(item, (*path, key))
    elif is_list(instance):
        for index, item in enumerate(instance):
            yield from _imprecise(item, (*path, index))


def _characters(instance: object) -> int:
    if isinstance(instance, str):
        return len(instance)
    if is_object(instance):
        return sum(len(key) + _characters(item) for key, item in instance.items())
    return sum(map(_characters, instance)) if is_list(instance) else 0
