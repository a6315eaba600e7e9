"""Our extension set: Swedish business days, by the environment's calendar, and Swedish identity numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from .. import identity_numbers
from ..sentences import sentence
from .builtins.conversion import whole
from .errors import Fault
from .exact import MOMENTS, Date, Moment, clock_of, combine, day_number, day_of, numbered_day
from .extensions import Extension
from .machine import Run
from .registry import Registry
from .values import Value

_FUNCTIONS = Registry()
SWEDISH = Extension("swedish", _FUNCTIONS)
_MOST = 10_000
_YEAR_PRICE = 200  # steps, for the holidays of a year, once in an evaluation
_DAY_PRICE = 2
_OLDEST = 120
_WITH_CENTURY = re.compile(r"(\d{8})[-+]?\d{4}", re.ASCII)


@_FUNCTIONS.add("is business day(date: date|date and time)")
def _is_business_day(run: Run, day: Date | Moment) -> Value:
    return _is_open(run, day)


@_FUNCTIONS.add("next business day(date: date|date and time)")
def _next_business_day(run: Run, day: Date | Moment) -> Value:
    return _settle(run, day, 1)


@_FUNCTIONS.add("add business days(date: date|date and time, days: number)")
def _add_business_days(run: Run, day: Date | Moment, count: Decimal) -> Value:
    number = whole(count, "days")
    if abs(number) > _MOST:
        raise Fault(sentence("'days' must lie between -{most} and {most2}", most=_MOST, most2=_MOST), sentence("Count fewer."))
    step = 1 if number >= 0 else -1
    for _ in range(abs(number)):
        day = _settle(run, _move(day, step), step)
    return day


@_FUNCTIONS.add("business days between(from: date|date and time, to: date|date and time)")
def _business_days_between(run: Run, start: Date | Moment, end: Date | Moment) -> Value:
    """How many business days one goes from `start` to `end`: `add business days(start, n)` gives a business day `end`."""
    first, last = day_number(_date(start)), day_number(_date(end))
    step = 1 if first <= last else -1
    days = range(first + step, last + step, step)
    return Decimal(step * sum(_is_open(run, numbered_day(day)) for day in days))


@_FUNCTIONS.add("is personal number(text: string)")
def _is_personal_number(run: Run, text: str) -> Value:
    return identity_numbers.is_personal_number(text) and _is_of_age(run, text)


@_FUNCTIONS.add("is coordination number(text: string)")
def _is_coordination_number(run: Run, text: str) -> Value:
    return identity_numbers.is_coordination_number(text) and _is_of_age(run, text)


@_FUNCTIONS.add("is organisation number(text: string)")
def _is_organisation_number(run: Run, text: str) -> Value:
    run.spend(3)
    return identity_numbers.is_organisation_number(text)


def _is_of_age(run: Run, number: str) -> bool:
    """Whether who has the number is born and not above 120 years; true where the century or the present is unknown."""
    now, written = run.environment.now, _WITH_CENTURY.fullmatch(number)
    if now is None or written is None:
        return True
    year, month, day = int(written[1][:4]), int(written[1][4:6]), int(written[1][6:]) % 60
    today = now.astimezone(run.environment.zone).date()
    born = (year, month, day)
    return (today.year - _OLDEST - 1, today.month, today.day) < born <= (today.year, today.month, today.day)


def _settle(run: Run, day: Date | Moment, step: int) -> Date | Moment:
    """The day itself when it is a business day, else the nearest one in the direction of `step`."""
    while not _is_open(run, day):
        day = _move(day, step)
    return day


def _is_open(run: Run, day: Date | Moment) -> bool:
    found = _date(day)
    run.spend(_DAY_PRICE)
    run.spend_once("holidays", found.year, _YEAR_PRICE)
    return run.environment.calendar.is_business_day(found)


def _move(day: Date | Moment, step: int) -> Date | Moment:
    moved = numbered_day(day_number(day_of(day)) + step)
    return combine(moved, clock_of(day)) if isinstance(day, MOMENTS) else moved


def _date(day: Date | Moment) -> date:
    found = day_of(day)
    if not isinstance(found, date):
        raise Fault(sentence("Business days are known for the years 1 to 9999 only"), sentence("Use a date among them."))
    return found
