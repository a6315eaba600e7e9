"""What the engine does by itself: timers whose time has come, and messages whose time is out."""

from __future__ import annotations

from .. import bpmn
from ..case import CaseStatus
from ..wait import Wait, WaitKind
from .occurrence import Occurrence
from .stepping import take_step


def fire(at: Occurrence, due: Wait) -> bool:
    """Fire one timer, if it still waits and its time has come. False when somebody was first or it was withdrawn."""
    locked = at.unit.cases.lock(due.case_id)
    if locked is None or locked.case.status is not CaseStatus.ACTIVE:
        return False
    wait = at.unit.waits.get(due.case_id, due.token)
    if wait is None or wait.kind is not WaitKind.TIMER or wait.due is None or wait.due > at.now:
        return False
    take_step(at, locked, locked.case, bpmn.Trigger(wait.token))
    return True


def forget_messages(at: Occurrence, *, limit: int) -> int:
    """Delete up to `limit` messages that have expired, received or not; gives how many."""
    return at.unit.waits.delete_expired_messages(at.now, limit)
