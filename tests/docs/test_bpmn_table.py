"""The table of all that BPMN has is what the engine does now, whole, and each thing that runs is shown by a test."""

from __future__ import annotations

import pytest

from .bpmn_cell import Cell
from .bpmn_cells import HEADING, cells, written
from .bpmn_events import PLACES
from .bpmn_run import has_shown, run
from .pages import page, rows, section

CELLS = {cell.what: cell for cell in cells()}


def test_the_table_is_up_to_date() -> None:
    text = page("reference/bpmn.md")
    assert written(text) == text, "run make bpmn-table"


def test_each_row_is_one_thing_that_runs_or_is_refused_with_a_reason_and_a_remedy() -> None:
    told = rows(section(page("reference/bpmn.md"), HEADING))
    assert [row[0] for row in told] == list(CELLS)
    assert {row[1] for row in told} == {"yes", "refused"}
    assert all(row[2] for row in told)


def test_what_runs_is_drawn_by_a_test_and_what_is_refused_says_one_thing() -> None:
    def is_shown(cell: Cell) -> bool:
        return len({finding.rule for finding in cell.findings}) <= 1 and bool(cell.tests)

    assert [what for what, cell in CELLS.items() if not is_shown(cell)] == []


@pytest.mark.parametrize("what", [what for what, cell in CELLS.items() if not cell.findings])
def test_what_runs_is_run_to_its_end(what: str) -> None:
    case = run(CELLS[what])
    assert has_shown(case, CELLS[what].shows), (case.status, case.events, case.waiting, case.incidents)


def test_every_trigger_stands_at_each_of_its_places() -> None:
    events = [what for what in CELLS if ": " in what and what.partition(": ")[0] in PLACES]
    assert len(events) == 60 + 3, "table 10.93 of BPMN 2.0.2, and three without a trigger"
