"""How cases fare in their processes, in numbers: what is counted for each step, without anybody's name or answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from ..history import EventType
from ..ids import UnitId, UserId, VersionId

STARTS_A_STAY: Final = frozenset(
    {EventType.ELEMENT_ENTERED, EventType.TIMER_SET, EventType.MESSAGE_AWAITED, EventType.JOB_ORDERED}
)
"""What history tells when a step other than a task for people is reached."""
ENDS_A_STAY: Final = frozenset(
    {
        EventType.ELEMENT_COMPLETED,
        EventType.ELEMENT_CANCELLED,
        EventType.ELEMENT_SKIPPED,
        EventType.POSITION_MOVED,
        EventType.POSITION_CANCELLED,
    }
)
"""What it tells when a step is left; only `element-completed` says that it was done."""


@dataclass(frozen=True, slots=True)
class CaseSelection:
    """The cases to count: those on these process versions that the reader may see (see `queries.CaseFilter`), open ones,
    ended ones or both (None), begun from one time until another (aware UTC, the first included)."""

    reader: UserId
    reader_units: frozenset[UnitId] | None
    versions: frozenset[VersionId]
    unit: UnitId | None = None
    is_open: bool | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What is known of the step at one path.

    `waiting` counts the tokens that wait there now, the oldest since `waiting_since`; `stuck` the open incidents; `passed`
    how often the step was done. `timed` of those have a known length, in whole seconds from when the step was reached until
    it was done. Their percentiles are nearest-rank: the shortest length that is at least as long as half, or nine tenths,
    of them. So each is a length that occurred, also of two or ten.
    """

    waiting: int = 0
    waiting_since: datetime | None = None
    stuck: int = 0
    passed: int = 0
    timed: int = 0
    median_seconds: int | None = None
    p90_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """All cases of a selection in numbers. What was passed, and how long it took, is that of the newest `looked_at` of them."""

    cases: int = 0
    open_cases: int = 0
    looked_at: int = 0
    steps: Mapping[str, StepFigures] = field(default_factory=dict)


class Statistics(Protocol):
    def of_cases(
        self,
        selection: CaseSelection,
        *,
        most: int,
        held: Collection[str] = (),
        repeated: Collection[str] = (),
        single: Collection[str] = (),
    ) -> CaseFigures:
        """The figures by path.

        Of what cases have passed, the newest `most` are looked at. Tasks for people are timed everywhere, other steps at the
        paths in `held`. At those of them that are `repeated` (sub-processes and calls that run several times) the rounds
        count, and the loop around them does not. At those in `single` (anything else that does) history tells of the loop's
        beginning and of every end, the loop's own too: one is taken off for each beginning.
        """
        ...
