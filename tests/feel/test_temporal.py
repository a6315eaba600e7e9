"""Dates, times and durations: arithmetic, comparison, properties, business days, the present time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.feel import (
    DaysTimeDuration,
    Environment,
    EvaluationError,
    SwedishCalendar,
    YearsMonthsDuration,
    compile_expression,
    parse_duration,
)

from .tables import shown

ARITHMETIC = [
    ('@"2025-01-31" + @"P1M"', '@"2025-02-28"'),
    ('@"2024-02-29" - @"P1Y"', '@"2023-02-28"'),
    ('@"P1D" + @"2025-01-31"', '@"2025-02-01"'),
    ('@"2025-01-31" + @"PT25H"', '@"2025-02-01"'),
    ('@"2025-03-01" - @"2025-02-01"', '@"P28D"'),
    ('@"2025-03-01T12:00:00" - @"2025-03-01"', '@"PT12H"'),
    ('@"2025-03-01T12:00:00+01:00" - @"2025-03-01"', '@"PT11H"'),
    ('@"2025-03-01T12:00:00Z" - @"2025-03-01T12:00:00+01:00"', '@"PT1H"'),
    ('@"2025-03-29T12:00:00@Europe/Stockholm" + @"P1D"', '@"2025-03-30T13:00:00@Europe/Stockholm"'),
    ('@"23:30:00" + @"PT1H"', '@"00:30:00"'),
    ('@"00:30:00" - @"PT1H"', '@"23:30:00"'),
    ('@"10:30:00" - @"10:00:00"', '@"PT30M"'),
    ('@"P1D" + @"PT1H"', '@"P1DT1H"'),
    ('@"P1Y" - @"P1M"', '@"P11M"'),
    ('@"P1D" * 1.5', '@"P1DT12H"'),
    ('2 * @"P1Y"', '@"P2Y"'),
    ('@"P1D" / 2', '@"PT12H"'),
    ('@"P1D" / @"PT1H"', "24"),
    ('@"P1Y" / @"P1M"', "12"),
    ('-@"P1D"', '@"-P1D"'),
]
COMPARISON = [
    ('@"2025-01-01" < @"2025-01-02"', "true"),
    ('@"2025-01-01T10:00:00Z" = @"2025-01-01T11:00:00+01:00"', "true"),
    ('@"2025-01-01T11:00:00" = @"2025-01-01T11:00:00Z"', "false"),
    ('@"2025-01-01T11:00:00" >= @"2025-01-01T11:00:00Z"', "true"),
    ('@"2025-07-01T11:00:00" < @"2025-07-01T11:00:01@Europe/Stockholm"', "true"),
    ('@"10:00:00+01:00" < @"10:00:00"', "false"),
    ('@"10:00:00" <= @"10:00:00+01:00"', "true"),
    ('@"10:00:00@Europe/Paris" = @"10:00:00@Asia/Dhaka"', "false"),
    ('@"10:00:00@Europe/Paris" = @"10:00:00@Europe/Paris"', "true"),
    ('@"10:00:00Z" = @"11:00:00+01:00"', "true"),
    ('@"10:00:00Z" = @"10:00:00"', "false"),
    ('@"10:00:00" >= @"09:59:59"', "true"),
    ('@"PT24H" = @"P1D"', "true"),
    ('@"P12M" = @"P1Y"', "true"),
    ('@"2025-06-06" in [@"2025-01-01"..@"2025-12-31"]', "true"),
]
PROPERTIES = [
    ('@"2025-02-06".year', "2025"),
    ('@"2025-02-06".weekday', "4"),
    ('@"2025-02-06T10:30:15.5+01:00".second', "15.5"),
    ('@"2025-02-06T10:30:15+01:00".time offset', '@"PT1H"'),
    ('@"2025-02-06T10:30:15@Europe/Stockholm".timezone', '"Europe/Stockholm"'),
    ('@"10:30:00".time offset', "null"),
    ('@"-P1DT2H3M4S".hours', "-2"),
    ('@"P1Y6M".months', "6"),
    ('day of year(@"2025-02-06")', "37"),
    ('day of week(@"2025-02-06")', '"Thursday"'),
    ('month of year(@"2025-02-06")', '"February"'),
    ('week of year(@"2024-12-30")', "1"),
    ("now()", '@"2025-02-06T09:30:00@Europe/Stockholm"'),
    ("today()", '@"2025-02-06"'),
    ('today() + @"P14D"', '@"2025-02-20"'),
]
BUSINESS_DAYS = [
    ('next business day(@"2025-02-06")', '@"2025-02-06"'),
    ('next business day(@"2025-12-24")', '@"2025-12-29"'),
    ('next business day(@"2025-06-20")', '@"2025-06-23"'),
    ('next business day(@"2025-12-31")', '@"2026-01-02"'),
    ('add business days(@"2025-02-06", 0)', '@"2025-02-06"'),
    ('add business days(@"2025-02-06", 5)', '@"2025-02-13"'),
    ('add business days(@"2025-04-17", 1)', '@"2025-04-22"'),
    ('add business days(@"2025-04-22", -1)', '@"2025-04-17"'),
    ('add business days(@"2025-02-06T15:00:00", 2)', '@"2025-02-10T15:00:00"'),
    ('is business day(@"2025-06-06")', "false"),
]


@pytest.mark.parametrize(("text", "value"), [*ARITHMETIC, *COMPARISON, *PROPERTIES, *BUSINESS_DAYS])
def test_value(text: str, value: str) -> None:
    assert shown(text) == value


@pytest.mark.parametrize("text", ["now()", "today()"])
def test_without_a_time_in_the_environment_there_is_no_present(text: str) -> None:
    with pytest.raises(EvaluationError, match="present time is not known"):
        compile_expression(text).evaluate({})


def test_a_present_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a zone"):
        Environment(now=datetime(2025, 2, 6))


def test_today_is_the_day_in_the_zone_of_the_environment() -> None:
    late = Environment(now=datetime(2025, 2, 6, 23, 30, tzinfo=UTC))
    assert compile_expression("today()").evaluate({}, late) == date(2025, 2, 7)


def test_an_organisation_closes_on_days_of_its_own() -> None:
    calendar = SwedishCalendar(extra_closed=("2025-05-30", "02-07"))
    closed = Environment(calendar=calendar)
    assert compile_expression('next business day(@"2025-05-30")').evaluate({}, closed) == date(2025, 6, 2)
    assert not calendar.is_business_day(date(2025, 2, 7))
    assert calendar.is_business_day(date(2025, 12, 24))


def test_a_day_closed_on_29_february_exists_in_leap_years_only() -> None:
    calendar = SwedishCalendar(extra_closed=("02-29",))
    assert not calendar.is_business_day(date(2028, 2, 29))
    assert calendar.is_business_day(date(2025, 2, 28))


def test_a_closed_day_that_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="'24/12' is not a day"):
        SwedishCalendar(extra_closed=("24/12",))


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "P1Y2D", "1D", "P-1D", "P1S", "PT1D", "P1.5D", "P1DT"])
def test_text_that_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


def test_durations_know_their_length() -> None:
    assert parse_duration("P1DT1.5S") == DaysTimeDuration(Decimal("86401.5"))
    assert parse_duration("-P1Y1M") == YearsMonthsDuration(-13)
