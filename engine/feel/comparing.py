"""Equality, order and membership of values (DMN 1.5 clause 10.3.2.13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from ..sentences import sentence
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import CHECK_FOR_NULL, Excess, Fault, Refused, Told
from .exact import DATES, MOMENTS, TIMES, day_number
from .limits import VALUE_DEPTH
from .machine import Run
from .moments import order_of_moments, order_of_times, same_moment, same_time
from .sizes import pay_for_times
from .values import Range, Value, type_of

_T = TypeVar("_T", Decimal, str)
_PLAIN = frozenset({Decimal, str, date})
_INSTEAD = {
    "null": CHECK_FOR_NULL,
    "boolean": sentence("Write '=' or '!='."),
    "function": sentence("Compare what they return."),
    "range": sentence("Compare their ends."),
}
_SIMPLE = (Decimal, str, bool, date, DaysTimeDuration, YearsMonthsDuration)


def equal(left: Value, right: Value, run: Run, depth: int = 0) -> bool | None:
    """Whether two values are the same; None when their types have nothing in common. Null equals only null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return _equal_times(left, right, run)
    if kind in _SIMPLE:
        return left == right
    run.spend(1 + (len(left) if isinstance(left, list | dict) else 0))
    if depth > VALUE_DEPTH:
        raise Excess(
            sentence("A value is nested deeper than {value_depth} levels", value_depth=VALUE_DEPTH),
            sentence("Make it flatter."),
        )
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(equal(a, b, run, depth + 1) is True for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            equal(member, right[key], run, depth + 1) is True for key, member in left.items()
        )
    if isinstance(left, Range) and isinstance(right, Range):
        return (left.start_included, left.end_included, left.operator) == (
            right.start_included,
            right.end_included,
            right.operator,
        ) and all(equal(a, b, run, depth + 1) is True for a, b in ((left.start, right.start), (left.end, right.end)))
    times = _equal_times(left, right, run)
    return left is right if times is None else times


def _equal_times(left: Value, right: Value, run: Run) -> bool | None:
    """Whether two dates, times, or dates and times are the same; None when they are not of one such type."""
    pay_for_times(run, left, right)
    if isinstance(left, MOMENTS) or isinstance(right, MOMENTS):
        return same_moment(left, right) if isinstance(left, MOMENTS) and isinstance(right, MOMENTS) else None
    if isinstance(left, TIMES) and isinstance(right, TIMES):
        return same_time(left, right)
    return left == right if isinstance(left, DATES) and isinstance(right, DATES) else None


def incomparable(left: Value, right: Value) -> Fault:
    """Why two values are not compared. Values of one type are those that have no order."""
    return Refused(_incomparable(type_of(left), type_of(right)))


@lru_cache(maxsize=256)
def _incomparable(left: str, right: str) -> Told:
    if left == right:
        said = sentence("Values of the type {kind} have no order", kind=left)
        return Told(said, _INSTEAD.get(left, sentence("Compare something in them.")))
    remedy = sentence("Convert one of them.")
    if "null" in (left, right):
        remedy = CHECK_FOR_NULL
    elif "list" in (left, right):
        remedy = sentence("Take one item of the list, or ask with list contains(…).")
    return Told(sentence("Cannot compare {left} with {right}", left=left, right=right), remedy)


def same(left: Value, right: Value, run: Run) -> bool:
    """Whether two values are the same; values of different types are not."""
    return equal(left, right, run) is True


def order(left: Value, right: Value, run: Run) -> int:
    """Negative, zero or positive as `left` is before, at or after `right`. Raises Fault when they have no order."""
    kind = type(left)
    if kind is type(right) and kind in _PLAIN:
        return -1 if left < right else int(right < left)  # type: ignore[operator]  # both are of one ordered type
    if type(left) is type(right):
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return _sign(left, right)
        if isinstance(left, str) and isinstance(right, str):
            return _sign(left, right)
        if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
            return _sign(left.seconds, right.seconds)
        if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
            return left.months - right.months
    if type_of(left) != type_of(right):
        raise incomparable(left, right)
    pay_for_times(run, left, right)
    if isinstance(left, MOMENTS) and isinstance(right, MOMENTS):
        return order_of_moments(left, right)
    if isinstance(left, DATES) and isinstance(right, DATES):
        return day_number(left) - day_number(right)
    if isinstance(left, TIMES) and isinstance(right, TIMES):
        return order_of_times(left, right)
    raise incomparable(left, right)


def in_range(value: Value, range_: Range, run: Run) -> bool | None:
    """Whether a value lies between the ends; None for null. Raises Fault when they cannot be compared."""
    if value is None:
        return None
    if range_.operator:
        return _is_or_is_not(value, range_, run)
    if range_.start is not None:
        low = order(value, range_.start, run)
        if low < 0 or (low == 0 and not range_.start_included):
            return False
    if range_.end is not None:
        high = order(value, range_.end, run)
        if high > 0 or (high == 0 and not range_.end_included):
            return False
    return True


def _is_or_is_not(value: Value, range_: Range, run: Run) -> bool:
    result = equal(value, range_.start, run)
    if result is None:
        raise incomparable(value, range_.start)
    return result is (range_.operator == "=")


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
        raise incomparable(value, test)
    return result


def _passes_item(value: Value, item: Value, run: Run) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item, run) is True
    return same(value, item, run)


def _sign(left: _T, right: _T) -> int:
    return -1 if left < right else int(right < left)
