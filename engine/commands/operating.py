"""Operating a case by hand: letting it go past what is stuck, moving it in its diagram, and opening it again."""

from __future__ import annotations

from .. import bpmn
from ..actor import Action
from ..case import TO_BE_SEEN, Case, Incident
from ..errors import NotPossible
from ..ids import CaseId, Token
from .free_text import given_reason
from .incidents import locked_incident
from .occurrence import Occurrence
from .rights import locked_case
from .stepping import require_active, take_step


def skip(at: Occurrence, incident_id: str, *, flows: tuple[str, ...], reason: str) -> tuple[Incident, Case]:
    """Let the case go past the element that is stuck; `flows` are the ways out to take where it cannot choose itself.

    Raises:
        NotFound: there is no such incident, or the actor may not know.
        NotPossible: it is solved already, nothing is stuck there, or nothing says where the case would go on.
    """
    reason = given_reason(reason)
    locked, incident = locked_incident(at, incident_id)
    if incident.kind in TO_BE_SEEN:
        raise NotPossible("No element is stuck there. Retry the incident to mark it as seen.")
    require_active(locked.case)
    case = take_step(at, locked, locked.case, bpmn.Skip(incident.token, flows, reason))
    return at.unit.incidents.get(incident_id) or incident, case


def add_position(at: Occurrence, id_: CaseId, path: str, *, inside: str | None, reason: str) -> Case:
    """Let the case go on at an element too. `path` leads there through calls; `inside` is a token that holds others."""
    command = bpmn.AddToken(path, None if inside is None else Token(inside), given_reason(reason))
    return _intervene(at, id_, command)


def move_position(at: Occurrence, id_: CaseId, token: str, *, to: str, reason: str) -> Case:
    """Take the case from where one of its tokens stands to another element beside it."""
    return _intervene(at, id_, bpmn.MoveToken(Token(token), to, given_reason(reason)))


def cancel_position(at: Occurrence, id_: CaseId, token: str, *, reason: str) -> Case:
    """Withdraw one of the case's tokens. The last one stays: a case is ended by cancelling it."""
    case = _intervene(at, id_, bpmn.CancelToken(Token(token), given_reason(reason)))
    if not case.is_open:
        raise NotPossible(f"Nothing else is under way in case {case.number}. Move the position, or cancel the case.")
    return case


def reopen(at: Occurrence, id_: CaseId, *, reason: str) -> Case:
    """Let a case that has ended go on where its process says.

    Raises:
        NotPossible: it has not ended, or its process does not say where it would go on.
    """
    command = bpmn.Reopen(given_reason(reason))
    locked = locked_case(at, id_, Action.OPERATE)
    if locked.case.is_open:
        raise NotPossible(f"Case {locked.case.number} is {locked.case.status.value}: it has not ended.")
    return take_step(at, locked, locked.case, command)


def _intervene(at: Occurrence, id_: CaseId, command: bpmn.Intervention) -> Case:
    locked = locked_case(at, id_, Action.OPERATE)
    require_active(locked.case)
    return take_step(at, locked, locked.case, command)
