"""Item definitions to types (DMN 1.5 clause 7.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .. import feel
from ..sentences import sentence
from ..xml import Element, local, text_of
from .reading import Reading
from .types import ANY, ItemType, built_in

MOST_TYPES: Final = 500
MOST_PARTS: Final = 2_000
DEEPEST: Final = 60
"""Types inside each other, and parts of one type written out: far more than a form has."""


def read_types(root: Element, reading: Reading, imported: Mapping[str, ItemType]) -> dict[str, ItemType]:
    """The types by name, with those of imported models; a finding for each that refers to a type that is not there."""
    elements = reading.children(root, "itemDefinition")
    if len(elements) > MOST_TYPES:
        reading.add(
            "dmn-too-large",
            root,
            sentence("has more than {most} item definitions", most=MOST_TYPES),
            sentence("Split the file."),
        )
        return {**imported}
    definitions: dict[str, Element] = {}
    for el in elements:
        name = reading.name_of(el)
        if not name or name in definitions or name in imported:
            reading.add(
                "dmn-type",
                el,
                sentence("the type {name} has no name of its own", name=repr(name)),
                sentence("Give each type its own name."),
            )
        elif built_in(name) is not None:
            reading.add(
                "dmn-type",
                el,
                sentence("the type {name} has the name of a FEEL type", name=repr(name)),
                sentence("Give it a name of its own."),
            )
        definitions.setdefault(name, el)
    return _Types(definitions, reading, imported).all()


class _Types(Mapping[str, ItemType]):
    """Types that are read when they are first asked for: one may refer to another that is defined later."""

    def __init__(self, definitions: Mapping[str, Element], reading: Reading, imported: Mapping[str, ItemType]) -> None:
        self._definitions = definitions
        self._reading = reading
        self._read: dict[str, ItemType | None] = dict(imported)
        self._sizes: dict[int, int] = {}
        self._depth = 0

    def all(self) -> dict[str, ItemType]:
        """All of them, with a finding for each that cannot be had."""
        for name, el in self._definitions.items():
            type_ = self.get(name)
            if type_ is None:
                what = sentence("refers to a type that is not defined, or to itself, or through too many others")
                self._reading.add("dmn-type", el, what, sentence("Define it, or correct its name."))
            elif self._size(type_) > MOST_PARTS:
                self._reading.add(
                    "dmn-too-large",
                    el,
                    sentence("has more than {most} parts", most=MOST_PARTS),
                    sentence("Describe less in one type."),
                )
                self._read[name] = ANY
        return {name: type_ for name, type_ in self._read.items() if type_ is not None}

    def __getitem__(self, name: str) -> ItemType:
        if name not in self._read and name in self._definitions and self._depth < DEEPEST:
            self._read[name] = None  # while it is being read
            self._depth += 1
            self._read[name] = _read(self._definitions[name], self, self._reading)
            self._depth -= 1
        found = self._read.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def _size(self, type_: ItemType) -> int:
        """How many parts the type has when it is written out; types that are shared are counted each time."""
        key = id(type_)
        if key not in self._sizes:
            inner = [one for _, one in (*type_.members, *type_.parameters)]
            inner += [one for one in (type_.item, type_.result) if one is not None]
            self._sizes[key] = 1 + sum(self._size(one) for one in inner)
        return self._sizes[key]


def member_names(root: Element, reading: Reading) -> frozenset[str]:
    """The names that members of contexts have anywhere in the file, those of more than one word."""
    names = {reading.name_of(el) for el in root.iter() if local(el) in {"itemComponent", "variable", "column", "output"}}
    return frozenset(name for name in names if name and not name.isidentifier())


def _read(el: Element, types: Mapping[str, ItemType], reading: Reading) -> ItemType | None:
    """The type, or None while it refers to one that is not known."""
    base = _base(el, types, reading)
    if base is None:
        return None
    allowed = _tests(el, "allowedValues", base, reading)
    whole = _tests(el, "typeConstraint", ANY, reading)
    if el.get("isCollection") in {"true", "1"}:
        return base.narrowed(allowed).listed().narrowed(whole)
    return base.narrowed(allowed).narrowed(whole)


def _tests(el: Element, tag: str, declared: ItemType, reading: Reading) -> feel.UnaryTests | None:
    found = reading.child(el, tag)
    return None if found is None else reading.allowed(found, sentence("its {tag}", tag=tag), declared)


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
