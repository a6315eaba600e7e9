"""What values a decision reads, for somebody who wants to try it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .. import feel
from .constants import is_constant
from .mentioned import mentioned
from .model import Decision, Knowledge, Path, Table, given, walk
from .types import ANY

_MOST_SUGGESTED: Final = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that a decision reads. `suggested` are those that its rules compare it with, where they are single ones."""

    path: Path
    type: feel.Type
    suggested: tuple[feel.Value, ...] = ()

    @property
    def name(self) -> str:
        """The path as FEEL writes it: `person.birthDate`."""
        return ".".join(self.path)


def asked(decision: Decision, types: Mapping[str, feel.Type]) -> tuple[Asked, ...]:
    """What the decision and those that it requires read of their input data, by path; of values inside each other the outer.

    `types` are what is known of the input data by name; what they do not know the model may declare.
    """
    declared = {name: feel.type_named(type_.structure()) for name, type_ in given(decision).items() if type_ != ANY}
    tables = list(_tables(decision))
    known: dict[Path, feel.Type] = {}
    for path in sorted(decision.paths):
        whole, type_ = _reached(path, types.get(path[0]) or declared.get(path[0]) or feel.Type())
        known.setdefault(whole, type_)
    outer = [path for path in known if not any(path[:size] in known for size in range(1, len(path)))]
    return tuple(Asked(path, *_of_columns(path, known[path], tables)) for path in outer)


def _reached(path: Path, type_: feel.Type) -> tuple[Path, feel.Type]:
    """As much of the path as leads through contexts, and the type of what lies there: `birthDate.day` asks for a date."""
    for place, name in enumerate(path[1:], 1):
        if type_.is_known and type_.kind != "context":
            return path[:place], type_
        type_ = type_.members.get(name, feel.Type())
    return path, type_


def _tables(decision: Decision) -> Iterator[Table]:
    yield from decision.tables
    for one in walk(decision):
        if isinstance(one.element, Decision | Knowledge):
            yield from one.element.tables


def _of_columns(path: Path, type_: feel.Type, tables: list[Table]) -> tuple[feel.Type, tuple[feel.Value, ...]]:
    """The type, from a column that reads just this where nothing else says it, and the values of that column's cells."""
    found: dict[str, feel.Value] = {}
    for table in tables:
        for place, column in enumerate(table.inputs):
            if column.expression.text.strip() != ".".join(path):
                continue
            if not type_.is_known and column.type.kind:
                type_ = feel.type_named(column.type.structure())
            tests = [test for rule in table.rules if (test := rule.tests[place]) is not None]
            for value in (value for test in (*column.type.allowed, *tests) for value in _values(test)):
                found.setdefault(feel.format_value(value), value)
    return type_, tuple(found.values())[:_MOST_SUGGESTED]


def _values(tests: feel.UnaryTests) -> list[feel.Value]:
    """The values of a cell that lists values; nothing of one with comparisons, which none of its values need pass."""
    if not all(is_constant(node) for node in tests.tree.tests):
        return []
    try:
        return [value for value in mentioned(tests) or [] if not isinstance(value, list | dict | feel.Range)]
    except feel.FeelError:
        return []
