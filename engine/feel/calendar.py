"""Which days public offices work: the Swedish calendar, with the days an organisation closes besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

MIDSUMMER_EVE = "midsummer-eve"
DEFAULT_CLOSED = ("12-24", "12-31", MIDSUMMER_EVE)


class Calendar(Protocol):
    """Anything that knows the business days."""

    def is_business_day(self, day: date) -> bool:
        """True when the office works that day."""
        ...


@dataclass(frozen=True, slots=True)
class SwedishCalendar:
    """Monday to Friday, without Swedish public holidays and the days in `extra_closed`.

    `extra_closed` holds dates (`2025-05-30`), days of every year (`12-24`) and `midsummer-eve`.
    """

    extra_closed: tuple[str, ...] = DEFAULT_CLOSED

    def __post_init__(self) -> None:
        for entry in self.extra_closed:
            if entry != MIDSUMMER_EVE and _as_date(entry) is None:
                raise ValueError(
                    f"'{entry}' is not a day an office can close. "
                    f"Write a date (2025-05-30), a day of every year (12-24) or {MIDSUMMER_EVE}."
                )

    def is_business_day(self, day: date) -> bool:
        """True on Monday to Friday when it is neither a public holiday nor closed by the organisation."""
        return day.weekday() < 5 and day not in _closed_days(day.year, self.extra_closed)


@lru_cache(maxsize=512)
def _closed_days(year: int, extra_closed: tuple[str, ...]) -> frozenset[date]:
    # Imported when first needed: the package loads every country of the world, which takes half a second.
    from holidays.countries.sweden import Sweden

    closed = set(Sweden(years=year, include_sundays=False))
    for entry in extra_closed:
        day = _midsummer_eve(year) if entry == MIDSUMMER_EVE else _as_date(entry, year)
        if day is not None:
            closed.add(day)
    return frozenset(closed)


def _midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(4 - first.weekday()) % 7)


def _as_date(entry: str, year: int = 2000) -> date | None:
    """The day `entry` means in `year`; None when it is no day, or has no such day (29 February)."""
    try:
        return date.fromisoformat(entry if len(entry) == 10 else f"{year:04}-{entry}")
    except ValueError:
        return None
