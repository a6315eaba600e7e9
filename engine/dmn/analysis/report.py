"""Findings about tables, and boxes of inputs in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from ... import feel
from ...finding import Finding, Severity
from ..model import Rule, Table
from .axes import Axis
from .regions import Box

MOST: Final = 5
"""How many findings of one kind a table gets."""


def finding(rule: str, table: Table, what: str, remedy: str, severity: Severity, at: Rule | None = None) -> Finding:
    """A finding at a rule, or at the table."""
    where = table.title if at is None else f"{table.title}, rule {at.number}"
    element = at.id if at is not None and at.id else table.owner
    return Finding(rule, f"{where}: {what}", remedy, severity, element=element, name=table.title)


def first(findings: Sequence[Finding], more: int = 0) -> list[Finding]:
    """The first few; the last of them says how many there are besides, `more` of them not in the list."""
    kept, rest = list(findings[:MOST]), len(findings[MOST:]) + more
    if kept and rest:
        kept[-1] = replace(kept[-1], message=f"{kept[-1].message} And {rest} more like this.")
    return kept


def shown(value: feel.Value) -> str:
    """A value of a cell for people: text in quotes, dates as `2025-01-31`."""
    match value:
        case str():
            return f'"{value}"'
        case bool() | Decimal():
            return feel.format_value(value)
        case _:
            return str(feel.to_json(value))


def words(box: Box, axes: Sequence[Axis]) -> str:
    """The box in words: `Age is from 16 to 18 and Route is "sfi"`. Null is named only where nothing else is in it."""
    parts = [
        f"{axis.label} {_said(bits & axis.answered, axis)}"
        for bits, axis in zip(box, axes, strict=True)
        if axis.answered & ~bits
    ]
    return " and ".join(parts) or "anything is given"


def _said(bits: int, axis: Axis) -> str:
    if not bits:
        return "is not answered"
    if axis.kind in {"string", ""}:
        return f"is {_texts(bits, axis)}"
    return f"is {_some([_stretch(low, high, axis) for low, high in _runs(bits, axis)])}"


def _texts(bits: int, axis: Axis) -> str:
    """Texts by name; all others together, if there are others."""
    points = {point: 1 << 2 * number + 1 for number, point in enumerate(axis.points)}
    others = axis.answered & ~sum(points.values())
    if others and not others & ~bits:
        return f"anything but {_some([shown(point) for point, bit in points.items() if bit & axis.answered & ~bits])}"
    named = [shown(point) for point, bit in points.items() if bit & bits]
    return _some([*named, *(["some other text"] if others & bits else [])])


def _some(parts: Sequence[str]) -> str:
    shown_parts = [*parts[:MOST], f"one of {len(parts) - MOST} others"] if len(parts) > MOST else list(parts)
    return " or ".join(filter(None, [", ".join(shown_parts[:-1]), shown_parts[-1]]))


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


def _stretch(low: int, high: int, axis: Axis) -> str:
    """From one piece to another: `16`, `under 16`, `from 16 to 18`, `over 16 and under 18`."""
    first_, last = _end(low, axis, -1), _end(high, axis, 1)
    if low == high and low % 2:
        return shown(axis.points[low // 2])
    if isinstance(first_, date) and first_ == last:
        return shown(first_)
    start = "" if first_ is None else f"from {shown(first_)}" if _is_closed(low, axis) else f"over {shown(first_)}"
    end = "" if last is None else f"to {shown(last)}" if _is_closed(high, axis) else f"under {shown(last)}"
    if not start and end.startswith("to "):
        end = f"at most {end[3:]}"
    elif not end and start.startswith("from "):
        start = f"at least {start[5:]}"
    return " and ".join(filter(None, (start, end))) if "over" in start or "under" in end else f"{start} {end}".strip()


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
