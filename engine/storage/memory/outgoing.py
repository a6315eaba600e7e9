"""Messages to parties outside, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from ...wait import OutgoingMessage
from ..refusals import taken
from .tables import Tables


class MemoryOutgoing:
    """See `ports.Outgoing`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, message: OutgoingMessage) -> None:
        if message.id in self._tables.outgoing:
            raise taken("outgoing message", message.id)
        self._tables.outgoing.put(message.id, message)

    def get(self, id_: str) -> OutgoingMessage | None:
        return self._tables.outgoing.get(id_)

    def waiting(self, participant: str, limit: int) -> Sequence[OutgoingMessage]:
        messages = self._tables.outgoing.values()
        return [message for message in messages if participant in ("", message.participant)][:limit]

    def remove(self, id_: str) -> bool:
        is_there = id_ in self._tables.outgoing
        self._tables.outgoing.remove(id_)
        return is_there
