"""When a timer fires. Time is always passed in; what has no zone is taken to be in the installation's own."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from .. import feel
from ..case_data import parse_temporal
from ..sentences import Sentence, sentence

BUSINESS_DAYS = re.compile(r"P(\d{1,4})BD")
MIXED = re.compile(r"(P(?:\d+Y)?(?:\d+M)?)((?:\d|T).*)")
"""Years and months, then days and less: a duration that ISO 8601 has and FEEL has not."""
CYCLE = re.compile(r"R(\d{0,6})/(?:(\d.*)/)?(.+)")
FURTHEST = datetime(9000, 1, 1, tzinfo=UTC)


class BadTime(ValueError):
    """A text or value says no time that a timer could wait for. `told` says what would, as a part of a sentence."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


@dataclass(frozen=True, slots=True)
class Schedule:
    """The next time (aware UTC) and, for a cycle, the time between, how many are left after it (None: for ever), when it
    began, and which round this is (from 1).
    """

    due: datetime
    repeat: str = ""
    left: int | None = 0
    since: datetime | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What a relative time is counted from and by."""

    now: datetime
    zone: ZoneInfo
    calendar: feel.Calendar


def schedule(value: feel.Value, frame: TimeFrame) -> Schedule:
    """The time that a timer's value means: FEEL date (midnight), date and time, duration, or text in ISO 8601.

    Text may also be `P5BD` (business days, at the same time of day) or a cycle `R3/P7D` (`R/P7D` repeats for ever). A cycle
    that says when it begins, `R/2025-03-03T08:00/P7D`, comes then the first time; rounds that have passed are left out.

    Raises:
        BadTime: it means no time.
    """
    if isinstance(value, str):
        cycle = CYCLE.fullmatch(value.strip())
        if cycle is not None:
            times, begin, interval = cycle.groups()
            left = int(times) - 1 if times else None
            if left is not None and left < 0:
                raise BadTime(sentence("a cycle repeats at least once; R1/P7D is the smallest"))
            due = later(interval, frame)
            if due <= frame.now:
                raise BadTime(sentence("a cycle needs time between its rounds, such as R/P7D"))
            if begin:
                return _from(moment(begin, frame), interval, left, frame)
            return Schedule(due, interval, left, frame.now)
    return Schedule(moment(value, frame))


def _from(begin: datetime, interval: str, left: int | None, frame: TimeFrame) -> Schedule:
    """The first round from now on of a cycle whose first was at `begin`. Raises BadTime when all of them have passed."""
    found: Schedule | None = Schedule(begin, interval, left, begin, 0)
    if begin < frame.now and not BUSINESS_DAYS.fullmatch(interval):
        found = _skip(begin, interval, left, frame)
    while found is not None and found.due < frame.now:
        found = following(found, frame)
    if found is None:
        raise BadTime(sentence("all its rounds have passed"))
    return found


def _skip(begin: datetime, interval: str, left: int | None, frame: TimeFrame) -> Schedule | None:
    """A round shortly before now, so that years of short rounds need not be counted one by one."""
    length = later(interval, replace(frame, now=begin)) - begin
    is_even = length < timedelta(hours=12)  # longer ones are counted on the wall clock and differ in length
    passed = max(0, int((frame.now - begin) / length * (1.0 if is_even else 0.9)) - 1)
    if left is not None and passed > left:
        return None
    rest = None if left is None else left - passed
    due = later(interval, replace(frame, now=begin), times=passed) if passed else begin
    return Schedule(due, interval, rest, begin, passed)


def following(past: Schedule, frame: TimeFrame) -> Schedule | None:
    """The next round of a cycle; None after the last.

    Counted from when the cycle began, not from when a round was noticed: a month after 31 January and 28 February comes
    31 March. Business days are counted from round to round.
    """
    if not past.repeat or past.left == 0:
        return None
    count = past.round + 1
    if past.since is None or BUSINESS_DAYS.fullmatch(past.repeat):
        due = later(past.repeat, replace(frame, now=past.due))
    else:
        due = later(past.repeat, replace(frame, now=past.since), times=count)
    left = None if past.left is None else past.left - 1
    return Schedule(due, past.repeat, left, past.since, count)


def moment(value: feel.Value, frame: TimeFrame) -> datetime:
    """An absolute time, aware UTC, from a FEEL value or ISO 8601 text."""
    match value:
        case datetime():
            return _utc(value, frame)
        case date():
            return _utc(datetime.combine(value, time.min), frame)
        case feel.ExactDateTime():
            try:
                return _utc(feel.nearest_python(value), frame)
            except OverflowError as error:
                raise BadTime(sentence("it lies too far away")) from error
        case feel.ExactDate():
            raise BadTime(sentence("it lies too far away"))
        case feel.DaysTimeDuration() | feel.YearsMonthsDuration():
            return later(str(value), frame)
        case str():
            text = value.strip()
            if text.startswith(("P", "-P")):
                return later(text, frame)
            try:
                parsed = parse_temporal(text)
            except (ValueError, KeyError, OSError) as error:  # an unknown zone is a KeyError, a folder of zones an OSError
                raise BadTime(sentence("it is no time; write a duration such as P14D or P5BD, or a date")) from error
            if isinstance(parsed, date | feel.ExactDate | feel.ExactDateTime):
                return moment(parsed, frame)
    raise BadTime(sentence("it is a {type}; a timer needs a date, a date and time, or a duration", type=feel.type_of(value)))


def later(text: str, frame: TimeFrame, *, times: int = 1) -> datetime:
    """The time a duration (`times` over) after `frame.now`, counted on the wall clock of the zone for days and longer."""
    business = BUSINESS_DAYS.fullmatch(text)
    local = frame.now.astimezone(frame.zone)
    if business is not None:
        day = local.date()
        for _ in range(int(business.group(1))):
            day += timedelta(days=1)
            while not frame.calendar.is_business_day(day):
                day += timedelta(days=1)
        return _utc(datetime.combine(day, local.time()), frame)
    months, rest = _parts(text)
    return _add(local, months * times, rest, frame, times=times)


def _parts(text: str) -> tuple[int, feel.DaysTimeDuration]:
    """The months in a duration, and what is shorter in it. Raises BadTime when it is none."""
    mixed = MIXED.fullmatch(text) if feel.parse_duration(text) is None else None
    found = [feel.parse_duration(part) for part in ((mixed[1], f"P{mixed[2]}") if mixed else (text,))]
    months, rest = 0, feel.DaysTimeDuration(Decimal(0))
    for duration in found:
        match duration:
            case feel.YearsMonthsDuration():
                months = duration.months
            case feel.DaysTimeDuration():
                rest = duration
            case _:
                raise BadTime(sentence("it is no ISO 8601 duration; write one such as PT4H, P14D, P3M or P5BD"))
    return months, rest


def _add(local: datetime, months: int, rest: feel.DaysTimeDuration, frame: TimeFrame, *, times: int) -> datetime:
    """Months and whole days on the wall clock (noon stays noon when the clocks change), hours and less on the real one.

    `rest` is added `times` over: twenty-four times an hour are hours, not a day.
    """
    wall = local.replace(tzinfo=None, fold=0)  # of a time that comes twice the first is meant
    try:
        each = rest.to_timedelta()
        days = timedelta(days=each.days) * times
        hours = timedelta(seconds=each.seconds, microseconds=each.microseconds) * times
        if not months and not days:
            return _utc(local, frame) + hours
        year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
        last = monthrange(year, month + 1)[1]
        wall = wall.replace(year=year, month=month + 1, day=min(wall.day, last))
        return _utc(wall + days, frame) + hours
    except (OverflowError, ValueError) as error:
        raise BadTime(sentence("it lies too far away")) from error


def _utc(value: datetime, frame: TimeFrame) -> datetime:
    aware = value if value.tzinfo is not None else value.replace(tzinfo=frame.zone)
    try:
        utc = aware.astimezone(UTC)
    except OverflowError as error:
        raise BadTime(sentence("it lies too far away")) from error
    if utc > FURTHEST:
        raise BadTime(sentence("it lies too far away"))
    return utc
