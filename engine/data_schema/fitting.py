"""What service tasks give, held to what the process's data may hold: the rule that start data and corrections are held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from .. import feel
from ..schema import Breach, Pointer, plain
from ..sentences import Sentence
from ..source import is_list, is_object
from .breach_words import told
from .model import DataSchema, given_from_outside

_ABOVE = frozenset({"type", "additionalProperties"})
"""Rules that a value breaks although they are about what lies around the place that it is written to."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """One rule that a value breaks: `path` leads there from where it was to be written. `said` tells nothing of the value."""

    path: Pointer
    keyword: str
    said: Sentence


def fitted(schema: DataSchema, path: str, value: feel.Value, before: feel.Value) -> tuple[feel.Value, list[Unfit]]:
    """The value as the schema types it at a dotted path, and every rule that it breaks there.

    `before` is what the path's first name holds now: what is wrong beside the path is not held against the value. Null is
    nothing: it fits wherever nothing has to be. A name that the schema does not declare holds anything.
    """
    name, *way = path.split(".")
    if name not in schema.names or value is None:
        return value, []
    whole = {name: _put(before, way, value)}
    place = (name, *way)
    instance = plain(cast("feel.Value", whole))
    breaches = [breach for breach in _broken(schema, instance) if _concerns(breach, place)]
    if breaches:
        wrong_type = {one.path for one in breaches if one.keyword == "type"}
        counted = (one for one in breaches if one.keyword == "type" or one.path not in wrong_type)
        return value, [Unfit(one.path[len(place) :], one.keyword, told(schema.document, one, instance)) for one in counted]
    typed: feel.Value = schema.typed(cast("dict[str, object]", whole))[name]
    for part in way:
        typed = cast("dict[str, feel.Value]", typed)[part]
    return typed, []


def _put(holder: feel.Value, way: list[str], value: feel.Value) -> feel.Value:
    if not way:
        return value
    known = holder if isinstance(holder, dict) else {}
    return {**known, way[0]: _put(known.get(way[0]), way[1:], value)}


def _broken(schema: DataSchema, instance: object) -> list[Breach]:
    """The rules that the data break. A member that may not be null, and is, is as one that is missing."""
    checked, _ = given_from_outside(schema)
    found = checked.broken_rules(instance)
    empty = {one.path for one in _all(found) if one.path and _is_null_member(instance, one.path)}
    return checked.broken_rules(_without(instance, empty, ())) if empty else found


def _all(breaches: Iterable[Breach]) -> Iterator[Breach]:
    for breach in breaches:
        yield breach
        for branch in breach.alternatives:
            yield from _all(branch)


def _is_null_member(instance: object, path: Pointer) -> bool:
    for part in path[:-1]:
        instance = cast("dict[str | int, object]", instance)[part]  # a breach lies in what is there
    return is_object(instance) and instance.get(str(path[-1]), "missing") is None


def _without(instance: object, places: set[Pointer], here: Pointer) -> object:
    if is_object(instance):
        return {name: _without(one, places, (*here, name)) for name, one in instance.items() if (*here, name) not in places}
    if is_list(instance):
        return [_without(one, places, (*here, index)) for index, one in enumerate(instance)]
    return instance


def _concerns(breach: Breach, place: Pointer) -> bool:
    """Whether a rule is broken by what stands at the place, not by what stands beside it."""
    if breach.path[: len(place)] == place:
        return True
    if place[: len(breach.path)] != breach.path:
        return False
    if breach.alternatives:
        return all(any(_concerns(one, place) for one in branch) for branch in breach.alternatives)
    return breach.keyword in _ABOVE
