"""Dates and times as text: reading ISO 8601 with a zone (`+01:00`, `Z`, `@Europe/Stockholm`), and writing it."""

from __future__ import annotations

import re
from datetime import UTC, date, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .durations import DaysTimeDuration, YearsMonthsDuration, parse_duration
from .exact import (
    Date,
    Moment,
    Time,
    clock_of,
    combine,
    day_number,
    day_of,
    make_date,
    make_time,
    nanosecond_of,
    numbered_day,
    offset_nanoseconds,
    with_fold,
)  # fmt: skip

_WIDEST_OFFSET = 18 * 3600
_DATE = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = (
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?"
    r"(?P<zone>Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]{1,64})?"
)
_DATE_PATTERN = re.compile(_DATE, re.ASCII)
_TIME_PATTERN = re.compile(_TIME, re.ASCII)
_BOTH_PATTERN = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2}", re.ASCII)


def parse_date(text: str) -> Date | None:
    """The date written `YYYY-MM-DD` (years beyond 9999 with more digits, before 0 with `-`), or None when it is none."""
    match = _DATE_PATTERN.fullmatch(text)
    return _date(match) if match else None


def parse_time(text: str) -> Time | None:
    """The time written `hh:mm:ss` with up to nine decimals and zone as they come, or None when the text is none.

    `24:00:00` is midnight, as in XML Schema.
    """
    match = _TIME_PATTERN.fullmatch(text)
    return _time(match) if match else None


def parse_date_and_time(text: str) -> Moment | None:
    """The date and time written `YYYY-MM-DDThh:mm:ss` (a date alone is its midnight), or None when the text is none.

    `24:00:00` is the first moment of the next day, as in XML Schema.
    """
    day = parse_date(text)
    if day is not None:
        return combine(day, time())
    match = _BOTH_PATTERN.fullmatch(text)
    if match is None:
        return None
    day, clock = _date(match), _time(match)
    if day is None or clock is None:
        return None
    if match["hour"] == "24":
        try:
            day = numbered_day(day_number(day) + 1)
        except OverflowError:
            return None
    return combine(day, clock)


def parse_temporal(text: str) -> Date | Time | Moment | DaysTimeDuration | YearsMonthsDuration | None:
    """What an `@"…"` literal holds, or None when the text is neither date, time, date and time nor duration."""
    found = parse_date(text) or parse_date_and_time(text)
    if found is not None:
        return found
    clock = parse_time(text)
    return clock if clock is not None else parse_duration(text)


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """The time zone of an IANA name or an offset (`Z`, `+01:00`), or None when there is none."""
    if name in ("Z", "z"):
        return UTC
    if name[:1] in ("+", "-"):
        return _offset(name)
    if not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_name(zone: tzinfo | None) -> str | None:
    """The IANA name of a zone, or None for a plain offset."""
    return zone.key if isinstance(zone, ZoneInfo) else None


def offset_zone(seconds: int) -> tzinfo | None:
    """The zone so far before UTC, or None beyond 18 hours."""
    if abs(seconds) > _WIDEST_OFFSET:
        return None
    return timezone(timedelta(seconds=seconds)) if seconds else UTC


def format_date(value: Date) -> str:
    """The text `parse_date` reads back."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def format_time(value: Time) -> str:
    """The text `parse_time` reads back."""
    return _clock(value) + _suffix(value.tzinfo, value)


def format_date_and_time(value: Moment) -> str:
    """The text `parse_date_and_time` reads back.

    The second of two equal times, when clocks are set back, has its offset: a zone's name cannot tell it.
    """
    zone: tzinfo | None = value.tzinfo
    if value.fold and value.utcoffset() != with_fold(value, 0).utcoffset():
        zone = UTC  # no name, so that the offset is written
    return f"{format_date(day_of(value))}T{_clock(clock_of(value))}{_suffix(zone, value)}"


def _date(match: re.Match[str]) -> Date | None:
    try:
        return make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> Time | None:
    zone = match["zone"]
    tz = zone_named(zone.removeprefix("@")) if zone else None
    if zone and tz is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nanosecond = int((match["fraction"] or "0").ljust(9, "0"))
    if hour == 24 and not minute and not second and not nanosecond:
        hour = 0
    try:
        return make_time(hour, minute, second, nanosecond, tz)
    except ValueError:
        return None


def _offset(text: str) -> tzinfo | None:
    parts = [int(part) for part in text[1:].split(":") if part.isascii() and part.isdigit()]
    if len(parts) < 2 or any(part > 59 for part in parts[1:]):
        return None
    seconds = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    return offset_zone(-seconds if text[0] == "-" else seconds)


def _clock(value: Time) -> str:
    text = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    fraction = nanosecond_of(value)
    return f"{text}.{fraction:09}".rstrip("0") if fraction else text


def _suffix(zone: tzinfo | None, value: Time | Moment) -> str:
    if zone is None:
        return ""
    name = zone_name(zone)
    if name is not None:
        return f"@{name}"
    seconds = offset_nanoseconds(value) // 1_000_000_000
    if not seconds:
        return "Z"
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text
