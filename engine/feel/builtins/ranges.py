"""How points and ranges lie to each other (DMN 1.5 clause 10.3.4.9, after Allen's interval algebra)."""

from __future__ import annotations

from collections.abc import Callable

from ...sentences import sentence
from ..comparing import order
from ..errors import Fault
from ..machine import Run
from ..registry import Registry
from ..values import Range, Value

FUNCTIONS = Registry()
_POINT = "number|string|date|time|date and time|days and time duration|years and months duration"


def _as_range(value: Value) -> Range:
    if isinstance(value, Range) and value.operator == "!=":
        raise Fault(sentence("A range of all values but one has no place among others"), sentence("Give it two ends."))
    return value if isinstance(value, Range) else Range(value, value)


def _ends_before(run: Run, left: Range, right: Range) -> bool:
    """Every point of `left` lies before every point of `right`."""
    if left.end is None or right.start is None:
        return False
    result = order(left.end, right.start, run)
    return result < 0 or (result == 0 and not (left.end_included and right.start_included))


def _starts(run: Run, left: Range, right: Range) -> int:
    """How the beginnings lie: negative when `left` begins first."""
    if left.start is None or right.start is None:
        return (left.start is not None) - (right.start is not None)
    return order(left.start, right.start, run) or right.start_included - left.start_included


def _ends(run: Run, left: Range, right: Range) -> int:
    """How the ends lie: negative when `left` ends first."""
    if left.end is None or right.end is None:
        return (left.end is None) - (right.end is None)
    return order(left.end, right.end, run) or left.end_included - right.end_included


def _relate(name: str, decide: Callable[[Run, Range, Range], bool], *shapes: str) -> None:
    """Declare a relation for pairs of points and ranges, in the names of the standard."""

    def body(run: Run, left: Value, right: Value) -> Value:
        run.spend(2)
        return decide(run, _as_range(left), _as_range(right))

    for shape in shapes:
        parameters = (f"{one}: {'range' if one.startswith('range') else _POINT}" for one in shape.split())
        FUNCTIONS.add(f"{name}({', '.join(parameters)})")(body)


def _includes(run: Run, outer: Range, inner: Range) -> bool:
    return _starts(run, outer, inner) <= 0 <= _ends(run, outer, inner)


def _overlaps(run: Run, left: Range, right: Range) -> bool:
    return not _ends_before(run, left, right) and not _ends_before(run, right, left)


def _overlaps_before(run: Run, left: Range, right: Range) -> bool:
    return _overlaps(run, left, right) and _starts(run, left, right) < 0 and _ends(run, left, right) <= 0


def _overlaps_after(run: Run, left: Range, right: Range) -> bool:
    return _overlaps_before(run, right, left)


def _meets(run: Run, left: Range, right: Range) -> bool:
    touching = left.end is not None and right.start is not None and left.end_included and right.start_included
    return touching and order(left.end, right.start, run) == 0


def _begins(run: Run, inner: Range, outer: Range) -> bool:
    return _starts(run, inner, outer) == 0 and _ends(run, inner, outer) <= 0


def _finishes(run: Run, inner: Range, outer: Range) -> bool:
    return _ends(run, inner, outer) == 0 and _starts(run, inner, outer) >= 0


def _coincides(run: Run, left: Range, right: Range) -> bool:
    return _starts(run, left, right) == 0 == _ends(run, left, right)


_RANGES = "range1 range2"
_PAIRS = ("point1 point2", "point range", "range point", _RANGES)
_INNER = ("point range", _RANGES)
_OUTER = ("range point", _RANGES)

_relate("before", _ends_before, *_PAIRS)
_relate("after", lambda run, left, right: _ends_before(run, right, left), *_PAIRS)
_relate("includes", _includes, *_OUTER)
_relate("during", lambda run, inner, outer: _includes(run, outer, inner), *_INNER)
_relate("starts", _begins, *_INNER)
_relate("started by", lambda run, outer, inner: _begins(run, inner, outer), *_OUTER)
_relate("finishes", _finishes, *_INNER)
_relate("finished by", lambda run, outer, inner: _finishes(run, inner, outer), *_OUTER)
_relate("coincides", _coincides, "point1 point2", _RANGES)
_relate("overlaps", _overlaps, _RANGES)
_relate("overlaps before", _overlaps_before, _RANGES)
_relate("overlaps after", _overlaps_after, _RANGES)
_relate("meets", _meets, _RANGES)
_relate("met by", lambda run, left, right: _meets(run, right, left), _RANGES)
