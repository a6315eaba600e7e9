"""The properties of dates, times, durations and ranges (DMN 1.5 table 65)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Fault, suggestion
from .temporal import zone_name
from .values import Range, Value, type_of


def _offset(clock: time | datetime) -> Value:
    offset = clock.utcoffset()
    return None if offset is None else DaysTimeDuration.of(offset)


_DATE: dict[str, Callable[[date], Value]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_CLOCK: dict[str, Callable[[time | datetime], Value]] = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": lambda clock: Decimal(clock.second) + Decimal(clock.microsecond) / 1_000_000,
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
SPACED = frozenset(name for name in (*_CLOCK, *_RANGE) if " " in name)


def property_of(value: Value, member: str) -> Value:
    """The property `member` of a value. Raises Fault when its type has no such property."""
    match value:
        case datetime():
            read = _DATE.get(member)
            return read(value) if read else _read(_CLOCK, value, member)
        case date():
            return _read(_DATE, value, member)
        case time():
            return _read(_CLOCK, value, member)
        case DaysTimeDuration():
            return _read(_DAYS_TIME, value, member)
        case YearsMonthsDuration():
            return _read(_YEARS_MONTHS, value, member)
        case Range():
            return _read(_RANGE, value, member)
        case _:
            raise Fault(f"{type_of(value)} has no member '{member}'.")


def _read(table: dict[str, Callable[..., Value]], value: Value, member: str) -> Value:
    read = table.get(member)
    if read is None:
        raise Fault(f"{type_of(value)} has no member '{member}'.{suggestion(member, table)}")
    return read(value)
