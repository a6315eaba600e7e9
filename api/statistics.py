"""How the cases of a process fare, step by step: counts and times without anybody's name or answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from engine.ids import UnitId
from engine.views import Drawn, ProcessStatistics, StepStatistics

from .bodies import View
from .identity import Asker
from .parts import HIGHEST, Engine, ProcessKey, utc
from .problems import declared


class Which(StrEnum):
    """Cases that are under way, or that have ended."""

    OPEN = "open"
    ENDED = "ended"


class DrawnView(View, frozen=True, kw_only=True):
    """A diagram that the steps lie in."""

    path: Annotated[str, msgspec.Meta(description="The call activity that runs it, empty for the case's own process.")]
    process: str
    version: int
    name: str
    name_en: str

    @classmethod
    def of(cls, drawn: Drawn) -> DrawnView:
        version = drawn.version
        return cls(
            path=drawn.path,
            process=version.key,
            version=version.version,
            name=version.name,
            name_en=version.name_en or version.name,
        )


class StepStatisticsView(View, frozen=True, kw_only=True):
    """One step in numbers."""

    path: Annotated[str, msgspec.Meta(description="The calls that lead to the element, and the element.")]
    call: Annotated[str, msgspec.Meta(description="The `path` of its diagram.")]
    element: str
    name: str
    name_en: str
    kind: Annotated[str, msgspec.Meta(description="BPMN's element name; empty where no version has the element.")]
    is_drawn: Annotated[bool, msgspec.Meta(description="Whether it is in `diagrams`; else only other versions have it.")]
    waiting: Annotated[
        int, msgspec.Meta(description="How many tokens wait there now; at a sub-process or call, how many inside it.")
    ]
    waiting_since: Annotated[datetime | None, msgspec.Meta(description="Since when the one that has waited longest does.")]
    stuck: Annotated[int, msgspec.Meta(description="How many open incidents there are.")]
    passed: Annotated[int, msgspec.Meta(description="How often the step was done.")]
    timed: Annotated[int, msgspec.Meta(description="How many of those have a known length.")]
    median_seconds: Annotated[
        int | None, msgspec.Meta(description="The shortest length that is at least as long as half of them; whole seconds.")
    ]
    p90_seconds: Annotated[
        int | None, msgspec.Meta(description="The shortest length that is at least as long as nine tenths of them.")
    ]

    @classmethod
    def of(cls, step: StepStatistics) -> StepStatisticsView:
        figures = step.figures
        return cls(
            path=step.path,
            call=step.call,
            element=step.element,
            name=step.name,
            name_en=step.name_en,
            kind=step.kind,
            is_drawn=step.is_drawn,
            waiting=figures.waiting,
            waiting_since=figures.waiting_since,
            stuck=figures.stuck,
            passed=figures.passed,
            timed=figures.timed,
            median_seconds=figures.median_seconds,
            p90_seconds=figures.p90_seconds,
        )


class ProcessStatisticsView(View, frozen=True, kw_only=True):
    """The cases of a process in numbers."""

    cases: int
    open_cases: int
    looked_at: Annotated[
        int, msgspec.Meta(description="Of how many cases, the newest, `passed` and the lengths are told; the rest is of all.")
    ]
    diagrams: Annotated[
        list[DrawnView],
        msgspec.Meta(description="Those of the version asked for, else of the newest: its own, then the called."),
    ]
    steps: Annotated[list[StepStatisticsView], msgspec.Meta(description="Those with something to count, by path.")]

    @classmethod
    def of(cls, found: ProcessStatistics) -> ProcessStatisticsView:
        return cls(
            cases=found.cases,
            open_cases=found.open_cases,
            looked_at=found.looked_at,
            diagrams=[DrawnView.of(drawn) for drawn in found.diagrams],
            steps=[StepStatisticsView.of(step) for step in found.steps],
        )


@get(
    "/definitions/{process_key:str}/statistics",
    summary="A process in numbers",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_statistics(
    engine: Engine,
    asker: Asker,
    process_key: ProcessKey,
    version: Annotated[
        int | None, QueryParameter(ge=1, le=HIGHEST, description="Only cases that began on this version; else on any.")
    ] = None,
    which: Annotated[Which | None, QueryParameter(description="Only cases under way, or only ended ones.")] = None,
    unit: Annotated[str | None, QueryParameter(max_length=100, description="Only cases of this unit.")] = None,
    started_from: Annotated[
        datetime | None, QueryParameter(name="startedFrom", description="Only cases that began at or after this moment.")
    ] = None,
    started_before: Annotated[
        datetime | None, QueryParameter(name="startedBefore", description="Only cases that began before this moment.")
    ] = None,
) -> ProcessStatisticsView:
    """How many cases wait at each step now, how many have passed it and how long it took them.

    Counted are the cases that one may read: of one's units and those one is a member of; for an auditor, of all units. Lengths
    run from when a step was reached until it was done, weekends and nights included.
    """
    found = engine.process_statistics(
        asker,
        process_key,
        version,
        unit=UnitId(unit) if unit else None,
        is_open=None if which is None else which is Which.OPEN,
        started_from=utc(started_from, parameter="startedFrom") if started_from else None,
        started_before=utc(started_before, parameter="startedBefore") if started_before else None,
    )
    return ProcessStatisticsView.of(found)


HANDLERS = [read_statistics]
