"""Merging a submission with what others wrote: by field, three ways."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

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


SHOWN = ("at", "at.street", "at.zip")


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "written"),
    [
        ({"street": "A"}, {"street": "A", "zip": "1"}, {"street": "B"}, {"street": "B", "zip": "1"}),
        ({"street": "A", "land": "SE"}, {"street": "A", "land": "SE"}, {"street": "B"}, {"street": "B", "land": "SE"}),
        ({"street": "A"}, {"street": "A", "land": "SE"}, {"street": "A"}, "nothing"),
        ({"street": "A", "zip": "1"}, {"street": "A", "zip": "2"}, {"zip": "1"}, {"zip": "2"}),
        ({"street": "A"}, {"street": "A", "land": "SE"}, None, {"land": "SE"}),
        ({"street": "A"}, {"street": "A"}, None, None),
        (None, None, {"street": "A", "zip": None}, {"street": "A", "zip": None}),
        ("text", "text", {"street": "A"}, {"street": "A"}),
    ],
)
def test_an_object_is_merged_member_by_member_and_what_the_form_does_not_show_of_it_stays(
    base: feel.Value, theirs: feel.Value, yours: feel.Value, written: feel.Value
) -> None:
    merged = merge(base={"at": base}, current={"at": theirs}, submitted={"at": yours}, fields=SHOWN)
    assert (merged.writes, merged.conflicts) == ({} if written == "nothing" else {"at": written}, ())


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_member_that_both_changed_is_a_conflict_of_that_member(*, is_seen: bool) -> None:
    base, theirs, yours = (cast("feel.Value", {"street": street, "zip": "1"}) for street in "ABC")
    merged = merge(base={"at": base}, current={"at": theirs}, submitted={"at": yours}, fields=SHOWN, is_seen=is_seen)
    assert merged.conflicts == (FieldConflict("/at/street", "C", "B"),)


@pytest.mark.parametrize("theirs", [3, 4])
def test_what_a_form_does_not_show_of_an_item_stays(theirs: int) -> None:
    base: feel.Value = [{"id": "1", "name": "Ann", "score": Decimal(3)}]
    current: feel.Value = [{"id": "1", "name": "Ann", "score": Decimal(theirs)}]
    yours: feel.Value = [{"id": "2", "name": "Bo"}, {"id": "1", "name": "Anna"}]
    merged = merge(
        base={"list": base},
        current={"list": current},
        submitted={"list": yours},
        fields=("list", "list[]", "list[].id", "list[].name"),
        keys={"list": "id"},
    )
    written = merged.writes["list"]
    assert isinstance(written, list)
    assert {"id": "1", "name": "Anna", "score": Decimal(theirs)} in written
    assert {"id": "2", "name": "Bo"} in written


def test_a_conflict_is_told_in_both_languages_without_the_values() -> None:
    problem = conflict_problem(FieldConflict("/x", "canary", "bird"), label_sv="Mål", label_en="Goal")
    assert (problem.path, problem.keyword) == ("/x", "conflict")
    assert "Mål" in problem.text_sv
    assert "Goal" in problem.text_en
    assert "canary" not in problem.text_sv + problem.text_en
