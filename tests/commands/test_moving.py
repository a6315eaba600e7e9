"""Cases that go from one unit to another."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from engine.history import EventType
from tests.bpmn.diagrams import both, end, service, start, user
from tests.commands.house import (
    COACH,
    FAR,
    NOTE,
    OTHER,
    SOUTH,
    House,
    process,
)


def moving(**inputs: str) -> House:
    move = service("t", "case.transfer", inputs)
    assign = service("r", "case.assign", {"user": '"coach-1"'})
    parts = (start(), assign, both("g"), user("a", form="note"), move, user("b", form="note"), user("k", form="note"), end())
    return House(NOTE, process(*parts, "s > r > g > a > t > b > e", "g > k > e"))


def test_a_case_that_is_moved_is_another_units() -> None:
    house = moving(unit='"south"')
    case = house.start()
    house.complete(case, "a", text="t")
    with pytest.raises(NotFound):
        house.engine.case(COACH, case.id)
    view = house.engine.case(FAR, case.id)
    assert (view.case.unit, view.case.responsible, view.members) == (SOUTH, None, frozenset())
    assert {task.unit for task in view.tasks if task.is_open} == {SOUTH}
    house.complete(case, "b", by=FAR, text="u")
    assert "flyttades från Norr till Söder" in house.told(case)


def test_the_responsible_one_comes_along_and_others_do_not() -> None:
    house = moving(unit='"south"', keepResponsible="true")
    case = house.start()
    house.complete(case, "a", text="t")
    assert house.engine.case(COACH, case.id).case.responsible == COACH.id
    house.complete(case, "k", by=COACH, text="t")
    for act in (lambda: house.engine.case(OTHER, case.id), lambda: house.complete(case, "b", by=OTHER, text="t")):
        with pytest.raises(NotFound):
            act()
    house.complete(case, "b", by=FAR, text="t")


def test_a_task_held_by_somebody_who_loses_the_case_is_put_back() -> None:
    house = moving(unit='"south"', keepResponsible="true")
    case = house.start()
    held = house.engine.claim_task(OTHER, house.task(case, "k").id)
    house.complete(case, "a", text="t")
    assert house.task(case, "k").claimed_by is None
    assert house.engine.claim_task(FAR, held.id).claimed_by == FAR.id
    assert EventType.TASK_RELEASED in house.events(case.id)


def test_a_task_held_by_the_responsible_one_stays_theirs() -> None:
    house = moving(unit='"south"', keepResponsible="true")
    case = house.start()
    house.engine.claim_task(COACH, house.task(case, "k").id)
    house.complete(case, "a", text="t")
    assert house.task(case, "k").claimed_by == COACH.id
