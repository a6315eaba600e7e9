"""Boxes of inputs: what rules cover, and what is left when some boxes are taken from another.

A box has for each axis the set of that axis's pieces that lie in it, as the bits of a whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Final, TypeAlias, TypeVar

_T = TypeVar("_T")
Box: TypeAlias = tuple[int, ...]
BUDGET: Final = 3_000_000


class UsedUp(Exception):
    """The table takes more comparisons of boxes than the budget allows."""


class Budget:
    """How many comparisons of two boxes, each counted once for each axis, an analysis has left."""

    def __init__(self, steps: int = BUDGET) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Take steps; raises UsedUp when there are not enough."""
        self._left -= steps
        if self._left < 0:
            raise UsedUp


def taken(found: Iterable[_T]) -> tuple[list[_T], bool]:
    """What was found within the budget, and whether that is all."""
    kept: list[_T] = []
    try:
        for one in found:
            kept.append(one)
    except UsedUp:
        return kept, False
    return kept, True


def contains(outer: Box, inner: Box) -> bool:
    """Whether all of `inner` lies in `outer`."""
    return all(not b & ~a for a, b in zip(outer, inner, strict=True))


class Index:
    """Which of some boxes share something with another, found without going through them all."""

    def __init__(self, boxes: Sequence[Box], budget: Budget) -> None:
        self._boxes = len(boxes)
        self._budget = budget
        self._at = [_by_piece([box[axis] for box in boxes]) for axis in range(len(boxes[0]) if boxes else 0)]
        self._known: list[dict[int, int]] = [{} for _ in self._at]

    def meeting(self, box: Box) -> Iterator[int]:
        """The numbers of the boxes that share something with this one, in order. Raises UsedUp."""
        found = (1 << self._boxes) - 1
        for axis, bits in enumerate(box):
            found &= self._meeting(axis, bits)
        return numbers(found)

    def _meeting(self, axis: int, bits: int) -> int:
        known = self._known[axis]
        if bits not in known:
            self._budget.spend(1 + bits.bit_count() // 8)  # much cheaper than a comparison of boxes
            at = self._at[axis]
            known[bits] = reduce(or_, (at[piece] for piece in numbers(bits) if piece < len(at)), 0)
        return known[bits]


def _by_piece(masks: Sequence[int]) -> list[int]:
    """For each piece the masks that have it, as a set of their numbers."""
    changes: dict[int, int] = {}
    for number, bits in enumerate(masks):
        for piece in numbers(bits ^ bits << 1):  # where a row of pieces begins, and after its end
            changes[piece] = changes.get(piece, 0) ^ 1 << number
    found, current = [], 0
    for piece in range(max(changes, default=0)):
        current ^= changes.get(piece, 0)
        found.append(current)
    return found


def numbers(bits: int) -> Iterator[int]:
    """The numbers in a set, in order."""
    offset = 0
    while bits:
        zeros = (bits & -bits).bit_length()
        bits >>= zeros
        offset += zeros
        yield offset - 1


def outside(box: Box, others: Sequence[Box], budget: Budget) -> Iterator[Box]:
    """The parts of the box that lie in none of the `others`; no two of them share anything.

    Raises UsedUp, perhaps after some parts.
    """
    waiting = [(box, 0)] if all(box) else []
    while waiting:
        part, number = waiting.pop()
        while number < len(others):
            budget.spend(len(box))
            cut = others[number]
            number += 1
            if not all(map(and_, part, cut)):
                continue
            for piece in _pieces(part, cut):
                waiting.append((piece, number))
            break
        else:
            yield part


def _pieces(box: Box, cut: Box) -> Iterator[Box]:
    """What is left of the box without `cut`, which lies partly in it: a piece for each axis at most."""
    rest = list(box)
    for axis, bits in enumerate(cut):
        if beyond := rest[axis] & ~bits:
            yield (*rest[:axis], beyond, *rest[axis + 1 :])
        rest[axis] &= bits


def grown(box: Box, within: Box, others: Sequence[Box]) -> Box:
    """The box, which shares nothing with `others`, made as large inside `within` as it can be, one axis after the other."""
    found = list(box)
    for axis in range(len(box)):
        whole = [*found]
        whole[axis] = within[axis]
        for other in others:
            if all(a & b for place, (a, b) in enumerate(zip(whole, other, strict=True)) if place != axis):
                whole[axis] &= ~other[axis]
        found[axis] = whole[axis]
    return tuple(found)
