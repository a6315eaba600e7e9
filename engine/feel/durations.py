"""The two kinds of durations: days and time (an exact number of seconds), years and months (a number of months)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal
from typing import Final

_DAY: Final = 86_400
_FINEST: Final = Decimal("1e-34")
_EXACT: Final = Context(prec=34)  # the digits of a number in FEEL; Python's own context has fewer
LONGEST: Final = 10**18  # seconds, or months
_PATTERN = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d{1,18})Y)?(?:(?P<months>\d{1,18})M)?(?:(?P<weeks>\d{1,18})W)?(?:(?P<days>\d{1,18})D)?"
    r"(?P<time>T(?:(?P<hours>\d{1,18})H)?(?:(?P<minutes>\d{1,18})M)?(?:(?P<seconds>\d{1,18})(?:\.(?P<fraction>\d{1,34}))?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DaysTimeDuration:
    """A length of time in seconds, 34 digits of them; a day has 86 400. `str()` gives ISO 8601 (`P1DT2H`)."""

    seconds: Decimal

    @classmethod
    def nearest(cls, seconds: Decimal) -> DaysTimeDuration:
        """What was calculated, with at most 34 decimals. Raises OverflowError from a billion billion seconds on."""
        if abs(seconds) >= LONGEST:
            raise OverflowError("a duration beyond 10 ** 18 seconds")
        exponent = seconds.as_tuple().exponent
        is_finer = isinstance(exponent, int) and exponent < _FINEST.adjusted()
        return cls(seconds.quantize(_FINEST, context=_EXACT) if is_finer else seconds)

    @classmethod
    def of(cls, difference: timedelta) -> DaysTimeDuration:
        """The same length as Python's difference of two instants."""
        return cls.of_nanoseconds(((difference.days * _DAY + difference.seconds) * 1_000_000 + difference.microseconds) * 1000)

    @classmethod
    def of_nanoseconds(cls, number: int) -> DaysTimeDuration:
        """So many nanoseconds."""
        whole, fraction = divmod(number, 1_000_000_000)
        return cls(Decimal(whole) + Decimal(fraction).scaleb(-9).normalize() if fraction else Decimal(whole))

    def nanoseconds(self) -> int:
        """The length to the nearest nanosecond: moments are no finer."""
        whole = int(self.seconds)
        fraction = _EXACT.subtract(self.seconds, whole)
        return whole * 1_000_000_000 + round(_EXACT.multiply(fraction, 1_000_000_000))

    def to_timedelta(self) -> timedelta:
        """For adding to Python's dates; raises OverflowError above 999 999 999 days."""
        return timedelta(seconds=int(self.seconds), microseconds=int(self.seconds % 1 * 1_000_000))

    def parts(self) -> tuple[int, int, int, Decimal]:
        """Days, hours, minutes, seconds; all of them negative for a negative duration."""
        sign = -1 if self.seconds < 0 else 1
        length = self.seconds.copy_abs()
        whole = int(length)
        fraction = _EXACT.subtract(length, whole)
        days, rest = divmod(whole, _DAY)
        hours, rest = divmod(rest, 3600)
        minutes, seconds = divmod(rest, 60)
        return sign * days, sign * hours, sign * minutes, _EXACT.multiply(sign, _EXACT.add(seconds, fraction))

    def __str__(self) -> str:
        days, hours, minutes, seconds = (part.copy_abs() if isinstance(part, Decimal) else abs(part) for part in self.parts())
        clock = "".join(f"{part}{unit}" for part, unit in ((hours, "H"), (minutes, "M")) if part)
        if seconds:
            digits = format(seconds, "f")
            clock += (digits.rstrip("0").rstrip(".") if "." in digits else digits) + "S"
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return ("-" if self.seconds < 0 else "") + "P" + text if text else "PT0S"


@dataclass(frozen=True, slots=True)
class YearsMonthsDuration:
    """A number of calendar months. `str()` gives ISO 8601 (`P1Y2M`)."""

    months: int

    def parts(self) -> tuple[int, int]:
        """Years and months; both negative for a negative duration."""
        sign = -1 if self.months < 0 else 1
        years, months = divmod(abs(self.months), 12)
        return sign * years, sign * months

    def __str__(self) -> str:
        years, months = (abs(part) for part in self.parts())
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.months < 0 else "") + "P" + text if text else "P0M"


def parse_duration(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    """The duration an ISO 8601 text stands for (`P14D`, `PT1H30M`, `P2W`, `P1Y6M`), or None when it is none.

    Years and months do not mix with days and hours: a month has no fixed length.
    """
    match = _PATTERN.fullmatch(text)
    if match is None or match["time"] == "T":
        return None
    calendar = any(match[unit] for unit in ("years", "months"))
    clock = any(match[unit] for unit in ("weeks", "days", "time"))
    if calendar == clock:
        return None
    sign = -1 if match["sign"] else 1
    if calendar:
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return YearsMonthsDuration(sign * months) if months <= LONGEST else None
    days = int(match["weeks"] or 0) * 7 + int(match["days"] or 0)
    seconds = days * _DAY + int(match["hours"] or 0) * 3600 + int(match["minutes"] or 0) * 60 + int(match["seconds"] or 0)
    if seconds >= LONGEST:
        return None
    length = _EXACT.add(seconds, Decimal(f"0.{match['fraction']}")) if match["fraction"] else Decimal(seconds)
    return DaysTimeDuration(length.copy_negate() if sign < 0 else length)
