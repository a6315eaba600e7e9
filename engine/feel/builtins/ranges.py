"""How points and ranges lie to each other (DMN 1.5 clause 10.3.4.9, after Allen's interval algebra)."""

from __future__ import annotations

from collections.abc import Callable

from ..comparing import order
from ..errors import Fault
from ..machine import Run
from ..registry import Registry
from ..values import Range, Value

FUNCTIONS = Registry()


def _as_range(value: Value) -> Range:
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


def _pair(name: str, first: str, second: str, decide: Callable[[Run, Range, Range], bool]) -> None:
    def body(run: Run, left: Value, right: Value) -> Value:
        if left is None or right is None:
            raise Fault(f"{name}: neither argument may be null.")
        return decide(run, _as_range(left), _as_range(right))

    FUNCTIONS.add(f"{name}({first}, {second})")(body)


def _ranges(name: str, decide: Callable[[Run, Range, Range], bool]) -> None:
    def body(run: Run, left: Range, right: Range) -> Value:
        return decide(run, left, right)

    FUNCTIONS.add(f"{name}(range1: range, range2: range)")(body)


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


_pair("before", "range1", "range2", _ends_before)
_pair("after", "range1", "range2", lambda run, left, right: _ends_before(run, right, left))
_pair("includes", "range", "value", _includes)
_pair("during", "value", "range", lambda run, inner, outer: _includes(run, outer, inner))
_pair("starts", "value", "range", _begins)
_pair("started by", "range", "value", lambda run, outer, inner: _begins(run, inner, outer))
_pair("finishes", "value", "range", _finishes)
_pair("finished by", "range", "value", lambda run, outer, inner: _finishes(run, inner, outer))
_pair("coincides", "range1", "range2", _coincides)
_ranges("overlaps", _overlaps)
_ranges("overlaps before", _overlaps_before)
_ranges("overlaps after", _overlaps_after)
_ranges("meets", _meets)
_ranges("met by", lambda run, left, right: _meets(run, right, left))
