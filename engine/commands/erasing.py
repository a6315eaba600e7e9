"""Erasing what events of a case told. The events themselves stay, and one more tells what was erased, by whom and why."""

from __future__ import annotations

from collections.abc import Collection

from ..actor import Action
from ..case import Case
from ..errors import NotPossible, Rejected
from ..history import EventType, NewEvent
from ..ids import CaseId
from .free_text import given_reason
from .occurrence import Occurrence
from .recording import save_without_step
from .rights import locked_case


def erase(at: Occurrence, id_: CaseId, sequences: Collection[int], *, reason: str) -> Case:
    """Remove the payloads of these events for good. `reason` (with its legal ground) is kept: no personal data in it.

    Raises:
        NotFound: there is no such case, or the actor may not know of it.
        NotAllowed: the actor is no administrator.
        Rejected: no events or no reason are given, the reason holds an identity number, or the case has no such event.
        NotPossible: an event has no payload any more, or tells of an erasure itself. Nothing was erased.
    """
    locked = locked_case(at, id_, Action.ERASE)
    reason = given_reason(reason)
    if not sequences:
        raise Rejected("Say which events to erase, by their numbers.")
    stored = {event.sequence: (event, payload) for event, payload in at.unit.histories.of_case(id_)}
    numbers = sorted(set(sequences))
    for number in numbers:
        if number not in stored:
            raise Rejected(f"Case {locked.case.number} has no event {number}. Its events go from 1 to {len(stored)}.")
        event, payload = stored[number]
        if event.type is EventType.PAYLOAD_ERASED:
            raise NotPossible(f"Event {number} tells what was erased, and stays. Leave it out.")
        if payload is None:
            raise NotPossible(f"Event {number} has nothing left to erase. Leave it out.")
    at.unit.histories.erase(id_, numbers)
    at.unit.cases.delete_undo(id_)
    at.unit.requests.forget_answers()  # no answer says which cases it tells of
    told = NewEvent(EventType.PAYLOAD_ERASED, payload={"events": [*numbers], "reason": reason})
    return save_without_step(at, locked, locked.case, [told])
