"""From one type to another."""

from __future__ import annotations

import re
from datetime import UTC, time
from decimal import Decimal

from ...sentences import Sentence, sentence
from ..durations import DaysTimeDuration, YearsMonthsDuration, parse_duration
from ..errors import NO_NUMBER, Fault, Refused, Told
from ..exact import (
    MOMENTS,
    NANOSECONDS,
    TIMES,
    Date,
    Moment,
    Time,
    clock_of,
    combine,
    day_number,
    day_of,
    make_date,
    make_time,
    utc_moment,
    utc_nanoseconds,
    with_zone,
)
from ..machine import Run
from ..moments import add_months
from ..registry import Registry
from ..sizes import check_size, pay_for_times
from ..temporal import offset_zone, parse_date, parse_date_and_time, parse_time, zone_named
from ..temporal_flaws import flaw
from ..text import as_text
from ..values import NUMBERS, Value

FUNCTIONS = Registry()
_ZONE_PRICE = 40  # steps, for a zone that was not asked for lately
_NO_DATE = Told(sentence("The string is no date"), sentence("Write it as 2025-12-31."))
_NO_TIME = Told(sentence("The string is no time"), sentence("Write it as 13:45:00."))
_NO_MOMENT = Told(sentence("The string is no date and time"), sentence("Write it as 2025-12-31T13:45:00."))
_GROUPED = re.compile(r"-?\d{1,3}([ ,.])\d{3}(?:\1\d{3})*(?:(?!\1)([.,])\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_DIGITS = sentence("Write digits, with '.' before decimals.")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,6})?", re.ASCII)


def truncated(value: Decimal) -> int:
    """The number without its decimals. Raises Fault when it is far too large."""
    if abs(value) > 10**15:
        raise Fault(sentence("The number is too large"), sentence("Use a smaller one."))
    return int(value)


def whole(value: Decimal, what: str) -> int:
    """The number as an int. Raises Fault when it has decimals or is far too large."""
    if value != value.to_integral_value() or abs(value) > 10**15:
        raise Fault(sentence("'{what}' must be a whole number", what=what), sentence("Round it with floor(…) first."))
    return int(value)


@FUNCTIONS.add("date(from: string)")
def _date_from_text(run: Run, text: str) -> Value:
    found = parse_date(text)
    if found is None:
        raise Refused(flaw(text, _NO_DATE))
    return found


@FUNCTIONS.add("date(from: date and time|date)")
def _date_of(run: Run, moment: Date | Moment) -> Value:
    return day_of(moment)


@FUNCTIONS.add("date(year: number, month: number, day: number)")
def _date_from_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    try:
        return make_date(whole(year, "year"), whole(month, "month"), whole(day, "day"))
    except (ValueError, OverflowError):
        raise Fault(sentence("There is no such day"), sentence("Check the year, the month (1 to 12) and the day.")) from None


@FUNCTIONS.add("time(from: string)")
def _time_from_text(run: Run, text: str) -> Value:
    found = parse_time(text)
    if found is None:
        raise Refused(flaw(text, _NO_TIME))
    return found


@FUNCTIONS.add("time(from: time|date and time|date)")
def _time_of(run: Run, moment: Time | Date | Moment) -> Value:
    if isinstance(moment, TIMES):
        return moment
    return clock_of(moment) if isinstance(moment, MOMENTS) else time(tzinfo=UTC)


@FUNCTIONS.add("time(hour: number, minute: number, second: number, offset: days and time duration|null?)")
def _time_from_parts(
    run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTimeDuration | None = None
) -> Value:
    zone = None if offset is None else offset_zone(whole(offset.seconds, "offset"))
    if offset is not None and zone is None:
        raise Fault(sentence("'offset' lies beyond 18 hours"), sentence('Write one such as @"PT1H".'))
    run.spend(6)
    nanoseconds = DaysTimeDuration(second).nanoseconds()
    try:
        return make_time(
            whole(hour, "hour"), whole(minute, "minute"), nanoseconds // NANOSECONDS, nanoseconds % NANOSECONDS, zone
        )
    except (ValueError, OverflowError):
        raise Fault(sentence("There is no such time"), sentence("Hours go to 23, minutes and seconds to 59.")) from None


