"""What every worker keeps, embedded or one of many: one suite for both."""

from __future__ import annotations

from datetime import timedelta

from structlog.testing import capture_logs

from engine.actor import SYSTEM
from engine.definition import Bundle
from engine.history import EventType
from tests.builders import NOON
from tests.jobs.office import Office, installed

from .house import DAILY, BackgroundHouse, a_worker, wait_until, working

HOUR = timedelta(hours=1)


def test_what_is_due_when_it_begins_is_done(house: BackgroundHouse) -> None:
    timed, listening = house.start("timed", times=3), house.start("listener", times=3)
    house.alarm()
    house.clock.move_to(NOON + HOUR)
    with working(a_worker(house.engine)):
        wait_until(lambda: house.are_done([*timed, *listening]))


def test_what_comes_while_it_works_is_done(house: BackgroundHouse) -> None:
    with working(a_worker(house.engine)):
        soon, listening = house.start("soon"), house.start("listener", times=2)
        house.alarm()
        wait_until(lambda: house.are_done([*soon, *listening]))


def test_a_timer_fires_when_its_time_has_come_and_not_before(house: BackgroundHouse) -> None:
    timed, beacon = house.start("timed"), house.start("listener")
    house.clock.move_to(NOON + HOUR - timedelta(microseconds=1))
    with working(a_worker(house.engine)):
        house.alarm()
        wait_until(lambda: house.are_done(beacon))
        assert not house.are_done(timed)
        house.clock.move_to(NOON + HOUR)
        wait_until(lambda: house.are_done(timed))


def test_a_clock_that_jumps_an_hour_loses_no_timer_and_repeats_none(house: BackgroundHouse) -> None:
    (rounds,) = house.start("rounds")
    with working(a_worker(house.engine)):
        for hours, fired in ((1, 1), (0, 1), (1, 1), (2, 2), (1, 2), (4, 3), (2, 3), (9, 3)):
            house.clock.move_to(NOON + hours * HOUR)
            wait_until(lambda fired=fired: house.count(rounds, EventType.TIMER_FIRED) == fired)  # type: ignore[misc]
            beacon = house.start("listener")
            house.alarm()
            wait_until(lambda beacon=beacon: house.are_done(beacon))  # type: ignore[misc]
            assert house.count(rounds, EventType.TIMER_FIRED) == fired


def test_cases_begin_when_it_is_time_each_once(house: BackgroundHouse) -> None:
    house.engine.deploy(SYSTEM, Bundle((DAILY,)))
    house.clock.move_to(NOON + timedelta(days=9))
    with working(*[a_worker(house.engine) for _ in range(2)]):
        wait_until(lambda: len(house.cases("daily")) == 2)
    assert house.engine.due(10) == []


def test_jobs_are_done_each_once(house: BackgroundHouse) -> None:
    rung: list[str] = []
    with installed(lambda inputs, desk: rung.append(str(inputs["number"])), "away"):
        office = Office(house.store)
        cases = [office.start(number) for number in range(6)]
        with working(*[a_worker(office.engine) for _ in range(2)]):
            cases += [office.start(number) for number in range(6, 9)]
            wait_until(lambda: all(office.paths(case) == ["z"] for case in cases))
    assert sorted(rung) == [str(number) for number in range(9)]


def test_two_workers_do_everything_once(house: BackgroundHouse) -> None:
    timed, listening = house.start("timed", times=20), house.start("listener", times=20)
    house.alarm()
    house.clock.move_to(NOON + HOUR)
    with working(*[a_worker(house.engine) for _ in range(2)]):
        wait_until(lambda: house.are_done([*timed, *listening]))
    assert {house.count(id_, EventType.TIMER_FIRED) for id_ in timed} == {1}
    assert {house.count(id_, EventType.SIGNAL_RECEIVED) for id_ in listening} == {1}


def test_a_case_that_fails_is_told_once_and_holds_no_other_up(house: BackgroundHouse) -> None:
    broken, sound = house.start("timed", times=2), house.start("timed", times=2)
    for case_id in broken:
        house.break_state(case_id)
    house.clock.move_to(NOON + HOUR)
    with capture_logs() as logs, working(a_worker(house.engine)):
        wait_until(lambda: house.are_done(sound))
        wait_until(lambda: len([log for log in logs if log["event"] == "step-failed"]) == len(broken))
        beacon = house.start("listener")
        house.alarm()
        wait_until(lambda: house.are_done(beacon))
    failed = [log["case"] for log in logs if log["event"] == "step-failed"]
    assert sorted(failed) == sorted(broken)


def test_what_was_not_done_when_it_stopped_is_done_by_the_next(house: BackgroundHouse) -> None:
    with working(a_worker(house.engine)):
        beacon = house.start("soon")
        wait_until(lambda: house.are_done(beacon))
    listening = house.start("listener", times=3)
    house.alarm()
    with working(a_worker(house.engine)):
        wait_until(lambda: house.are_done(listening))
