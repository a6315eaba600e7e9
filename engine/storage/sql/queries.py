"""Lists, in SQL. What the reader may see is part of the statement.

A list is the union of what each of the reader's rights shows, every branch in the list's order and no longer than the
page: so each runs along one index however many rows there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ...case import Case, CaseStatus, Incident, IncidentState
from ...ids import CaseId, UnitId, VersionId
from ...queries import CaseFilter, Page, TaskCounts, TaskFilter, TaskOrder, TaskRow
from ...task import TaskState, UserTask
from ..paging import CasePlace, TaskPlace
from .cases import read_case
from .records import read_incident
from .tables import case_instance, case_member, incident, task_candidate, user_task, wait
from .tasks import read_task

_MOST_BRANCHES = 100  # SQLite takes 500 in one union
_OPEN = (TaskState.READY.value, TaskState.CLAIMED.value)
_TASK = user_task.c
_CASE = case_instance.c
_ORDERS: Mapping[TaskOrder, Sequence[tuple[sa.Column[Any], bool]]] = {
    TaskOrder.DUE: ((_TASK.due_order, False), (_TASK.priority, True), (_TASK.created_at, False), (_TASK.id, False)),
    TaskOrder.CREATED: ((_TASK.created_at, True), (_TASK.id, False)),
    TaskOrder.PRIORITY: ((_TASK.priority, True), (_TASK.due_order, False), (_TASK.created_at, False), (_TASK.id, False)),
}
"""By which columns a list is sorted, and which of them fall. The last one is the id."""


class SqlQueries:
    """See `queries.Queries`."""

    def __init__(self, connection: sa.Connection) -> None:
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
            sa.select(user_task, _CASE.number.label("case_number"), _CASE.title.label("case_title"))
            .join(case_instance, _CASE.id == _TASK.case_id)
            .where(_in_any(_TASK.id, branches))
            .order_by(*columns)
            .limit(limit + 1)
        )
        rows = [TaskRow(read_task(row), row.case_number, row.case_title) for row in self._connection.execute(select)]
        next_ = TaskPlace.of(rows[limit - 1].task, order).cursor() if len(rows) > limit > 0 else None
        return Page(tuple(rows[:limit]), next_)

    def task_counts(self, filter_: TaskFilter, *, now: datetime, since: datetime) -> TaskCounts:
        tests = _task_tests(TaskFilter(filter_.reader, filter_.reader_groups, filter_.unit, filter_.process))
        branches = [
            sa.select(_TASK.id).where(_TASK.state == state, right, *tests) for state in _OPEN for right in _task_rights(filter_)
        ]
        kinds = (_TASK.claimed_by == filter_.reader, _TASK.claimed_by.is_(None), _TASK.due < now, _TASK.created_at >= since)
        sums = [sa.func.coalesce(sa.func.sum(sa.case((kind, 1), else_=0)), 0) for kind in kinds]
        row = self._connection.execute(sa.select(*sums).where(_in_any(_TASK.id, branches))).one()
        return TaskCounts(*map(int, row))

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
        rows = [read_case(row) for row in self._connection.execute(select)]
        return Page(tuple(rows[:limit]), CasePlace.of(rows[limit - 1]).cursor() if len(rows) > limit > 0 else None)

    def incidents(self, units: frozenset[UnitId] | None, *, limit: int = 100) -> Sequence[tuple[Incident, Case]]:
        columns = incident.c
        open_ = sa.select(incident).where(sa.text("state = 'open'"))
        if units is not None:
            open_ = open_.join(case_instance, _CASE.id == columns.case_id).where(_CASE.unit.in_(units))
        found = self._connection.execute(open_.order_by(columns.opened_at, columns.serial).limit(limit)).all()
        cases = self._connection.execute(sa.select(case_instance).where(_CASE.id.in_({row.case_id for row in found})))
        by_id = {row.id: read_case(row) for row in cases}
        return [(read_incident(row), by_id[row.case_id]) for row in found]

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]:
        select = sa.select(user_task).where(_TASK.case_id == case_id, _TASK.state.in_(_OPEN)).order_by(_TASK.serial)
        return [read_task(row) for row in self._connection.execute(select)]

    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        columns = case_instance.c
        is_open = columns.status.in_([CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value])
        select = sa.select(columns.version_id, sa.func.count()).where(columns.version_id.in_(versions), is_open)
        return {VersionId(id_): count for id_, count in self._connection.execute(select.group_by(columns.version_id))}

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
    return tests
