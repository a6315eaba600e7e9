"""What handlers asked for, carried out in the case's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from .. import feel
from ..canonical import Json
from ..case import Case
from ..handlers import CaseMove, CaseStart, HandlerEffect, MessageSend, RegisterWrite
from ..history import EventType, NewEvent
from . import house as houses
from .desk import plain_entry
from .occurrence import Occurrence


def carry_out(at: Occurrence, case: Case, effects: Sequence[HandlerEffect]) -> tuple[Case, list[NewEvent]]:
    """Write registers and move the case; gives the case as it is after, and what history is to be told."""
    events: list[NewEvent] = []
    for effect in effects:
        match effect:
            case RegisterWrite():
                events.append(_write_entry(at, effect))
            case CaseMove():
                case, told = _move(at, case, effect)
                events += told
            case MessageSend() | CaseStart():
                pass
    return case, events


def follow_up(at: Occurrence, case: Case, effects: Sequence[HandlerEffect]) -> None:
    """Throw messages and start cases, now that the case itself is saved."""
    from . import cases, messages  # they take steps, and steps have effects

    for effect in effects:
        match effect:
            case MessageSend(name, key, payload):
                plain_key = cast("dict[str, Json]", feel.to_json(dict(key)))
                plain_payload = cast("dict[str, Json]", feel.to_json(dict(payload)))
                messages.throw(at, name, plain_key, plain_payload)
            case CaseStart(process, data, unit):
                cases.start_from_case(at, process, data, unit=unit or case.unit)
            case _:
                pass


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
        for task in at.unit.tasks.of_case(case.id):
            if task.is_open:
                at.unit.tasks.save(replace(task, unit=move.unit, revision=task.revision + 1), revision=task.revision)
    return case, events
