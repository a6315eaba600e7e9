"""Messages to parties outside, in memory."""

from __future__ import annotations

from ...ids import CaseId, UnitId, UserId
from ...queries import Page
from ...wait import OutgoingMessage
from ..paging import OutgoingPlace
from ..refusals import taken
from .tables import Tables


class MemoryOutgoing:
    """See `ports.Outgoing`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, message: OutgoingMessage) -> None:
        if message.id in self._tables.outgoing:
            raise taken("outgoing message", message.id)
        self._tables.outgoing.put(message.id, (self._tables.count("outgoing"), message))

    def get(self, id_: str) -> OutgoingMessage | None:
        found = self._tables.outgoing.get(id_)
        return None if found is None else found[1]

    def waiting(
        self,
        participant: str,
        limit: int,
        cursor: str | None = None,
        *,
        reader: UserId | None = None,
        units: frozenset[UnitId] = frozenset(),
    ) -> Page[OutgoingMessage]:
        after = 0 if cursor is None else OutgoingPlace.at(cursor).serial
        kept = self._tables.outgoing.values()
        found = [(serial, one) for serial, one in kept if serial > after and participant in ("", one.participant)]
        if reader is not None:
            found = [(serial, one) for serial, one in found if self._is_for(one.case_id, reader, units)]
        next_ = OutgoingPlace(found[limit - 1][0]).cursor() if len(found) > limit > 0 else None
        return Page(tuple(message for _, message in found[:limit]), next_)

    def remove(self, id_: str) -> bool:
        is_there = id_ in self._tables.outgoing
        self._tables.outgoing.remove(id_)
        return is_there

    def _is_for(self, case_id: CaseId, reader: UserId, units: frozenset[UnitId]) -> bool:
        return self._tables.cases[case_id].unit in units or reader in self._tables.members.get(case_id, ())
