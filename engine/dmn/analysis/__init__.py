"""What can be seen to be wrong with decision tables without taking a decision."""

from __future__ import annotations

from ...finding import Finding
from ..evaluate import DecisionModel
from ..model import Table
from ..survey import survey
from .coverage import coverage
from .grid import grid
from .outputs import Outputs
from .regions import BUDGET
from .report import first


def analyse(model: DecisionModel) -> list[Finding]:
    """What is wrong with the tables of a model: gaps, overlaps, rules that never match or are never chosen, and outputs.

    Cells are known as far as they compare `?` with constants. One that is not known raises no alarm: it is taken to match
    everything where a gap is looked for, and nothing where an overlap is. The findings name no file.
    """
    return [finding for table in survey(model, {}).tables for finding in analyse_table(table)]


def analyse_table(table: Table, steps: int = BUDGET) -> list[Finding]:
    """The same for one table, with a bound on the work: `steps` comparisons of one cell with another."""
    cells, findings = grid(table)
    outputs = Outputs(table)
    return [*first(findings), *first(outputs.findings), *coverage(table, cells, outputs, steps)]
