"""User tasks and drafts, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...ids import CaseId, TaskId, UserId
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
        tables = self._tables
        tables.case_tasks.put(task.case_id, (*tables.case_tasks.get(task.case_id, ()), task.id))
        self._put(task)

    def get(self, id_: TaskId) -> UserTask | None:
        return self._tables.tasks.get(id_)

    def of_case(self, case_id: CaseId) -> Sequence[UserTask]:
        return [self._tables.tasks[id_] for id_ in self._ids(case_id)]

    def done_by(self, case_id: CaseId, path: str) -> frozenset[UserId]:
        return frozenset(user for user, count in self._tables.ended_by.get((case_id, path), {}).items() if count)

    def save(self, task: UserTask, *, was: UserTask) -> None:
        stored = self._tables.tasks.get(task.id)
        if stored is None or stored.revision != was.revision:
            raise changed("task", task.id)
        self._put(task)

    def _ids(self, case_id: CaseId) -> tuple[TaskId, ...]:
        return self._tables.case_tasks.get(case_id, ())

    def _put(self, task: UserTask) -> None:
        """Store the task, and let it be found by what it is now: open, or ended by somebody."""
        was = self._tables.tasks.get(task.id)
        self._tables.tasks.put(task.id, task)
        if (was is not None and was.is_open) is not task.is_open:
            self._list_open(task, is_new=was is None)
        before = None if was is None else was.ended_by
        if before != task.ended_by:
            self._count_ended(task, before)

    def _list_open(self, task: UserTask, *, is_new: bool) -> None:
        """Keep the open tasks of the case, oldest first; one that is taken back stands where it stood."""
        known = self._tables.open_tasks.get(task.case_id, ())
        if not task.is_open:
            now = tuple(id_ for id_ in known if id_ != task.id)
        elif is_new:
            now = (*known, task.id)
        else:
            now = tuple(id_ for id_ in self._ids(task.case_id) if id_ == task.id or id_ in known)
        self._tables.open_tasks.put(task.case_id, now)

    def _count_ended(self, task: UserTask, before: UserId | None) -> None:
        """Count for each user the tasks at a path that they ended."""
        place = (task.case_id, task.path)
        counts = dict(self._tables.ended_by.get(place, {}))
        for user, more in ((before, -1), (task.ended_by, 1)):
            if user is not None:
                counts[user] = counts.get(user, 0) + more
        self._tables.ended_by.put(place, counts)

    def put_draft(self, draft: TaskDraft, *, was: str | None = None) -> None:
        drafts = self._tables.drafts.get(draft.task_id, {})
        before = drafts.get(draft.user_id)
        if was is not None and was != (before.revision if before else ""):
            raise changed("draft of the task", draft.task_id)
        self._tables.drafts.put(draft.task_id, {**drafts, draft.user_id: draft})

    def draft(self, task_id: TaskId, user: UserId) -> TaskDraft | None:
        return self._tables.drafts.get(task_id, {}).get(user)

    def delete_draft(self, task_id: TaskId, user: UserId) -> None:
        drafts = self._tables.drafts.get(task_id, {})
        if user in drafts:
            self._tables.drafts.put(task_id, {one: draft for one, draft in drafts.items() if one != user})

    def forget_drafts(self, before: datetime) -> None:
        for task_id, drafts in [*self._tables.drafts.items()]:
            kept = {user: draft for user, draft in drafts.items() if draft.saved_at >= before}
            if not self._tables.tasks[task_id].is_open and len(kept) < len(drafts):
                self._tables.drafts.put(task_id, kept)
