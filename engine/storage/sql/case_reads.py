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
_CASE_OF_TASK = sa.select(case_instance).where(
    case_instance.c.id == sa.select(user_task.c.case_id).where(user_task.c.id == _ID).scalar_subquery()
)
CASE = Statement(_CASE)
LOCKED_CASE = Statement(_CASE.with_for_update())
CASE_OF_TASK = Statement(_CASE_OF_TASK)
LOCKED_CASE_OF_TASK = Statement(_CASE_OF_TASK.with_for_update(of=case_instance))
STATE = Statement(sa.select(case_state.c.state).where(case_state.c.case_id == _ID))
DATA = Statement(sa.select(case_data).where(case_data.c.case_id == _ID).order_by(case_data.c.scope))
MEMBERS = Statement(sa.select(case_member.c.user_id).where(case_member.c.case_id == _ID))
TASK = Statement(sa.select(user_task).where(user_task.c.id == _ID))
OPEN_TASKS = Statement(
    sa.select(user_task)
    .where(user_task.c.case_id == _ID, _is_any(user_task.c.state, TaskState.READY, TaskState.CLAIMED))
    .order_by(user_task.c.serial)
)
WAITS = Statement(sa.select(wait).where(wait.c.case_id == _ID).order_by(wait.c.opened_at, wait.c.token))
OPEN_INCIDENTS = Statement(
    sa.select(incident)
    .where(incident.c.case_id == _ID, _is_any(incident.c.state, IncidentState.OPEN))
    .order_by(incident.c.serial)
)
