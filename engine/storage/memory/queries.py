"""Lists, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from ...case import Case, Incident, IncidentState
from ...ids import SYSTEM_ID, CaseId, UserId, VersionId
from ...ports import CaseFields
from ...queries import (
    CaseFilter,
    CaseSearch,
    IncidentFilter,
    IncidentGroup,
    Page,
    TaskCount,
    TaskCounts,
    TaskFilter,
    TaskOrder,
    TaskRow,
    TaskTimes,
    is_number_of,
)
from ...search_words import is_begun_by, value_words
from ...task import UserTask
from ...wait import WaitKind
from ..paging import CasePlace, IncidentPlace, TaskPlace
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

    def task_counts(self, filter_: TaskFilter, times: TaskTimes) -> TaskCounts:
        shown = TaskFilter(filter_.reader, filter_.reader_groups, filter_.unit, filter_.process)
        tasks = [task for task in self._tables.tasks.values() if self._shows_task(shown, task)]
        return TaskCounts(
            all=_count(tasks, times),
            mine=_count([task for task in tasks if task.claimed_by == filter_.reader], times),
            free=_count([task for task in tasks if task.claimed_by is None], times),
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

    def subjects(self, cases: Collection[CaseId]) -> dict[CaseId, tuple[str, str]]:
        known = ((id_, self._tables.fields.get(id_)) for id_ in cases)
        return {id_: fields.entries[0] for id_, fields in known if fields and fields.entries}

    def incidents(self, filter_: IncidentFilter, *, cursor: str | None = None, limit: int = 100) -> Page[tuple[Incident, Case]]:
        places = self._incidents(filter_, cursor)
        rows = tuple((one, self._tables.cases[one.case_id]) for _, one in places[:limit])
        return Page(rows, places[limit - 1][0].cursor() if len(places) > limit > 0 else None)

    def incident_count(self, filter_: IncidentFilter, *, cursor: str | None = None) -> int:
        return len(self._incidents(filter_, cursor))

    def incident_groups(self, filter_: IncidentFilter, *, limit: int = 200) -> Sequence[IncidentGroup]:
        groups: dict[tuple[str, str, str, str], list[tuple[Incident, Case]]] = {}
        for _, one in self._incidents(filter_):
            case = self._tables.cases[one.case_id]
            groups.setdefault((case.process, one.element, one.kind, one.message), []).append((one, case))
        found = [
            IncidentGroup(
                process=process,
                element=element,
                name=max(one.name for one, _ in rows),
                name_en=max(one.name_en for one, _ in rows),
                kind=kind,
                message=message,
                count=len(rows),
                operated=sum(filter_.operated is None or case.unit in filter_.operated for _, case in rows),
                attempts=sum(one.attempts for one, _ in rows),
                first=min(one.opened_at for one, _ in rows),
                last=max(one.opened_at for one, _ in rows),
                last_tried_at=max(one.last_tried_at for one, _ in rows),
                message_sv=max(one.message_sv for one, _ in rows),
            )
            for (process, element, kind, message), rows in groups.items()
        ]
        return sorted(found, key=lambda one: (-one.count, one.first, one.process, one.element, one.kind, one.message))[:limit]

    def _incidents(self, filter_: IncidentFilter, cursor: str | None = None) -> list[tuple[IncidentPlace, Incident]]:
        """Those that are asked for, after the cursor, in the order of the list."""
        state = filter_.choice.state
        places = [
            (IncidentPlace.of(one, serial), one)
            for serial, one in enumerate(self._tables.incidents.values())
            if _is_asked_for(filter_, one, self._tables.cases[one.case_id])
        ]
        falls = state is IncidentState.RESOLVED
        places.sort(key=lambda row: row[0].order, reverse=falls)
        if cursor is None:
            return places
        after = IncidentPlace.at(cursor, state).order
        return [row for row in places if (row[0].order < after if falls else row[0].order > after)]

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]:
        return [self._tables.tasks[id_] for id_ in self._tables.open_tasks.get(case_id, ())]

    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        under_way = [case for case in self._tables.cases.values() if case.is_open]
        run = (version for case in under_way for version in {case.version_id, *(self._tables.called.get(case.id) or ())})
        return dict(Counter(version for version in run if version in versions))

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
        fields = self._tables.fields.get(task.case_id)
        return TaskRow(task, case.number, case.title, fields.entries[0] if fields and fields.entries else None)

    def _shows_task(self, filter_: TaskFilter, task: UserTask) -> bool:
        return (
            task.state in filter_.states
            and (filter_.unit is None or task.unit == filter_.unit)
            and (filter_.process is None or task.process == filter_.process)
            and (filter_.due_before is None or (task.due is not None and task.due < filter_.due_before))
            and (filter_.created_since is None or task.created_at >= filter_.created_since)
            and (filter_.ids is None or task.id in filter_.ids)
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
            and (filter_.search is None or self._is_found(filter_.search, case))
            and (filter_.versions is None or case.version_id in filter_.versions)
            and (filter_.responsible is None or case.responsible == filter_.responsible)
            and (filter_.about is None or self._is_about(filter_.about, case))
            and (filter_.worker is None or self._has_worked(filter_.worker, case))
        )

    def _is_about(self, entry: tuple[str, str], case: Case) -> bool:
        fields = self._tables.fields.get(case.id)
        return fields is not None and fields.entries[:1] == (entry,)

    def _has_worked(self, person: UserId, case: Case) -> bool:
        return person != SYSTEM_ID and any(event.actor == person for event, _ in self._tables.history.get(case.id, ()))

    def _is_found(self, search: CaseSearch, case: Case) -> bool:
        fields = self._tables.fields.get(case.id) or CaseFields(case.id)
        words = set(fields.words)
        for register, key in fields.entries:
            entry = self._tables.entries.get((register, key))
            for name in search.fields.get(register, ()):
                words |= value_words(None if entry is None else entry.values.get(name))
        return all(
            is_number_of(one.text, case.number) or all(is_begun_by(words, word) for word in one.words) for one in search.asked
        )


def _count(tasks: Sequence[UserTask], times: TaskTimes) -> TaskCount:
    due = [task.due for task in tasks if task.due is not None]
    return TaskCount(
        open=len(tasks),
        overdue=sum(one < times.now for one in due),
        today=sum(one < times.today_before for one in due),
        week=sum(one < times.week_before for one in due),
        new=sum(task.created_at >= times.new_since for task in tasks),
    )


def _is_asked_for(filter_: IncidentFilter, incident: Incident, case: Case) -> bool:
    choice = filter_.choice
    return (
        incident.state is choice.state
        and (filter_.units is None or case.unit in filter_.units)
        and (filter_.versions is None or case.version_id in filter_.versions)
        and choice.process in (None, case.process)
        and choice.unit in (None, case.unit)
        and choice.element in (None, incident.element)
        and choice.kind in (None, incident.kind)
        and choice.message in (None, incident.message)
        and (choice.opened_from is None or incident.opened_at >= choice.opened_from)
        and (choice.opened_before is None or incident.opened_at < choice.opened_before)
    )
