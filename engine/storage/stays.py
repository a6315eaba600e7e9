"""How long cases stayed at steps, matched from what their histories tell in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypedDict

from ..history import EventType
from ..ports.statistics import STARTS_A_STAY

_STARTS = frozenset(type_.value for type_ in STARTS_A_STAY)
_DONE = EventType.ELEMENT_COMPLETED.value


class Measured(TypedDict):
    """Figures of a step (see `ports.StepFigures`)."""

    passed: int
    timed: int
    median_seconds: int | None
    p90_seconds: int | None


def stays(events: Iterable[tuple[str, str, str, int]], repeated: Collection[str]) -> dict[str, list[int | None]]:
    """By path, the length in seconds of each stay that was done; None where nothing tells when it began.

    `events` are (case, path, type, second) of what starts and ends stays, in the order of history within each case. An end
    belongs to the latest beginning at its path that has none yet. Of what is repeated the outermost stay, the loop itself,
    is left out.
    """
    found: dict[str, list[int | None]] = defaultdict(list)
    begun: dict[str, list[int]] = {}
    case = None
    for of_case, path, type_, second in events:
        if of_case != case:
            case, begun = of_case, defaultdict(list)
        open_ = begun[path]
        if type_ in _STARTS:
            open_.append(second)
            continue
        is_loop = path in repeated and len(open_) == 1
        since = open_.pop() if open_ else None
        if type_ == _DONE and not is_loop:
            found[path].append(None if since is None else second - since)
    return found


def measured(lengths: Sequence[int | None]) -> Measured:
    """How many there are, how many of them with a length, and their percentiles by nearest rank."""
    ranked = sorted(length for length in lengths if length is not None)

    def percentile(tenths: int) -> int | None:
        return ranked[-(-len(ranked) * tenths // 10) - 1] if ranked else None

    return Measured(passed=len(lengths), timed=len(ranked), median_seconds=percentile(5), p90_seconds=percentile(9))
