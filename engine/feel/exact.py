"""Dates and times that Python's own cannot hold: years before 1 or beyond 9999, and single nanoseconds.

What `date`, `time` and `datetime` can hold is always one of them; the functions here choose, so that no value has two
forms. The calendar is the Gregorian one in both directions, with a year 0 (ISO 8601); it repeats every 400 years, weekdays
and the rules of time zones included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, TypeAlias

LAST_YEAR: Final = 999_999_999
NANOSECONDS: Final = 1_000_000_000
DAY: Final = 86_400 * NANOSECONDS
_FIRST_UTC: Final = datetime(1, 1, 1, tzinfo=UTC)
_FIRST: Final = _FIRST_UTC.replace(tzinfo=None)
_CYCLE: Final = 400
_CYCLE_DAYS: Final = 146_097


@dataclass(frozen=True, slots=True)
class ExactDate:
    """A day in a year before 1 or after 9999. Make it with `make_date`."""

    year: int
    month: int
    day: int

    def isoweekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return twin(self).isoweekday()


@dataclass(frozen=True, slots=True)
class ExactTime:
    """A time of day that is no whole number of microseconds. Make it with `make_time`."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: tzinfo | None = None

    def utcoffset(self) -> timedelta | None:
        """As of `datetime.time`: None without a zone, and for a named zone, whose offset depends on the day."""
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)


@dataclass(frozen=True, slots=True)
class ExactDateTime:
    """A date and time of which one part or both are exact. Make it with `combine`. `fold` is as in `datetime`."""

    day: date | ExactDate
    clock: time | ExactTime
    fold: int = 0

    @property
    def tzinfo(self) -> tzinfo | None:
        """The zone, or None for local time."""
        return self.clock.tzinfo

    def utcoffset(self) -> timedelta | None:
        """How far local time is before UTC there and then; None without a zone."""
        clock = self.clock
        whole = time(clock.hour, clock.minute, clock.second, tzinfo=clock.tzinfo, fold=self.fold)
        return datetime.combine(twin(self.day), whole).utcoffset()


Date: TypeAlias = date | ExactDate
Time: TypeAlias = time | ExactTime
Moment: TypeAlias = datetime | ExactDateTime
DATES: Final = (date, ExactDate)
TIMES: Final = (time, ExactTime)
MOMENTS: Final = (datetime, ExactDateTime)


def make_date(year: int, month: int, day: int) -> Date:
    """The day. Raises ValueError when there is none, OverflowError beyond the years that FEEL has."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    if abs(year) > LAST_YEAR:
        raise OverflowError("a year beyond 999 999 999")
    date(year % _CYCLE + _CYCLE, month, day)
    return ExactDate(year, month, day)


def make_time(hour: int, minute: int, second: int, nanosecond: int, zone: tzinfo | None = None) -> Time:
    """The time of day. Raises ValueError when there is none."""
    clock = time(hour, minute, second, nanosecond // 1000, zone)
    return ExactTime(hour, minute, second, nanosecond, zone) if nanosecond % 1000 else clock


def combine(day: Date, clock: Time, fold: int = 0) -> Moment:
    """The date and time; `fold` is 1 for the second of two equal times when clocks are set back."""
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock.replace(fold=fold) if fold else clock)
    return ExactDateTime(day, clock, fold)


def day_of(moment: Date | Moment) -> Date:
    """The day of a date and time; a date itself."""
    if isinstance(moment, ExactDateTime):
        return moment.day
    return moment.date() if isinstance(moment, datetime) else moment


def clock_of(moment: Moment) -> Time:
    """The time of day, with its zone."""
    return moment.timetz() if isinstance(moment, datetime) else moment.clock


def nearest_python(moment: Moment) -> datetime:
    """The date and time in whole microseconds, for Python's own arithmetic. Raises OverflowError outside its years."""
    if isinstance(moment, datetime):
        return moment
    if not isinstance(moment.day, date):
        raise OverflowError("a year before 1 or after 9999")
    clock = moment.clock
    micro = nanosecond_of(clock) // 1000
    return datetime.combine(moment.day, time(clock.hour, clock.minute, clock.second, micro, clock.tzinfo, fold=moment.fold))


