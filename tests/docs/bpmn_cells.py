"""The table of all that BPMN has, made from tests: each cell has a diagram that is checked and run, and the tests that draw it.

`python -m tests.docs.bpmn_cells` (`make bpmn-table`) writes the table into docs/reference/bpmn.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from .bpmn_cell import Cell
from .bpmn_events import PLACES, event
from .bpmn_others import OTHERS
from .pages import DOCS

PAGE = DOCS / "reference" / "bpmn.md"
HEADING = "## Everything that BPMN has"


def cells() -> Iterator[Cell]:
    """Everything, in the order of the table."""
    yield from OTHERS
    for place, triggers in PLACES.items():
        for trigger in triggers.split():
            yield event(place, trigger.replace("-", " "))


INTRODUCTION = (
    "Made by `make bpmn-table` from the tests: the small diagram of each row is read and checked; what runs is run to its end",
    "(`tests/docs/test_bpmn_table.py`). The last column names tests in `tests/bpmn/` that draw it; beside them, random walks",
    "through random diagrams (`tests/oracle/`) weigh what runs against the standard. Triggers stand where BPMN 2.0.2 allows",
    "them (table 10.93).",
)


def table() -> str:
    """The section of the page, its heading included."""
    lines = [HEADING, "", *INTRODUCTION, "", "| element | runs | how | shown by |", "|---|---|---|---|"]
    for cell in cells():
        findings = cell.findings
        how = f"{cell.how[:1].upper()}{cell.how[1:]}." if not findings else f"{findings[0].message} {findings[0].remedy}"
        shown = ", ".join(f"`{name.removeprefix('test_').removesuffix('.py')}`" for name in cell.tests[:3])
        lines.append(f"| {cell.what} | {'refused' if findings else 'yes'} | {' '.join(how.split())} | {shown} |")
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """The page with the table as it is now, before what is refused."""
    before, _, after = text.partition(HEADING)
    rest = after[after.index("\n## ") + 1 :] if after else ""
    if not after:
        before, _, rest = text.partition("## What is refused for now")
        rest = "## What is refused for now" + rest
    return before + table() + "\n" + rest


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
