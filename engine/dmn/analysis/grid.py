"""A table as boxes: for each rule, the inputs that it certainly matches and those that it may match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from ... import feel
from ...finding import Finding, Severity
from ...sentences import all_of, sentence
from ..mentioned import mentioned
from ..model import Input, Rule, Table
from ..types import ItemType
from .axes import Axis, axis
from .regions import Box
from .report import finding, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A rule. `certain` is the box that it matches, None when a cell is not known before the decision is taken; `possible`
    the smallest box known to hold all that it may match."""

    rule: Rule
    certain: Box | None
    possible: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """The axes of a table, those with the same expression only once, and its rows."""

    axes: tuple[Axis, ...]
    rows: tuple[Row, ...]

    @property
    def answered(self) -> Box:
        """All inputs in which nothing is null."""
        return tuple(axis.answered for axis in self.axes)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that tests something; `own` are the values that it compares with, None when they are not known."""

    rule: Rule
    place: int
    test: feel.UnaryTests
    own: list[feel.Value] | None


@dataclass(frozen=True, slots=True)
class _Side:
    """One axis, and for each rule the pieces that its cells certainly and possibly let pass."""

    axis: Axis
    certain: list[int]
    possible: list[int]


def grid(table: Table) -> tuple[Grid, list[Finding]]:
    """The table's grid, and what is wrong with single cells."""
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(table.inputs):
        groups.setdefault(column.expression.text, []).append(place)
    findings: list[Finding] = []
    sides = [_side(table, places, findings) for places in groups.values()]
    rows = [_row(rule, number, sides) for number, rule in enumerate(table.rules)]
    return Grid(tuple(side.axis for side in sides), tuple(rows)), findings


def _row(rule: Rule, number: int, sides: Sequence[_Side]) -> Row:
    possible = tuple(side.possible[number] for side in sides)
    certain = tuple(side.certain[number] for side in sides)
    return Row(rule, certain if certain == possible else None, possible)


def _side(table: Table, places: Sequence[int], findings: list[Finding]) -> _Side:
    """The columns of one expression. A rule passes where all its cells do."""
    columns = [table.inputs[place] for place in places]
    cells = [_cell(table, rule, place, test, findings) for place in places for rule, test in _tests(table, place)]
    found = axis(columns[0].label, _type(columns), [value for cell in cells for value in cell.own or ()])
    line = found or _plain(columns[0])
    certain, possible = [line.pieces] * len(table.rules), [line.pieces] * len(table.rules)
    passed: dict[int, list[int]] = {}
    for cell in cells:
        passing = _passing(line, cell) if found is not None else None
        if passing is not None:
            findings += _about_cell(table, cell, line, passing)
            passed.setdefault(cell.rule.number, []).append(passing)
        certain[cell.rule.number - 1] &= passing or 0
        possible[cell.rule.number - 1] &= line.pieces if passing is None else passing
    findings += _contradictions(table, columns, passed)
    return _Side(line, certain, possible)


def _tests(table: Table, place: int) -> Iterator[tuple[Rule, feel.UnaryTests]]:
    return ((rule, test) for rule in table.rules if (test := rule.tests[place]) is not None)


def _type(columns: Sequence[Input]) -> ItemType:
    """What all the columns accept."""
    first = next((column.type for column in columns if column.type.kind), columns[0].type)
    return ItemType(first.kind, allowed=tuple(tests for column in columns for tests in column.type.allowed))


def _plain(column: Input) -> Axis:
    """An axis for values that cannot be laid on a line: they are there, or null."""
    found = axis(column.label, ItemType(), ())
    assert found is not None
    return found


def _passing(line: Axis, cell: _Cell) -> int | None:
    if cell.own is None:
        return None
    try:
        return line.passing(cell.test, cell.own) & line.pieces
    except feel.FeelError:
        return None


def _cell(table: Table, rule: Rule, place: int, test: feel.UnaryTests, findings: list[Finding]) -> _Cell:
    """The cell, with a finding when it fails on every value of its column."""
    column = table.inputs[place]
    label = repr(column.label)
    kind = column.type.kind if column.type.kind != "list" else ""
    try:
        own = mentioned(test)
    except feel.FeelError as error:
        own, what = None, sentence("cell {cell} cannot be tested. {error}", cell=label, error=error.told)
        severity = Severity.ERROR
    else:
        severity = Severity.WARNING
        other = next((feel.type_of(value) for value in own or () if kind and feel.type_of(value) != kind), "")
        if not other:
            return _Cell(rule, place, test, own)
        own, what = (
            None,
            sentence(
                "cell {cell} compares with {other}, but the column is declared as {kind}.", cell=label, other=other, kind=kind
            ),
        )
    remedy = sentence("Correct the cell, or the type of the column; the decision fails where it comes to this cell.")
    findings.append(finding("dmn-cell", table, what, remedy, severity, rule))
    return _Cell(rule, place, test, own)


def _about_cell(table: Table, cell: _Cell, line: Axis, passing: int) -> list[Finding]:
    """A finding when the cell lets nothing pass, or names a text that the column does not allow."""
    label = table.inputs[cell.place].label
    if not passing:
        what = sentence("cell {label} can never match: no value that the column allows passes.", label=repr(label))
        return [
            finding(
                "dmn-unreachable", table, what, sentence("Correct the cell, or remove the rule."), Severity.WARNING, cell.rule
            )
        ]
    if line.kind != "string":
        return []
    foreign = [value for value in cell.own or () if line.point(value) & ~line.pieces and cell.test.matches(value, {})]
    if not foreign:
        return []
    what = sentence(
        "cell {label} names {values}, which the column does not allow.",
        label=repr(label),
        values=", ".join(map(shown, foreign)),
    )
    remedy = sentence("Correct the cell, or the column's allowed values.")
    return [finding("dmn-cell", table, what, remedy, Severity.WARNING, cell.rule)]


def _contradictions(table: Table, columns: Sequence[Input], passed: Mapping[int, list[int]]) -> Iterator[Finding]:
    """Rules whose cells in columns with the same expression can match one by one, but never together."""
    labels = all_of([repr(column.label) for column in columns])
    for rule in table.rules:
        found = passed.get(rule.number, [])
        if found and all(found) and not reduce(and_, found):
            what = sentence("cells {labels} can never match together: they look at the same thing.", labels=labels)
            yield finding(
                "dmn-unreachable", table, what, sentence("Correct the cells, or remove the rule."), Severity.WARNING, rule
            )
