"""Lists, in SQL. What the reader may see is part of the statement.

A list is the union of what each of the reader's rights shows, every branch in the list's order and no longer than the
page: so each runs along one index however many rows there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ...case import Case, CaseStatus, Incident, IncidentState
from ...ids import CaseId, UnitId, VersionId
from ...queries import (
    CaseFilter,
    IncidentFilter,
    IncidentGroup,
    Page,
    TaskCount,
    TaskCounts,
    TaskFilter,
    TaskOrder,
    TaskRow,
    TaskTimes,
)
from ...task import TaskState, UserTask
from ..paging import CasePlace, TaskPlace
from . import incident_lists
from .case_reads import OPEN_TASKS
from .case_search import case_search_tests
from .cases import SqlCases, read_case
from .connection import Connection
from .damaged import DAMAGED
from .tables import (
    case_called,
    case_entry,
    case_instance,
    case_member,
    history_event,
    incident,
    task_candidate,
    user_task,
    wait,
)
from .tasks import read_task

_MOST_BRANCHES = 100  # SQLite takes 500 in one union
_OPEN = (TaskState.READY.value, TaskState.CLAIMED.value)
_TASK = user_task.c
_CASE = case_instance.c
_OF_CASE = (
    _CASE.number.label("case_number"),
    _CASE.title.label("case_title"),
    case_entry.c.register,
    case_entry.c.key.label("entry"),
)
_ORDERS: Mapping[TaskOrder, Sequence[tuple[sa.Column[Any], bool]]] = {
    TaskOrder.DUE: ((_TASK.due_order, False), (_TASK.priority, True), (_TASK.created_at, False), (_TASK.id, False)),
    TaskOrder.CREATED: ((_TASK.created_at, True), (_TASK.id, False)),
    TaskOrder.PRIORITY: ((_TASK.priority, True), (_TASK.due_order, False), (_TASK.created_at, False), (_TASK.id, False)),
}
"""By which columns a list is sorted, and which of them fall. The last one is the id."""


class SqlQueries:
    """See `queries.Queries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tasks(
        self, filter_: TaskFilter, *, order: TaskOrder = TaskOrder.DUE, cursor: str | None = None, limit: int = 50
    ) -> Page[TaskRow]:
        columns = [column.desc() if falls else column.asc() for column, falls in _ORDERS[order]]
        tests = _task_tests(filter_)
        if cursor is not None:
            tests.append(_after_task(TaskPlace.at(cursor, order)))
        branches = [
            sa.select(_TASK.id).where(_TASK.state == state.value, right, *tests).order_by(*columns).limit(limit + 1)
            for state in sorted(filter_.states)
            for right in _task_rights(filter_)
        ]
        select = (
            sa.select(user_task, *_OF_CASE)
            .join(case_instance, _CASE.id == _TASK.case_id)
            .outerjoin(case_entry, (case_entry.c.case_id == _TASK.case_id) & (case_entry.c.position == 0))
            .where(_in_any(_TASK.id, branches))
            .order_by(*columns)
            .limit(limit + 1)
        )
        rows = [
            TaskRow(read_task(row), row.case_number, row.case_title, (row.register, row.entry) if row.register else None)
            for row in self._connection.execute(select)
        ]
        next_ = TaskPlace.of(rows[limit - 1].task, order).cursor() if len(rows) > limit > 0 else None
        return Page(tuple(rows[:limit]), next_)

    def task_counts(self, filter_: TaskFilter, times: TaskTimes) -> TaskCounts:
        tests = _task_tests(TaskFilter(filter_.reader, filter_.reader_groups, filter_.unit, filter_.process))
        branches = [
            sa.select(_TASK.id).where(_TASK.state == state, right, *tests) for state in _OPEN for right in _task_rights(filter_)
        ]
        whose = (sa.true(), _TASK.claimed_by == filter_.reader, _TASK.claimed_by.is_(None))
        before = [_TASK.due < moment for moment in (times.now, times.today_before, times.week_before)]
        kinds = [sa.true(), *before, _TASK.created_at >= times.new_since]
        sums = [sa.func.coalesce(sa.func.sum(sa.case((his & kind, 1), else_=0)), 0) for his in whose for kind in kinds]
        row = tuple(map(int, self._connection.execute(sa.select(*sums).where(_in_any(_TASK.id, branches))).one()))
        return TaskCounts(*(TaskCount(*row[start : start + len(kinds)]) for start in range(0, len(row), len(kinds))))

    def cases(self, filter_: CaseFilter, *, cursor: str | None = None, limit: int = 50) -> Page[Case]:
        order = (_CASE.started_at.desc(), _CASE.id.desc())
        tests = _case_tests(filter_)
        if cursor is not None:
            place = CasePlace.at(cursor)
            further = (_CASE.started_at < place.started_at) | (_CASE.id < place.id)
            tests.append((_CASE.started_at <= place.started_at) & further)
        branches = [
            sa.select(_CASE.id).where(right, *tests).order_by(*order).limit(limit + 1) for right in _case_rights(filter_)
        ]
        select = sa.select(case_instance).where(_in_any(_CASE.id, branches)).order_by(*order).limit(limit + 1)
        try:
            rows = [read_case(row) for row in self._connection.execute(select)]
        except DAMAGED:
            for id_ in self._connection.scalars(select.with_only_columns(_CASE.id)).all():
                SqlCases(self._connection).get(id_)  # raises, and names it
            raise
        return Page(tuple(rows[:limit]), CasePlace.of(rows[limit - 1]).cursor() if len(rows) > limit > 0 else None)

    def subjects(self, cases: Collection[CaseId]) -> dict[CaseId, tuple[str, str]]:
        columns = case_entry.c
        select = sa.select(case_entry).where(columns.case_id.in_(cases), columns.position == 0)
        return {CaseId(row.case_id): (row.register, row.key) for row in self._connection.execute(select)}

    def incidents(self, filter_: IncidentFilter, *, cursor: str | None = None, limit: int = 100) -> Page[tuple[Incident, Case]]:
        return incident_lists.page(self._connection, filter_, cursor=cursor, limit=limit)

    def incident_count(self, filter_: IncidentFilter, *, cursor: str | None = None) -> int:
        return incident_lists.count(self._connection, filter_, cursor=cursor)

    def incident_groups(self, filter_: IncidentFilter, *, limit: int = 200) -> Sequence[IncidentGroup]:
        return incident_lists.groups(self._connection, filter_, limit=limit)

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]:
        return [read_task(row) for row in self._connection.rows(OPEN_TASKS, {"id": case_id})]

    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        is_open = _CASE.status.in_([CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value])
        called = case_called.c
        own = sa.select(_CASE.version_id, _CASE.id).where(_CASE.version_id.in_(versions), is_open)
        calling = sa.select(called.version_id, _CASE.id).join(case_instance, _CASE.id == called.case_id)
        # A case that calls the version it runs on itself counts once.
        run = own.union(calling.where(called.version_id.in_(versions), is_open)).subquery()
        select = sa.select(run.c.version_id, sa.func.count()).group_by(run.c.version_id)
        return {VersionId(id_): count for id_, count in self._connection.execute(select)}

    def counts(self) -> dict[str, int]:
        return {
            "cases": self._count(case_instance, sa.true()),
            "open_tasks": self._count(user_task, _TASK.state.in_(_OPEN)),
            "open_incidents": self._count(incident, incident.c.state == IncidentState.OPEN.value),
            "waiting_timers": self._count(wait, sa.text("kind = 'timer'")),
        }

    def _count(self, table: sa.Table, which: sa.ColumnElement[bool] | sa.TextClause) -> int:
        select = sa.select(sa.func.count()).select_from(table).where(which)
        return int(self._connection.execute(select).scalar_one())


def _in_any(column: sa.Column[Any], branches: Sequence[sa.Select[Any]]) -> sa.ColumnElement[bool]:
    """The column is in what one of the branches gives."""
    parts = [sa.select(branch.subquery()) for branch in branches]
    chunks = [parts[start : start + _MOST_BRANCHES] for start in range(0, len(parts), _MOST_BRANCHES)]
    return sa.or_(sa.false(), *(column.in_(sa.union_all(*chunk)) for chunk in chunks))


def _task_rights(filter_: TaskFilter) -> list[sa.ColumnElement[bool]]:
    """What gives the reader a sight of a task, one condition each."""
    held = _TASK.claimed_by == filter_.reader
    if filter_.mine:
        return [held]
    groups: dict[UnitId, frozenset[str]] = {}
    for unit, theirs in filter_.reader_groups:
        if filter_.unit in (None, unit):
            groups[unit] = groups.get(unit, frozenset()) | theirs
    of_units = [(_TASK.unit == unit) & _is_for(theirs) for unit, theirs in sorted(groups.items())]
    is_member = _TASK.case_id.in_(sa.select(case_member.c.case_id).where(case_member.c.user_id == filter_.reader))
    return [*of_units, held, is_member]


def _is_for(groups: frozenset[str]) -> sa.ColumnElement[bool]:
    """The task is for anybody in its unit, or for one of the groups."""
    candidate = sa.select(sa.literal(1)).where(
        task_candidate.c.task_id == _TASK.id, task_candidate.c.candidate_group.in_(sorted(groups))
    )
    # Not EXISTS: PostgreSQL would read all candidates there are into a hash table first. A limit keeps it from that.
    return (_TASK.candidate_groups == "[]") | candidate.limit(1).scalar_subquery().is_not(None)


def _task_tests(filter_: TaskFilter) -> list[sa.ColumnElement[bool]]:
    tests: list[sa.ColumnElement[bool]] = []
    if filter_.unit is not None:
        tests.append(_TASK.unit == filter_.unit)
    if filter_.process is not None:
        tests.append(_TASK.process == filter_.process)
    if filter_.due_before is not None:
        tests.append(_TASK.due < filter_.due_before)
        tests.append(_TASK.due_order < filter_.due_before)
    if filter_.created_since is not None:
        tests.append(_TASK.created_at >= filter_.created_since)
    if filter_.ids is not None:
        tests.append(_TASK.id.in_(sorted(filter_.ids)))
    return tests


def _after_task(place: TaskPlace) -> sa.ColumnElement[bool]:
    """The task comes after the place, said so that an index in this order is entered there."""
    values = {_TASK.due_order: place.due, _TASK.priority: place.priority, _TASK.created_at: place.created_at}
    after: sa.ColumnElement[bool] = _TASK.id > place.id
    for column, falls in reversed(_ORDERS[place.by][:-1]):
        value = values[column]
        reached, further = (column <= value, column < value) if falls else (column >= value, column > value)
        after = reached & (further | after)
    return after


def _case_rights(filter_: CaseFilter) -> list[sa.ColumnElement[bool]]:
    """What gives the reader a sight of a case, one condition each."""
    if filter_.reader_units is None:
        return [sa.true()]
    of_units = [_CASE.unit == unit for unit in sorted(filter_.reader_units) if filter_.unit in (None, unit)]
    return [*of_units, _CASE.id.in_(sa.select(case_member.c.case_id).where(case_member.c.user_id == filter_.reader))]


def _case_tests(filter_: CaseFilter) -> list[sa.ColumnElement[bool]]:
    tests: list[sa.ColumnElement[bool]] = []
    if filter_.unit is not None:
        tests.append(_CASE.unit == filter_.unit)
    if filter_.process is not None:
        tests.append(_CASE.process == filter_.process)
    if filter_.status is not None:
        tests.append(_CASE.status == CaseStatus(filter_.status).value)
    if filter_.number is not None:
        tests.append(_CASE.number == filter_.number)
    if filter_.started_from is not None:
        tests.append(_CASE.started_at >= filter_.started_from)
    if filter_.started_before is not None:
        tests.append(_CASE.started_at < filter_.started_before)
    if filter_.search is not None:
        tests += case_search_tests(filter_.search)
    if filter_.versions is not None:
        tests.append(_CASE.version_id.in_(sorted(filter_.versions)))
    if filter_.responsible is not None:
        tests.append(_CASE.responsible == filter_.responsible)
    if filter_.about is not None:
        entry = case_entry.c
        named = (entry.register == filter_.about[0]) & (entry.key == filter_.about[1]) & (entry.position == 0)
        tests.append(_CASE.id.in_(sa.select(entry.case_id).where(named)))
    if filter_.worker is not None:
        event = history_event.c
        # Said as the index says it, which holds nothing of what the engine did by itself.
        tests.append(_CASE.id.in_(sa.select(event.case_id).where(event.actor == filter_.worker, sa.text("actor <> 'system'"))))
    return tests
