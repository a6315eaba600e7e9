"""Cases that begin by one of several triggers of a start event: one for each that comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.actor import SYSTEM
from engine.case import Case
from engine.definition import Package
from tests.bpmn.diagrams import end, manual, message, signal, start, timer
from tests.builders import NOON
from tests.commands.house import ADMINISTRATOR, COACH, NORTH, NUMBER, SOUTH, House, process

DAY = timedelta(days=1)


def starting(*times: str, task: str = "a") -> Package:
    """Begins by a message, a signal and times."""
    triggers = message(x="n") + signal() + "".join(timer("timeCycle", time) for time in times)
    return process(start("b", triggers, unit="south"), manual(task), end(), f"b > {task} > e", x=NUMBER)


def begun(house: House) -> list[Case]:
    return sorted(house.engine.cases(SYSTEM).rows, key=lambda case: case.number)


def test_each_trigger_that_comes_begins_one_case_in_its_unit() -> None:
    house = House(starting("R1/P1D", "R1/P2D"))
    sent = house.engine.send_message(COACH, "ping", key={}, payload={"n": 7}, unit=NORTH)
    assert sent.started is not None
    house.engine.throw_signal(ADMINISTRATOR, "alarm", unit=NORTH)
    for days in (1, 2, 3):
        house.clock.move_to(NOON + days * DAY)
        house.engine.fire_due()
    assert [case.unit for case in begun(house)] == [NORTH, SOUTH, SOUTH, SOUTH]
    assert house.data(sent.started)["x"] == 7
    assert house.engine.next_due() is None


@pytest.mark.parametrize("restarts", [False, True])
def test_the_same_message_twice_begins_one_case(restarts: bool) -> None:
    house = House(starting())
    for _ in (1, 2):
        house.engine.send_message(COACH, "ping", key={}, payload={"n": 7}, unit=NORTH, message_id="one")
        if restarts:
            house.deploy(starting(task="c"))
    assert len(begun(house)) == 1


def test_times_of_one_event_are_counted_apart() -> None:
    house = House(starting("R/P2D", "R/P3D"))
    due = []
    while (moment := house.engine.next_due()) is not None and moment <= NOON + 6 * DAY:
        house.clock.move_to(moment)
        due += [(moment - NOON).days] * house.engine.fire_due()
    assert due == [2, 3, 4, 6, 6]


def test_a_time_that_stands_in_another_place_in_a_new_version_is_not_moved() -> None:
    house = House(starting("R/P2D"))
    house.clock.move_to(NOON + DAY)
    house.deploy(starting("R/P5D", "R/P2D"))
    assert house.engine.next_due() == NOON + 2 * DAY


def test_nothing_begins_by_a_version_that_has_been_replaced() -> None:
    house = House(starting("R/P1D"))
    house.deploy(process(start(), manual("a"), end(), "s > a > e", x=NUMBER))
    house.engine.throw_signal(ADMINISTRATOR, "alarm", unit=NORTH)
    house.clock.move_to(NOON + 3 * DAY)
    assert (house.engine.fire_due(), begun(house)) == (0, [])
