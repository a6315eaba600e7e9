"""Timers of cases: once, never early, and each round that was missed."""

from __future__ import annotations

from datetime import timedelta

from engine.case import CaseStatus
from tests.bpmn.diagrams import both, boundary, catch, end, start, timer, user
from tests.builders import NOON
from tests.commands.house import (
    COACH,
    NOTE,
    House,
    process,
)


def test_a_timer_fires_once_and_never_early() -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"), interrupting=False)
    house = House(
        NOTE, process(start(), user("a", form="note"), late, user("b", form="note"), end(), "s > a > e", "late > b > e")
    )
    case = house.start()
    house.clock.move_to(NOON + timedelta(days=1) - timedelta(microseconds=1))
    assert house.engine.fire_due() == 0
    house.clock.move_to(NOON + timedelta(days=1))
    assert house.engine.next_due() == NOON + timedelta(days=1)
    assert (house.engine.fire_due(), house.engine.fire_due()) == (1, 0)
    assert len(house.open_tasks(case, "b")) == 1
    assert house.engine.next_due() is None


def test_two_timers_due_at_once_that_exclude_each_other_fire_one() -> None:
    one, two = boundary("one", "a", timer("timeDuration", "P1D")), boundary("two", "a", timer("timeDuration", "P1D"))
    parts = (start(), user("a", form="note"), one, two, user("b", form="note"), end(), "s > a > e", "one > b", "two > b > e")
    house = House(NOTE, process(*parts))
    case = house.start()
    house.clock.move_to(NOON + timedelta(days=3))
    assert house.engine.fire_due() == 1
    assert len(house.open_tasks(case, "b")) == 1


def test_timers_in_parallel_branches_fire_each() -> None:
    parts = (
        start(),
        both("g"),
        catch("c", timer("timeDuration", "P1D")),
        catch("d", timer("timeDuration", "P2D")),
        both("j"),
        end(),
    )
    house = House(process(*parts, "s > g > c > j > e", "g > d > j"))
    case = house.start()
    house.clock.move_to(NOON + timedelta(days=5))
    assert house.engine.fire_due() == 2
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED


def test_a_missed_cycle_catches_up_one_round_at_a_time() -> None:
    often = boundary("often", "a", timer("timeCycle", "R/P1D"), interrupting=False)
    house = House(
        NOTE, process(start(), user("a", form="note"), often, user("b", form="note"), end(), "s > a > e", "often > b > e")
    )
    case = house.start()
    house.clock.move_to(NOON + timedelta(days=3))
    assert [house.engine.fire_due() for _ in range(4)] == [1, 1, 1, 0]
    assert len(house.open_tasks(case, "b")) == 3
