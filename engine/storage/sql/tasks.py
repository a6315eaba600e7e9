"""User tasks and drafts, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

import sqlalchemy as sa

from ...ids import CaseId, ScopeId, TaskId, Token, UnitId, UserId, VersionId
from ...ports import TaskDraft
from ...task import TaskState, UserTask
from ..json_text import read_json, write_json
from ..paging import END_OF_TIME
from ..refusals import changed
from .case_reads import TASK
from .connection import Connection
from .rows import differing, names, put_unless_changed, read_name_set, read_names
from .statement import Statement, Values
from .tables import task_candidate, task_draft, user_task

# Statements of every step, built once: building them anew each time costs more than running them.
_UPDATE = Statement(
    sa.update(user_task).where(user_task.c.id == sa.bindparam("was_id"), user_task.c.revision == sa.bindparam("was_revision"))
)
_INSERT = Statement(sa.insert(user_task))
_ADD_CANDIDATE = Statement(sa.insert(task_candidate))
_DELETE_DRAFT = Statement(
    sa.delete(task_draft).where(task_draft.c.task_id == sa.bindparam("id"), task_draft.c.user_id == sa.bindparam("user"))
)


class SqlTasks:
    """See `ports.Tasks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task: UserTask) -> None:
        self._connection.later(_INSERT, task_row(task))
        self._add_candidates(task)

    def get(self, id_: TaskId) -> UserTask | None:
        row = self._connection.one(TASK, {"id": id_})
        return None if row is None else read_task(row)

    def of_case(self, case_id: CaseId) -> Sequence[UserTask]:
        return [read_task(row) for row in self._connection.execute(_of_case(case_id).order_by(user_task.c.serial))]

    def done_by(self, case_id: CaseId, path: str) -> frozenset[UserId]:
        columns = user_task.c
        ended = (columns.case_id == case_id, columns.path == path, columns.ended_by.is_not(None))
        return frozenset(self._connection.scalars(sa.select(columns.ended_by).where(*ended).distinct()))

    def save(self, task: UserTask, *, was: UserTask) -> None:
        def missed() -> NoReturn:
            raise changed("task", task.id)

        written = differing(task_row(task), task_row(was))
        self._connection.later(_UPDATE, {"was_id": task.id, "was_revision": was.revision} | written, missed=missed)
        if task.candidate_groups != was.candidate_groups:
            self._connection.execute(sa.delete(task_candidate).where(task_candidate.c.task_id == task.id))
            self._add_candidates(task)

    def put_draft(self, draft: TaskDraft, *, was: str | None = None) -> None:
        content = {
            "content": write_json(draft.values),
            "base_sequence": draft.base_sequence,
            "saved_at": draft.saved_at,
            "revision": draft.revision,
        }
        key = {"task_id": draft.task_id, "user_id": draft.user_id}
        if not put_unless_changed(self._connection, task_draft, key, content, was=was):
            raise changed("draft of the task", draft.task_id)

    def draft(self, task_id: TaskId, user: UserId) -> TaskDraft | None:
        columns = task_draft.c
        select = sa.select(task_draft).where(columns.task_id == task_id, columns.user_id == user)
        row = self._connection.execute(select).one_or_none()
        if row is None:
            return None
        return TaskDraft(task_id, user, read_json(row.content), row.base_sequence, row.saved_at, row.revision)

    def delete_draft(self, task_id: TaskId, user: UserId) -> None:
        self._connection.later(_DELETE_DRAFT, {"id": task_id, "user": user})

    def forget_drafts(self, before: datetime) -> None:
        has_ended = user_task.c.state.not_in([TaskState.READY.value, TaskState.CLAIMED.value])
        ended = sa.exists().where(user_task.c.id == task_draft.c.task_id, has_ended)
        self._connection.execute(sa.delete(task_draft).where(task_draft.c.saved_at < before, ended))

    def _add_candidates(self, task: UserTask) -> None:
        rows: list[Values] = [{"task_id": task.id, "candidate_group": group} for group in sorted(task.candidate_groups)]
        if rows:
            self._connection.later(_ADD_CANDIDATE, *rows)


def _of_case(case_id: CaseId) -> sa.Select[Any]:
    return sa.select(user_task).where(user_task.c.case_id == case_id)


def task_row(task: UserTask) -> Values:
    """The columns of a task."""
    return {
        "id": task.id,
        "case_id": task.case_id,
        "token": task.token,
        "element": task.element,
        "path": task.path,
        "name": task.name,
        "name_en": task.name_en,
        "created_sequence": task.created_sequence,
        "process": task.process,
        "unit": task.unit,
        "scope": task.scope,
        "created_at": task.created_at,
        "form_version_id": task.form_version_id,
        "bind": task.bind,
        "candidate_groups": names(task.candidate_groups),
        "not_by": names(task.not_by),
        "on_behalf_of": task.on_behalf_of,
        "state": task.state.value,
        "claimed_by": task.claimed_by,
        "due": task.due,
        "due_order": task.due or END_OF_TIME,
        "follow_up": task.follow_up,
        "priority": task.priority,
        "loop_counter": task.loop_counter,
        "revision": task.revision,
        "ended_at": task.ended_at,
        "ended_by": task.ended_by,
    }


def read_task(row: Any) -> UserTask:
    """The task of a row."""
    return UserTask(
        id=TaskId(row.id),
        case_id=CaseId(row.case_id),
        token=Token(row.token),
        element=row.element,
        path=row.path,
        name=row.name,
        name_en=row.name_en,
        created_sequence=row.created_sequence,
        process=row.process,
        unit=UnitId(row.unit),
        scope=ScopeId(row.scope),
        created_at=row.created_at,
        form_version_id=None if row.form_version_id is None else VersionId(row.form_version_id),
        bind=row.bind,
        candidate_groups=read_name_set(row.candidate_groups),
        not_by=frozenset(UserId(user) for user in read_names(row.not_by)),
        on_behalf_of=row.on_behalf_of,
        state=TaskState(row.state),
        claimed_by=None if row.claimed_by is None else UserId(row.claimed_by),
        due=row.due,
        follow_up=row.follow_up,
        priority=row.priority,
        loop_counter=row.loop_counter,
        revision=row.revision,
        ended_at=row.ended_at,
        ended_by=None if row.ended_by is None else UserId(row.ended_by),
    )
