"""Handing a whole case over: somebody else becomes responsible, and what the one before held goes along."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .. import task as tasks
from ..actor import Action, Actor, may, may_work_on
from ..canonical import Json
from ..case import Case
from ..errors import NotAllowed, NotFound, NotPossible
from ..history import EventType, NewEvent, read_payload
from ..ids import CaseId, UserId
from ..task import UserTask
from ..views import Handover
from .free_text import given_note
from .occurrence import Occurrence
from .recording import save_without_step
from .rights import locked_case

_ASSIGNED: Final = frozenset({EventType.CASE_ASSIGNED})
_NOT_THEIRS = (
    "Only the one who is responsible for the case, or the head of its unit, may hand it over. "
    "A case that nobody is responsible for may be taken over by anybody who works on it."
)


def hand_over(at: Occurrence, id_: CaseId, *, to: UserId, note: str = "") -> Case:
    """Make somebody responsible for the case, with what they should know, which history keeps.

    The one who is responsible may, and the head of the case's unit; whoever works on a case that nobody is responsible
    for may take it over. Open tasks that the one before held go along, if the other may do them; else they are put back
    for their groups. Handing it to the one who is responsible already changes nothing.

    Raises:
        NotFound: no such case for the actor, or no such user. NotPossible: the case has ended.
        NotAllowed: the actor may not hand it over, or the other may not work on it.
        Rejected: the note is too long or holds an identity number.
    """
    locked = locked_case(at, id_, Action.WORK if to == at.actor.id else Action.READ)
    case = locked.case
    if not case.is_open:
        raise NotPossible(f"Case {case.number} is {case.status.value}: there is nothing left to hand over.")
    members = at.unit.cases.members(id_)
    _require_may_hand_over(at.actor, case, to, members)
    receiver = _receiver(at, case, to, members)
    told: dict[str, Json] = {"before": case.responsible, "after": to, "note": given_note(note)}
    if case.responsible == to:
        return case
    moved = _move_tasks(at, case, receiver, members)
    return save_without_step(
        at, locked, replace(case, responsible=to), [NewEvent(EventType.CASE_ASSIGNED, payload=told), *moved]
    )


def last_handover(at: Occurrence, case: Case) -> Handover | None:
    """How the case came to whoever is responsible, if somebody else handed it to them."""
    for event, payload in at.unit.histories.latest(case.id, _ASSIGNED):
        told = read_payload(event, payload) or {}
        if told.get("after") != case.responsible or "note" not in told or event.actor == case.responsible:
            return None
        return Handover(event.at, event.actor, str(told["note"]))
    return None


def _require_may_hand_over(actor: Actor, case: Case, to: UserId, members: frozenset[UserId]) -> None:
    if may(actor, Action.ASSIGN, case, members=members):
        return
    holds = case.responsible == actor.id or (case.responsible is None and to == actor.id)
    if not holds or not may(actor, Action.WORK, case, members=members):
        raise NotAllowed(_NOT_THEIRS)


def _receiver(at: Occurrence, case: Case, to: UserId, members: frozenset[UserId]) -> Actor:
    user = at.unit.people.user(to)
    if user is None or not user.is_active:
        raise NotFound("user", to)
    if not may(user.as_actor(), Action.WORK, case, members=members):
        raise NotAllowed(f"{user.full_name} cannot be responsible for this case: it belongs to another unit.")
    return user.as_actor()


def _move_tasks(at: Occurrence, case: Case, receiver: Actor, members: frozenset[UserId]) -> list[NewEvent]:
    """Open tasks that the one before held go to the receiver, or back to their groups."""
    if case.responsible is None:
        return []
    events: list[NewEvent] = []
    for task in at.unit.tasks.of_case(case.id):
        if not task.is_open or task.claimed_by != case.responsible:
            continue
        goes = may_work_on(receiver, replace(task, claimed_by=None), case, members=members)
        moved = tasks.assign(task, to=receiver.id) if goes else tasks.release(task)
        at.unit.tasks.save(moved, was=task)
        events.append(_told(task, moved))
    return events


def _told(task: UserTask, moved: UserTask) -> NewEvent:
    told: dict[str, Json] = {**task.names, "task": task.id, "from": task.claimed_by}
    if moved.claimed_by is None:
        return NewEvent(EventType.TASK_RELEASED, task.path, told)
    return NewEvent(EventType.TASK_ASSIGNED, task.path, {**told, "to": moved.claimed_by})
