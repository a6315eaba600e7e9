"""Cases in numbers, in SQL. Nothing but headers, times and counts is read: no state, no data, no payload.

The cases looked at are chosen first and are no more than asked for; tasks and history are then read case by case along
their keys, so the work is bounded however many cases there are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ...case import CaseStatus, IncidentState
from ...history import EventType
from ...ports.statistics import ENDS_A_STAY, STARTS_A_STAY, CaseFigures, CaseSelection, StepFigures
from ...task import TaskState
from ...wait import WaitKind
from ..stays import measured, stays
from .connection import Connection
from .tables import case_instance, case_member, history_event, incident, user_task, wait

_CASE = case_instance.c
_EVENT = history_event.c
_ROWS_AT_ONCE = 5000
_OPEN = (CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value)


class SqlStatistics:
    """See `ports.Statistics`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_cases(
        self,
        selection: CaseSelection,
        *,
        most: int,
        held: Collection[str] = (),
        repeated: Collection[str] = (),
        single: Collection[str] = (),
    ) -> CaseFigures:
        tests = _tests(selection)
        cases, open_cases = self._connection.execute(
            sa.select(sa.func.count(), sa.func.sum(sa.case((_CASE.status.in_(_OPEN), 1), else_=0))).where(*tests)
        ).one()
        chosen = sa.select(_CASE.id).where(*tests).order_by(_CASE.started_at.desc(), _CASE.id.desc()).limit(most).cte("chosen")
        steps: dict[str, StepFigures] = {}
        self._add_passed(steps, chosen, single)
        if held:
            self._add_stays(steps, chosen, held, repeated)
        self._add_tasks(steps, chosen)
        self._add_waits(steps, tests)
        self._add_incidents(steps, tests)
        return CaseFigures(int(cases), int(open_cases or 0), min(int(cases), most), steps)

    def _add_waits(self, steps: dict[str, StepFigures], tests: Collection[sa.ColumnElement[bool]]) -> None:
        is_open = user_task.c.state.in_([TaskState.READY.value, TaskState.CLAIMED.value])
        for place, since, holds, is_waiting in (
            (wait.c.element, wait.c.opened_at, wait, wait.c.kind != WaitKind.TASK.value),  # earlier releases wrote such rows
            (user_task.c.path, user_task.c.created_at, user_task, is_open),
        ):
            select = (
                sa.select(place, sa.func.count(), sa.func.min(since, type_=since.type))
                .join(case_instance, _CASE.id == holds.c.case_id)
                .where(is_waiting, _CASE.status.in_(_OPEN), *tests)
                .group_by(place)
            )
            for path, waiting, first in self._connection.execute(select):
                _put(steps, path, waiting=waiting, waiting_since=first)

    def _add_incidents(self, steps: dict[str, StepFigures], tests: Collection[sa.ColumnElement[bool]]) -> None:
        select = (
            sa.select(incident.c.element, sa.func.count())
            .join(case_instance, _CASE.id == incident.c.case_id)
            .where(incident.c.state == IncidentState.OPEN.value, *tests)
            .group_by(incident.c.element)
        )
        for path, stuck in self._connection.execute(select):
            _put(steps, path, stuck=stuck)

    def _add_tasks(self, steps: dict[str, StepFigures], chosen: sa.CTE) -> None:
        """Tasks know best when they began and ended: one that was taken back is not done."""
        task = user_task.c
        lengths = (
            sa.select(task.path.label("path"), (self._second(task.ended_at) - self._second(task.created_at)).label("seconds"))
            .join(chosen, chosen.c.id == task.case_id)
            .where(task.state == TaskState.COMPLETED.value)
        )
        for path, passed, timed, median, p90 in self._connection.execute(_ranked(lengths)):
            _put(steps, path, passed=passed, timed=timed, median_seconds=median, p90_seconds=p90)

    def _add_passed(self, steps: dict[str, StepFigures], chosen: sa.CTE, single: Collection[str]) -> None:
        told = (_EVENT.element, _EVENT.type, sa.func.count())
        types = [EventType.ELEMENT_COMPLETED.value, *([EventType.ELEMENT_ENTERED.value] if single else [])]
        of_chosen = sa.select(*told).join(chosen, chosen.c.id == _EVENT.case_id).where(_EVENT.type.in_(types))
        entered: dict[str, int] = {}
        for path, type_, count in self._connection.execute(of_chosen.group_by(_EVENT.element, _EVENT.type)):
            if type_ == EventType.ELEMENT_COMPLETED.value:
                _put(steps, path, passed=count)
            elif path in single:
                entered[path] = count
        for path, count in entered.items():
            _put(steps, path, passed=max(0, steps.get(path, StepFigures()).passed - count))

    def _add_stays(
        self, steps: dict[str, StepFigures], chosen: sa.CTE, held: Collection[str], repeated: Collection[str]
    ) -> None:
        """Read in the order of the key and matched here: the database would have to sort everything several times for it."""
        types = {type_.value: -1 for type_ in ENDS_A_STAY} | {type_.value: 1 for type_ in STARTS_A_STAY}
        told = (
            sa.select(_EVENT.case_id, _EVENT.element, _EVENT.type, self._second(_EVENT.at))
            .join(chosen, chosen.c.id == _EVENT.case_id)
            .where(_EVENT.type.in_(sorted(types)), _EVENT.element.in_(sorted(held)))
            .order_by(_EVENT.case_id, _EVENT.sequence)
        )
        rows = self._connection.execute(told.execution_options(yield_per=_ROWS_AT_ONCE))
        for path, lengths in stays(map(tuple, rows), repeated).items():
            _put(steps, path, **measured(lengths))

    def _second(self, moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[int]:
        """The whole seconds of an instant since 1970; what is less than a second is cut off, on every database alike."""
        if self._connection.dialect.name == "postgresql":
            return sa.cast(sa.func.floor(sa.extract("epoch", moment)), sa.BigInteger)
        return sa.cast(sa.func.strftime("%s", sa.func.substr(moment, 1, 19)), sa.BigInteger)


def _put(steps: dict[str, StepFigures], path: str, **figures: Any) -> None:
    steps[path] = replace(steps.get(path, StepFigures()), **figures)


def _tests(selection: CaseSelection) -> list[sa.ColumnElement[bool]]:
    tests: list[sa.ColumnElement[bool]] = [_CASE.version_id.in_(sorted(selection.versions))]
    if selection.reader_units is not None:
        is_member = _CASE.id.in_(sa.select(case_member.c.case_id).where(case_member.c.user_id == selection.reader))
        tests.append(_CASE.unit.in_(sorted(selection.reader_units)) | is_member)
    if selection.unit is not None:
        tests.append(_CASE.unit == selection.unit)
    if selection.is_open is not None:
        tests.append(_CASE.status.in_(_OPEN) if selection.is_open else _CASE.status.not_in(_OPEN))
    if selection.started_from is not None:
        tests.append(_CASE.started_at >= selection.started_from)
    if selection.started_before is not None:
        tests.append(_CASE.started_at < selection.started_before)
    return tests


def _ranked(lengths: sa.Select[Any]) -> sa.Select[Any]:
    """At each path how many rows there are, how many with a length, and their median and 90th percentile by nearest rank."""
    told = lengths.subquery()
    ranked = sa.select(
        told,
        sa.func.row_number().over(partition_by=told.c.path, order_by=(told.c.seconds.is_(None), told.c.seconds)).label("rank"),
        sa.func.count(told.c.seconds).over(partition_by=told.c.path).label("all"),
    ).subquery()

    def percentile(tenths: int) -> sa.ColumnElement[int]:
        return sa.func.min(sa.case((ranked.c.rank * 10 >= ranked.c.all * tenths, ranked.c.seconds)))

    columns = (ranked.c.path, sa.func.count(), sa.func.count(ranked.c.seconds), percentile(5), percentile(9))
    return sa.select(*columns).group_by(ranked.c.path)
