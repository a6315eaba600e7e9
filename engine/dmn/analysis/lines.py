"""A value between two others: what stands for all values that lie there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Final, NamedTuple, TypeAlias, cast

from ... import feel

_WIDE: Final = Context(prec=60)
_EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1) // _MICROSECOND
_LAST: Final = date.max.toordinal() * _DAY - 1


class _Scale(NamedTuple):
    """Values as whole numbers and back, from the least to the greatest; None where there is no end."""

    number: Callable[[feel.Value], int]
    value: Callable[[int, feel.Value], feel.Value]
    least: int | None
    greatest: int | None


def _instant(value: feel.Value) -> int:
    moment = cast("datetime", value)
    since = moment.replace(tzinfo=UTC) - _EPOCH - (moment.utcoffset() or timedelta())
    return min(max(since // _MICROSECOND, 0), _LAST)


def _moment(number: int, like: feel.Value) -> feel.Value:
    found = _EPOCH + number * _MICROSECOND
    return found if isinstance(like, datetime) and like.tzinfo else found.replace(tzinfo=None)


def _clock(value: feel.Value) -> int:
    return (datetime.combine(_EPOCH, cast("time", value), UTC) - _EPOCH) // _MICROSECOND


_SCALES: Final[Mapping[str, _Scale]] = {
    "date": _Scale(
        lambda value: cast("date", value).toordinal(),
        lambda number, _: date.fromordinal(number),
        date.min.toordinal(),
        date.max.toordinal(),
    ),
    "date and time": _Scale(_instant, _moment, 0, _LAST),
    "time": _Scale(_clock, lambda number, _: (_EPOCH + number * _MICROSECOND).time(), 0, _DAY - 1),
    "years and months duration": _Scale(
        lambda value: cast("feel.YearsMonthsDuration", value).months,
        lambda number, _: feel.YearsMonthsDuration(number),
        None,
        None,
    ),
}
Place: TypeAlias = Decimal | str | bool | date | time | int
KINDS: Final = frozenset({*_SCALES, "number", "string", "boolean", "days and time duration"})
"""The types whose values lie on a line."""


def place(value: feel.Value) -> Place:
    """What a value of one of the KINDS is sorted by; equal values have equal places."""
    match value:
        case feel.DaysTimeDuration():
            return value.seconds
        case feel.YearsMonthsDuration():
            return value.months
        case Decimal() | str() | bool() | date() | time():
            return value
    raise TypeError(f"{feel.type_of(value)} has no place on a line.")


def between(kind: str, low: feel.Value, high: feel.Value) -> feel.Value:
    """A value over `low` and under `high`, where null means no bound; null when there is none."""
    if kind in _SCALES:
        return _whole(_SCALES[kind], low, high)
    if kind == "number":
        return _middle(cast("Decimal | None", low), cast("Decimal | None", high))
    if kind == "days and time duration":
        ends = [cast("feel.DaysTimeDuration | None", end) for end in (low, high)]
        return feel.DaysTimeDuration(_middle(*(None if end is None else end.seconds for end in ends)))
    return None if kind == "boolean" else _text(cast("str | None", low), cast("str | None", high))


def _whole(scale: _Scale, low: feel.Value, high: feel.Value) -> feel.Value:
    first = scale.least if low is None else scale.number(low) + 1
    last = scale.greatest if high is None else scale.number(high) - 1
    if first is None:
        first = 0 if last is None else last
    if last is None:
        last = first
    return None if first > last else scale.value((first + last) // 2, low if low is not None else high)


def _middle(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is None:
        return Decimal(0) if high is None else _WIDE.subtract(high, max(abs(high), Decimal(1)))
    if high is None:
        return _WIDE.add(low, max(abs(low), Decimal(1)))
    return _WIDE.divide(_WIDE.add(low, high), Decimal(2))


def _text(low: str | None, high: str | None) -> str | None:
    found = "" if low is None else f"{low}\0"  # the first text after `low`
    return found if high is None or found < high else None
