"""History, incidents and the access log, in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...case import Incident, IncidentState
from ...chain_heads import CaseHead
from ...history import ChainHead, EventType, HistoryEvent, HistoryPayload
from ...ids import CaseId, Token
from ...ports import Access
from ..refusals import taken
from .tables import Linked, Tables


class MemoryHistories:
    """See `ports.Histories`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def append(self, linked: Iterable[tuple[HistoryEvent, HistoryPayload]]) -> None:
        added: dict[CaseId, list[Linked]] = {}
        for event, payload in linked:
            new = added.setdefault(event.case_id, [])
            last = new[-1:] or self._tables.history.get(event.case_id, ())[-1:]
            if last and event.sequence <= last[0][0].sequence:
                raise taken("history event", f"{event.case_id} {event.sequence}")
            new.append((event, payload))
        for case_id, new in added.items():
            self._tables.history.put(case_id, (*self._tables.history.get(case_id, ()), *new))

    def of_case(
        self, case_id: CaseId, *, after: int = 0, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        events = self._tables.history.get(case_id, ())
        later = [(event, payload) for event, payload in events if event.sequence > after]
        return later if limit is None else later[:limit]

    def latest(
        self, case_id: CaseId, types: frozenset[EventType], *, before: int | None = None, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        events = reversed(self._tables.history.get(case_id, ()))
        found = [one for one in events if one[0].type in types and (before is None or one[0].sequence < before)]
        return found if limit is None else found[:limit]

    def chain_of(self, case_id: CaseId) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        return iter(self._tables.history.get(case_id, ()))

    def heads(self, named: Collection[str] | None = None, *, limit: int | None = None) -> Sequence[CaseHead]:
        all_ = [self._tables.cases[id_] for id_ in self._tables.cases]
        found = [case for case in all_ if named is None or case.number in named or case.id in named]
        found.sort(key=lambda case: (case.started_at, case.id), reverse=True)
        return [CaseHead(one.id, one.number, ChainHead(one.history_sequence, one.history_hash)) for one in found[:limit]]

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
        of_case = self._tables.case_incidents.get(incident.case_id, ())
        self._tables.case_incidents.put(incident.case_id, (*of_case, incident.id))

    def get(self, id_: str) -> Incident | None:
        return self._tables.incidents.get(id_)

    def of_case(self, case_id: CaseId) -> Sequence[Incident]:
        return [self._tables.incidents[id_] for id_ in self._tables.case_incidents.get(case_id, ())]

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

    def page(self, subject: str, *, before: int | None, limit: int) -> Sequence[tuple[int, Access]]:
        numbered = enumerate(self.of_subject(subject), start=1)
        return [one for one in reversed(list(numbered)) if before is None or one[0] < before][:limit]
