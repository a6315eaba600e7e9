"""The page about workarounds names, for each, a test that fails when SpiffWorkflow is mended and one that holds ours."""

from __future__ import annotations

import re

from .pages import ROOT, code, page, rows

ROWS = rows(page("explanation/workarounds-of-spiffworkflow.md"))
CANARIES = "tests/bpmn/test_spiffworkflow.py"


def names_in(file: str) -> set[str]:
    return set(re.findall(r"^def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_workaround_names_the_tests_that_show_what_spiffworkflow_does_and_no_such_test_is_forgotten() -> None:
    assert [cells[0] for cells in ROWS if not code(cells[2])] == []
    named = [name for cells in ROWS for name in code(cells[2])]
    assert sorted(named) == sorted(names_in(CANARIES))


def test_every_workaround_names_a_test_of_ours_that_is_there() -> None:
    for cells in ROWS:
        places = [one.partition("::") for one in code(cells[3])]
        assert places, cells[0]
        assert [name for file, _, name in places if name not in names_in(file)] == [], cells[0]