def with_zone(moment: Moment, zone: tzinfo | None) -> Moment:
    """The same local time in another zone, or in none."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=zone)
    clock = moment.clock
    return replace(moment, clock=clock.replace(tzinfo=zone) if isinstance(clock, time) else replace(clock, tzinfo=zone))


def with_fold(moment: Moment, fold: int) -> Moment:
    """The first (0) or second (1) of two equal local times."""
    return moment.replace(fold=fold) if isinstance(moment, datetime) else replace(moment, fold=fold)


def nanosecond_of(clock: Time) -> int:
    """The fraction of the second, in nanoseconds."""
    return clock.microsecond * 1000 if isinstance(clock, time) else clock.nanosecond


def twin(day: Date) -> date:
    """A day that Python can hold, of the same month, day, weekday and place in its year."""
    if isinstance(day, date):
        return day
    return date(day.year % _CYCLE + (_CYCLE if day.year <= 1 else 23 * _CYCLE), day.month, day.day)


def day_number(day: Date) -> int:
    """Days from the day before 0001-01-01, as `date.toordinal`, negative before it."""
    if isinstance(day, date):
        return day.toordinal()
    same = twin(day)
    return same.toordinal() + (day.year - same.year) // _CYCLE * _CYCLE_DAYS


def numbered_day(number: int) -> Date:
    """The reverse of `day_number`. Raises OverflowError beyond the years that FEEL has."""
    cycles, rest = divmod(number - 1, _CYCLE_DAYS)
    day = date.fromordinal(rest + 1)
    return make_date(day.year + cycles * _CYCLE, day.month, day.day)


def nanoseconds_of_day(clock: Time) -> int:
    """Nanoseconds since midnight, by the clock."""
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) * NANOSECONDS + nanosecond_of(clock)


def time_at(nanoseconds: int, zone: tzinfo | None) -> Time:
    """The reverse of `nanoseconds_of_day`, for 0 to a day."""
    seconds, fraction = divmod(nanoseconds, NANOSECONDS)
    return make_time(seconds // 3600, seconds // 60 % 60, seconds % 60, fraction, zone)


def local_nanoseconds(moment: Moment) -> int:
    """Nanoseconds by the clock on the wall, whatever the zone."""
    return day_number(day_of(moment)) * DAY + nanoseconds_of_day(clock_of(moment))


def utc_nanoseconds(moment: Moment) -> int:
    """The same in UTC; local time where there is no zone."""
    if isinstance(moment, datetime):  # the common case, counted by Python itself
        length = moment - (_FIRST if moment.tzinfo is None else _FIRST_UTC)
        return DAY + (length.days * 86_400 + length.seconds) * NANOSECONDS + length.microseconds * 1000
    return local_nanoseconds(moment) - offset_nanoseconds(moment)


def offset_nanoseconds(value: Time | Moment) -> int:
    """How far local time is before UTC; 0 where that is not known."""
    offset = value.utcoffset()
    return 0 if offset is None else (offset.days * 86_400 + offset.seconds) * NANOSECONDS


def local_moment(nanoseconds: int, zone: tzinfo | None, fold: int = 0) -> Moment:
    """The reverse of `local_nanoseconds`. Raises OverflowError beyond the years that FEEL has."""
    days, rest = divmod(nanoseconds, DAY)
    return combine(numbered_day(days), time_at(rest, zone), fold)


def utc_moment(nanoseconds: int, zone: tzinfo) -> Moment:
    """The reverse of `utc_nanoseconds`, in a zone. Raises OverflowError beyond the years that FEEL has."""
    if isinstance(zone, timezone):
        offset = zone.utcoffset(None)
        return local_moment(nanoseconds + (offset.days * 86_400 + offset.seconds) * NANOSECONDS, zone)
    days, rest = divmod(nanoseconds, DAY)
    day = numbered_day(days)
    if day.year in (1, 9999):
        day = ExactDate(day.year, day.month, day.day)  # its twin is far from where Python's years end
    near = datetime.combine(twin(day), time(tzinfo=UTC)) + timedelta(seconds=rest // NANOSECONDS)
    local = near.astimezone(zone)
    return local_moment(nanoseconds + offset_nanoseconds(local), zone, local.fold)
