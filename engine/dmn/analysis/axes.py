"""The values of one input, cut into the pieces between which the cells of a table tell a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import reduce
from operator import or_

from ... import feel
from ..mentioned import mentioned
from ..types import ItemType
from .lines import KINDS, Place, between, place


@dataclass(frozen=True, slots=True)
class Axis:
    """What an input may be, as pieces numbered from 0: before the first of `points`, that point, between it and the next,
    and so on, and last null.

    `samples` has a value in each piece that has any, `numbers` the place of each point among them. A set of pieces is a
    whole number with their bits; `existing` are those that have a value, `pieces` those of them that the input's allowed
    values have. Null is always among both.
    """

    label: str
    kind: str
    points: tuple[feel.Value, ...]
    samples: Mapping[int, feel.Value]
    numbers: Mapping[Place, int]
    existing: int
    pieces: int

    @property
    def null(self) -> int:
        """The piece of null, as a set."""
        return 1 << 2 * len(self.points) + 1

    @property
    def answered(self) -> int:
        """All pieces but null."""
        return self.pieces & ~self.null

    def point(self, value: feel.Value) -> int:
        """The piece of a value that is one of the points, as a set."""
        return 1 << 2 * self.numbers[place(value)] + 1

    def passing(self, tests: feel.UnaryTests, own: Sequence[feel.Value]) -> int:
        """The pieces, allowed or not, that pass the tests, which mention the values `own`. Raises FeelError when they fail.

        The engine itself tests one value of each stretch of pieces that the tests cannot tell apart.
        """
        found = 0
        for stretch in self._stretches(sorted({self.numbers[place(value)] for value in own})):
            sampled = next((number for number in stretch if number in self.samples), None)
            if sampled is not None and tests.matches(self.samples[sampled], {}):
                found |= (1 << stretch.stop) - (1 << stretch.start)
        return found & self.existing

    def _stretches(self, numbers: list[int]) -> Iterator[range]:
        first, null = 0, 2 * len(self.points) + 1
        for number in numbers:
            yield range(first, 2 * number + 1)
            yield range(2 * number + 1, 2 * number + 2)
            first = 2 * number + 2
        yield range(first, null)
        yield range(null, null + 1)


def axis(label: str, type_: ItemType, values: Sequence[feel.Value]) -> Axis | None:
    """The axis of an input whose cells mention `values`.

    None when its values cannot be laid on a line: they are lists or contexts, of several types, or some with a time zone
    and some without; or the allowed values are not known before the decision is taken.
    """
    allowed = [(tests, own) for tests in type_.allowed if (own := _known(tests)) is not None]
    if len(allowed) < len(type_.allowed):
        return None
    values = [*values, *(value for _, own in allowed for value in own)]
    kinds = {feel.type_of(value) for value in values} | ({type_.kind} if type_.kind else set())
    kind = kinds.pop() if kinds else ""
    if kinds or (kind and kind not in KINDS) or _zones(values):
        return None
    points = {place(value): value for value in ([False, True] if kind == "boolean" else values)}
    return _narrowed(_axis(label, kind, tuple(points[key] for key in sorted(points))), allowed)


def _known(tests: feel.UnaryTests) -> list[feel.Value] | None:
    """What the tests mention, or None when that is not known or fails."""
    try:
        return mentioned(tests)
    except feel.FeelError:
        return None


def _zones(values: Sequence[feel.Value]) -> bool:
    """Whether their order is one of times with a zone, or depends on the zone of the place."""
    moments = {value.tzinfo is None for value in values if isinstance(value, datetime)}
    return len(moments) > 1 or any(isinstance(value, time) and value.tzinfo is not None for value in values)


def _axis(label: str, kind: str, points: tuple[feel.Value, ...]) -> Axis:
    last = 2 * len(points)
    samples: dict[int, feel.Value] = {2 * number + 1: point for number, point in enumerate(points)}
    for number, (low, high) in enumerate(zip((None, *points), (*points, None), strict=True)):
        found = between(kind or "string", low, high)
        if found is not None:
            samples[2 * number] = found
    samples[last + 1] = None
    numbers = {place(point): number for number, point in enumerate(points)}
    existing = reduce(or_, (1 << number for number in samples))
    return Axis(label, kind, points, samples, numbers, existing, existing)


def _narrowed(whole: Axis, allowed: Sequence[tuple[feel.UnaryTests, Sequence[feel.Value]]]) -> Axis | None:
    pieces = whole.pieces
    try:
        for tests, own in allowed:
            pieces &= whole.passing(tests, own) | whole.null
    except feel.FeelError:
        return None
    return replace(whole, pieces=pieces)
