"""Waits, messages and deliveries, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ...case import CaseStatus
from ...ids import CaseId, Token
from ...queries import Page
from ...wait import Delivery, Message, Wait, WaitKind
from ..paging import LostPlace
from ..refusals import taken
from .tables import Tables


class MemoryWaits:
    """See `ports.Waits`. Writers take turns, so that a message needs no lock of its own."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def open(self, wait: Wait) -> None:
        waits = self._tables.waits.get(wait.case_id, {})
        if wait.token in waits:
            raise taken("wait of the token", wait.token)
        self._tables.waits.put(wait.case_id, {**waits, wait.token: wait})

    def close(self, case_id: CaseId, token: Token) -> None:
        waits = self._tables.waits.get(case_id, {})
        if token in waits:
            self._tables.waits.put(case_id, {other: wait for other, wait in waits.items() if other != token})

    def get(self, case_id: CaseId, token: Token) -> Wait | None:
        return self._tables.waits.get(case_id, {}).get(token)

    def of_case(self, case_id: CaseId) -> Sequence[Wait]:
        waits = self._tables.waits.get(case_id, {}).values()
        return sorted(waits, key=lambda wait: (wait.opened_at, wait.token))

    def due(self, now: datetime, limit: int) -> Sequence[Wait]:
        due = [(moment, wait) for moment, wait in self._timers() if moment <= now]
        return [wait for _, wait in sorted(due, key=lambda row: (row[0], row[1].case_id, row[1].token))[:limit]]

    def next_due(self, after: datetime | None = None) -> datetime | None:
        return min((moment for moment, _ in self._timers() if after is None or moment > after), default=None)

    def lock_message(self, name: str, key_hash: str) -> None:
        return

    def waiting_for(self, name: str, key_hash: str) -> Sequence[Wait]:
        waits = (wait for of_case in self._tables.waits.values() for wait in of_case.values())
        found = [wait for wait in waits if wait.kind is WaitKind.MESSAGE and _is_for(wait, name, key_hash)]
        return sorted(found, key=lambda wait: (wait.opened_at, wait.case_id, wait.token))

    def waiting_for_signal(self, name: str) -> Sequence[Wait]:
        waits = (wait for of_case in self._tables.waits.values() for wait in of_case.values())
        found = [wait for wait in waits if wait.kind is WaitKind.SIGNAL and wait.name == name]
        return sorted(found, key=lambda wait: (wait.opened_at, wait.case_id, wait.token))

    def add_message(self, message: Message) -> None:
        if message.id in self._tables.messages:
            raise taken("message", message.id)
        self._tables.messages.put(message.id, message)

    def message(self, id_: str) -> Message | None:
        return self._tables.messages.get(id_)

    def save_message(self, message: Message) -> None:
        before = self._tables.messages[message.id]
        self._tables.messages.put(message.id, replace(before, payload=message.payload, is_lost=message.is_lost))

    def delete_message(self, id_: str) -> bool:
        is_there = id_ in self._tables.messages
        self._tables.messages.remove(id_)
        return is_there

    def expired_unmatched(self, now: datetime, limit: int) -> Sequence[Message]:
        sent = {delivery.message_id for delivery in self._tables.deliveries}
        expired = (one for one in self._tables.messages.values() if one.expires_at <= now and one.id not in sent)
        return [message for message in expired if not message.is_lost][:limit]

    def lost_messages(self, limit: int, cursor: str | None = None) -> Page[Message]:
        lost = [((one.sent_at, one.id), one) for one in self._tables.messages.values() if one.is_lost]
        lost.sort(key=lambda found: found[0])
        if cursor is not None:
            after = LostPlace.at(cursor)
            lost = [(place, one) for place, one in lost if place > (after.sent_at, after.id)]
        next_ = LostPlace(*lost[limit - 1][0]).cursor() if len(lost) > limit > 0 else None
        return Page(tuple(one for _, one in lost[:limit]), next_)

    def delete_expired_messages(self, now: datetime, limit: int) -> int:
        moving = {delivery.message_id for delivery, is_finished in self._tables.deliveries.items() if not is_finished}
        sent = {delivery.message_id for delivery in self._tables.deliveries} - moving
        messages = self._tables.messages.values()
        gone = [message.id for message in messages if message.expires_at <= now and message.id in sent][:limit]
        for delivery in [delivery for delivery in self._tables.deliveries if delivery.message_id in gone]:
            self._tables.deliveries.remove(delivery)
        for id_ in gone:
            self._tables.messages.remove(id_)
        return len(gone)

    def unmatched(self, name: str, key_hash: str, now: datetime) -> Sequence[Message]:
        sent = {delivery.message_id for delivery in self._tables.deliveries}
        fitting = [one for one in self._tables.messages.values() if _is_for(one, name, key_hash)]
        return [message for message in fitting if message.id not in sent and message.expires_at > now]

    def add_delivery(self, delivery: Delivery) -> None:
        if delivery in self._tables.deliveries:
            raise taken("delivery of the message", delivery.message_id)
        self._tables.deliveries.put(delivery, False)

    def pending_deliveries(self, limit: int) -> Sequence[Delivery]:
        pending = [
            delivery
            for delivery, is_finished in self._tables.deliveries.items()
            if not is_finished and self._status(delivery.case_id) is not CaseStatus.SUSPENDED
        ]
        return pending[:limit]

    def deliveries_of(self, message_id: str) -> Sequence[Delivery]:
        return [delivery for delivery in self._tables.deliveries if delivery.message_id == message_id]

    def finish_delivery(self, delivery: Delivery, at: datetime) -> bool:
        is_pending = self._tables.deliveries.get(delivery) is False
        if is_pending:
            self._tables.deliveries.put(delivery, True)
        return is_pending

    def tell_again(self, case_id: CaseId) -> None:
        """Nobody works elsewhere who could hear of it."""

    def _timers(self) -> Iterator[tuple[datetime, Wait]]:
        for case_id, waits in self._tables.waits.items():
            if self._status(case_id) is CaseStatus.ACTIVE:
                for wait in waits.values():
                    if wait.kind is WaitKind.TIMER and wait.due is not None:
                        yield wait.due, wait

    def _status(self, case_id: CaseId) -> CaseStatus | None:
        case = self._tables.cases.get(case_id)
        return None if case is None else case.status


def _is_for(one: Wait | Message, name: str, key_hash: str) -> bool:
    return one.name == name and one.key_hash == key_hash
