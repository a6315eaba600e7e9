"""Lists, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from ...case import Case, Incident, IncidentState
from ...ids import CaseId, UnitId, VersionId
from ...queries import CaseFilter, Page, TaskCounts, TaskFilter, TaskOrder, TaskRow
from ...task import UserTask
from ...wait import WaitKind
from ..paging import CasePlace, TaskPlace
from .tables import Tables


class MemoryQueries:
    """See `queries.Queries`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def tasks(
        self, filter_: TaskFilter, *, order: TaskOrder = TaskOrder.DUE, cursor: str | None = None, limit: int = 50
    ) -> Page[TaskRow]:
        after = None if cursor is None else TaskPlace.at(cursor, order)
        tasks = [task for task in self._tables.tasks.values() if self._shows_task(filter_, task)]
        tasks.sort(key=lambda task: TaskPlace.of(task, order).order)
        if after is not None:
            tasks = [task for task in tasks if TaskPlace.of(task, order).order > after.order]
        page = tasks[:limit]
        next_ = TaskPlace.of(page[-1], order).cursor() if page and len(tasks) > limit else None
        return Page(tuple(self._row(task) for task in page), next_)

    def task_counts(self, filter_: TaskFilter, *, now: datetime, since: datetime) -> TaskCounts:
        shown = TaskFilter(filter_.reader, filter_.reader_groups, filter_.unit, filter_.process)
        tasks = [task for task in self._tables.tasks.values() if self._shows_task(shown, task)]
        return TaskCounts(
            mine=sum(task.claimed_by == filter_.reader for task in tasks),
            free=sum(task.claimed_by is None for task in tasks),
            overdue=sum(task.due is not None and task.due < now for task in tasks),
            new=sum(task.created_at >= since for task in tasks),
        )

    def cases(self, filter_: CaseFilter, *, cursor: str | None = None, limit: int = 50) -> Page[Case]:
        after = None if cursor is None else CasePlace.at(cursor)
        cases = [case for case in self._tables.cases.values() if self._shows_case(filter_, case)]
        cases.sort(key=lambda case: CasePlace.of(case).order, reverse=True)
        if after is not None:
            cases = [case for case in cases if CasePlace.of(case).order < after.order]
        page = cases[:limit]
        next_ = CasePlace.of(page[-1]).cursor() if page and len(cases) > limit else None
        return Page(tuple(page), next_)

    def incidents(self, units: frozenset[UnitId] | None, *, limit: int = 100) -> Sequence[tuple[Incident, Case]]:
        rows = [
            (incident, self._tables.cases[incident.case_id])
            for incident in self._tables.incidents.values()
            if incident.state is IncidentState.OPEN
        ]
        seen = [row for row in rows if units is None or row[1].unit in units]
        return sorted(seen, key=lambda row: row[0].opened_at)[:limit]

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]:
        return [self._tables.tasks[id_] for id_ in self._tables.open_tasks.get(case_id, ())]

    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        cases = self._tables.cases.values()
        return dict(Counter(case.version_id for case in cases if case.is_open and case.version_id in versions))

    def counts(self) -> dict[str, int]:
        waits = (wait for of_case in self._tables.waits.values() for wait in of_case.values())
        return {
            "cases": len(self._tables.cases),
            "open_tasks": sum(task.is_open for task in self._tables.tasks.values()),
            "open_incidents": sum(one.state is IncidentState.OPEN for one in self._tables.incidents.values()),
            "waiting_timers": sum(wait.kind is WaitKind.TIMER for wait in waits),
        }

    def _row(self, task: UserTask) -> TaskRow:
        case = self._tables.cases[task.case_id]
        return TaskRow(task, case.number, case.title)

    def _shows_task(self, filter_: TaskFilter, task: UserTask) -> bool:
        return (
            task.state in filter_.states
            and (filter_.unit is None or task.unit == filter_.unit)
            and (filter_.process is None or task.process == filter_.process)
            and (filter_.due_before is None or (task.due is not None and task.due < filter_.due_before))
            and (filter_.created_since is None or task.created_at >= filter_.created_since)
            and (task.claimed_by == filter_.reader if filter_.mine else self._may_see(filter_, task))
        )

    def _may_see(self, filter_: TaskFilter, task: UserTask) -> bool:
        if task.claimed_by == filter_.reader or filter_.reader in self._tables.members.get(task.case_id, ()):
            return True
        return any(
            unit == task.unit and (not task.candidate_groups or task.candidate_groups & groups)
            for unit, groups in filter_.reader_groups
        )

    def _shows_case(self, filter_: CaseFilter, case: Case) -> bool:
        return (
            (filter_.unit is None or case.unit == filter_.unit)
            and (filter_.process is None or case.process == filter_.process)
            and (filter_.status is None or case.status == filter_.status)
            and (filter_.number is None or case.number == filter_.number)
            and (filter_.started_from is None or case.started_at >= filter_.started_from)
            and (filter_.started_before is None or case.started_at < filter_.started_before)
            and (
                filter_.reader_units is None
                or case.unit in filter_.reader_units
                or filter_.reader in self._tables.members.get(case.id, ())
            )
        )
