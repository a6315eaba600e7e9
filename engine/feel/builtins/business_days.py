"""Business days, by the environment's calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..errors import Fault
from ..exact import MOMENTS, Date, Moment, clock_of, combine, day_number, day_of, numbered_day
from ..machine import Run
from ..registry import Registry
from ..values import Value
from .conversion import whole

FUNCTIONS = Registry()
_MOST = 10_000


@FUNCTIONS.add("next business day(date: date|date and time)")
def _next_business_day(run: Run, day: Date | Moment) -> Value:
    return _settle(run, day, 1)


@FUNCTIONS.add("add business days(date: date|date and time, days: number)")
def _add_business_days(run: Run, day: Date | Moment, count: Decimal) -> Value:
    number = whole(count, "days")
    if abs(number) > _MOST:
        raise Fault(f"'days' must lie between -{_MOST} and {_MOST}.")
    step = 1 if number >= 0 else -1
    for _ in range(abs(number)):
        day = _settle(run, _move(day, step), step)
    return day


@FUNCTIONS.add("is business day(date: date|date and time)")
def _is_business_day(run: Run, day: Date | Moment) -> Value:
    return run.environment.calendar.is_business_day(_date(day))


def _settle(run: Run, day: Date | Moment, step: int) -> Date | Moment:
    """The day itself when it is a business day, else the nearest one in the direction of `step`."""
    while not run.environment.calendar.is_business_day(_date(day)):
        run.spend()
        day = _move(day, step)
    run.spend()
    return day


def _move(day: Date | Moment, step: int) -> Date | Moment:
    moved = numbered_day(day_number(day_of(day)) + step)
    return combine(moved, clock_of(day)) if isinstance(day, MOMENTS) else moved


def _date(day: Date | Moment) -> date:
    found = day_of(day)
    if not isinstance(found, date):
        raise Fault("Business days are known for the years 1 to 9999 only.")
    return found
