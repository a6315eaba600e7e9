"""What people may begin by themselves in an ad-hoc sub-process."""

from __future__ import annotations

from dataclasses import dataclass

from ..ids import TaskId
from ..task import UserTask


@dataclass(frozen=True, slots=True)
class OfferedActivity:
    """An activity of an ad-hoc sub-process that people may begin. `kind` is BPMN's element name.

    `groups` are those that may begin it, `begun` how often it has been; not `is_possible` while something else is under
    way where one thing is done at a time.
    """

    path: str
    element: str
    name: str
    name_en: str
    kind: str
    groups: frozenset[str]
    begun: int = 0
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """An ad-hoc sub-process under way and what may be begun in it.

    `task_id` is the task that it is listed as. It `ends_by_hand` when a person says that it is done, else by a condition.
    """

    path: str
    element: str
    name: str
    name_en: str
    ends_by_hand: bool
    activities: tuple[OfferedActivity, ...]
    task_id: TaskId | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of a choice: the ad-hoc sub-process's task as it is now, and the tasks that the activity has opened so far."""

    choice: UserTask
    opened: tuple[UserTask, ...] = ()
