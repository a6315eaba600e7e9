"""Boxes of inputs: what rules cover, and what is left when some boxes are taken from another.

A box has for each axis the set of that axis's pieces that lie in it, as the bits of a whole number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

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


def common(one: Box, other: Box) -> Box | None:
    """What lies in both, or None."""
    found = tuple(a & b for a, b in zip(one, other, strict=True))
    return found if all(found) else None


def contains(outer: Box, inner: Box) -> bool:
    """Whether all of `inner` lies in `outer`."""
    return all(not b & ~a for a, b in zip(outer, inner, strict=True))


def outside(box: Box, taken: Sequence[Box], budget: Budget) -> Iterator[Box]:
    """The parts of the box that lie in none of the boxes `taken`; no two of them share anything.

    Raises UsedUp, perhaps after some parts.
    """
    waiting = [(box, 0)] if all(box) else []
    while waiting:
        part, number = waiting.pop()
        while number < len(taken):
            budget.spend(len(box))
            cut = taken[number]
            number += 1
            if common(part, cut) is None:
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


def grown(box: Box, within: Box, taken: Sequence[Box]) -> Box:
    """The box, which shares nothing with `taken`, made as large inside `within` as it can be, one axis after the other."""
    found = list(box)
    for axis in range(len(box)):
        whole = [*found]
        whole[axis] = within[axis]
        for other in taken:
            if all(a & b for place, (a, b) in enumerate(zip(whole, other, strict=True)) if place != axis):
                whole[axis] &= ~other[axis]
        found[axis] = whole[axis]
    return tuple(found)
