"""What commands about a case read in every step, in statements that are made once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ...case import IncidentState
from ...task import TaskState
from .statement import Statement
from .tables import case_data, case_instance, case_member, case_state, incident, user_task, wait

_ID: sa.BindParameter[str] = sa.bindparam("id")


def _is_any(column: sa.Column[Any], *states: str) -> sa.ColumnElement[bool]:
    """Written out: databases choose an index by the values that they see."""
    return column.in_([sa.literal_column(f"'{state}'") for state in states])


_CASE = sa.select(case_instance).where(case_instance.c.id == _ID)
_CASE_ID_OF_TASK = sa.select(user_task.c.case_id).where(user_task.c.id == _ID).scalar_subquery()
_CASE_OF_TASK = sa.select(case_instance).where(case_instance.c.id == _CASE_ID_OF_TASK)
CASE = Statement(_CASE)
LOCKED_CASE = Statement(_CASE.with_for_update())
CASE_OF_TASK = Statement(_CASE_OF_TASK)
_BESIDE: tuple[sa.ColumnElement[Any], ...] = (
    sa.exists().where(case_member.c.case_id == case_instance.c.id).label("has_members"),
    sa.exists().where(wait.c.case_id == case_instance.c.id).label("has_waits"),
    sa.exists()
    .where(incident.c.case_id == case_instance.c.id, _is_any(incident.c.state, IncidentState.OPEN))
    .label("has_incidents"),
)
"""What most cases do not have: one question spares three."""
CASE_AND_STATE_OF_TASK = Statement(
    sa.select(case_instance, sa.func.coalesce(case_state.c.state, "").label("state"), *_BESIDE)
    .join(case_state, case_state.c.case_id == case_instance.c.id, isouter=True)
    .where(case_instance.c.id == _CASE_ID_OF_TASK)
)
"""For SQLite, where what is read cannot change meanwhile: who writes holds the whole database."""
LOCKED_CASE_OF_TASK = Statement(_CASE_OF_TASK.with_for_update(of=case_instance))
BESIDE_CASE_OF_TASK = Statement(sa.select(*_BESIDE).where(case_instance.c.id == _CASE_ID_OF_TASK))
"""Asked after the lock, unlike the case itself: what it finds is as current as what it spares."""
TASK = Statement(sa.select(user_task).where(user_task.c.id == _ID))


def _state(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    return sa.select(case_state.c.state).where(case_state.c.case_id == of)


def _data(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    return sa.select(case_data).where(case_data.c.case_id == of).order_by(case_data.c.scope)


def _members(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    return sa.select(case_member.c.user_id).where(case_member.c.case_id == of)


def _open_tasks(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    is_open = _is_any(user_task.c.state, TaskState.READY, TaskState.CLAIMED)
    return sa.select(user_task).where(user_task.c.case_id == of, is_open).order_by(user_task.c.serial)


def _waits(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    return sa.select(wait).where(wait.c.case_id == of).order_by(wait.c.opened_at, wait.c.token)


def _open_incidents(of: sa.ColumnElement[str]) -> sa.Select[Any]:
    is_open = _is_any(incident.c.state, IncidentState.OPEN)
    return sa.select(incident).where(incident.c.case_id == of, is_open).order_by(incident.c.serial)


STATE, DATA, MEMBERS, OPEN_TASKS, WAITS, OPEN_INCIDENTS = (
    Statement(read(_ID)) for read in (_state, _data, _members, _open_tasks, _waits, _open_incidents)
)
BY_TASK = {
    statement: Statement(read(_CASE_ID_OF_TASK))
    for statement, read in ((STATE, _state), (DATA, _data), (OPEN_TASKS, _open_tasks))
}
"""What is read of a case, and the same asked with one of its tasks: then nobody waits to hear which case that is."""
