"""Lists of incidents, in SQL.

They run along the incidents, of which few are open, and look each one's case up by its key: never along the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ...case import Case, Incident, IncidentState
from ...ids import UnitId
from ...queries import IncidentFilter, IncidentGroup, Page
from ..paging import IncidentPlace
from .cases import read_case
from .connection import Connection
from .records import read_incident, swedish_of
from .tables import case_instance, incident

Tests = list[sa.ColumnElement[bool] | sa.TextClause]

_INCIDENT = incident.c
_CASE = case_instance.c


def page(connection: Connection, filter_: IncidentFilter, *, cursor: str | None, limit: int) -> Page[tuple[Incident, Case]]:
    """See `Queries.incidents`."""
    moment, falls = _order(filter_.choice.state)
    columns = [column.desc() if falls else column.asc() for column in (moment, _INCIDENT.serial)]
    select = sa.select(incident).where(*_tests(filter_, cursor)).order_by(*columns).limit(limit + 1)
    rows = connection.execute(select).all()
    found = [read_incident(row) for row in rows[:limit]]
    cases = connection.execute(sa.select(case_instance).where(_CASE.id.in_({one.case_id for one in found})))
    by_id = {row.id: read_case(row) for row in cases}
    next_ = IncidentPlace.of(found[-1], rows[limit - 1].serial).cursor() if len(rows) > limit > 0 else None
    return Page(tuple((one, by_id[one.case_id]) for one in found), next_)


def count(connection: Connection, filter_: IncidentFilter, *, cursor: str | None) -> int:
    """See `Queries.incident_count`."""
    select = sa.select(sa.func.count()).select_from(incident).where(*_tests(filter_, cursor))
    return int(connection.execute(select).scalar_one())


def groups(connection: Connection, filter_: IncidentFilter, *, limit: int) -> Sequence[IncidentGroup]:
    """See `Queries.incident_groups`."""
    chosen = sa.select(incident, _of_case(_CASE.process).label("process"), _of_case(_CASE.unit).label("unit"))
    rows = chosen.where(*_tests(filter_, None)).subquery().c
    is_operated = sa.true() if filter_.operated is None else rows.unit.in_(filter_.operated)
    number, first = sa.func.count().label("number"), sa.func.min(rows.opened_at).label("first")
    same = (rows.process, rows.element, rows.kind, rows.message)
    select = (
        sa.select(
            *same,
            sa.func.max(rows.name).label("name"),
            sa.func.max(rows.name_en).label("name_en"),
            sa.func.max(sa.case((rows.reads.like("{%"), rows.reads))).label("in_swedish"),
            number,
            sa.func.sum(sa.case((is_operated, 1), else_=0)).label("operated"),
            sa.func.sum(rows.attempts).label("attempts"),
            first,
            sa.func.max(rows.opened_at).label("last"),
            sa.func.max(sa.func.coalesce(rows.tried_at, rows.opened_at)).label("last_tried_at"),
        )
        .group_by(*same)
        .order_by(number.desc(), first, *same)
        .limit(limit)
    )
    return [
        IncidentGroup(
            process=row.process,
            element=row.element,
            name=row.name,
            name_en=row.name_en,
            kind=row.kind,
            message=row.message,
            count=row.number,
            operated=int(row.operated),
            attempts=int(row.attempts),
            first=row.first,
            last=row.last,
            last_tried_at=row.last_tried_at,
            message_sv=swedish_of(row.in_swedish),
        )
        for row in connection.execute(select)
    ]


def _order(state: IncidentState) -> tuple[sa.Column[Any], bool]:
    """By which moment a list is sorted, and whether it falls."""
    return (_INCIDENT.opened_at, False) if state is IncidentState.OPEN else (_INCIDENT.resolved_at, True)


def _of_case(column: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    """What the incident's case has there."""
    return sa.select(column).where(_CASE.id == _INCIDENT.case_id).correlate(incident).scalar_subquery()


def _tests(filter_: IncidentFilter, cursor: str | None) -> Tests:
    choice = filter_.choice
    exact = ((_INCIDENT.element, choice.element), (_INCIDENT.kind, choice.kind), (_INCIDENT.message, choice.message))
    tests: Tests = [sa.text(f"incident.state = '{choice.state.value}'")]  # as the indexes are written
    tests += [column == value for column, value in exact if value is not None]
    if choice.opened_from is not None:
        tests.append(_INCIDENT.opened_at >= choice.opened_from)
    if choice.opened_before is not None:
        tests.append(_INCIDENT.opened_at < choice.opened_before)
    if cursor is not None:
        tests.append(_after(IncidentPlace.at(cursor, choice.state)))
    of_case = _case_tests(filter_)
    if of_case:
        is_its = _CASE.id == _INCIDENT.case_id
        tests.append(sa.select(sa.literal(1)).select_from(case_instance).where(is_its, *of_case).correlate(incident).exists())
    return tests


def _after(place: IncidentPlace) -> sa.ColumnElement[bool]:
    moment, falls = _order(place.state)
    if falls:
        return (moment <= place.moment) & ((moment < place.moment) | (_INCIDENT.serial < place.serial))
    return (moment >= place.moment) & ((moment > place.moment) | (_INCIDENT.serial > place.serial))


def _case_tests(filter_: IncidentFilter) -> list[sa.ColumnElement[bool]]:
    choice = filter_.choice
    units: frozenset[UnitId] | None = filter_.units
    if choice.unit is not None:
        units = frozenset({choice.unit}) if units is None else units & {choice.unit}
    tests: list[sa.ColumnElement[bool]] = []
    if units is not None:
        tests.append(_CASE.unit.in_(units))
    if choice.process is not None:
        tests.append(_CASE.process == choice.process)
    if filter_.versions is not None:
        tests.append(_CASE.version_id.in_(filter_.versions))
    return tests
