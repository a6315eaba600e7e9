"""Messages from cases to parties outside: seen, and handed over, by whoever takes them there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import PathParameter, QueryParameter

from engine.wait import OutgoingMessage

from .bodies import Object, View, plain_object
from .case_views import CaseView
from .headers import etag
from .identity import Asker
from .parts import CHANGE_PROBLEMS, ETAG_HEADER, Cursor, Engine, Limit
from .people import Names
from .problems import declared
from .writes import post

MessageId = Annotated[str, PathParameter(max_length=100, description="The id of the message, from the list.")]


class OutgoingMessageView(View, frozen=True, kw_only=True):
    """A message that a case has sent to a party outside."""

    id: str
    participant: Annotated[str, msgspec.Meta(description="The party that it is for, as the diagram calls it.")]
    name: str
    case_id: str
    key: Annotated[Object, msgspec.Meta(description="The correlation key: an answer to the case carries the same.")]
    payload: Annotated[Object, msgspec.Meta(description="What the message carries. May be personal data.")]
    sent_at: datetime

    @classmethod
    def of(cls, message: OutgoingMessage) -> OutgoingMessageView:
        return cls(
            id=message.id,
            participant=message.participant,
            name=message.name,
            case_id=message.case_id,
            key=plain_object(message.key),
            payload=plain_object(message.payload),
            sent_at=message.sent_at,
        )


class OutgoingMessageList(View, frozen=True, kw_only=True):
    items: list[OutgoingMessageView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


@get(
    "/outgoing-messages",
    summary="List messages to parties outside",
    tags=["Messages"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "rejected"),
)
def list_outgoing_messages(
    *,
    engine: Engine,
    asker: Asker,
    participant: Annotated[str | None, QueryParameter(max_length=500, description="Only messages to this party.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> OutgoingMessageList:
    """Messages that nobody has handed over yet, oldest first, of the cases that one may send messages to.

    The look is logged: they may show personal data.
    """
    page = engine.outgoing_messages(asker, participant=participant or "", cursor=cursor, limit=limit)
    return OutgoingMessageList(items=[OutgoingMessageView.of(message) for message in page.rows], next=page.next)


@post(
    "/outgoing-messages/{message_id:str}/handed-over",
    summary="Say that a message was handed over",
    tags=["Messages"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, "not-found", "not-allowed", "revision-conflict"),
)
def hand_over_message(engine: Engine, asker: Asker, message_id: MessageId) -> Response[CaseView]:
    """The party has got the message: the case's history tells it, and what the message carried is deleted.

    Answers with the case. A message that somebody has handed over already is `not-found`.
    """
    case = engine.hand_over_message(asker, message_id)
    names = Names.of(engine.store, [case.started_by, case.responsible])
    return Response(CaseView.of(case, names), headers=etag(case.revision))


HANDLERS = [list_outgoing_messages, hand_over_message]
