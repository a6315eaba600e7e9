"""Merging a submission with what others wrote: by field, three ways."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.completion import FieldConflict, conflict_problem, merge

ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "written"),
    [
        (None, None, ONE, {"x": ONE}),
        (ONE, ONE, TWO, {"x": TWO}),
        (ONE, TWO, ONE, {}),
        (ONE, TWO, TWO, {}),
        (ONE, ONE, ONE, {}),
        (ONE, ONE, None, {"x": None}),
        (ONE, None, ONE, {}),
        (None, ONE, None, {}),
        (True, True, ONE, {"x": ONE}),
        (None, None, {}, {"x": {}}),
        ({"n": None}, {"n": ONE}, None, {}),
    ],
)
def test_who_changed_a_field_wins(
    base: feel.Value, theirs: feel.Value, yours: feel.Value, written: dict[str, feel.Value]
) -> None:
    merged = merge(base={"x": base}, current={"x": theirs}, submitted={"x": yours}, fields=["x"])
    assert (merged.writes, merged.conflicts) == (written, ())


def test_both_changed_to_different_values_is_a_conflict() -> None:
    merged = merge(base={"x": ONE}, current={"x": TWO}, submitted={"x": THREE}, fields=["x"])
    assert merged.conflicts == (FieldConflict("/x", THREE, TWO),)
    assert merged.writes == {}


def test_different_fields_go_together() -> None:
    merged = merge(base={}, current={"x": ONE}, submitted={"y": TWO}, fields=["x", "y"])
    assert (merged.writes, merged.conflicts) == ({"y": TWO}, ())


def test_what_the_form_does_not_have_is_left_alone() -> None:
    assert merge(base={}, current={"z": ONE}, submitted={"z": TWO}, fields=["x"]).writes == {}


def test_a_conflict_is_told_in_both_languages_without_the_values() -> None:
    problem = conflict_problem(FieldConflict("/x", "canary", "bird"), label_sv="Mål", label_en="Goal")
    assert (problem.path, problem.keyword) == ("/x", "conflict")
    assert "Mål" in problem.text_sv
    assert "Goal" in problem.text_en
    assert "canary" not in problem.text_sv + problem.text_en
