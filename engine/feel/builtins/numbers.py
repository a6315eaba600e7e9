"""Numbers and booleans (DMN 1.5 clauses 10.3.4.2 and 10.3.4.5)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)  # fmt: skip

from ...sentences import sentence
from ..comparing import equal
from ..durations import DaysTimeDuration, YearsMonthsDuration
from ..errors import NO_NUMBER, Fault
from ..machine import Run
from ..registry import Registry
from ..values import NUMBERS, Value, type_of
from .conversion import whole

FUNCTIONS = Registry()
_LEAST_SCALE = -6111
_MOST_SCALE = 6176
_WIDE = Context(prec=_MOST_SCALE - _LEAST_SCALE + 2 * NUMBERS.prec, Emax=NUMBERS.Emax, Emin=NUMBERS.Emin)
"""Holds the quotient of any two numbers whole, so that a remainder is exact."""


def _rounded(run: Run, number: Decimal, scale: Decimal | None, rounding: str) -> Decimal:
    run.spend(6)
    places = 0 if scale is None else whole(scale, "scale")
    if not _LEAST_SCALE <= places <= _MOST_SCALE:
        raise Fault(
            sentence(
                "'scale' must lie between {least_scale} and {most_scale}", least_scale=_LEAST_SCALE, most_scale=_MOST_SCALE
            ),
            sentence("It is a number of decimals, such as 2."),
        )
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    result = number.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=NUMBERS)
    return result.quantize(Decimal(1), context=NUMBERS) if places < 0 and result.adjusted() < NUMBERS.prec else result


@FUNCTIONS.add("not(negand: boolean|null)")
def _not(run: Run, value: bool | None) -> Value:
    return None if value is None else not value


@FUNCTIONS.add("decimal(n: number, scale: number)")
def _decimal(run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(run, number, scale, ROUND_HALF_EVEN)


@FUNCTIONS.add("floor(n: number, scale: number?)")
def _floor(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_FLOOR)


@FUNCTIONS.add("ceiling(n: number, scale: number?)")
def _ceiling(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_CEILING)


@FUNCTIONS.add("round up(n: number, scale: number?)")
def _round_up(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_UP)


@FUNCTIONS.add("round down(n: number, scale: number?)")
def _round_down(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_DOWN)


@FUNCTIONS.add("round half up(n: number, scale: number?)")
def _round_half_up(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_HALF_UP)


@FUNCTIONS.add("round half down(n: number, scale: number?)")
def _round_half_down(run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(run, number, scale, ROUND_HALF_DOWN)


@FUNCTIONS.add("abs(n: number|days and time duration|years and months duration)")
def _abs(run: Run, value: Decimal | DaysTimeDuration | YearsMonthsDuration) -> Value:
    if isinstance(value, DaysTimeDuration):
        return DaysTimeDuration(value.seconds.copy_abs())
    return YearsMonthsDuration(abs(value.months)) if isinstance(value, YearsMonthsDuration) else NUMBERS.abs(value)


@FUNCTIONS.add("modulo(dividend: number, divisor: number)")
def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise Fault(sentence("Division by zero"), sentence("Check the divisor first."))
    run.spend(6 + abs(dividend.adjusted() - divisor.adjusted()) // NUMBERS.prec)
    rest = _WIDE.remainder(dividend, divisor)
    return NUMBERS.plus(_WIDE.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest)


@FUNCTIONS.add("sqrt(number: number)")
def _sqrt(run: Run, number: Decimal) -> Value:
    if number < 0:
        raise Fault(sentence("A negative number has no square root"), sentence("Check its sign first."))
    return NUMBERS.sqrt(number)


@FUNCTIONS.add("log(number: number)")
def _log(run: Run, number: Decimal) -> Value:
    if number <= 0:
        raise Fault(sentence("Only numbers above zero have a logarithm"), sentence("Check its sign first."))
    run.spend(50)
    return NUMBERS.ln(number)


@FUNCTIONS.add("exp(number: number)")
def _exp(run: Run, number: Decimal) -> Value:
    run.spend(40)
    try:
        return NUMBERS.exp(number)
    except ArithmeticError:
        raise Fault(*NO_NUMBER) from None


@FUNCTIONS.add("odd(number: number)")
def _odd(run: Run, number: Decimal) -> Value:
    return _modulo(run, _integer(number), Decimal(2)) != 0


@FUNCTIONS.add("even(number: number)")
def _even(run: Run, number: Decimal) -> Value:
    return _modulo(run, _integer(number), Decimal(2)) == 0


def _integer(number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        raise Fault(sentence("'number' must be a whole number"), sentence("Round it with floor(…) first."))
    return number


@FUNCTIONS.add("is(value1, value2)")
def _is(run: Run, left: Value, right: Value) -> Value:
    run.spend(4)
    return type_of(left) == type_of(right) and _zone(left) == _zone(right) and equal(left, right, run) is True


def _zone(value: Value) -> str:
    return str(getattr(value, "tzinfo", None))
