"""When timers are due: business days, months, clocks that change. Never early."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine import feel
from engine.bpmn.timers import BadTime, Schedule, TimeFrame, following, schedule

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def frame(now: str) -> TimeFrame:
    return TimeFrame(datetime.fromisoformat(now).replace(tzinfo=UTC), STOCKHOLM, feel.SwedishCalendar())


def due(value: feel.Value, now: str) -> str:
    return schedule(value, frame(now)).due.replace(tzinfo=None).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("value", "now", "expected"),
    [
        ("P1D", "2025-03-29T08:30", "2025-03-30T07:30"),  # clocks go forward in between: 09:30 stays 09:30
        ("P1D", "2025-10-25T07:30", "2025-10-26T08:30"),  # and back
        ("PT24H", "2025-03-29T08:30", "2025-03-30T07:30"),  # FEEL has one value for 24 hours and a day
        ("PT23H", "2025-03-29T08:30", "2025-03-30T07:30"),  # hours are real hours
        ("P1D", "2025-03-29T01:30", "2025-03-30T01:30"),  # 02:30 is not there: the hour after
        ("P1D", "2025-10-25T00:30", "2025-10-26T00:30"),  # 02:30 is there twice: the first
        ("PT1H", "2025-10-26T00:30", "2025-10-26T01:30"),  # from the first 02:30 to the second
        ("PT1H", "2025-10-26T01:30", "2025-10-26T02:30"),  # from the second 02:30 on
        ("PT30M", "2025-10-26T01:15", "2025-10-26T01:45"),
        ("P29M", "2023-10-29T01:30", "2026-03-29T01:30"),  # from a second 02:30 to one that is not there: the hour after
        ("P72M", "2025-10-26T01:30", "2031-10-26T00:30"),  # from a second 02:30 to one that is there twice: the first
        ("P1DT1H", "2025-03-29T08:30", "2025-03-30T08:30"),
        ("2025-03-30", "2025-01-01T00:00", "2025-03-29T23:00"),
        ("2025-03-31", "2025-01-01T00:00", "2025-03-30T22:00"),
        ("2025-10-27", "2025-01-01T00:00", "2025-10-26T23:00"),
        (date(2025, 6, 6), "2025-01-01T00:00", "2025-06-05T22:00"),
        (feel.parse_date_and_time("2025-06-06T10:00:00.123456789Z"), "2025-01-01T00:00", "2025-06-06T10:00"),
        ("2025-06-06T10:00:00.123456789Z", "2025-01-01T00:00", "2025-06-06T10:00"),
        ("P1M", "2025-01-31T09:00", "2025-02-28T09:00"),
        ("P1M", "2024-01-31T09:00", "2024-02-29T09:00"),
        ("P1Y", "2024-02-29T09:00", "2025-02-28T09:00"),
        ("P13M", "2025-12-31T22:30", "2027-01-31T22:30"),
        ("P1M10D", "2025-01-31T09:00", "2025-03-10T09:00"),  # months first: to the 28th of February, then ten days
        ("P1Y1M1DT1H", "2025-02-28T09:00", "2026-03-29T09:00"),  # to noon by the clock, then an hour
        ("P2M1D", "2025-01-30T01:30", "2025-03-31T00:30"),  # what is not there on the way changes nothing
        ("P1MT30M", "2025-01-31T09:00", "2025-02-28T09:30"),
        ("-P1D", "2025-01-31T09:00", "2025-01-30T09:00"),
        ("P5BD", "2025-04-14T07:00", "2025-04-23T07:00"),  # over Easter
        ("P1BD", "2025-12-23T08:00", "2025-12-29T08:00"),  # Christmas Eve, two holidays, a weekend
        ("P1BD", "2025-02-01T08:00", "2025-02-03T08:00"),  # counted from a Saturday
        ("P1BD", "2025-10-24T08:00", "2025-10-27T09:00"),  # the clock's hour stays over a change
        ("P0BD", "2025-02-01T08:00", "2025-02-01T08:00"),
    ],
)
def test_when_it_is_due(value: feel.Value, now: str, expected: str) -> None:
    assert due(value, now) == expected


@pytest.mark.parametrize("minutes", range(0, 4 * 60, 15))
@pytest.mark.parametrize("night", ["2025-03-29T23:00", "2025-10-25T23:00"])
def test_hours_are_never_short_in_the_nights_when_clocks_change(night: str, minutes: int) -> None:
    now = datetime.fromisoformat(night).replace(tzinfo=UTC) + timedelta(minutes=minutes)
    for hours in (1, 2, 23):
        found = schedule(f"PT{hours}H", TimeFrame(now, STOCKHOLM, feel.SwedishCalendar())).due
        assert found - now == timedelta(hours=hours)


@pytest.mark.parametrize("interval", [timedelta(hours=1), timedelta(minutes=90), timedelta(hours=12)])
@pytest.mark.parametrize("begun", ["2025-03-29T02:30", "2025-10-25T01:30"])
def test_hours_of_a_cycle_are_hours_however_many_days_it_goes_on_and_the_clocks_change(begun: str, interval: timedelta) -> None:
    past: Schedule | None = schedule(f"R60/PT{interval.total_seconds() / 60:.0f}M", frame(begun))
    rounds = []
    while past is not None:
        rounds.append(past.due)
        past = following(past, frame("2030-01-01T00:00"))
    assert rounds == [frame(begun).now + number * interval for number in range(1, 61)]


def test_weeks_of_a_cycle_keep_their_hour_after_one_that_was_not_there() -> None:
    past = schedule("R/P1D", frame("2025-03-29T01:30"))
    rounds = [past]
    for _ in range(2):
        upcoming = following(rounds[-1], frame("2030-01-01T00:00"))
        assert upcoming is not None
        rounds.append(upcoming)
    assert [round_.due.astimezone(STOCKHOLM).strftime("%d %H:%M") for round_ in rounds] == ["30 03:30", "31 02:30", "01 02:30"]


def test_a_cycle_of_business_days_goes_from_round_to_round() -> None:
    past: Schedule | None = schedule("R3/P2BD", frame("2025-04-16T07:00"))
    days = []
    while past is not None:
        days.append(past.due.date().isoformat())
        past = following(past, frame("2025-01-01T00:00"))
    assert days == ["2025-04-22", "2025-04-24", "2025-04-28"]


def test_one_time_has_no_next_round() -> None:
    assert following(schedule("P1D", frame("2025-01-01T00:00")), frame("2025-01-01T00:00")) is None


@pytest.mark.parametrize(
    "value", ["", "P", "PX", "1 day", "P1BD2", "R/P1X", "R0/P1D", "R/PT0S", "R3/P0D", "R/-P1D", "P99999Y", True, None, []]
)
def test_what_says_no_time_is_refused(value: feel.Value) -> None:
    with pytest.raises(BadTime):
        schedule(value, frame("2025-01-01T00:00"))


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01", "-0044-03-15", "10000-01-01T00:00:00.0000001Z"],
)
def test_a_time_beyond_the_calendar_is_no_time(written: str) -> None:
    for value in (written, feel.parse_temporal(written)):
        with pytest.raises(BadTime, match="too far away"):
            schedule(value, frame("2025-01-01T00:00"))


@pytest.mark.parametrize(
    ("cycle", "now", "expected", "left"),
    [
        ("R/2025-03-03T08:00/P7D", "2025-03-01T00:00", "2025-03-03T07:00", None),
        ("R/2025-03-03T08:00/P7D", "2025-03-03T07:00", "2025-03-03T07:00", None),
        ("R/2025-03-03T08:00/P7D", "2025-03-03T07:01", "2025-03-10T07:00", None),
        ("R/2025-03-03T08:00/P7D", "2035-08-01T00:00", "2035-08-06T06:00", None),  # a Monday, in summer time
        ("R/2025-01-31T08:00/P1M", "2025-02-01T00:00", "2025-02-28T07:00", None),
        ("R/2015-01-31T08:00/P1M", "2025-03-01T00:00", "2025-03-31T06:00", None),
        ("R/2015-01-01T00:00Z/PT1S", "2025-03-01T00:00", "2025-03-01T00:00", None),
        ("R/2025-03-30T00:30/P1D", "2027-03-30T00:00", "2027-03-30T22:30", None),
        ("R3/2025-03-03T08:00/P7D", "2025-03-11T00:00", "2025-03-17T07:00", 0),
        ("R/2025-04-17T08:00/P1BD", "2025-04-18T00:00", "2025-04-22T06:00", None),
    ],
)
def test_a_cycle_that_says_when_it_begins_keeps_its_place(cycle: str, now: str, expected: str, left: int | None) -> None:
    found = schedule(cycle, frame(now))
    assert found.due.replace(tzinfo=None).isoformat(timespec="minutes") == expected
    assert found.left == left


def test_a_cycle_that_has_had_its_rounds_says_no_time() -> None:
    with pytest.raises(BadTime, match="passed"):
        schedule("R3/2025-03-03T08:00/P7D", frame("2025-03-18T00:00"))


def test_the_rounds_of_a_cycle_are_counted_from_when_it_says_that_it_begins() -> None:
    found: Schedule | None = schedule("R3/2025-10-24T08:00/P1D", frame("2025-10-01T00:00"))
    told = []
    while found is not None:
        told.append(found.due.isoformat(timespec="minutes"))
        found = following(found, frame("2025-11-01T00:00"))
    assert told == ["2025-10-24T06:00+00:00", "2025-10-25T06:00+00:00", "2025-10-26T07:00+00:00"]
