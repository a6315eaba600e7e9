"""Messages and signals: into the cases, out of them, and those that nobody received."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from ..actor import Actor
from ..canonical import Json
from ..case import Case
from ..commands import background, messages, outgoing, signals
from ..errors import Conflict
from ..ids import CaseId, UnitId
from ..observing import outcome_told
from ..queries import Page
from ..views import MessageReceipt
from ..wait import Message, OutgoingMessage
from .door import Door


class Messaging(Door):
    """Messages and signals."""

    def send_message(
        self,
        actor: Actor,
        name: str,
        *,
        key: Mapping[str, Json] | None = None,
        payload: Mapping[str, Json] | None = None,
        unit: UnitId | None = None,
        message_id: str | None = None,
    ) -> MessageReceipt:
        """Throw a message and, where somebody waits for it, deliver it at once. See commands.messages.throw."""
        thrown = self._write(
            actor,
            lambda at: messages.throw(at, name, key or {}, payload or {}, unit=unit, message_id=message_id),
        )
        if thrown.delivery is not None:
            delivery = thrown.delivery
            told = outcome_told(self.house.observer.measures.delivery)
            with suppress(Conflict), told:  # the message is stored and has met its token: a worker hands it over
                self._write(actor, lambda at: messages.deliver(at, delivery))
            return MessageReceipt(thrown.message_id, (delivery.case_id,))
        return MessageReceipt(thrown.message_id, started=thrown.started, is_pending=thrown.is_pending)

    def message_case(self, actor: Actor, case_id: CaseId, name: str, payload: Mapping[str, Json]) -> Case:
        """See commands.messages.send_to_case."""
        return self._write(actor, partial(messages.send_to_case, id_=case_id, name=name, payload=payload))

    def outgoing_messages(
        self, actor: Actor, *, participant: str = "", cursor: str | None = None, limit: int = 50
    ) -> Page[OutgoingMessage]:
        """See commands.outgoing.waiting."""
        return self._write(actor, lambda at: outgoing.waiting(at, participant=participant, cursor=cursor, limit=limit))

    def hand_over_message(self, actor: Actor, message_id: str) -> Case:
        """See commands.outgoing.handed_over."""
        return self._write(actor, lambda at: outgoing.handed_over(at, message_id))

    def throw_signal(self, actor: Actor, name: str, *, unit: UnitId) -> signals.Reached:
        """See commands.signals.throw_from_outside."""
        return self._write(actor, lambda at: signals.throw_from_outside(at, name, unit=unit))

    def lost_messages(self, actor: Actor, *, cursor: str | None = None, limit: int = 100) -> Page[Message]:
        """See commands.background.lost_messages."""
        with self._reading(actor) as at:
            return background.lost_messages(at, cursor=cursor, limit=limit)

    def see_lost_message(self, actor: Actor, message_id: str) -> None:
        """See commands.background.see_lost_message."""
        self._write(actor, lambda at: background.see_lost_message(at, message_id))