@FUNCTIONS.add("date and time(from: string)")
def _moment_from_text(run: Run, text: str) -> Value:
    run.spend(_ZONE_PRICE if "@" in text else 2)
    found = parse_date_and_time(text)
    if found is None:
        raise Refused(flaw(text, _NO_MOMENT))
    return found


@FUNCTIONS.add("date and time(from: date and time)")
def _moment(run: Run, moment: Moment) -> Value:
    return moment


@FUNCTIONS.add("date and time(date: date and time|date, time: time)")
def _moment_from_parts(run: Run, day: Date | Moment, clock: Time) -> Value:
    run.spend(2)
    pay_for_times(run, day, clock)
    return combine(day_of(day), clock)


@FUNCTIONS.add("date and time(date: date and time, timezone: string)")
def _moment_in_zone(run: Run, moment: Moment, name: str) -> Value:
    run.spend(_ZONE_PRICE)
    zone = zone_named(name)
    if zone is None:
        raise Fault(sentence("There is no such time zone"), sentence("Write a name like Europe/Stockholm."))
    aware = moment if moment.tzinfo else with_zone(moment, run.environment.zone)
    return utc_moment(utc_nanoseconds(aware), zone)


@FUNCTIONS.add("duration(from: string)")
def _duration(run: Run, text: str) -> Value:
    found = parse_duration(text)
    if found is None:
        raise Fault(sentence("The string is no duration"), sentence("Write it as P14D, PT2H or P1Y6M."))
    return found


@FUNCTIONS.add("duration(from: days and time duration|years and months duration)")
def _same_duration(run: Run, length: DaysTimeDuration | YearsMonthsDuration) -> Value:
    return length


@FUNCTIONS.add("years and months duration(from: date|date and time, to: date|date and time)")
def _months_between(run: Run, start: Date | Moment, end: Date | Moment) -> Value:
    run.spend(8)
    first, last = day_of(start), day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    reached = day_number(add_months(first, months))
    if months > 0 and day_number(last) < reached:
        months -= 1
    elif months < 0 and day_number(last) > reached:
        months += 1
    return YearsMonthsDuration(months)


@FUNCTIONS.add("number(from: string, grouping separator: string|null?, decimal separator: string|null?)")
def _number(run: Run, text: str, grouping: str | None = None, decimal: str | None = None) -> Value:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping and grouping == decimal):
        raise Fault(
            sentence("These are no separators"),
            sentence("Write ' ', ',' or '.' for groups, and another of ',' and '.' for decimals."),
        )
    digits = text.replace(grouping, "") if grouping else text
    digits = digits.replace(decimal, ".") if decimal else digits
    if not _NUMBER.fullmatch(digits):
        raise Fault(sentence("The string is no number"), _separated(text) if grouping is None and decimal is None else _DIGITS)
    try:
        return NUMBERS.create_decimal(digits)
    except ArithmeticError:
        raise Fault(*NO_NUMBER) from None


def _separated(text: str) -> Sentence:
    """What to write when a text is a number with separators, which are not case data."""
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        decimal = grouped[2] or ("," if grouped[1] == "." else ".")
        return sentence('Name its separators: number(…, "{grouping}", "{decimal}").', grouping=grouped[1], decimal=decimal)
    return sentence('Name its separators: number(…, null, ",").') if _COMMA.fullmatch(text) else _DIGITS


@FUNCTIONS.add("number(from: number)")
def _same_number(run: Run, number: Decimal) -> Value:
    return number


@FUNCTIONS.add("string(from)")
def _string(run: Run, value: Value) -> Value:
    if value is None:
        raise Fault(sentence("Null has no text"), sentence("Check for null first."))
    check_size(value, run)
    return run.text(as_text(value))
