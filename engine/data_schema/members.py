"""Looking into a JSON Schema of case data: what it declares, at the top and along a path."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..schema import applicable, element, kind_of, member
from ..source import is_object


def properties(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    declared = schema.get("properties")
    return {name: inner for name, inner in declared.items() if is_object(inner)} if is_object(declared) else {}


def properties_at_top(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for part in applicable([schema], schema):
        for name, inner in properties(part).items():
            found[name] = {"anyOf": [found[name], inner]} if name in found else inner
    return found


def members(here: list[dict[str, object]], root: dict[str, object], name: str) -> list[dict[str, object]]:
    """What is said about a member; a list's members are those of its items, as in FEEL."""
    found = member(here, name)
    items = element(here, None)
    return found or (members(applicable(items, root), root, name) if items else [])


def member_names(here: list[dict[str, object]], root: dict[str, object]) -> set[str]:
    names = {name for schema in here for name in properties(schema)}
    items = element(here, None)
    return names | (member_names(applicable(items, root), root) if items else set())


def is_closed(here: list[dict[str, object]], root: dict[str, object]) -> bool:
    items = element(here, None)
    if items:
        return is_closed(applicable(items, root), root)
    if kind_of(here) in {"string", "number", "boolean"}:
        return True
    return any(schema.get("additionalProperties") is False for schema in here)


def nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1)), "")
