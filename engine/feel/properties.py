"""The properties of dates, times, durations and ranges (DMN 1.5 table 65)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from ..sentences import sentence
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refused, Told, nearest_or
from .exact import Date, ExactDate, ExactDateTime, ExactTime, Moment, Time, clock_of, day_of, nanosecond_of
from .temporal import zone_name
from .values import Range, Value, type_of


def _offset(clock: Time | Moment) -> Value:
    offset = clock.utcoffset()
    return None if offset is None else DaysTimeDuration.of(offset)


def _second(clock: Time) -> Value:
    fraction = nanosecond_of(clock)
    return Decimal(clock.second) + Decimal(fraction).scaleb(-9).normalize() if fraction else Decimal(clock.second)


_DATE: dict[str, Callable[[Date], Value]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_CLOCK: dict[str, Callable[[Time], Value]] = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": _second,
}
_ZONE: dict[str, Callable[[Time | Moment], Value]] = {
    "time offset": _offset,
    "timezone": lambda clock: zone_name(clock.tzinfo),
}
_DAYS_TIME: dict[str, Callable[[DaysTimeDuration], Value]] = {
    "days": lambda length: Decimal(length.parts()[0]),
    "hours": lambda length: Decimal(length.parts()[1]),
    "minutes": lambda length: Decimal(length.parts()[2]),
    "seconds": lambda length: length.parts()[3],
}
_YEARS_MONTHS: dict[str, Callable[[YearsMonthsDuration], Value]] = {
    "years": lambda length: Decimal(length.parts()[0]),
    "months": lambda length: Decimal(length.parts()[1]),
}
_RANGE: dict[str, Callable[[Range], Value]] = {
    "start": lambda range_: range_.start,
    "end": lambda range_: range_.end,
    "start included": lambda range_: range_.start_included,
    "end included": lambda range_: range_.end_included,
}
_MOMENT: dict[str, Callable[..., Value]] = {**_DATE, **_CLOCK, **_ZONE}
SPACED = frozenset(name for name in (*_ZONE, *_RANGE) if " " in name)


def property_of(value: Value, member: str) -> Value:
    """The property `member` of a value. Raises Fault when its type has no such property."""
    match value:
        case datetime() | ExactDateTime():
            return _of_moment(value, member) if member in _MOMENT else _read(_MOMENT, value, member)
        case date() | ExactDate():
            return _read(_DATE, value, member)
        case time() | ExactTime():
            return _read({**_CLOCK, **_ZONE}, value, member)
        case DaysTimeDuration():
            return _read(_DAYS_TIME, value, member)
        case YearsMonthsDuration():
            return _read(_YEARS_MONTHS, value, member)
        case Range():
            return _read(_RANGE, value, member)
        case _:
            raise Refused(_no_member(type_of(value), member))


def _of_moment(moment: Moment, member: str) -> Value:
    if member in _DATE:
        return _DATE[member](day_of(moment))
    if member in _CLOCK:
        return _CLOCK[member](clock_of(moment))
    return _read(_ZONE, moment, member)


def _read(table: dict[str, Callable[..., Value]], value: Value, member: str) -> Value:
    read = table.get(member)
    if read is None:
        raise Refused(_no_member(type_of(value), member, *table))
    return read(value)


@lru_cache(maxsize=512)
def _no_member(kind: str, member: str, *known: str) -> Told:
    own = sentence("Only contexts, dates, times, durations and ranges have any.")
    if known:
        own = sentence("It has {members}.", members=", ".join(known))
    is_other_duration = member in _DAYS_TIME or member in _YEARS_MONTHS  # 'minutes' is no slip for 'months'
    advice = own if is_other_duration or not known else nearest_or(member, known, own)
    return Told(sentence("{kind} has no member '{member}'", kind=kind, member=member), advice)
