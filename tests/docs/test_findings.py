"""The page of findings has every rule that a check can find broken, and no other."""

from __future__ import annotations

from .pages import code, page, rows
from .sources import rules

LISTED = [(code(cells[0])[0], cells) for cells in rows(page("reference/findings.md"))]


def test_every_rule_of_the_engine_has_its_row_and_every_row_its_rule() -> None:
    assert {rule for rule, _ in LISTED} == set(rules())


def test_rules_stand_once_and_in_order() -> None:
    names = [rule for rule, _ in LISTED]
    assert names == sorted(set(names))


def test_warnings_are_called_so_and_errors_are_not() -> None:
    assert {rule for rule, cells in LISTED if "(warning)" in cells[2]} == {rule for rule, warns in rules().items() if warns}


def test_each_row_says_what_is_wrong_and_what_to_do() -> None:
    assert [rule for rule, cells in LISTED if len(cells) != 4 or not all(cells)] == []
