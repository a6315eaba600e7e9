"""Messages from outside that nobody received in time: seen, and put away, by administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get

from engine.wait import Message

from .bodies import View
from .identity import Asker
from .outgoing import MessageId
from .parts import CHANGE_PROBLEMS, Cursor, Engine, Limit
from .people import Names, PersonView
from .problems import declared
from .writes import delete


class LostMessageView(View, frozen=True, kw_only=True):
    """A message that nobody received in time. What it carried is deleted."""

    id: str
    name: str
    sent_by: PersonView
    sent_at: datetime

    @classmethod
    def of(cls, message: Message, names: Names) -> LostMessageView:
        return cls(id=message.id, name=message.name, sent_by=names.somebody(message.sent_by), sent_at=message.sent_at)


class LostMessageList(View, frozen=True, kw_only=True):
    items: list[LostMessageView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


@get(
    "/lost-messages",
    summary="List messages that nobody received",
    tags=["Messages"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "rejected"),
)
def list_lost_messages(engine: Engine, asker: Asker, cursor: Cursor = None, limit: Limit = 100) -> LostMessageList:
    """Messages from outside that nobody received in time and that nobody has put away yet, oldest first. For administrators.

    Of a message that a case sent, the case has an incident instead.
    """
    page = engine.lost_messages(asker, cursor=cursor, limit=limit)
    names = Names.of(engine.store, [message.sent_by for message in page.rows])
    return LostMessageList(items=[LostMessageView.of(message, names) for message in page.rows], next=page.next)


@delete(
    "/lost-messages/{message_id:str}",
    summary="Put away a message that nobody received",
    tags=["Messages"],
    responses=declared(*CHANGE_PROBLEMS, "not-found", "not-allowed"),
)
def delete_lost_message(engine: Engine, asker: Asker, message_id: MessageId) -> Response[None]:
    """Somebody has seen to it: it is in the list no more."""
    engine.see_lost_message(asker, message_id)
    return Response(None)


HANDLERS = [list_lost_messages, delete_lost_message]
