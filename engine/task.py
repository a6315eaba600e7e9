"""A user task: work for a person, as lists show it and rules judge it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from .canonical import Json
from .errors import NotPossible, TaskAlreadyClaimed, TaskAlreadyCompleted
from .ids import CaseId, ScopeId, TaskId, Token, UnitId, UserId, VersionId
from .sentences import sentence


class TaskState(StrEnum):
    READY = "ready"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class UserTask:
    """Work for a person.

    `element` is the id in its diagram and `path` the same with the call activities that lead there
    (`intake.register-contact`). `name_en` is the name in English, empty where the designer gave none. `bind` is the path
    in the case data (in `scope`) that the form reads and writes, empty for the top level. `candidate_groups` empty means
    anybody in the unit. `due` and `follow_up` are aware UTC. `created_sequence` is where the case's history ended when the
    task was there: nobody has seen its form on older data.
    """

    id: TaskId
    case_id: CaseId
    token: Token
    element: str
    path: str
    name: str
    process: str
    unit: UnitId
    scope: ScopeId
    created_at: datetime
    form_version_id: VersionId | None = None
    bind: str = ""
    candidate_groups: frozenset[str] = frozenset()
    not_by: frozenset[UserId] = frozenset()
    on_behalf_of: str = ""
    state: TaskState = TaskState.READY
    claimed_by: UserId | None = None
    due: datetime | None = None
    follow_up: datetime | None = None
    priority: int = 50
    loop_counter: int | None = None
    revision: int = 0
    ended_at: datetime | None = None
    ended_by: UserId | None = None
    name_en: str = ""
    created_sequence: int = 0

    @property
    def names(self) -> dict[str, Json]:
        """What the task is called, as events tell it: `name`, and `nameEn` if there is one."""
        return {"name": self.name, "nameEn": self.name_en} if self.name_en else {"name": self.name}

    @property
    def is_open(self) -> bool:
        return self.state in (TaskState.READY, TaskState.CLAIMED)


def require_open(task: UserTask) -> None:
    """Raise unless somebody can still work on the task.

    Raises:
        TaskAlreadyCompleted: somebody completed it; the error says who and when.
        NotPossible: it was cancelled because the case took another way.
    """
    if task.state is TaskState.COMPLETED and task.ended_by is not None and task.ended_at is not None:
        raise TaskAlreadyCompleted(task.id, by=task.ended_by, at=task.ended_at)
    if not task.is_open:
        raise NotPossible(
            sentence("Task {task} is no longer needed: the case took another way. Open the case to see where.", task=task.id)
        )


def claim(task: UserTask, *, by: UserId) -> UserTask:
    """Give the task to one person. Claiming one's own task again changes nothing.

    Raises:
        TaskAlreadyClaimed: another person holds it.
        TaskAlreadyCompleted, NotPossible: it is no longer open.
    """
    require_open(task)
    if task.claimed_by not in (None, by):
        raise TaskAlreadyClaimed(task.id, holder=str(task.claimed_by))
    return replace(task, state=TaskState.CLAIMED, claimed_by=by, revision=task.revision + 1)


def release(task: UserTask) -> UserTask:
    """Put the task back for its candidate groups."""
    require_open(task)
    return replace(task, state=TaskState.READY, claimed_by=None, revision=task.revision + 1)


def assign(task: UserTask, *, to: UserId) -> UserTask:
    """Give the task to somebody, whoever held it before."""
    require_open(task)
    return replace(task, state=TaskState.CLAIMED, claimed_by=to, revision=task.revision + 1)


def complete(task: UserTask, *, by: UserId, at: datetime) -> UserTask:
    """The task done; whoever held it, `by` did it."""
    require_open(task)
    return replace(task, state=TaskState.COMPLETED, ended_by=by, ended_at=at, revision=task.revision + 1)


def cancel(task: UserTask, *, at: datetime) -> UserTask:
    """The task withdrawn by the process."""
    return replace(task, state=TaskState.CANCELLED, ended_at=at, revision=task.revision + 1)
