"""Cases, in memory."""

from __future__ import annotations

from collections.abc import Collection

from ...case import Case
from ...case_data import CaseData
from ...ids import CaseId, TaskId, UserId, VersionId
from ...ports import CaseFields, LockedCase, Undo
from ..refusals import changed, taken
from .tables import Tables


class MemoryCases:
    """See `ports.Cases`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def next_number(self, year: int) -> str:
        return f"{year:04d}-{self._tables.count(f'case-number:{year:04d}'):06d}"

    def add(self, case: Case, state: str, data: CaseData) -> None:
        if case.id in self._tables.cases or case.number in self._tables.case_ids:
            raise taken("case", case.number)
        self._tables.case_ids.put(case.number, case.id)
        self._put(case, state, data)

    def get(self, id_: CaseId) -> Case | None:
        return self._tables.cases.get(id_)

    def lock(self, id_: CaseId) -> LockedCase | None:
        case = self._tables.cases.get(id_)
        return None if case is None else LockedCase(case, self._tables.states[id_], self._tables.data[id_])

    def lock_for(self, task: TaskId) -> LockedCase | None:
        found = self._tables.tasks.get(task)
        return None if found is None else self.lock(found.case_id)

    def data(self, id_: CaseId) -> CaseData:
        return self._tables.data.get(id_) or CaseData()

    def state(self, id_: CaseId) -> str:
        return self._tables.states.get(id_, "")

    def save(self, case: Case, state: str, data: CaseData, *, was: LockedCase) -> None:
        stored = self._tables.cases.get(case.id)
        if stored is None or stored.revision != was.case.revision:
            raise changed("case", case.id)
        self._put(case, state, data)

    def put_fields(self, fields: CaseFields) -> None:
        self._tables.fields.put(fields.case_id, fields)

    def fields(self, id_: CaseId) -> CaseFields:
        return self._tables.fields.get(id_) or CaseFields(id_)

    def put_called(self, id_: CaseId, versions: Collection[VersionId]) -> None:
        self._tables.called.put(id_, frozenset(versions))

    def put_undo(self, undo: Undo) -> None:
        self._tables.undos.put(undo.case_id, undo)

    def undo(self, id_: CaseId) -> Undo | None:
        return self._tables.undos.get(id_)

    def delete_undo(self, id_: CaseId) -> None:
        self._tables.undos.remove(id_)

    def add_member(self, id_: CaseId, user: UserId) -> None:
        self._tables.members.put(id_, self.members(id_) | {user})

    def members(self, id_: CaseId) -> frozenset[UserId]:
        return self._tables.members.get(id_, frozenset())

    def _put(self, case: Case, state: str, data: CaseData) -> None:
        self._tables.cases.put(case.id, case)
        self._tables.states.put(case.id, state)
        self._tables.data.put(case.id, data)
