"""Cases that nobody begins by hand: once, never early, on the newest version, in the unit that is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.actor import SYSTEM
from engine.case import Case, CaseStatus
from engine.definition import Package
from engine.errors import NotAllowed, NotFound, Rejected
from engine.history import EventType
from engine.ids import UnitId
from engine.ports import Unit
from engine.wait import StartWait
from tests.bpmn.diagrams import boundary, end, manual, signal, start, throw, timer, user
from tests.builders import NOON
from tests.commands.house import ADMINISTRATOR, COACH, HEAD, NORTH, NOTE, SOUTH, House, process

DAY = timedelta(days=1)


def ticking(kind: str, text: str, *, unit: str = "south", name: str = "Tick", task: str = "a") -> Package:
    return process(start("tick", timer(kind, text), unit=unit, name=name), user(task, form="note"), end(), f"tick > {task} > e")


def begun(house: House, process: str = "p") -> list[Case]:
    found = [case for case in house.engine.cases(SYSTEM).rows if case.process == process]
    return sorted(found, key=lambda case: case.number)


def at(house: House, moment: datetime) -> int:
    house.clock.move_to(moment)
    return house.engine.fire_due()


def subscribed(house: House) -> list[StartWait]:
    with house.store.read() as unit:
        return list(unit.starts.of_process("p"))


# times


def test_a_case_begins_once_and_never_early() -> None:
    house = House(NOTE, ticking("timeDuration", "P1D"))
    assert house.engine.next_due() == NOON + DAY
    assert at(house, NOON + DAY - timedelta(microseconds=1)) == 0
    assert (at(house, NOON + DAY), house.engine.fire_due()) == (1, 0)
    (case,) = begun(house)
    assert (case.unit, case.started_by, case.started_at) == (SOUTH, "system", NOON + DAY)
    assert EventType.TIMER_FIRED in house.events(case.id)
    assert house.engine.next_due() is None


def test_two_that_saw_the_same_time_come_begin_one_case() -> None:
    house = House(NOTE, ticking("timeCycle", "R/P1D"))
    house.clock.move_to(NOON + DAY)
    (seen,) = subscribed(house)
    assert (house.engine.begin_due(seen), house.engine.begin_due(seen)) == (True, False)
    assert len(begun(house)) == 1


def test_a_cycle_begins_a_case_each_time_on_the_wall_clock() -> None:
    house = House(NOTE, ticking("timeCycle", "R3/2025-10-25T08:00/P1D"), now=datetime(2025, 10, 20, tzinfo=UTC))
    due = []
    while (moment := house.engine.next_due()) is not None:
        due.append(moment.isoformat(timespec="minutes"))
        assert at(house, moment) == 1
    assert due == ["2025-10-25T06:00+00:00", "2025-10-26T07:00+00:00", "2025-10-27T07:00+00:00"]
    assert len(begun(house)) == 3


def test_rounds_that_were_missed_are_made_up_for() -> None:
    house = House(NOTE, ticking("timeCycle", "R/P1D"))
    house.clock.move_to(NOON + 3 * DAY)
    assert [house.engine.fire_due() for _ in range(4)] == [1, 1, 1, 0]


def test_an_expression_may_ask_what_day_it_is() -> None:
    house = House(NOTE, ticking("timeDate", '= date and time(today() + duration("P2D"), time("08:00:00"))'))
    assert house.engine.next_due() == (NOON + 2 * DAY).replace(hour=7)


def test_a_new_version_with_another_timer_takes_the_place_of_the_old() -> None:
    house = House(NOTE, ticking("timeDuration", "P1D"))
    house.clock.move_to(NOON + DAY / 2)
    house.deploy(ticking("timeDuration", "P2D"))
    assert house.engine.next_due() == NOON + DAY / 2 + 2 * DAY
    assert at(house, NOON + 3 * DAY) == 1
    assert len(begun(house)) == 1


def test_a_timer_that_says_the_same_in_a_new_version_keeps_its_time_and_is_not_repeated() -> None:
    house = House(NOTE, ticking("timeDuration", "P1D"))
    house.clock.move_to(NOON + DAY / 2)
    house.deploy(ticking("timeDuration", "P1D", task="b"))
    assert house.engine.next_due() == NOON + DAY
    assert at(house, NOON + DAY) == 1
    assert len(house.open_tasks(begun(house)[0], "b")) == 1, "it begins on the newest version"
    house.deploy(ticking("timeDuration", "P1D", task="c"))
    assert house.engine.next_due() is None


def test_what_was_due_before_a_new_version_came_still_begins_on_it() -> None:
    house = House(NOTE, ticking("timeCycle", "R/P1D"))
    house.clock.move_to(NOON + DAY)
    (seen,) = subscribed(house)
    house.deploy(ticking("timeCycle", "R/P1D", task="b"))
    assert house.engine.begin_due(seen) is False, "the version that was seen is not the newest any more"
    assert house.engine.fire_due() == 1


def test_a_version_without_the_timer_begins_no_more_cases() -> None:
    house = House(NOTE, ticking("timeCycle", "R/P1D"))
    house.deploy(process(start(), user("a", form="note"), end(), "s > a > e"))
    assert house.engine.next_due() is None
    assert at(house, NOON + 9 * DAY) == 0


def test_a_time_that_has_passed_begins_nothing_and_is_told() -> None:
    house = House(NOTE)
    deployed = house.deploy(ticking("timeDate", "2025-01-01"))
    assert [(finding.rule, finding.element) for finding in deployed.findings] == [("timer-passed", "tick")]
    assert at(house, NOON + DAY) == 0


@pytest.mark.parametrize("text", ['= "soon"', "= null", "= 1", "R2/2020-01-01T00:00/P1D"])
def test_a_timer_that_says_no_time_is_not_deployed(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        House(NOTE, ticking("timeCycle", text))
    assert {finding.rule for finding in caught.value.findings} & {"bad-time", "feel-type"}


def waiting(text: str, kind: str = "timeDate") -> Package:
    """A process with a timer beside its task."""
    beside = boundary("late", "a", timer(kind, text), interrupting=False)
    return process(start(), user("a", form="note"), beside, end(), "s > a > e", "late > e")


def test_a_time_inside_the_process_that_has_passed_is_told() -> None:
    house = House(NOTE)
    assert [(finding.rule, finding.element) for finding in house.deploy(waiting("2025-01-01")).findings] == [
        ("timer-passed", "late")
    ]
    assert house.deploy(waiting("2999-01-01")).findings == ()
    assert house.deploy(waiting("= case.startedAt")).findings == ()


def test_a_cycle_whose_rounds_have_all_passed_is_not_deployed() -> None:
    with pytest.raises(Rejected) as caught:
        House(NOTE, waiting("R2/2020-01-01T00:00/P1D", "timeCycle"))
    assert [(finding.rule, finding.element) for finding in caught.value.findings] == [("bad-time", "late")]
    House(NOTE, waiting("R/2020-01-01T00:00/P1D", "timeCycle"))


def test_what_is_no_time_is_told_once() -> None:
    with pytest.raises(Rejected) as caught:
        House(NOTE, waiting("soon"))
    assert [finding.rule for finding in caught.value.findings] == ["bad-time"]


def test_a_unit_that_is_not_there_yet_loses_no_case() -> None:
    house = House(NOTE, ticking("timeDuration", "P1D", unit="later"))
    house.clock.move_to(NOON + DAY)
    with pytest.raises(NotFound, match="unit"):
        house.engine.fire_due()
    with house.store.write() as unit:
        unit.people.put_unit(Unit(UnitId("later"), "Later"))
        unit.commit()
    assert house.engine.fire_due() == 1


# signals

ALARMED = process(start("alarm", signal()), manual("a"), end(), "alarm > a > e")
CALLER = process(start(), manual("a"), throw("th", signal()), end(), "s > a > th > e", key="caller")


def test_a_signal_begins_a_case_where_it_was_thrown() -> None:
    house = House(ALARMED, CALLER)
    house.complete(house.start("caller"), "a")
    (case,) = begun(house)
    assert case.unit == NORTH
    assert EventType.SIGNAL_RECEIVED in house.events(case.id)


def test_a_signal_begins_a_case_in_the_unit_that_the_start_says() -> None:
    alarmed = process(start("alarm", signal(), unit="south"), manual("a"), end(), "alarm > a > e")
    house = House(alarmed, CALLER)
    house.complete(house.start("caller"), "a")
    assert [case.unit for case in begun(house)] == [SOUTH]


def test_a_signal_begins_a_case_of_every_process_that_begins_by_it_and_reaches_those_that_wait() -> None:
    other = process(start("alarm", signal()), manual("a"), end(), "alarm > a > e", key="other")
    house = House(ALARMED, other, CALLER)
    house.engine.throw_signal(ADMINISTRATOR, "alarm", unit=SOUTH)
    assert [case.unit for case in (*begun(house), *begun(house, "other"))] == [SOUTH, SOUTH]


def test_only_the_newest_version_begins_by_a_signal() -> None:
    house = House(ALARMED, CALLER)
    house.deploy(process(start(), manual("a"), end(), "s > a > e"))
    house.complete(house.start("caller"), "a")
    assert begun(house) == []


def test_a_process_that_begins_itself_by_its_own_signal_is_stopped() -> None:
    house = House(process(start("alarm", signal()), throw("th", signal()), end(), "alarm > th > e"), CALLER)
    caller = house.start("caller")
    house.complete(caller, "a")
    assert len(begun(house)) == 10
    assert {case.status for case in begun(house)} == {CaseStatus.COMPLETED}
    assert [incident.kind for incident, _ in house.engine.incidents(HEAD).rows] == ["cannot-send"]


def test_a_signal_from_outside_is_thrown_by_an_administrator() -> None:
    house = House(ALARMED)
    for actor in (COACH, HEAD):
        with pytest.raises(NotAllowed):
            house.engine.throw_signal(actor, "alarm", unit=NORTH)
    with pytest.raises(NotFound):
        house.engine.throw_signal(SYSTEM, "alarm", unit=UnitId("nowhere"))
    assert begun(house) == []
