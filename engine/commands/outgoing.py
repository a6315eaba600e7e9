"""Messages to parties outside: kept with their case until whoever takes them there says that it is done."""

from __future__ import annotations

from collections.abc import Mapping

from ..actor import Action
from ..canonical import Json
from ..case import Case
from ..errors import NotFound
from ..history import EventType, NewEvent
from ..ids import new_id
from ..ports import Access
from ..queries import Page
from ..wait import OutgoingMessage
from .occurrence import Occurrence
from .payloads import require_keepable
from .recording import save_without_step
from .rights import locked_case


def send(
    at: Occurrence, case: Case, participant: str, name: str, key: Mapping[str, Json], payload: Mapping[str, Json]
) -> OutgoingMessage:
    """Lay a message out for a party outside. It is told to history by the step that sends it.

    Raises:
        Rejected: it holds something that cannot be kept, or an identity number.
    """
    require_keepable(name, key, payload)
    message = OutgoingMessage(new_id(), case.id, participant, name, dict(key), dict(payload), at.now)
    at.unit.outgoing.add(message)
    return message


def waiting(at: Occurrence, *, participant: str = "", cursor: str | None = None, limit: int = 50) -> Page[OutgoingMessage]:
    """Messages to be handed over, oldest first, of the cases that the actor may send messages to. The look is on record.

    Raises:
        Rejected: the cursor is not one that a page gave.
    """
    reader = None if at.actor.is_system else at.actor.id
    page = at.unit.outgoing.waiting(participant, limit, cursor, reader=reader, units=at.actor.units)
    for case_id in dict.fromkeys(message.case_id for message in page.rows):
        at.unit.access_log.add(Access(at.actor.id, "outgoing-messages", case_id, at.now))
    return page


def handed_over(at: Occurrence, id_: str) -> Case:
    """The party has got the message: history is told, and what it carried is deleted.

    Raises:
        NotFound: no such message waits, or the actor may not know of its case.
        NotAllowed: the actor may not send messages to the case.
    """
    message = at.unit.outgoing.get(id_)
    if message is None:
        raise NotFound("message to be handed over", id_)
    locked = locked_case(at, message.case_id, Action.MESSAGE)
    if not at.unit.outgoing.remove(id_):
        raise NotFound("message to be handed over", id_)
    told: dict[str, Json] = {"message": message.name, "to": message.participant}
    return save_without_step(at, locked, locked.case, [NewEvent(EventType.MESSAGE_HANDED_OVER, payload=told)])
