"""Decisions as values: what a DMN file holds, its boxed expressions compiled, and what requires what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from .. import feel
from ..sentences import Words
from .types import ItemType

Path = tuple[str, ...]


class HitPolicy(StrEnum):
    """What happens when several rules match."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"

    @property
    def gives_list(self) -> bool:
        """Whether every hit counts."""
        return self in {HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT}

    @property
    def ranks_outputs(self) -> bool:
        """Whether the order of the outputs' allowed values says which hit goes first."""
        return self in {HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER}


class Aggregation(StrEnum):
    """What COLLECT makes of its hits."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions. `label` is what people call it, else its expression."""

    id: str
    label: str
    expression: feel.Expression
    type: ItemType


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results.

    `name` is the member of the result when the table has several, `label` what people call it, if it is said; `default` is
    used when no rule matches; the `type` has the allowed values; `ranked` is the list of those values, for the hit policies
    that look at their order.
    """

    id: str
    name: str
    type: ItemType
    default: feel.Expression | None
    ranked: feel.Expression | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row; `number` counts from 1. `tests` has None where any value will do. `note` is the row's annotation."""

    id: str
    number: int
    tests: tuple[feel.UnaryTests | None, ...]
    outputs: tuple[feel.Expression, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table.

    `owner` is the id and `title` the name of the decision or knowledge model that it stands in, with the box; `place` is
    the same in both languages. `reads` are the paths that cells read beside their own columns, in order.
    """

    owner: str
    title: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    place: Words
    reads: tuple[tuple[str, ...], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        paths = {path for rule in self.rules for test in rule.tests if test is not None for path in test.paths}
        object.__setattr__(self, "reads", tuple(sorted(paths)))


@dataclass(frozen=True, slots=True)
class Requirement:
    """An arrow of the diagram: the element that is required, and the names its value has in the requiring one's scope.

    The names are one, or two for an element of an imported model: the import's and its own.
    """

    element: Element
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InputData:
    """What a decision is given. Elements are equal only to themselves."""

    id: str
    name: str
    type: ItemType


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A decision and what it is made from.

    `name` is what others' expressions call its result, `label` what people do. `tables` are those in its logic.
    """

    id: str
    name: str
    label: str
    type: ItemType
    logic: feel.Expression
    requires: tuple[Requirement, ...]
    tables: tuple[Table, ...] = ()

    @property
    def paths(self) -> frozenset[Path]:
        """The references that it and what it requires make to their input data: all that it can see of a case.

        Input data of an imported model is referred to by its own name, without the import's.
        """
        elements = [self, *(one.element for one in walk(self) if not isinstance(one.element, InputData))]
        return frozenset(path for element in elements for path in _read(element))


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """A business knowledge model: a function, called by its name. `types` are those of its parameters."""

    id: str
    name: str
    type: ItemType
    logic: feel.Expression
    requires: tuple[Requirement, ...]
    parameters: tuple[str, ...] = ()
    types: tuple[ItemType, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A decision service: a function of its input data and input decisions, which gives its output decisions."""

    id: str
    name: str
    type: ItemType
    outputs: tuple[Decision, ...]
    inputs: tuple[InputData | Decision, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what it is given, in order."""
        return tuple(one.name for one in self.inputs)


Element: TypeAlias = InputData | Decision | Knowledge | Service


@dataclass(frozen=True, slots=True)
class Library:
    """What one file offers to others: its elements by id, its types by name, and the names members of contexts have."""

    namespace: str
    elements: Mapping[str, Element] = field(default_factory=dict)
    types: Mapping[str, ItemType] = field(default_factory=dict)
    members: frozenset[str] = frozenset()


def given(element: Element) -> dict[str, ItemType]:
    """What somebody who asks for the element must give, by name: its input data, or a function's parameters.

    Input data of an imported model may stand under the import's name, in a context, or by its own name.
    """
    match element:
        case Decision():
            found = dict(_asked_for(element, (), set()))
            plain = {path[-1]: type_ for path, type_ in found.items()}
            return {**_under_imports(found), **plain}
        case Knowledge():
            return dict(zip(element.parameters, element.types, strict=True))
        case Service():
            return {one.name: one.type for one in element.inputs}
        case InputData():
            return {element.name: element.type}


def _asked_for(element: Element, prefix: Path, seen: set[tuple[Element, Path]]) -> Iterator[tuple[Path, ItemType]]:
    """The input data that the element needs, each with the names of the imports that lead to it and its own."""
    if (element, prefix) in seen:
        return
    seen.add((element, prefix))
    for one in requirements(element) if not isinstance(element, Service) else ():
        if isinstance(one.element, InputData):
            yield (*prefix, *one.names), one.element.type
        else:
            yield from _asked_for(one.element, (*prefix, *one.names[:-1]), seen)


def _under_imports(found: Mapping[Path, ItemType]) -> dict[str, ItemType]:
    """For each import a context type of what it leads to."""
    inner: dict[str, dict[Path, ItemType]] = {}
    for path, type_ in found.items():
        if len(path) > 1:
            inner.setdefault(path[0], {})[path[1:]] = type_
    return {name: ItemType("context", members=_members(paths)) for name, paths in inner.items()}


def _members(found: Mapping[Path, ItemType]) -> tuple[tuple[str, ItemType], ...]:
    plain = {path[0]: type_ for path, type_ in found.items() if len(path) == 1}
    return tuple({**_under_imports(found), **plain}.items())


def requirements(element: Element) -> tuple[Requirement, ...]:
    """The element's own arrows."""
    match element:
        case Decision() | Knowledge():
            return element.requires
        case Service():
            return tuple(Requirement(one, (one.name,)) for one in element.outputs)
        case InputData():
            return ()


def walk(element: Element) -> tuple[Requirement, ...]:
    """Everything that the element requires, directly or not, each arrow once."""
    found: dict[int, Requirement] = {}
    waiting = [element]
    while waiting:
        for one in requirements(waiting.pop()):
            if id(one) not in found:
                found[id(one)] = one
                waiting.append(one.element)
    return tuple(found.values())


def _read(element: Element) -> frozenset[Path]:
    if not isinstance(element, Decision | Knowledge):
        return frozenset()
    data = [one.names for one in requirements(element) if isinstance(one.element, InputData)]
    paths = element.logic.paths | element.logic.filter_paths
    return frozenset(path[len(names) - 1 :] for path in paths for names in data if path[: len(names)] == names)
