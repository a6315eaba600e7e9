"""Findings about tables, and boxes of inputs in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from ... import feel
from ...finding import Finding, Severity
from ...sentences import Sentence, Words, all_of, sentence
from .. import places
from ..model import Rule, Table
from .axes import Axis
from .regions import Box

MOST: Final = 5
"""How many findings of one kind a table gets."""


def finding(rule: str, table: Table, what: Sentence, remedy: Sentence, severity: Severity, at: Rule | None = None) -> Finding:
    """A finding at a rule, or at the table."""
    where = table.place if at is None else places.rule(table.place, at.number)
    element = at.id if at is not None and at.id else table.owner
    said = sentence("{where}: {what}", where=where, what=what)
    return Finding(rule, said, remedy, severity, element=element, name=table.title)


def first(findings: Sequence[Finding], many: int | None = None) -> list[Finding]:
    """The first few; the last of them says how many there are besides, when there are `many` (else all in the list)."""
    kept = list(findings[:MOST])
    rest = (len(findings) if many is None else many) - len(kept)
    if kept and rest > 0:
        kept[-1] = replace(kept[-1], said=sentence("{first} And {rest} more like this.", first=kept[-1].said, rest=rest))
    return kept


def shown(value: feel.Value) -> str:
    """A value of a cell for people: text in quotes, dates as `2025-01-31`."""
    match value:
        case str():
            return f'"{value}"'
        case date() | time() | feel.DaysTimeDuration() | feel.YearsMonthsDuration():
            return str(feel.to_json(value))
        case _:
            return feel.format_value(value)


def words(box: Box, axes: Sequence[Axis]) -> Sentence:
    """The box in words: `when Age is from 16 to 18 and Route is "sfi"`. Null is named only where nothing else is in it."""
    parts = [_said(bits & axis.answered, axis) for bits, axis in zip(box, axes, strict=True) if axis.answered & ~bits]
    return sentence("when {parts}", parts=all_of(parts)) if parts else sentence("whatever is given")


def _said(bits: int, axis: Axis) -> Sentence:
    label = axis.label
    if not bits:
        return sentence("{label} is not answered", label=label)
    points = {1 << 2 * number + 1: point for number, point in enumerate(axis.points)}
    missing = axis.answered & ~bits
    if axis.kind != "boolean" and axis.answered & ~sum(points) and not missing & ~sum(points):
        others = [shown(point) for bit, point in points.items() if bit & missing]
        return sentence("{label} is anything but {values}", label=label, values=_some(others))
    if axis.kind == "string" and not bits & ~sum(points):
        values = _some([shown(point) for bit, point in points.items() if bit & bits])
    else:
        values = _some([_stretch(low, high, axis) for low, high in _runs(bits, axis)])
    return sentence("{label} is {values}", label=label, values=values)


def _some(parts: Sequence[Words]) -> Words:
    named = [*parts[:MOST], sentence("one of {count} others", count=len(parts) - MOST)] if len(parts) > MOST else parts
    listed, *others = named
    for number, other in enumerate(others, start=2):
        if number == len(named):
            return sentence("{listed} or {last}", listed=listed, last=other)
        listed = sentence("{listed}, {other}", listed=listed, other=other)
    return listed


def _runs(bits: int, axis: Axis) -> Iterator[tuple[int, int]]:
    """The first and last piece of each unbroken row of pieces."""
    pieces = [number for number in sorted(axis.samples) if 1 << number & ~axis.null]
    start = previous = -1
    for number in pieces:
        if bits >> number & 1:
            start = number if start < 0 else start
            previous = number
        elif start >= 0:
            yield start, previous
            start = -1
    if start >= 0:
        yield start, previous


def _stretch(low: int, high: int, axis: Axis) -> Words:
    """From one piece to another: `16`, `under 16`, `from 16 to 18`, `over 16 and under 18`."""
    first, last = _end(low, axis, -1), _end(high, axis, 1)
    start, end = shown(first), shown(last)
    with_start, with_end = _is_closed(low, axis), _is_closed(high, axis)
    if first is None and last is None:
        return sentence("anything")
    if first is None:
        return sentence("at most {end}", end=end) if with_end else sentence("under {end}", end=end)
    if last is None:
        return sentence("at least {start}", start=start) if with_start else sentence("over {start}", start=start)
    if first == last:
        return start
    if with_start and with_end:
        return sentence("from {start} to {end}", start=start, end=end)
    if with_start:
        return sentence("from {start} to under {end}", start=start, end=end)
    if with_end:
        return sentence("over {start} and at most {end}", start=start, end=end)
    return sentence("over {start} and under {end}", start=start, end=end)


def _is_closed(piece: int, axis: Axis) -> bool:
    return piece % 2 == 1 or axis.kind == "date"


def _end(piece: int, axis: Axis, side: int) -> feel.Value:
    """The value where a piece begins (`side` -1) or ends (1); the day after or before it for a stretch between two dates."""
    if piece % 2:
        return axis.points[piece // 2]
    number = piece // 2 - (side < 0)
    if not 0 <= number < len(axis.points):
        return None
    value = axis.points[number]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value - timedelta(days=side)
    return value
