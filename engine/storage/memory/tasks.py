"""User tasks and drafts, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from ...ids import CaseId, TaskId, Token, UserId
from ...ports import TaskDraft
from ...task import UserTask
from ..refusals import changed, taken
from .tables import Tables


class MemoryTasks:
    """See `ports.Tasks`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, task: UserTask) -> None:
        if task.id in self._tables.tasks:
            raise taken("task", task.id)
        self._tables.tasks.put(task.id, task)
        self._tables.case_tasks.put(task.case_id, (*self._tables.case_tasks.get(task.case_id, ()), task.id))

    def get(self, id_: TaskId) -> UserTask | None:
        return self._tables.tasks.get(id_)

    def by_token(self, case_id: CaseId, token: Token) -> UserTask | None:
        return next((task for task in reversed(self.of_case(case_id)) if task.token == token), None)

    def of_case(self, case_id: CaseId) -> Sequence[UserTask]:
        return [self._tables.tasks[id_] for id_ in self._tables.case_tasks.get(case_id, ())]

    def done_by(self, case_id: CaseId, path: str) -> frozenset[UserId]:
        return frozenset(task.ended_by for task in self.of_case(case_id) if task.path == path and task.ended_by is not None)

    def save(self, task: UserTask, *, revision: int) -> None:
        stored = self._tables.tasks.get(task.id)
        if stored is None or stored.revision != revision:
            raise changed("task", task.id)
        self._tables.tasks.put(task.id, task)

    def put_draft(self, draft: TaskDraft) -> None:
        drafts = self._tables.drafts.get(draft.task_id, {})
        self._tables.drafts.put(draft.task_id, {**drafts, draft.user_id: draft})

    def draft(self, task_id: TaskId, user: UserId) -> TaskDraft | None:
        return self._tables.drafts.get(task_id, {}).get(user)

    def delete_drafts(self, task_id: TaskId) -> None:
        self._tables.drafts.remove(task_id)
