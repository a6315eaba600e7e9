"""Dates and times moved, compared and subtracted, exact to the nanosecond (DMN 1.5 clauses 10.3.2.3 and 10.3.2.13)."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from .durations import DaysTimeDuration
from .exact import (
    DAY,
    MOMENTS,
    TIMES,
    Date,
    ExactDate,
    ExactDateTime,
    Moment,
    Time,
    clock_of,
    combine,
    day_number,
    day_of,
    local_moment,
    local_nanoseconds,
    make_date,
    nanoseconds_of_day,
    numbered_day,
    offset_nanoseconds,
    time_at,
    utc_moment,
    utc_nanoseconds,
    with_zone,
)  # fmt: skip

MIDNIGHT = time()


def shifted(value: Date | Time | Moment, length: DaysTimeDuration) -> Date | Time | Moment:
    """The value so much later, in UTC where it has a zone; a time goes round. Raises OverflowError beyond FEEL's years."""
    nanoseconds = length.nanoseconds()
    if isinstance(value, datetime):
        return _shifted_python(value, nanoseconds)
    if isinstance(value, ExactDateTime):
        return _shifted(value, nanoseconds)
    if isinstance(value, date | ExactDate):
        return numbered_day(day_number(value) + nanoseconds // DAY)
    return time_at((nanoseconds_of_day(value) + nanoseconds) % DAY, value.tzinfo)


def _shifted_python(moment: datetime, nanoseconds: int) -> Moment:
    if nanoseconds % 1000 == 0:
        try:
            length = timedelta(microseconds=nanoseconds // 1000)
            if moment.tzinfo is None:
                return moment + length
            return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)
        except OverflowError:
            pass  # Python's years end before FEEL's
    return _shifted(moment, nanoseconds)


def _shifted(moment: Moment, nanoseconds: int) -> Moment:
    if moment.tzinfo is None:
        return local_moment(local_nanoseconds(moment) + nanoseconds, None)
    return utc_moment(utc_nanoseconds(moment) + nanoseconds, moment.tzinfo)


def months_later(value: Date | Moment, months: int) -> Date | Moment:
    """The value so many months later, by the clock on the wall. Raises OverflowError beyond FEEL's years."""
    if isinstance(value, MOMENTS):
        return combine(add_months(day_of(value), months), clock_of(value), value.fold)
    return add_months(value, months)


def add_months(day: Date, months: int) -> Date:
    """The same day so many months later; the last of the month where there is no such day. Raises OverflowError."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return make_date(year, month + 1, min(day.day, monthrange(year % 400 + 400, month + 1)[1]))


def difference(left: Date | Time | Moment, right: Date | Time | Moment) -> DaysTimeDuration | None:
    """`left - right`; None when only one is a time, or only one has a zone."""
    if isinstance(left, TIMES) or isinstance(right, TIMES):
        if not (isinstance(left, TIMES) and isinstance(right, TIMES)) or (left.tzinfo is None) != (right.tzinfo is None):
            return None
        return DaysTimeDuration.of_nanoseconds(_time_in_utc(left) - _time_in_utc(right))
    if not isinstance(left, MOMENTS) and not isinstance(right, MOMENTS):
        return DaysTimeDuration.of_nanoseconds((day_number(left) - day_number(right)) * DAY)
    first, last = _beside(left, right), _beside(right, left)
    if (first.tzinfo is None) != (last.tzinfo is None):
        return None
    return DaysTimeDuration.of_nanoseconds(utc_nanoseconds(first) - utc_nanoseconds(last))


def _beside(value: Date | Moment, other: Date | Moment) -> Moment:
    """A date as its first moment: in UTC beside a moment with a zone, as the standard has it, else without a zone."""
    if isinstance(value, MOMENTS):
        return value
    zone = UTC if isinstance(other, MOMENTS) and other.tzinfo is not None else None
    return combine(value, MIDNIGHT.replace(tzinfo=zone))


def order_of_moments(left: Moment, right: Moment) -> int:
    """Negative, zero or positive; a moment without a zone is read in the zone of the other."""
    if left.tzinfo is None and right.tzinfo is not None:
        left = with_zone(left, right.tzinfo)
    elif right.tzinfo is None and left.tzinfo is not None:
        right = with_zone(right, left.tzinfo)
    return utc_nanoseconds(left) - utc_nanoseconds(right)


def same_moment(left: Moment, right: Moment) -> bool:
    """Whether both are the same moment; one with a zone and one without never are."""
    return (left.tzinfo is None) == (right.tzinfo is None) and utc_nanoseconds(left) == utc_nanoseconds(right)


def order_of_times(left: Time, right: Time) -> int:
    """Negative, zero or positive; a time without an offset is read in the offset of the other."""
    if left.utcoffset() is None or right.utcoffset() is None:
        return nanoseconds_of_day(left) - nanoseconds_of_day(right)
    return _time_in_utc(left) - _time_in_utc(right)


def same_time(left: Time, right: Time) -> bool:
    """Whether both are the same time of day: with the same moment in UTC, or in the same named zone, or both without."""
    first, last = left.utcoffset(), right.utcoffset()
    if first is None or last is None:
        return first is last and left.tzinfo == right.tzinfo and nanoseconds_of_day(left) == nanoseconds_of_day(right)
    return _time_in_utc(left) == _time_in_utc(right)


def _time_in_utc(clock: Time) -> int:
    return nanoseconds_of_day(clock) - offset_nanoseconds(clock)
