"""The how-to on decision tables tells what is really found."""

from __future__ import annotations

import re

from engine.dmn import analyse
from tests.dmn.tables import model

from .pages import blocks, code, page, rows

TEXT = page("how-to/check-a-decision-table.md")


def test_the_findings_of_the_table_are_those_that_are_shown() -> None:
    rules = [([age, route], [begins]) for age, route, begins in rows(TEXT)]
    found = analyse(model(["age:number", "route:string"], rules, outputs=("begins:string",)))
    shown = blocks(TEXT, "text")[0].splitlines()
    assert [one.message.replace("Route", "Who may begin") for one in found] == shown


def test_the_rules_that_are_named_are_in_the_reference() -> None:
    named = set(re.findall(r"`(dmn-[a-z-]+)`", TEXT))
    assert named
    assert named <= {code(cells[0])[0] for cells in rows(page("reference/findings.md"))}
