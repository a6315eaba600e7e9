"""Dates and times beyond what Python's own can hold: years before 1 and after 9999, single nanoseconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel import EvaluationError, FeelSyntaxError, compile_expression, format_value
from engine.feel.exact import (
    ExactDate,
    ExactDateTime,
    ExactTime,
    day_number,
    local_moment,
    local_nanoseconds,
    make_date,
    nearest_python,
    numbered_day,
    utc_moment,
    utc_nanoseconds,
)

from .tables import evaluate, shown

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MOST = 3 * 10**25
LITERALS = [
    "99999-12-31", "-0044-03-15", "0000-02-29", "999999999-12-31", "-999999999-01-01", "10:00:00.123456789",
    "23:59:59.9999999Z", "10:00:00.0000001@Europe/Paris", "-999999999-12-31T23:59:59.999999999+02:00",
    "999999999-12-31T23:59:59.999999999@Europe/Paris", "2025-02-06T10:00:00.000000001", "10000-01-01T00:00:00Z",
]  # fmt: skip
ARITHMETIC = [
    ('@"9999-12-31" + @"P1D"', '@"10000-01-01"'),
    ('@"10000-01-01" - @"P1D"', '@"9999-12-31"'),
    ('@"0001-01-01" - @"P1D"', '@"0000-12-31"'),
    ('@"0001-01-01" - @"P1M"', '@"0000-12-01"'),
    ('@"-0001-02-28" + @"P1Y"', '@"0000-02-28"'),
    ('@"10000-02-29" + @"P1Y"', '@"10001-02-28"'),
    ('@"10001-01-01" - @"9999-01-01"', '@"P731D"'),
    ('@"9999-12-31T23:59:59.5" + @"PT0.5S"', '@"10000-01-01T00:00:00"'),
    ('@"9999-12-31T23:59:59@Europe/Stockholm" + @"PT1S"', '@"10000-01-01T00:00:00@Europe/Stockholm"'),
    ('@"10000-01-01T00:00:00Z" - @"PT1S"', '@"9999-12-31T23:59:59Z"'),
    ('@"10000-01-01T00:00:00.25Z" - @"9999-12-31T23:59:59+01:00"', '@"PT1H1.25S"'),
    ('@"12024-03-31T01:30:00@Europe/Stockholm" + @"PT1H"', '@"12024-03-31T03:30:00@Europe/Stockholm"'),
    ('@"2025-02-06T10:00:00.123456789" + @"PT0.000000001S"', '@"2025-02-06T10:00:00.12345679"'),
    ('@"2025-02-06T10:00:00.123456789" - @"PT0.000000789S"', '@"2025-02-06T10:00:00.123456"'),
    ('@"23:59:59.999999999" + @"PT0.000000002S"', '@"00:00:00.000000001"'),
    ('@"10:00:00.123456789" - @"10:00:00"', '@"PT0.123456789S"'),
    ('@"2025-02-06" + @"P1D" / 7 * 7', '@"2025-02-07"'),
    ('date and time(@"9999-12-31T23:30:00Z", "Europe/Stockholm")', '@"10000-01-01T00:30:00@Europe/Stockholm"'),
    ('years and months duration(@"-0044-03-15", @"2025-03-14")', '@"P2068Y11M"'),
    ('for d in @"9999-12-31"..@"10000-01-02" return d', '[@"9999-12-31", @"10000-01-01", @"10000-01-02"]'),
    ('for d in @"0001-01-01"..@"0000-12-31" return d', '[@"0001-01-01", @"0000-12-31"]'),
]
COMPARISON = [
    ('@"10000-01-01" > @"9999-12-31"', "true"),
    ('@"-0001-01-01" < @"0000-01-01"', "true"),
    ('@"10000-01-01" = @"9999-12-31"', "false"),
    ('@"9999-12-31T23:30:00Z" = @"10000-01-01T00:30:00+01:00"', "true"),
    ('@"9999-12-31T23:30:00" < @"10000-01-01T00:30:00+01:00"', "true"),
    ('@"10:00:00.0000001" > @"10:00:00"', "true"),
    ('@"10:00:00.0000001" = @"10:00:00"', "false"),
    ('@"10:00:00.0000001Z" = @"11:00:00.0000001+01:00"', "true"),
    ('@"10000-06-06" in [@"0000-01-01"..@"99999-01-01"]', "true"),
    ('sort([@"10000-01-01", @"-0044-01-01", @"2025-01-01"])', '[@"-0044-01-01", @"2025-01-01", @"10000-01-01"]'),
    ('distinct values([@"10000-01-01", @"10000-01-01"])', '[@"10000-01-01"]'),
    ('is(@"10:00:00.0000001", @"10:00:00.0000001")', "true"),
]
PARTS = [
    ('@"-0044-03-15".year', "-44"),
    ('@"10000-01-01".weekday', "6"),
    ('@"10000-02-29T10:00:00".day', "29"),
    ('@"2025-02-06T10:00:15.123456789".second', "15.123456789"),
    ('@"99999-07-01T12:00:00@Europe/Stockholm".time offset', '@"PT2H"'),
    ('@"99999-01-01T12:00:00@Europe/Stockholm".time offset', '@"PT1H"'),
    ('@"-0100-01-01T12:00:00@Europe/Stockholm".time offset', '@"PT1H12M12S"'),
    ('@"10:00:00.0000001@Europe/Paris".timezone', '"Europe/Paris"'),
    ('@"10:00:00.0000001+02:00".time offset', '@"PT2H"'),
    ('day of week(@"10000-01-01")', '"Saturday"'),
    ('day of year(@"10000-12-31")', "366"),
    ('week of year(@"10000-01-01")', "52"),
    ('month of year(@"-0044-03-15T10:00:00")', '"March"'),
    ("date(-44, 3, 15)", '@"-0044-03-15"'),
    ('date(@"10000-01-01T10:00:00")', '@"10000-01-01"'),
    ('time(@"10000-01-01T10:00:00Z")', '@"10:00:00Z"'),
    ("time(10, 0, 0.123456789)", '@"10:00:00.123456789"'),
    ('date and time(@"10000-01-01", @"10:00:00Z")', '@"10000-01-01T10:00:00Z"'),
    ('string(@"-0044-03-15")', '"-0044-03-15"'),
    ('@"10000-01-01" instance of date', "true"),
    ('@"10000-01-01T10:00:00" instance of date and time', "true"),
    ('@"10:00:00.0000001" instance of time', "true"),
    ('add business days(@"2025-04-17T10:00:00.0000001", 1)', '@"2025-04-22T10:00:00.0000001"'),
]


@pytest.mark.parametrize("text", LITERALS)
def test_a_literal_is_shown_as_it_is_written(text: str) -> None:
    assert shown(f'@"{text}"') == f'@"{text}"'


@pytest.mark.parametrize(("text", "value"), [*ARITHMETIC, *COMPARISON, *PARTS])
def test_value(text: str, value: str) -> None:
    assert shown(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "1000000000-01-01", "-1000000000-01-01", "01999-01-01", "+1999-01-01", "999-01-01", "10001-02-29", "2025-02-29",
        "24:00:00.5", "24:01:00", "23:59:60", "10:00:00.1234567891", "10:00:00+18:01", "10:00:00-19:00", "10:00:00+01:60",
        "2025-02-06T24:00:01", "999999999-12-31T24:00:00", "10:00:00@Nowhere/City", "10:00:00Z@Europe/Paris",
    ],
)  # fmt: skip
def test_text_that_is_no_date_or_time(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match=r"holds no date|There is no such (day|time|time zone)|one zone, not two"):
        compile_expression(f'@"{text}"')


def test_midnight_may_be_written_as_the_end_of_a_day() -> None:
    assert evaluate('@"24:00:00"') == time(0)
    assert evaluate('@"2025-12-31T24:00:00"') == datetime(2026, 1, 1)
    assert shown('@"9999-12-31T24:00:00"') == '@"10000-01-01T00:00:00"'


def test_what_python_can_hold_is_pythons() -> None:
    assert type(evaluate('@"10000-01-01" - @"P1D"')) is date
    assert type(evaluate('@"10:00:00.0000001" + @"PT0.0000009S"')) is time
    assert type(evaluate('@"10000-01-01T00:00:00" - @"PT1S"')) is datetime
    assert type(evaluate('@"9999-12-31" + @"P1D"')) is ExactDate
    assert type(evaluate('@"10:00:00" + @"PT0.0000001S"')) is ExactTime
    assert type(evaluate('@"9999-12-31T23:00:00" + @"PT1H"')) is ExactDateTime


@pytest.mark.parametrize("text", ['@"999999999-12-31" + @"P1D"', '@"-999999999-01-01T00:00:00" - @"PT1S"'])
def test_the_years_of_feel_have_an_end(text: str) -> None:
    with pytest.raises(EvaluationError, match="years -999999999 to 999999999"):
        compile_expression(text).evaluate({})


def test_business_days_are_known_for_the_years_of_the_calendar_only() -> None:
    with pytest.raises(EvaluationError, match="1 to 9999"):
        compile_expression('next business day(@"10000-01-01")').evaluate({})


def test_the_second_of_two_equal_hours_is_told_by_its_offset() -> None:
    assert shown('@"2025-10-26T02:30:00@Europe/Stockholm" + @"PT1H"') == '@"2025-10-26T02:30:00+01:00"'
    assert shown('@"2025-10-26T02:30:00.0000001@Europe/Stockholm" + @"PT1H"') == '@"2025-10-26T02:30:00.0000001+01:00"'
    assert shown('@"2025-10-26T02:30:00@Europe/Stockholm" + @"PT2H"') == '@"2025-10-26T03:30:00@Europe/Stockholm"'


def test_the_nearest_python_value_is_without_nanoseconds() -> None:
    moment = evaluate('@"2025-02-06T10:00:00.123456789Z"')
    assert isinstance(moment, ExactDateTime)
    assert nearest_python(moment) == datetime(2025, 2, 6, 10, 0, 0, 123456, UTC)
    far = evaluate('@"10000-02-06T10:00:00Z"')
    assert isinstance(far, ExactDateTime)
    with pytest.raises(OverflowError):
        nearest_python(far)


@given(st.integers(-365_000_000_000, 365_000_000_000))
def test_days_are_numbered_without_gaps(number: int) -> None:
    day = numbered_day(number)
    assert day_number(day) == number
    assert day_number(make_date(day.year, day.month, day.day)) == number


@given(st.datetimes())
def test_moments_are_numbered_as_python_does(moment: datetime) -> None:
    assert local_nanoseconds(moment) // 1000 == (moment - datetime(1, 1, 1)) // timedelta(microseconds=1) + 86_400_000_000
    assert local_moment(local_nanoseconds(moment), None) == moment


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(STOCKHOLM)))
def test_zones_are_applied_as_python_does(moment: datetime) -> None:
    known = moment.astimezone(UTC).astimezone(STOCKHOLM)
    again = utc_moment(utc_nanoseconds(moment), STOCKHOLM)
    assert isinstance(again, datetime)
    assert (again.replace(tzinfo=None), again.fold) == (known.replace(tzinfo=None), known.fold)


@given(st.integers(-MOST, MOST), st.integers(-(10**20), 10**20))
def test_adding_and_taking_away_gives_the_same_moment(start: int, length: int) -> None:
    moment = local_moment(start, None)
    step = feel.DaysTimeDuration.of_nanoseconds(length)
    compiled = compile_expression("moment + step - step = moment and (moment + step) - moment = step")
    assert compiled.evaluate({"moment": moment, "step": step}) is True


@given(st.integers(-MOST, MOST))
def test_text_gives_the_same_moment(start: int) -> None:
    moment = local_moment(start, UTC)
    assert compile_expression(format_value(moment)).evaluate({}) == moment


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('string(@"PT1S" / 3)', '"PT0.3333333333333333333333333333333333S"'),
        ('string(@"P1D" / 7)', '"PT3H25M42.85714285714285714285714285714S"'),
        ('(@"P1D" / 7).seconds', "42.85714285714285714285714285714"),
        ('@"PT1S" * 1e-6000', '@"PT0S"'),
        ('duration("PT0." + "3333333333333333333333333333333333" + "S") = @"PT1S" / 3', "true"),
        ('duration(string(@"P11574074074073D")) = @"P11574074074073D"', "true"),
    ],
)
def test_a_duration_has_the_digits_of_a_number(text: str, value: str) -> None:
    assert shown(text) == value


@pytest.mark.parametrize(
    "text",
    [
        '@"P9999999999999D" + @"P9999999999999D"',
        '@"P999999999999999999M" + @"P999999999999999999M"',
        'duration("P99999999999999D")',
    ],
)
def test_a_duration_that_is_too_long_is_an_error(text: str) -> None:
    with pytest.raises(EvaluationError, match=r"too long|no duration"):
        shown(text)
