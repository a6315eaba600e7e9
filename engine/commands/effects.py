"""What handlers asked for, carried out in the case's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from .. import feel
from ..actor import Action, may
from ..canonical import Json
from ..case import Case
from ..errors import Conflict, NotFound, NotPossible, Rejected, RevisionConflict
from ..handlers import CaseMove, CaseStart, HandlerEffect, MessageSend, RegisterWrite, SignalThrow
from ..history import EventType, NewEvent
from ..ids import UserId
from ..sentences import sentence
from ..task import TaskState
from . import house as houses
from .desk import plain_entry
from .occurrence import Occurrence
from .recording import open_incident

MOST_CASES = 10
"""Cases that start each other within one step."""


def carry_out(at: Occurrence, case: Case, effects: Sequence[HandlerEffect]) -> tuple[Case, list[NewEvent]]:
    """Write registers and move the case; gives the case as it is after, and what history is to be told."""
    events: list[NewEvent] = []
    for effect in effects:
        match effect:
            case RegisterWrite():
                events.append(_write_entry(at, effect))
            case CaseMove():
                case, moves = _move(at, case, effect)
                events += moves
            case MessageSend(name=name, participant=participant):
                told: dict[str, Json] = {"message": name, **({"to": participant} if participant else {})}
                events.append(NewEvent(EventType.MESSAGE_SENT, payload=told))
            case SignalThrow(name=name):
                events.append(NewEvent(EventType.SIGNAL_THROWN, payload={"signal": name}))
            case CaseStart():
                pass
    return case, events


def follow_up(at: Occurrence, case: Case, effects: Sequence[HandlerEffect]) -> Case:
    """Throw messages and start cases, now that the case itself is saved; gives the case as it is after.

    What cannot be done becomes an incident to be looked at: the step that asked for it holds.
    """
    for effect in effects:
        try:
            _follow_up(at, case, effect)
        except RevisionConflict:
            raise  # a race lost in the database: the whole step is tried again
        except (NotFound, NotPossible, Rejected, Conflict) as error:
            kind = "cannot-start" if isinstance(effect, CaseStart) else "cannot-send"
            case = open_incident(at, case.id, kind, error.said) or case
    return case


def _follow_up(at: Occurrence, case: Case, effect: HandlerEffect) -> None:
    from . import cases, messages, outgoing, signals  # they take steps, and steps have effects

    match effect:
        case MessageSend(name, key, payload, participant):
            plain_key = cast("dict[str, Json]", feel.to_json(dict(key)))
            plain_payload = cast("dict[str, Json]", feel.to_json(dict(payload)))
            if participant:
                outgoing.send(at, case, participant, name, plain_key, plain_payload)
                return
            messages.throw(_inside(at), name, plain_key, plain_payload, unit=case.unit, sender=case)
        case CaseStart(process, data, unit):
            cases.start_from_case(_inside(at), process, data, unit=unit or case.unit)
        case SignalThrow(name):
            signals.throw(_inside(at), name, unit=case.unit, by=case.id)
        case _:
            pass


def _inside(at: Occurrence) -> Occurrence:
    """The same occurrence one case further on, asked for by a process: its actor's own rights are not asked."""
    if at.depth >= MOST_CASES:
        said = sentence(
            "{number} cases have started each other in one step. Mend the process that starts itself.", number=MOST_CASES
        )
        raise NotPossible(said)
    return replace(at, depth=at.depth + 1)


def _write_entry(at: Occurrence, write: RegisterWrite) -> NewEvent:
    register = houses.register(at.house, at.unit, write.register)
    if write.is_new:
        at.unit.registers.add(plain_entry(register, write.key, write.entry))
    else:
        stored = at.unit.registers.get(write.register, write.key)
        revision = stored.revision if stored is not None else 0
        entry = plain_entry(register, write.key, write.entry, revision=revision + 1)
        at.unit.registers.save(entry, revision=revision)
    return NewEvent(EventType.REGISTER_CHANGED, payload={"register": write.register, "key": write.key, "isNew": write.is_new})


def _move(at: Occurrence, case: Case, move: CaseMove) -> tuple[Case, list[NewEvent]]:
    events: list[NewEvent] = []
    if move.responsible is not None and move.responsible != case.responsible:
        told: dict[str, Json] = {"before": case.responsible, "after": move.responsible}
        events.append(NewEvent(EventType.CASE_ASSIGNED, payload=told))
        case = replace(case, responsible=move.responsible)
    if move.unit is not None and move.unit != case.unit:
        told = {"before": case.unit, "after": move.unit, "keepsResponsible": move.keep_responsible}
        events.append(NewEvent(EventType.CASE_TRANSFERRED, payload=told))
        if move.keep_responsible and case.responsible is not None:
            at.unit.cases.add_member(case.id, case.responsible)
        elif not move.keep_responsible:
            case = replace(case, responsible=move.responsible)
        case = replace(case, unit=move.unit)
        events += _move_tasks(at, case)
    return case, events


def _move_tasks(at: Occurrence, case: Case) -> list[NewEvent]:
    """Open tasks follow the case; one held by somebody who may no longer work on it is put back."""
    events: list[NewEvent] = []
    members = at.unit.cases.members(case.id)
    for task in at.unit.tasks.of_case(case.id):
        if not task.is_open:
            continue
        moved = replace(task, unit=case.unit, revision=task.revision + 1)
        if task.claimed_by is not None and not _may_still_work(at, task.claimed_by, case, members):
            moved = replace(moved, state=TaskState.READY, claimed_by=None)
            events.append(NewEvent(EventType.TASK_RELEASED, task.path, {**task.names, "from": task.claimed_by}))
        at.unit.tasks.save(moved, was=task)
    return events


def _may_still_work(at: Occurrence, holder: UserId, case: Case, members: frozenset[UserId]) -> bool:
    user = at.unit.people.user(holder)
    return user is not None and user.is_active and may(user.as_actor(), Action.WORK, case, members=members)
