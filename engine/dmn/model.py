"""Decisions as values: tables, their rules, and what they require."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .. import feel
from .types import ItemType

Path = tuple[str, ...]


class HitPolicy(StrEnum):
    """What happens when several rules match."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    COLLECT = "COLLECT"


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions. `label` is what people call it, else its expression."""

    id: str
    label: str
    expression: feel.Expression
    type: ItemType


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results. `name` is the member of the result when the table has several; `default` is used when no rule
    matches; `allowed` are the values it may have.
    """

    id: str
    name: str
    type: ItemType
    default: feel.Expression | None
    allowed: feel.UnaryTests | None


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
    """A decision table. With `sums`, COLLECT adds the hits up."""

    hit_policy: HitPolicy
    sums: bool
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and what it is made from.

    `name` is what other decisions' expressions call its result. `requires` are the ids of the decisions to take first, each
    after those that it requires itself. `inputs` are the names of the input data that it and they declare. `paths` are the
    references that it and they make to the scope, decisions' results excluded.
    """

    id: str
    name: str
    label: str
    table: Table
    requires: tuple[str, ...]
    inputs: tuple[str, ...]
    paths: frozenset[Path]
    type: ItemType
