"""Why a text that looks like a date or a time is none. No message repeats the text, which may be case data."""

from __future__ import annotations

import re
from typing import Final

from ..sentences import sentence
from .errors import Told
from .temporal import parse_date, zone_named

_DAY: Final = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4})-\d\d-\d\d)(?:T|\Z)", re.ASCII)
_CLOCK: Final = re.compile(r"(?:.{0,20}T)?(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(\S*)", re.ASCII)
_TWO_ZONES: Final = re.compile(r"(?:[Zz]|[+-]\d\d:\d\d)[@\[].*", re.ASCII)
_NO_DAY: Final = Told(sentence("There is no such day"), sentence("Check the month, and how many days it has."))
_NO_TIME: Final = Told(sentence("There is no such time"), sentence("Hours go to 23, minutes and seconds to 59."))
_NO_ZONE: Final = Told(
    sentence("There is no such time zone"), sentence("Write a name like @Europe/Stockholm, or an offset like +01:00.")
)
_ZONES: Final = Told(sentence("A time has one zone, not two"), sentence("Keep the offset, or a name like @Europe/Oslo."))


def flaw(text: str, otherwise: Told) -> Told:
    """What is wrong with the day, the time or the zone in a text that is no date or time; `otherwise` for other texts."""
    day, clock = _DAY.match(text), _CLOCK.fullmatch(text)
    if day and parse_date(day[1]) is None:
        return _NO_DAY
    if clock is None:
        return otherwise
    if int(clock[1]) > 23 or int(clock[2]) > 59 or int(clock[3]) > 59:
        return _NO_TIME
    if _TWO_ZONES.fullmatch(clock[4]):
        return _ZONES
    zone = clock[4]
    return _NO_ZONE if zone[:1] in ("@", "+", "-", "[") and zone_named(zone.removeprefix("@")) is None else otherwise
