"""Text to FEEL's temporal values: the formats that give a JSON string a type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final

from .. import feel

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def parse_date(text: str) -> date:
    """`2025-03-17`. Raises ValueError for anything else."""
    return date.fromisoformat(_shaped(_DATE, text))


def parse_time(text: str) -> time:
    """`09:00`, with seconds and an offset if wanted. Raises ValueError for anything else."""
    return time.fromisoformat(_shaped(_TIME, text))


def parse_date_time(text: str) -> datetime:
    """`2025-03-17T09:00`, with seconds and an offset if wanted. Raises ValueError for anything else."""
    day, separator, clock = text.partition("T")
    if not separator:
        raise ValueError("a date and time has a T between the date and the time")
    return datetime.combine(parse_date(day), parse_time(clock))


def parse_duration(text: str) -> feel.DaysTimeDuration | feel.YearsMonthsDuration:
    """`P10D`, `PT1H` or `P1Y6M`, not years and days together. Raises ValueError for anything else."""
    duration = feel.parse_duration(text)
    if duration is None:
        raise ValueError("not a duration")
    return duration


Temporal = date | time | datetime | feel.DaysTimeDuration | feel.YearsMonthsDuration

PARSERS: Final[Mapping[str, Callable[[str], Temporal]]] = {
    "date": parse_date,
    "date-time": parse_date_time,
    "time": parse_time,
    "duration": parse_duration,
}


def _checker(parse: Callable[[str], Temporal]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {name: _checker(parse) for name, parse in PARSERS.items()}
KNOWN_FORMATS: Final = frozenset(PARSERS) | {"email", "uri", "uuid"}


def _shaped(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not the expected form")
    return text
