"""Reading a case or a task for somebody: what one may not see does not exist, what one may not do is refused."""

from __future__ import annotations

from ..actor import Action, Actor, may, may_work_on
from ..case import Case
from ..errors import NotAllowed, NotFound
from ..ids import SYSTEM_ID, CaseId, TaskId, UserId
from ..ports import LockedCase
from ..sentences import sentence
from ..task import UserTask
from .occurrence import Occurrence

REFUSALS = {
    Action.READ: sentence("You may not read this case."),
    Action.WORK: sentence("You may read this case but not work on it: it belongs to another unit."),
    Action.MESSAGE: sentence("You may read this case but not send it messages: it belongs to another unit."),
    Action.ASSIGN: sentence("Only the head of the case's unit may give its tasks to others."),
    Action.OPERATE: sentence("Only the head of the case's unit or an administrator may do this."),
    Action.ERASE: sentence("Only an administrator may erase what a case's history tells."),
}


def require(at: Occurrence, actor: Actor, action: Action, case: Case) -> None:
    """
    Raises:
        NotFound: the actor may not know of the case.
        NotAllowed: the actor sees it but may not do this.
    """
    members = at.unit.cases.members(case.id)
    may_read = may(actor, Action.READ, case, members=members)
    if may(actor, action, case, members=members):
        return
    if not may_read:
        raise NotFound("case", case.id)
    raise NotAllowed(REFUSALS[action])


def locked_case(at: Occurrence, id_: CaseId, action: Action) -> LockedCase:
    """The case, held for a step, if the actor may do this to it. Raises NotFound, NotAllowed."""
    locked = at.unit.cases.lock(id_)
    if locked is None:
        raise NotFound("case", id_)
    require(at, at.actor, action, locked.case)
    return locked


def locked_task(at: Occurrence, id_: TaskId) -> tuple[LockedCase, UserTask]:
    """The task as it is once its case is held. Raises NotFound where the actor may not read the case."""
    locked = at.unit.cases.lock_for(id_)
    task = at.unit.tasks.get(id_) if locked is not None else None
    if task is None or locked is None:
        raise NotFound("task", id_)
    if not may(at.actor, Action.READ, locked.case, members=at.unit.cases.members(locked.case.id)):
        raise NotFound("task", id_)
    return locked, task


def require_candidate(at: Occurrence, task: UserTask, case: Case) -> None:
    """Raise NotAllowed unless the actor may claim and complete the task."""
    if may_work_on(at.actor, task, case, members=at.unit.cases.members(case.id)):
        return
    if at.actor.id in task.not_by:
        raise NotAllowed(sentence("Task {task} checks a step that you did yourself. Somebody else must do it.", task=task.id))
    groups = ", ".join(sorted(task.candidate_groups)) or sentence("members")
    raise NotAllowed(
        sentence(
            "Task {task} is for {groups} in the case's unit. Ask the unit's head to give it to you.",
            task=task.id,
            groups=groups,
        )
    )


def may_message(at: Occurrence, sender: UserId, id_: CaseId) -> bool:
    """Whether a message from `sender` may reach the case: its own unit's people and its members, and the engine itself."""
    if sender == SYSTEM_ID:
        return True
    case = at.unit.cases.get(id_)
    actor: Actor | None = at.actor
    if at.actor.id != sender:
        user = at.unit.people.user(sender)
        actor = user.as_actor() if user is not None and user.is_active else None
    if case is None or actor is None:
        return False
    return may(actor, Action.MESSAGE, case, members=at.unit.cases.members(id_))
