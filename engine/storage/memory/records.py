"""History, incidents and the access log, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...case import Incident, IncidentState
from ...history import HistoryEvent, HistoryPayload
from ...ids import CaseId, Token
from ...ports import Access
from ..refusals import taken
from .tables import Tables


class MemoryHistories:
    """See `ports.Histories`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def append(self, linked: Iterable[tuple[HistoryEvent, HistoryPayload]]) -> None:
        for event, payload in linked:
            events = self._tables.history.get(event.case_id, ())
            if events and event.sequence <= events[-1][0].sequence:
                raise taken("history event", f"{event.case_id} {event.sequence}")
            self._tables.history.put(event.case_id, (*events, (event, payload)))

    def of_case(
        self, case_id: CaseId, *, after: int = 0, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        events = self._tables.history.get(case_id, ())
        later = [(event, payload) for event, payload in events if event.sequence > after]
        return later if limit is None else later[:limit]

    def chain_of(self, case_id: CaseId) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        return iter(self._tables.history.get(case_id, ()))

    def without_case(self) -> Sequence[CaseId]:
        return sorted(id_ for id_ in self._tables.history if id_ not in self._tables.cases)

    def erase(self, case_id: CaseId, sequences: Iterable[int]) -> None:
        gone = frozenset(sequences)
        events = self._tables.history.get(case_id, ())
        kept = [(event, None if event.sequence in gone else payload) for event, payload in events]
        self._tables.history.put(case_id, tuple(kept))


class MemoryIncidents:
    """See `ports.Incidents`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, incident: Incident) -> None:
        if incident.id in self._tables.incidents:
            raise taken("incident", incident.id)
        self._tables.incidents.put(incident.id, incident)

    def get(self, id_: str) -> Incident | None:
        return self._tables.incidents.get(id_)

    def of_case(self, case_id: CaseId) -> Sequence[Incident]:
        return [incident for incident in self._tables.incidents.values() if incident.case_id == case_id]

    def open_of_case(self, case_id: CaseId) -> Sequence[Incident]:
        return [incident for incident in self.of_case(case_id) if incident.state is IncidentState.OPEN]

    def open_for(self, case_id: CaseId, token: Token) -> Incident | None:
        newest_first = reversed(self.of_case(case_id))
        return next((one for one in newest_first if one.token == token and one.state is IncidentState.OPEN), None)

    def save(self, incident: Incident) -> None:
        if incident.id in self._tables.incidents:
            self._tables.incidents.put(incident.id, incident)


class MemoryAccessLog:
    """See `ports.AccessLog`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, access: Access) -> None:
        self._tables.accesses.put(access.subject, (*self.of_subject(access.subject), access))

    def of_subject(self, subject: str) -> Sequence[Access]:
        return self._tables.accesses.get(subject, ())
