"""Dates and times as text: reading ISO 8601 with a zone (`+01:00`, `Z`, `@Europe/Stockholm`), and writing it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .durations import DaysTimeDuration, YearsMonthsDuration, parse_duration

_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = (
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,20}))?"
    r"(?P<zone>Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]{1,64})?"
)
_DATE_PATTERN = re.compile(_DATE, re.ASCII)
_TIME_PATTERN = re.compile(_TIME, re.ASCII)
_BOTH_PATTERN = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2}", re.ASCII)


def parse_date(text: str) -> date | None:
    """The date written `YYYY-MM-DD`, or None when the text is none."""
    match = _DATE_PATTERN.fullmatch(text)
    return _date(match) if match else None


def parse_time(text: str) -> time | None:
    """The time written `hh:mm:ss` with fraction and zone as they come, or None when the text is none."""
    match = _TIME_PATTERN.fullmatch(text)
    return _time(match) if match else None


def parse_date_and_time(text: str) -> datetime | None:
    """The date and time written `YYYY-MM-DDThh:mm:ss` (a date alone is its midnight), or None when the text is none."""
    day = parse_date(text)
    if day is not None:
        return datetime.combine(day, time())
    match = _BOTH_PATTERN.fullmatch(text)
    if match is None:
        return None
    day, clock = _date(match), _time(match)
    return datetime.combine(day, clock) if day and clock is not None else None


def parse_temporal(text: str) -> date | time | datetime | DaysTimeDuration | YearsMonthsDuration | None:
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


def format_time(value: time) -> str:
    """The text `parse_time` reads back."""
    return _clock(value) + _suffix(value.tzinfo, value.utcoffset())


def format_date_and_time(value: datetime) -> str:
    """The text `parse_date_and_time` reads back."""
    return f"{value.date().isoformat()}T{_clock(value)}{_suffix(value.tzinfo, value.utcoffset())}"


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> time | None:
    zone = match["zone"]
    tz = zone_named(zone.removeprefix("@")) if zone else None
    if zone and tz is None:
        return None
    micro = int(((match["fraction"] or "") + "000000")[:6])
    try:
        return time(int(match["hour"]), int(match["minute"]), int(match["second"]), micro, tz)
    except ValueError:
        return None


def _offset(text: str) -> tzinfo | None:
    parts = [int(part) for part in text[1:].split(":") if part.isascii() and part.isdigit()]
    if len(parts) < 2 or parts[0] > 18 or any(part > 59 for part in parts[1:]):
        return None
    length = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0)
    if not length:
        return UTC
    return timezone(-length if text[0] == "-" else length)


def _clock(value: time | datetime) -> str:
    text = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    return f"{text}.{value.microsecond:06}".rstrip("0") if value.microsecond else text


def _suffix(zone: tzinfo | None, offset: timedelta | None) -> str:
    if zone is None:
        return ""
    name = zone_name(zone)
    if name is not None:
        return f"@{name}"
    if not offset:
        return "Z"
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text
