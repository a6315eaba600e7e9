"""Cases in numbers, in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...case import Case, IncidentState
from ...history import EventType
from ...ids import CaseId
from ...ports.statistics import ENDS_A_STAY, STARTS_A_STAY, CaseFigures, CaseSelection, StepFigures
from ...task import TaskState
from ...wait import WaitKind
from ..stays import measured, stays
from .tables import Tables


class MemoryStatistics:
    """See `ports.Statistics`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of_cases(
        self,
        selection: CaseSelection,
        *,
        most: int,
        held: Collection[str] = (),
        repeated: Collection[str] = (),
        single: Collection[str] = (),
    ) -> CaseFigures:
        cases = [case for case in self._tables.cases.values() if self._is_in(selection, case)]
        cases.sort(key=lambda case: (case.started_at, case.id), reverse=True)
        chosen = [case.id for case in cases[:most]]
        steps: dict[str, StepFigures] = defaultdict(StepFigures)

        def put(path: str, **figures: Any) -> None:
            steps[path] = replace(steps[path], **figures)

        for path, passed in self._passed(chosen, single).items():
            put(path, passed=passed)
        for path, lengths in {**stays(self._told(chosen, held), repeated), **self._tasks(chosen)}.items():
            put(path, **measured(lengths))
        for case in cases:
            for path, since in self._waiting(case.id) if case.is_open else ():
                first = min(since, steps[path].waiting_since or since)
                put(path, waiting=steps[path].waiting + 1, waiting_since=first)
            for id_ in self._tables.case_incidents.get(case.id, ()):
                incident = self._tables.incidents[id_]
                if incident.state is IncidentState.OPEN:
                    put(incident.element, stuck=steps[incident.element].stuck + 1)
        return CaseFigures(len(cases), sum(case.is_open for case in cases), len(chosen), dict(steps))

    def _is_in(self, selection: CaseSelection, case: Case) -> bool:
        return (
            case.version_id in selection.versions
            and (
                selection.reader_units is None
                or case.unit in selection.reader_units
                or selection.reader in self._tables.members.get(case.id, ())
            )
            and (selection.unit is None or case.unit == selection.unit)
            and (selection.is_open is None or case.is_open == selection.is_open)
            and (selection.started_from is None or case.started_at >= selection.started_from)
            and (selection.started_before is None or case.started_at < selection.started_before)
        )

    def _waiting(self, case_id: CaseId) -> Iterator[tuple[str, datetime]]:
        """Where the case waits and since when: for people with its open tasks, for all else with its waits."""
        for wait in self._tables.waits.get(case_id, {}).values():
            if wait.kind is not WaitKind.TASK:
                yield wait.element, wait.opened_at
        for task in (self._tables.tasks[id_] for id_ in self._tables.case_tasks.get(case_id, ())):
            if task.is_open:
                yield task.path, task.created_at

    def _tasks(self, chosen: Sequence[CaseId]) -> dict[str, list[int | None]]:
        found: dict[str, list[int | None]] = defaultdict(list)
        for case_id in chosen:
            for task in (self._tables.tasks[id_] for id_ in self._tables.case_tasks.get(case_id, ())):
                if task.state is TaskState.COMPLETED and task.ended_at is not None:
                    found[task.path].append(int(task.ended_at.timestamp()) - int(task.created_at.timestamp()))
        return found

    def _passed(self, chosen: Sequence[CaseId], single: Collection[str]) -> dict[str, int]:
        events = [event for case_id in chosen for event, _ in self._tables.history.get(case_id, ())]
        done = Counter(event.element for event in events if event.type is EventType.ELEMENT_COMPLETED)
        entered = Counter(event.element for event in events if event.type is EventType.ELEMENT_ENTERED)
        return {path: max(0, count - entered[path]) if path in single else count for path, count in done.items()}

    def _told(self, chosen: Sequence[CaseId], held: Collection[str]) -> Iterator[tuple[str, str, str, int]]:
        for case_id in chosen:
            for event, _ in self._tables.history.get(case_id, ()):
                if event.element in held and event.type in STARTS_A_STAY | ENDS_A_STAY:
                    yield case_id, event.element, event.type.value, int(event.at.timestamp())
