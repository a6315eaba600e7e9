"""Messages from outside: they reach the cases that wait for them, or start one."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.params import JSONBody

from engine.ids import UnitId

from .bodies import Body, Name, Object, View, as_json
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, Engine
from .problems import declared
from .writes import post

MessageId = Annotated[str, msgspec.Meta(min_length=8, max_length=100)]


class NewMessage(Body, frozen=True, kw_only=True):
    """A message as BPMN means it: a name, a correlation key, a payload."""

    name: Name
    key: Annotated[Object | None, msgspec.Meta(description="The correlation key; the receiver's must equal it.")] = None
    payload: Annotated[Object, msgspec.Meta(description="What the message carries.")] = msgspec.field(default_factory=dict)
    unit: Annotated[Name | None, msgspec.Meta(description="The unit of the case, for a message that starts one.")] = None
    id: Annotated[
        MessageId | None,
        msgspec.Meta(
            description="The sender's own id of it. Sent again it has no further effect; for another message it is refused."
        ),
    ] = None


class ReceiptView(View, frozen=True, kw_only=True):
    """What became of the message."""

    id: str
    case_ids: Annotated[list[str], msgspec.Meta(description="The cases that got it.")]
    started: Annotated[str | None, msgspec.Meta(description="The id of the case that it started.")]
    is_pending: Annotated[bool, msgspec.Meta(description="Nobody waits for it yet; it is kept for a while.")]


@post(
    "/messages",
    summary="Send a message",
    tags=["Messages"],
    status_code=200,
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "rejected"),
)
def send_message(engine: Engine, asker: Asker, data: JSONBody[NewMessage]) -> ReceiptView:
    """Hands a message to whoever waits for its name and key, or starts the case that such a message starts.

    One that nobody waits for is kept, thirty days unless the installation says else, and delivered when somebody does.
    A name that no deployed process knows is refused: `problems` says which one may have been meant. So is a payload that the
    receiver would not take in; `problems` are under `/payload`, and nothing is stored.
    """
    receipt = engine.send_message(
        asker,
        data.name,
        key=None if data.key is None else as_json(data.key),
        payload=as_json(data.payload),
        unit=UnitId(data.unit) if data.unit else None,
        message_id=data.id,
    )
    return ReceiptView(
        id=receipt.message_id,
        case_ids=list(receipt.case_ids),
        started=None if receipt.started is None else receipt.started.id,
        is_pending=receipt.is_pending,
    )


HANDLERS = [send_message]
