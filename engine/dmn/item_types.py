"""Item definitions to types (DMN 1.5 clause 7.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import feel
from ..xml import Element, local, text_of
from .reading import Reading
from .types import ItemType, built_in


def read_types(root: Element, reading: Reading, imported: Mapping[str, ItemType]) -> dict[str, ItemType]:
    """The types by name, with those of imported models; a finding for each that refers to a type that is not there."""
    definitions = {reading.name_of(el): el for el in reading.children(root, "itemDefinition")}
    types: dict[str, ItemType] = {**imported}
    waiting = dict(definitions)
    while waiting:  # a type may refer to one that is defined later
        found = {name: type_ for name, el in waiting.items() if (type_ := _read(el, types, reading)) is not None}
        if not found:
            break
        types.update(found)
        waiting = {name: el for name, el in waiting.items() if name not in found}
    for el in waiting.values():
        reading.add("dmn-type", el, "refers to a type that is not defined, or to itself", "Define it, or correct its name.")
    return types


def member_names(root: Element, reading: Reading) -> frozenset[str]:
    """The names that members of contexts have anywhere in the file, those of more than one word."""
    names = {reading.name_of(el) for el in root.iter() if local(el) in {"itemComponent", "variable", "column", "output"}}
    return frozenset(name for name in names if name and not name.isidentifier())


def _read(el: Element, types: Mapping[str, ItemType], reading: Reading) -> ItemType | None:
    """The type, or None while it refers to one that is not known."""
    base = _base(el, types, reading)
    if base is None:
        return None
    allowed = _tests(el, "allowedValues", reading)
    whole = _tests(el, "typeConstraint", reading)
    if el.get("isCollection") in {"true", "1"}:
        return base.narrowed(allowed).listed().narrowed(whole)
    return base.narrowed(allowed).narrowed(whole)


def _tests(el: Element, tag: str, reading: Reading) -> feel.UnaryTests | None:
    found = reading.child(el, tag)
    return None if found is None else reading.unary_tests(found, f"its {tag}")


def _base(el: Element, types: Mapping[str, ItemType], reading: Reading) -> ItemType | None:
    function = reading.child(el, "functionItem")
    if function is not None:
        return _function(function, types, reading)
    components = reading.children(el, "itemComponent")
    if components:
        members = [(reading.name_of(one), _read(one, types, reading)) for one in components]
        known = tuple((name, type_) for name, type_ in members if type_ is not None)
        return ItemType("context", members=known) if len(known) == len(members) else None
    reference = " ".join(text_of(reading.child(el, "typeRef")).split())
    return (types.get(reference) or built_in(reference)) if reference else ItemType()


def _function(el: Element, types: Mapping[str, ItemType], reading: Reading) -> ItemType | None:
    parameters = list(_parameters(el, types, reading))
    result = _reference(el.get("outputTypeRef", ""), types)
    known = tuple((name, type_) for name, type_ in parameters if type_ is not None)
    if len(known) < len(parameters) or result is None:
        return None
    return ItemType("function", parameters=known, result=result)


def _parameters(el: Element, types: Mapping[str, ItemType], reading: Reading) -> Iterator[tuple[str, ItemType | None]]:
    for one in reading.children(el, "parameters"):
        yield reading.name_of(one), _reference(one.get("typeRef", ""), types)


def _reference(reference: str, types: Mapping[str, ItemType]) -> ItemType | None:
    reference = " ".join(reference.split())
    return (types.get(reference) or built_in(reference)) if reference else ItemType()
