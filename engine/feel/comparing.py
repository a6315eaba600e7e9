"""Equality, order and membership of values (DMN 1.5 clause 10.3.2.13)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeVar

from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Excess, Fault
from .limits import VALUE_DEPTH
from .machine import Run
from .values import Range, Value, type_of

_T = TypeVar("_T", Decimal, str, date, int)
_PLAIN = frozenset({Decimal, str, date})
_SIMPLE = (Decimal, str, bool, DaysTimeDuration, YearsMonthsDuration)


def equal(left: Value, right: Value, run: Run, depth: int = 0) -> bool | None:
    """Whether two values are the same; None when their types have nothing in common. Null equals only null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _SIMPLE or kind is date:
        return left == right
    run.spend(1 + (len(left) if isinstance(left, list | dict) else 0))
    if depth > VALUE_DEPTH:
        raise Excess(f"A value is nested deeper than {VALUE_DEPTH} levels.")
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(equal(a, b, run, depth + 1) is True for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            equal(member, right[key], run, depth + 1) is True for key, member in left.items()
        )
    if isinstance(left, Range) and isinstance(right, Range):
        return (left.start_included, left.end_included) == (right.start_included, right.end_included) and all(
            equal(a, b, run, depth + 1) is True for a, b in ((left.start, right.start), (left.end, right.end))
        )
    if isinstance(left, datetime) and isinstance(right, datetime):
        return instant(left, run) == instant(right, run)
    if isinstance(left, time) and isinstance(right, time):
        return seconds_of(left) == seconds_of(right) and (left.tzinfo is None) == (right.tzinfo is None)
    return left is right


def same(left: Value, right: Value, run: Run) -> bool:
    """Whether two values are the same; values of different types are not."""
    return equal(left, right, run) is True


def order(left: Value, right: Value, run: Run) -> int:
    """Negative, zero or positive as `left` is before, at or after `right`. Raises Fault when they have no order."""
    kind = type(left)
    if kind is type(right) and kind in _PLAIN:
        return -1 if left < right else int(right < left)  # type: ignore[operator]  # both are of one ordered type
    if isinstance(left, datetime) and isinstance(right, datetime):
        return _sign(instant(left, run), instant(right, run))
    if isinstance(left, time) and isinstance(right, time):
        return _sign(seconds_of(left), seconds_of(right))
    if type(left) is type(right):
        if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
            return _sign(left.seconds, right.seconds)
        if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
            return _sign(left.months, right.months)
        raise Fault(f"Values of the type {type_of(left)} have no order.")
    raise Fault(f"Cannot compare {type_of(left)} with {type_of(right)}. Convert one of them.")


def instant(value: datetime, run: Run) -> datetime:
    """The moment in UTC; a value without a zone is read in the environment's."""
    run.spend()
    try:
        return (value if value.utcoffset() is not None else value.replace(tzinfo=run.environment.zone)).astimezone(UTC)
    except OverflowError:
        raise Fault("The moment in UTC lies outside the years 1 to 9999.") from None


def seconds_of(value: time) -> Decimal:
    """Seconds since midnight UTC; a time without an offset counts from its own midnight."""
    seconds = Decimal(value.hour * 3600 + value.minute * 60 + value.second) + Decimal(value.microsecond) / 1_000_000
    offset = value.utcoffset()
    return seconds - Decimal(int(offset.total_seconds())) if offset else seconds


def in_range(value: Value, range_: Range, run: Run) -> bool | None:
    """Whether a value lies between the ends; None for null. Raises Fault when they cannot be compared."""
    if value is None:
        return None
    if range_.start is not None:
        low = order(value, range_.start, run)
        if low < 0 or (low == 0 and not range_.start_included):
            return False
    if range_.end is not None:
        high = order(value, range_.end, run)
        if high > 0 or (high == 0 and not range_.end_included):
            return False
    return True


def passes(value: Value, test: Value, run: Run) -> bool | None:
    """Whether `value` is `test`, lies in the range `test`, or is or lies in one of the items of the list `test`."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test, run)
    if isinstance(test, list):
        if isinstance(value, list) and same(value, test, run):
            return True
        run.spend(len(test))
        return any(_passes_item(value, item, run) for item in test)
    result = equal(value, test, run)
    if result is None:
        raise Fault(f"Cannot compare {type_of(value)} with {type_of(test)}. Convert one of them.")
    return result


def _passes_item(value: Value, item: Value, run: Run) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item, run) is True
    return same(value, item, run)


def _sign(left: _T, right: _T) -> int:
    return -1 if left < right else int(right < left)
