"""Gaps, overlaps, and rules that are never chosen or stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import prod
from typing import Final

from ...finding import Finding, Severity
from ...sentences import sentence
from ..model import HitPolicy, Rule, Table
from .grid import Grid, Row
from .outputs import Outputs
from .regions import Box, Budget, Index, contains, grown, outside, taken
from .report import MOST, finding, first, words

_PARTS: Final = 1_000
"""How many parts of what no rule covers are looked at."""
_NAMED: Final = 50
"""How many of them are made as large as they can be."""


def coverage(table: Table, grid: Grid, outputs: Outputs, steps: int) -> list[Finding]:
    """What is wrong with the rules of a table taken together; a finding when there are too many to look at them all.

    `steps` bounds the work for each kind of finding.
    """
    twins = _twins(table)
    findings = first([_about_twin(table, *pair) for pair in twins[:MOST]], len(twins))
    complete = True
    if table.hit_policy in {HitPolicy.UNIQUE, HitPolicy.ANY}:
        pairs, complete = taken(overlaps(grid, Budget(steps)))
        findings += _about_overlaps(table, grid, outputs, pairs)
    if table.hit_policy in {HitPolicy.FIRST, HitPolicy.PRIORITY}:
        rows, complete = taken(masked(_chosen(table, grid, outputs), grid, Budget(steps)))
        findings += _about_masked(table, twins, rows)
    if not table.hit_policy.gives_list and not any(column.default for column in table.outputs):
        boxes, whole = gaps(grid, Budget(steps))
        findings += first([_about_gap(table, grid, box) for box in boxes[:MOST]], len(boxes))
        complete = complete and whole
    return findings if complete else [*findings, _about_size(table)]


def gaps(grid: Grid, budget: Budget) -> tuple[list[Box], bool]:
    """Boxes of answered inputs that no rule can match, as large as they can be, and whether there was time to look everywhere.

    There are none only when every answered input may be matched.
    """
    possible = [row.possible for row in sorted(grid.rows, key=lambda row: _breadth(row.possible, grid), reverse=True)]
    left, complete = taken(islice(outside(grid.answered, possible, budget), _PARTS))
    complete = complete and len(left) < _PARTS
    found: list[Box] = []
    while left and len(found) < _NAMED:
        largest = max(left, key=lambda box: _breadth(box, grid))
        found.append(grown(largest, grid.answered, possible))
        left = [box for box in left if not contains(found[-1], box)]
    return found, complete


def overlaps(grid: Grid, budget: Budget) -> Iterator[tuple[Row, Row]]:
    """Two rules that certainly match some of the same inputs."""
    rows = [(row, row.certain) for row in grid.rows if row.certain is not None]
    index = Index([box for _, box in rows], budget)
    for number, (row, box) in enumerate(rows):
        for other in index.meeting(box):
            budget.spend(1)
            if other > number:
                yield row, rows[other][0]


def masked(rows: Sequence[Row], grid: Grid, budget: Budget) -> Iterator[tuple[Row, list[Row]]]:
    """Rules that are never chosen, in rows that are chosen in their order, and the rows that are chosen instead."""
    sure = [row.certain or () for row in rows]
    index = Index([box or (0,) * len(grid.axes) for box in sure], budget)
    for number, row in enumerate(rows):
        before = [other for other in index.meeting(row.possible) if other < number]
        before.sort(key=lambda other: _breadth(sure[other], grid), reverse=True)
        if all(row.possible) and next(outside(row.possible, [sure[other] for other in before], budget), None) is None:
            whole = [rows[other] for other in before if contains(sure[other], row.possible)]
            yield row, whole[:1] or [rows[other] for other in before]


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
    what = sentence("the rule says the same as rule {number}.", number=rule.number)
    return finding("dmn-duplicate", table, what, sentence("Remove one of them."), Severity.WARNING, twin)


def _about_overlaps(table: Table, grid: Grid, outputs: Outputs, pairs: Sequence[tuple[Row, Row]]) -> list[Finding]:
    agree = table.hit_policy is HitPolicy.ANY
    wrong = [(one, other) for one, other in pairs if not agree or outputs.differ(one.rule, other.rule)]
    findings = []
    for one, other in wrong[:MOST]:
        numbers, when = (one.rule.number, other.rule.number), words(_shared(one, other, grid), grid.axes)
        what = sentence("rules {one} and {other} both match {when}.", one=numbers[0], other=numbers[1], when=when)
        remedy = sentence("Make the rules exclusive, or use another hit policy; UNIQUE fails there.")
        if agree:
            what = sentence(
                "rules {one} and {other} both match {when}, with different results.",
                one=numbers[0],
                other=numbers[1],
                when=when,
            )
            remedy = sentence("Let them give the same, or no longer match together; ANY fails there.")
        findings.append(finding("dmn-overlap", table, what, remedy, Severity.WARNING, other.rule))
    return first(findings, len(wrong))


def _shared(one: Row, other: Row, grid: Grid) -> Box:
    """What two rules match both; of each axis the answers only, if there are any among it."""
    shared = zip(one.possible, other.possible, grid.axes, strict=True)
    return tuple(a & b & axis.answered or a & b for a, b, axis in shared)


def _chosen(table: Table, grid: Grid, outputs: Outputs) -> list[Row]:
    """The rows in the order in which the hit policy prefers them, without those whose place is not known."""
    if table.hit_policy is HitPolicy.FIRST:
        return list(grid.rows)
    ranked = [(order, row) for row in grid.rows if (order := outputs.rank(row.rule)) is not None]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _about_masked(
    table: Table, twins: Sequence[tuple[Rule, Rule]], masked_rows: Sequence[tuple[Row, list[Row]]]
) -> list[Finding]:
    told = {twin.number for _, twin in twins}
    wrong = [(row, instead) for row, instead in masked_rows if row.rule.number not in told]
    findings = []
    for row, instead in wrong[:MOST]:
        listed = ", ".join(str(number) for number in sorted(other.rule.number for other in instead))
        policy = table.hit_policy
        what = sentence(
            "the rule is never chosen: rules {rules} together come first in all that it matches ({policy}).",
            rules=listed,
            policy=policy,
        )
        if len(instead) == 1:
            what = sentence(
                "the rule is never chosen: rule {rule} comes first in all that it matches ({policy}).",
                rule=listed,
                policy=policy,
            )
        remedy = sentence("Move it, narrow what comes first, or remove it.")
        findings.append(finding("dmn-unreachable", table, what, remedy, Severity.WARNING, row.rule))
    return first(findings, len(wrong))


def _about_gap(table: Table, grid: Grid, box: Box) -> Finding:
    remedy = sentence("Add a rule for it, or give the outputs a default; the result is null there.")
    return finding("dmn-gap", table, sentence("no rule matches {when}.", when=words(box, grid.axes)), remedy, Severity.WARNING)


def _about_size(table: Table) -> Finding:
    what = sentence("the table is too large to look for every gap, overlap and rule that is never chosen.")
    remedy = sentence("Split the table into several decisions, or let scenarios cover it.")
    return finding("dmn-not-analysed", table, what, remedy, Severity.WARNING)
