"""The operators + - * / ** on numbers, strings, dates, times and durations (DMN 1.5 clause 10.3.2.13)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow
from functools import lru_cache
from typing import TypeAlias

from ..sentences import Sentence, sentence
from .durations import LONGEST, DaysTimeDuration, YearsMonthsDuration
from .errors import CHECK_FOR_NULL, NO_NUMBER, Fault, Refused, Told
from .exact import DATES, MOMENTS, TIMES
from .limits import EXPONENT, STEPS_OF_A_POWER
from .machine import Run
from .moments import difference, months_later, shifted
from .sizes import pay_for_times
from .values import NUMBERS, Value, type_of

Operation: TypeAlias = Callable[[Value, Value, Run], Value]
_PLAIN_EXPONENT = 100
_TOO_LONG = (sentence("The duration is too long"), sentence("Use a shorter one."))
_WORKS_ON = {
    "+": sentence("It adds numbers or durations, joins strings, or moves a date or time."),
    "-": sentence("It subtracts numbers, dates or durations, and a duration from a date or time."),
    "*": sentence("It multiplies numbers, and a duration by a number."),
    "/": sentence("It divides numbers or durations, and a duration by a number."),
    "**": sentence("It raises a number to a number."),
}
_TEMPORAL = (*DATES, *MOMENTS, *TIMES)


def calculate(operator: str, left: Value, right: Value, run: Run) -> Value:
    """The value of `left operator right`. Raises Fault when the types do not go together or the result is too large."""
    try:
        result = _OPERATIONS[operator](left, right, run)
    except (DivisionByZero, ZeroDivisionError):
        raise Fault(sentence("Division by zero"), sentence("Check the divisor first.")) from None
    except InvalidOperation:
        if operator == "/" and right == 0:
            raise Fault(sentence("Division by zero"), sentence("Check the divisor first.")) from None
        raise Fault(
            sentence("'{operator}' has no result for these numbers", operator=operator),
            sentence("Check first that they are above zero."),
        ) from None
    except (Overflow, Underflow):
        raise Fault(*NO_NUMBER) from None
    except (OverflowError, ValueError):
        raise Fault(
            sentence("The result lies outside the years -999999999 to 999999999"), sentence("Use a shorter duration.")
        ) from None
    if result is None:
        raise Refused(_unfit(operator, type_of(left), type_of(right)))
    return result


def negate(value: Value) -> Value:
    """The value of `- value`. Raises Fault for what is no number or duration."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, DaysTimeDuration):
        return DaysTimeDuration(value.seconds.copy_negate())
    if isinstance(value, YearsMonthsDuration):
        return YearsMonthsDuration(-value.months)
    raise Refused(_no_negative(type_of(value)))


@lru_cache(maxsize=32)
def _no_negative(kind: str) -> Told:
    remedy = sentence("Only numbers and durations have a negative.")
    if kind == "null":
        remedy = CHECK_FOR_NULL
    elif kind == "string":
        remedy = sentence("Convert it with number(…).")
    return Told(sentence("'-' does not work on {kind}", kind=kind), remedy)


@lru_cache(maxsize=1024)
def _unfit(operator: str, left: str, right: str) -> Told:
    said = sentence("'{operator}' does not work on {left} and {right}", operator=operator, left=left, right=right)
    return Told(said, _hint(operator, left, right))


def _hint(operator: str, *kinds: str) -> Sentence:
    if "null" in kinds:
        return CHECK_FOR_NULL
    if operator == "-" and kinds in {("time", "time"), ("date and time", "date and time")}:
        return sentence("Only one of them has a time zone: give both one, or neither.")
    if "list" in kinds:
        return sentence("Take one item of the list, as in list[1], or go through them with 'for'.")
    if "string" in kinds:
        both = sentence("Convert with string(…) or number(…).")
        return both if operator == "+" else sentence("Convert with number(…).")
    return _WORKS_ON[operator]


def _add(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.add(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return run.text(left + right)
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return _length(NUMBERS.add(left.seconds, right.seconds))
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return _months(left.months + right.months)
    if isinstance(left, DaysTimeDuration | YearsMonthsDuration):
        left, right = right, left
    return _shift(left, right, run)


def _subtract(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.subtract(left, right)
    if isinstance(right, DaysTimeDuration | YearsMonthsDuration):
        return _add(left, negate(right), run) if type(left) is type(right) else _shift(left, negate(right), run)
    if isinstance(left, _TEMPORAL) and isinstance(right, _TEMPORAL):
        run.spend(1)
        pay_for_times(run, left, right)
        return difference(left, right)
    return None


def _shift(moment: Value, length: Value, run: Run) -> Value:
    """A date, time, or date and time, moved by a duration; None for other types."""
    pay_for_times(run, moment)
    if isinstance(length, YearsMonthsDuration) and isinstance(moment, (*DATES, *MOMENTS)):
        run.spend(4)
        return months_later(moment, length.months)
    if isinstance(length, DaysTimeDuration) and isinstance(moment, _TEMPORAL):
        run.spend(5)
        return shifted(moment, length)
    return None


def _multiply(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.multiply(left, right)
    run.spend(2)
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, DaysTimeDuration):
        return _length(NUMBERS.multiply(left.seconds, right))
    if isinstance(left, YearsMonthsDuration):
        return _months(NUMBERS.multiply(Decimal(left.months), right))
    return None


def _divide(left: Value, right: Value, run: Run) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.divide(left, right)
    run.spend(2)
    if isinstance(left, DaysTimeDuration):
        if isinstance(right, Decimal):
            return _length(NUMBERS.divide(left.seconds, right))
        if isinstance(right, DaysTimeDuration):
            return NUMBERS.divide(left.seconds, right.seconds)
    if isinstance(left, YearsMonthsDuration):
        if isinstance(right, Decimal):
            return _months(NUMBERS.divide(Decimal(left.months), right))
        if isinstance(right, YearsMonthsDuration):
            return NUMBERS.divide(Decimal(left.months), Decimal(right.months))
    return None


def _length(seconds: Decimal) -> DaysTimeDuration:
    try:
        return DaysTimeDuration.nearest(seconds)
    except OverflowError:
        raise Fault(*_TOO_LONG) from None


def _months(amount: Decimal | int) -> YearsMonthsDuration:
    if not -LONGEST < amount < LONGEST:
        raise Fault(*_TOO_LONG)
    return YearsMonthsDuration(int(amount))


def _power(left: Value, right: Value, run: Run) -> Value:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    if abs(right) > EXPONENT:
        raise Fault(sentence("The exponent is larger than {exponent}", exponent=EXPONENT), sentence("Use a smaller one."))
    if left == 0 and right < 0:
        raise Fault(sentence("Division by zero"), sentence("Check the divisor first."))
    if right == 0:
        return Decimal(1)
    run.spend(STEPS_OF_A_POWER if abs(right) > _PLAIN_EXPONENT or right != int(right) else 3)
    return NUMBERS.power(left, right)


_OPERATIONS: dict[str, Operation] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _power}
