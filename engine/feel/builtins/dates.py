"""Dates (DMN 1.5 clause 10.3.4.8) and the present time, which only the environment knows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from ...sentences import sentence
from ..errors import Fault
from ..exact import Date, Moment, day_of, twin
from ..machine import Run
from ..registry import Registry
from ..values import Value

FUNCTIONS = Registry()
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _now(run: Run) -> datetime:
    now = run.environment.now
    if now is None:
        raise Fault(sentence("The present time is not known here"), sentence("Pass the date in instead."))
    return now.astimezone(run.environment.zone)


@FUNCTIONS.add("now()")
def _now_value(run: Run) -> Value:
    return _now(run)


@FUNCTIONS.add("today()")
def _today(run: Run) -> Value:
    return _now(run).date()


@FUNCTIONS.add("day of year(date: date|date and time)")
def _day_of_year(run: Run, day: Date | Moment) -> Value:
    return Decimal(twin(day_of(day)).timetuple().tm_yday)


@FUNCTIONS.add("day of week(date: date|date and time)")
def _day_of_week(run: Run, day: Date | Moment) -> Value:
    return _DAYS[day_of(day).isoweekday() - 1]


@FUNCTIONS.add("month of year(date: date|date and time)")
def _month_of_year(run: Run, day: Date | Moment) -> Value:
    return _MONTHS[day_of(day).month - 1]


@FUNCTIONS.add("week of year(date: date|date and time)")
def _week_of_year(run: Run, day: Date | Moment) -> Value:
    return Decimal(twin(day_of(day)).isocalendar().week)
