"""Gaps, overlaps, and rules that are never chosen or stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod
from typing import Final

from ...finding import Finding, Severity
from ..model import HitPolicy, Rule, Table
from .grid import Grid, Row
from .outputs import Outputs
from .regions import Box, Budget, UsedUp, common, contains, grown, outside
from .report import finding, first, words

_PARTS: Final = 1_000
"""How many parts of what no rule covers are looked at."""
_NAMED: Final = 50
"""How many of them are made as large as they can be."""


def coverage(table: Table, grid: Grid, outputs: Outputs, budget: Budget) -> list[Finding]:
    """What is wrong with the rules of a table taken together; a finding when there are too many to look at them all."""
    twins = _twins(table)
    findings = first([_about_twin(table, *pair) for pair in twins])
    try:
        if table.hit_policy in {HitPolicy.UNIQUE, HitPolicy.ANY}:
            findings += _about_overlaps(table, grid, outputs, twins, budget)
        if table.hit_policy in {HitPolicy.FIRST, HitPolicy.PRIORITY}:
            findings += _about_masked(table, grid, outputs, twins, budget)
        if not table.hit_policy.gives_list and not any(column.default for column in table.outputs):
            found, complete = gaps(grid, budget)
            findings += first([_about_gap(table, grid, box) for box in found])
            if not complete:
                findings.append(_about_size(table))
    except UsedUp:
        findings.append(_about_size(table))
    return findings


def gaps(grid: Grid, budget: Budget) -> tuple[list[Box], bool]:
    """Boxes of answered inputs that no rule can match, as large as they can be, and whether there was time to look everywhere.

    There are none only when every answered input may be matched.
    """
    possible = [row.possible for row in sorted(grid.rows, key=lambda row: _breadth(row.possible, grid), reverse=True)]
    left: list[Box] = []
    complete = True
    try:
        for part in outside(grid.answered, possible, budget):
            left.append(part)
            if len(left) > _PARTS:
                complete = False
                break
    except UsedUp:
        complete = False
    found: list[Box] = []
    while left and len(found) < _NAMED:
        largest = max(left, key=lambda box: _breadth(box, grid))
        found.append(grown(largest, grid.answered, possible))
        left = [box for box in left if not contains(found[-1], box)]
    return found, complete


def overlaps(grid: Grid, budget: Budget) -> Iterator[tuple[Row, Row, Box]]:
    """Two rules that certainly match the same inputs, and these; with answers only, where there are such."""
    for one, other in combinations([row for row in grid.rows if row.certain is not None], 2):
        budget.spend(len(grid.axes))
        shared = None if one.certain is None or other.certain is None else common(one.certain, other.certain)
        if shared is not None:
            yield one, other, tuple(bits & axis.answered or bits for bits, axis in zip(shared, grid.axes, strict=True))


def masked(rows: Sequence[Row], grid: Grid, budget: Budget) -> Iterator[tuple[Row, list[Row]]]:
    """Rules that are never chosen, in rows that are chosen in their order, and the rows that are chosen instead."""
    for number, row in enumerate(rows):
        if not all(row.possible):
            continue
        before = [(earlier, earlier.certain) for earlier in rows[:number] if earlier.certain is not None]
        before.sort(key=lambda pair: _breadth(pair[1], grid), reverse=True)
        if next(outside(row.possible, [box for _, box in before], budget), None) is None:
            whole = [earlier for earlier, box in before if contains(box, row.possible)]
            yield row, whole[:1] or [earlier for earlier, box in before if common(box, row.possible)]


def _breadth(box: Box, grid: Grid) -> tuple[int, int]:
    """How many axes the box spans whole, then how many combinations of pieces it has."""
    whole = sum(not axis.answered & ~bits for bits, axis in zip(box, grid.axes, strict=True))
    return whole, prod(bits.bit_count() for bits in box)


def _twins(table: Table) -> list[tuple[Rule, Rule]]:
    """Rules with the same cells and outputs as one before them, the earlier one first."""
    seen: dict[tuple[str, ...], Rule] = {}
    found = []
    for rule in table.rules:
        cells = [test.text if test is not None else "" for test in rule.tests]
        key = (*cells, *(output.text for output in rule.outputs))
        if key in seen:
            found.append((seen[key], rule))
        seen.setdefault(key, rule)
    return found


def _about_twin(table: Table, rule: Rule, twin: Rule) -> Finding:
    what = f"the rule says the same as rule {rule.number}."
    return finding("dmn-duplicate", table, what, "Remove one of them.", Severity.WARNING, twin)


def _about_overlaps(
    table: Table, grid: Grid, outputs: Outputs, twins: Sequence[tuple[Rule, Rule]], budget: Budget
) -> list[Finding]:
    found = []
    agree = table.hit_policy is HitPolicy.ANY
    known = {(one.number, other.number) for one, other in twins}
    for one, other, box in overlaps(grid, budget):
        pair = (one.rule.number, other.rule.number)
        if pair in known or (agree and not outputs.differ(one.rule, other.rule)):
            continue
        both = f"rules {pair[0]} and {pair[1]} both match when {words(box, grid.axes)}"
        what, remedy = (
            (f"{both}, with different results.", "Let them give the same, or no longer match together; ANY fails there.")
            if agree
            else (f"{both}.", "Make the rules exclusive, or use another hit policy; UNIQUE fails there.")
        )
        found.append(finding("dmn-overlap", table, what, remedy, Severity.WARNING, other.rule))
    return first(found)


def _about_masked(
    table: Table, grid: Grid, outputs: Outputs, twins: Sequence[tuple[Rule, Rule]], budget: Budget
) -> list[Finding]:
    rows = list(grid.rows)
    if table.hit_policy is HitPolicy.PRIORITY:
        ranked = [(order, row) for row in rows if (order := outputs.rank(row.rule)) is not None]
        rows = [row for _, row in sorted(ranked, key=lambda pair: pair[0])]
    again = {twin.number for _, twin in twins}
    found = []
    for row, instead in masked(rows, grid, budget):
        if row.rule.number not in again:
            numbers = ", ".join(str(other) for other in sorted(other.rule.number for other in instead))
            by = f"rule {numbers} comes" if len(instead) == 1 else f"rules {numbers} together come"
            what = f"the rule is never chosen: {by} first in all that it matches ({table.hit_policy})."
            remedy = "Move it, narrow what comes first, or remove it."
            found.append(finding("dmn-unreachable", table, what, remedy, Severity.WARNING, row.rule))
    return first(found)


def _about_gap(table: Table, grid: Grid, box: Box) -> Finding:
    where = f"when {words(box, grid.axes)}" if box != grid.answered else "whatever is given"
    remedy = "Add a rule for it, or give the outputs a default; the result is null there."
    return finding("dmn-gap", table, f"no rule matches {where}.", remedy, Severity.WARNING)


def _about_size(table: Table) -> Finding:
    what = "the table is too large to look for every gap, overlap and rule that is never chosen."
    remedy = "Split the table into several decisions, or let scenarios cover it."
    return finding("dmn-not-analysed", table, what, remedy, Severity.WARNING)
