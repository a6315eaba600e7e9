"""What values cost: to be written out, as shared parts make small values large, and dates and times to be calculated with."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from ..sentences import sentence
from . import limits
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Excess
from .exact import ExactDate, ExactDateTime, ExactTime
from .machine import Run
from .values import Range, Value

_PRICES: Final[dict[type, int]] = {
    ExactDateTime: 4,
    ExactDate: 2,
    ExactTime: 2,
    datetime: 1,
    time: 1,
    DaysTimeDuration: 1,
    YearsMonthsDuration: 1,
}


def pay_for_times(run: Run, *values: Value) -> None:
    """Pay for working with dates, times and durations: those that Python does not calculate with cost most."""
    run.spend(sum(_PRICES.get(type(value), 0) for value in values))


def check_size(value: Value, run: Run) -> None:
    """Walk a value as a writer would, and pay for each part. Raises when it is too deep or too large."""
    _walk(value, run, 0)


def _walk(value: Value, run: Run, depth: int) -> None:
    if depth > limits.VALUE_DEPTH:
        raise Excess(
            sentence("A value is nested deeper than {value_depth} levels", value_depth=limits.VALUE_DEPTH),
            sentence("Make it flatter."),
        )
    if isinstance(value, list | dict):
        run.spend(1 + len(value) // limits.ITEMS_PER_STEP)
        for item in value.values() if isinstance(value, dict) else value:
            if item is not None and item is not True and item is not False:
                _walk(item, run, depth + 1)
    elif isinstance(value, Decimal):
        if abs(value.adjusted()) > limits.CHARACTERS_PER_STEP:  # it is written with all its zeros
            run.spend(abs(value.adjusted()) // limits.CHARACTERS_PER_STEP)
    elif isinstance(value, str):
        run.spend(len(value) // limits.CHARACTERS_PER_STEP)
    elif isinstance(value, Range):
        run.spend(2)
        _walk(value.start, run, depth + 1)
        _walk(value.end, run, depth + 1)
    elif type(value) in _PRICES:
        run.spend(2 + _PRICES[type(value)])
