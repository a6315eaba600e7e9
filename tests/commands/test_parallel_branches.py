"""People, scripts and mappings in parallel branches: nobody overwrites what another wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

import pytest

from engine.case import Case
from engine.errors import DataConflict
from tests.bpmn.diagrams import both, end, script, service, start, user
from tests.commands.house import COACH, NOTE, OTHER, TEXT, House, form, process

PERSON = {"type": "object", "properties": {"id": TEXT, "name": TEXT, "role": TEXT}, "additionalProperties": False}
PEOPLE: dict[str, Any] = {"type": "array", "items": PERSON, "x-key": "id", "maxItems": 20}
LISTED = form("listed", people=PEOPLE)
LISTED = replace(
    LISTED,
    files={
        **LISTED.files,
        "texts.sv.json": json.dumps(
            {"title": "t", "submit": "OK", "fields": {key: {"label": key} for key in
             ("people", "people[]", "people[].id", "people[].name", "people[].role")}}
        ).encode(),
    },
)  # fmt: skip
LISTED = replace(LISTED, files={**LISTED.files, "texts.en.json": LISTED.files["texts.sv.json"]})
FORKED = process(
    start(), both("g"), user("a", form="listed"), user("b", form="listed"), end(), "s > g > a > e", "g > b > e", people=PEOPLE
)
ANN: Any
BO: Any
ANN, BO = {"id": "1", "name": "Ann"}, {"id": "2", "name": "Bo"}
CY, DI = {"id": "3", "name": "Cy"}, {"id": "4", "name": "Di"}


def forked(mine: list[Any], theirs: list[Any], *, before: list[Any]) -> tuple[House, Case]:
    """Both open their form on the same list; what COACH sends in first is `theirs`, then OTHER sends `mine`."""
    house = House(LISTED, FORKED)
    case = house.start(people=before)
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.complete(case, "a", people=theirs)
    house.engine.complete_task(OTHER, house.task(case, "b").id, {"people": mine}, base_sequence=opened)
    return house, case


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([ANN, BO, CY], [ANN, BO, DI], [ANN, BO, DI, CY]),  # each adds one
        ([ANN], [ANN, BO, CY], [ANN, CY]),  # one removes, the other adds
        ([BO], [ANN], []),  # each removes another
        ([{**ANN, "role": "x"}, BO], [ANN, {**BO, "role": "y"}], [{**ANN, "role": "x"}, {**BO, "role": "y"}]),
        ([{**ANN, "role": "x"}, BO], [{**ANN, "name": "Anna"}, BO], [{"id": "1", "name": "Anna", "role": "x"}, BO]),
        ([ANN, BO, CY], [BO, ANN, CY], [BO, ANN, CY]),  # the same, in another order
    ],
)
def test_what_two_people_do_to_different_items_goes_together(mine: list[Any], theirs: list[Any], expected: list[Any]) -> None:
    house, case = forked(mine, theirs, before=[ANN, BO])
    assert house.data(case)["people"] == expected


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([{**ANN, "name": "A"}, BO], [{**ANN, "name": "B"}, BO]),  # one name, two ways
        ([BO], [{**ANN, "name": "B"}, BO]),  # removed by one, changed by the other
        ([{**ANN, "name": "A"}, BO], [BO]),
        ([ANN, BO, {"id": "3", "name": "A"}], [ANN, BO, {"id": "3", "name": "B"}]),  # one key, two things
        ([ANN, BO, {"name": "no key"}], [ANN, BO, CY]),
    ],
)
def test_what_does_not_go_together_is_told_with_both_lists(mine: list[Any], theirs: list[Any]) -> None:
    with pytest.raises(DataConflict) as caught:
        forked(mine, theirs, before=[ANN, BO])
    (conflict,) = caught.value.conflicts
    assert (conflict.path, conflict.yours, conflict.theirs) == ("/people", mine, theirs)


def test_scripts_and_mappings_in_parallel_branches_write_on_what_is_there() -> None:
    adding = script("add", '{people: append(people, {id: "5", name: text})}')
    filled = {"people": 'append(people, {id: "6", name: "Fi"})'}
    mapping = service("find", "case.assign", {"unit": '"north"'}, filled)
    tasks = (user("a", form="note"), user("b", form="listed"), user("z", form="note"), adding, mapping)
    parts = (start(), both("g"), *tasks, both("j"), end(), "s > g > a > add > j > z > e", "g > b > find > j")
    house = House(NOTE, LISTED, process(*parts, people=PEOPLE))
    case = house.start(people=[ANN])
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.complete(case, "a", text="Ed", by=COACH)
    house.engine.complete_task(OTHER, house.task(case, "b").id, {"people": [ANN, BO]}, base_sequence=opened)
    people = cast("list[dict[str, str]]", house.data(case)["people"])
    assert [person["id"] for person in people] == ["1", "5", "2", "6"]


def address(*names: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(names, TEXT), "additionalProperties": False}


def test_people_change_members_of_one_object_and_what_their_forms_do_not_show_of_it_stays() -> None:
    shown = [form(key, at=address("street", "zip")) for key in ("fa", "fb")]
    parts = (start(), both("g"), user("a", form="fa"), user("b", form="fb"), end(), "s > g > a > e", "g > b > e")
    house = House(*shown, process(*parts, at=address("street", "zip", "country")))
    case = house.start(at={"street": "Storgatan 1", "zip": "11111", "country": "SE"})
    task = house.task(case, "b")
    opened = house.engine.task_form(OTHER, task.id).base_sequence
    house.complete(case, "a", at={"street": "Lillgatan 2", "zip": "11111"})
    answers: Any = {"at": {"street": "Gränden 3", "zip": "22222"}}
    with pytest.raises(DataConflict) as caught:
        house.engine.complete_task(OTHER, task.id, answers, base_sequence=opened)
    assert [one.path for one in caught.value.conflicts] == ["/at/street"]
    assert "at.street-label" in caught.value.problems[0].text_en
    house.engine.complete_task(OTHER, task.id, {"at": {"street": "Storgatan 1", "zip": "22222"}}, base_sequence=opened)
    assert house.data(case)["at"] == {"street": "Lillgatan 2", "zip": "22222", "country": "SE"}
