"""The operators + - * / ** on numbers, strings, dates, times and durations (DMN 1.5 clause 10.3.2.13)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import TypeAlias

from .comparing import instant, seconds_of
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Excess, Fault
from .limits import EXPONENT
from .machine import Run
from .values import NUMBERS, Value, type_of

Operation: TypeAlias = Callable[[Value, Value, Run], Value]
_DAY = 86_400
_ANY_DAY = date(2000, 1, 1)


def calculate(operator: str, left: Value, right: Value, run: Run) -> Value:
    """The value of `left operator right`. Raises Fault when the types do not go together or the result is too large."""
    try:
        result = _OPERATIONS[operator](left, right, run)
    except (DivisionByZero, ZeroDivisionError):
        raise Fault("Division by zero. Check the divisor first.") from None
    except InvalidOperation:
        if operator == "/" and right == 0:
            raise Fault("Division by zero. Check the divisor first.") from None
        raise Fault(f"'{operator}' has no result for these numbers.") from None
    except Overflow:
        raise Excess("The number is too large.") from None
    except (OverflowError, ValueError):
        raise Fault("The result lies outside the years 1 to 9999.") from None
    if result is None:
        raise Fault(f"'{operator}' does not work on {type_of(left)} and {type_of(right)}.{_hint(left, right)}")
    return result


def negate(value: Value) -> Value:
    """The value of `- value`. Raises Fault for what is no number or duration."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, DaysTimeDuration):
        return DaysTimeDuration(-value.seconds)
    if isinstance(value, YearsMonthsDuration):
        return YearsMonthsDuration(-value.months)
    raise Fault(f"'-' does not work on {type_of(value)}.")


def _hint(left: Value, right: Value) -> str:
    if left is None or right is None:
        return " Check for null first."
    if isinstance(left, str) or isinstance(right, str):
        return " Convert with string(…) or number(…)."
    return ""


def _add(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.add(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return run.text(left + right)
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return DaysTimeDuration(NUMBERS.add(left.seconds, right.seconds))
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return YearsMonthsDuration(left.months + right.months)
    if isinstance(left, DaysTimeDuration | YearsMonthsDuration):
        left, right = right, left
    return _shift(left, right, run)


def _subtract(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.subtract(left, right)
    if isinstance(right, DaysTimeDuration | YearsMonthsDuration):
        return _add(left, negate(right), run) if type(left) is type(right) else _shift(left, negate(right), run)
    if isinstance(left, time) and isinstance(right, time):
        if (left.tzinfo is None) != (right.tzinfo is None):
            return None
        return DaysTimeDuration(seconds_of(left) - seconds_of(right))
    if isinstance(left, date) and isinstance(right, date):
        if not isinstance(left, datetime) and not isinstance(right, datetime):
            return DaysTimeDuration(Decimal((left - right).days * _DAY))
        zone = next((end.tzinfo for end in (left, right) if isinstance(end, datetime) and end.tzinfo), None)
        first, last = (_midnight(end, UTC if zone else None) for end in (left, right))
        return DaysTimeDuration.of(instant(first, run) - instant(last, run))
    return None


def _midnight(value: date, zone: tzinfo | None = None) -> datetime:
    """A date as its first moment; beside a moment with a zone that is midnight UTC, as the standard has it."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), zone)


def _shift(moment: Value, length: Value, run: Run) -> Value:
    """A date, time, or date and time, moved by a duration; None for other types."""
    if isinstance(length, YearsMonthsDuration) and isinstance(moment, date):
        return add_months(moment, length.months)
    if not isinstance(length, DaysTimeDuration):
        return None
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            return moment + length.to_timedelta()
        run.spend(5)
        return (moment.astimezone(UTC) + length.to_timedelta()).astimezone(moment.tzinfo)
    if isinstance(moment, date):
        return (_midnight(moment) + length.to_timedelta()).date()
    if isinstance(moment, time):
        rest = DaysTimeDuration(length.seconds % _DAY)
        rest = DaysTimeDuration(rest.seconds + _DAY) if rest.seconds < 0 else rest
        return (datetime.combine(_ANY_DAY, moment) + rest.to_timedelta()).timetz()
    return None


def add_months(moment: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _multiply(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.multiply(left, right)
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, DaysTimeDuration):
        return DaysTimeDuration(_bounded(NUMBERS.multiply(left.seconds, right)))
    if isinstance(left, YearsMonthsDuration):
        return YearsMonthsDuration(int(_bounded(NUMBERS.multiply(Decimal(left.months), right))))
    return None


def _divide(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.divide(left, right)
    if isinstance(left, DaysTimeDuration):
        if isinstance(right, Decimal):
            return DaysTimeDuration(_bounded(NUMBERS.divide(left.seconds, right)))
        if isinstance(right, DaysTimeDuration):
            return NUMBERS.divide(left.seconds, right.seconds)
    if isinstance(left, YearsMonthsDuration):
        if isinstance(right, Decimal):
            return YearsMonthsDuration(int(_bounded(NUMBERS.divide(Decimal(left.months), right))))
        if isinstance(right, YearsMonthsDuration):
            return NUMBERS.divide(Decimal(left.months), Decimal(right.months))
    return None


def _bounded(amount: Decimal) -> Decimal:
    if abs(amount) > 10**18:
        raise Excess("The duration is too long.")
    return amount


def _power(left: Value, right: Value, run: Run) -> Value:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    if abs(right) > EXPONENT:
        raise Excess(f"The exponent is larger than {EXPONENT}.")
    if left == 0 and right < 0:
        raise Fault("Division by zero. Check the divisor first.")
    run.spend(3 if right == right.to_integral_value() else 20)
    return NUMBERS.power(left, right)


_OPERATIONS: dict[str, Operation] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _power}
