"""What the engine does by itself: timers whose time has come, and messages whose time is out."""

from __future__ import annotations

from dataclasses import replace

from .. import bpmn
from ..actor import Role
from ..case import CaseStatus
from ..errors import NotAllowed, NotFound
from ..ids import CaseId, Token
from ..queries import Page
from ..sentences import sentence
from ..wait import Message, WaitKind
from .occurrence import Occurrence
from .recording import open_incident
from .stepping import take_step


def fire(at: Occurrence, case_id: CaseId, token: Token) -> bool:
    """Fire one timer, if it still waits and its time has come. False when somebody was first or it was withdrawn."""
    locked = at.unit.cases.lock(case_id)
    if locked is None or locked.case.status is not CaseStatus.ACTIVE:
        return False
    wait = at.unit.waits.get(case_id, token)
    if wait is None or wait.kind is not WaitKind.TIMER or wait.due is None or wait.due > at.now:
        return False
    take_step(at, locked, locked.case, bpmn.Trigger(wait.token))
    at.told.seconds_late.append((at.now - wait.due).total_seconds())
    return True


def forget_messages(at: Occurrence, *, limit: int) -> int:
    """Delete up to `limit` messages that were delivered and have expired; gives how many."""
    return at.unit.waits.delete_expired_messages(at.now, limit)


def lose(at: Occurrence, id_: str) -> bool:
    """Tell that nobody has received a message in time: the case that sent it has an incident, any other message is lost.

    What it carried is deleted. False when it has met somebody after all, or is told already.
    """
    found = at.unit.waits.message(id_)
    if found is None or found.is_lost or found.expires_at > at.now:
        return False
    at.unit.waits.lock_message(found.name, found.key_hash)
    if at.unit.waits.deliveries_of(id_):
        return False
    if found.sent_from is None:
        at.unit.waits.save_message(replace(found.without_payload(), is_lost=True))
        return True
    said = sentence(
        "Nobody received the message {name} in time. See who should have waited for it, and with which key.", name=found.name
    )
    open_incident(at, found.sent_from, "not-received", said)
    return at.unit.waits.delete_message(id_)


def lost_messages(at: Occurrence, *, cursor: str | None = None, limit: int) -> Page[Message]:
    """Messages from outside that nobody received in time and that nobody has seen yet, oldest first.

    Raises:
        NotAllowed: the actor is no administrator. Rejected: the cursor is not one that a page gave.
    """
    _require_administrator(at)
    return at.unit.waits.lost_messages(limit, cursor)


def see_lost_message(at: Occurrence, id_: str) -> None:
    """Put a lost message away.

    Raises:
        NotFound: there is none with this id.
        NotAllowed: the actor is no administrator.
    """
    _require_administrator(at)
    found = at.unit.waits.message(id_)
    if found is None or not found.is_lost or not at.unit.waits.delete_message(id_):
        raise NotFound("lost message", id_)


def _require_administrator(at: Occurrence) -> None:
    if not (at.actor.is_system or Role.ADMINISTRATOR in at.actor.roles):
        raise NotAllowed("Messages that nobody received belong to no unit: an administrator sees to them.")
