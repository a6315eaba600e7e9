"""Cases with their state and data, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ...case import Case, CaseStatus
from ...case_data import CaseData, Scope, ScopeKind
from ...errors import CaseDamaged
from ...ids import CaseId, ScopeId, TaskId, UnitId, UserId, VersionId
from ...ports import CaseFields, LockedCase, Undo
from ..refusals import changed
from .case_reads import (
    BESIDE_CASE_OF_TASK,
    BY_TASK,
    CASE,
    CASE_AND_STATE_OF_TASK,
    CASE_OF_TASK,
    DATA,
    LOCKED_CASE,
    LOCKED_CASE_OF_TASK,
    MEMBERS,
    OPEN_INCIDENTS,
    OPEN_TASKS,
    STATE,
    TASK,
    WAITS,
)
from .connection import Connection
from .damaged import DAMAGED
from .rows import count, differing, insert, insert_of, names, read_name_set
from .statement import Rows, Statement, Values
from .tables import (
    case_called,
    case_data,
    case_entry,
    case_field,
    case_instance,
    case_member,
    case_state,
    case_undo,
    case_word,
    user_task,
)

# Statements of every step, built once: building them anew each time costs more than running them.
_UPDATE = Statement(
    sa.update(case_instance).where(
        case_instance.c.id == sa.bindparam("was_id"), case_instance.c.revision == sa.bindparam("was_revision")
    )
)
_UPDATE_STATE = Statement(sa.update(case_state).where(case_state.c.case_id == sa.bindparam("was_id")))


def _put_scope(dialect: str) -> postgresql.Insert | sqlite.Insert:
    put = insert_of(dialect, case_data)
    written = {name: put.excluded[name] for name in ("parent", "kind", "declared", "content")}
    return put.on_conflict_do_update(index_elements=["case_id", "scope"], set_=written)


def _put_undo(dialect: str) -> postgresql.Insert | sqlite.Insert:
    put = insert_of(dialect, case_undo)
    written = {name: put.excluded[name] for name in ("revision", "task_id", "document")}
    return put.on_conflict_do_update(index_elements=["case_id"], set_=written)


_PUT_SCOPE = Statement(_put_scope)
_PUT_UNDO = Statement(_put_undo)


class SqlCases:
    """See `ports.Cases`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, year: int) -> str:
        return f"{year:04d}-{count(self._connection, f'case-number:{year:04d}'):06d}"

    def add(self, case: Case, state: str, data: CaseData) -> None:
        self._connection.execute(sa.insert(case_instance), case_row(case))
        self._connection.execute(sa.insert(case_state), {"case_id": case.id, "state": state})
        self._write_scopes(case.id, data.scopes.values())

    def get(self, id_: CaseId) -> Case | None:
        return self._one(CASE, id_)

    def lock(self, id_: CaseId) -> LockedCase | None:
        # State and data are read by statements of their own, after the lock: a join would show them as they were
        # when we began to wait for it.
        select = CASE if self._connection.is_reading else LOCKED_CASE
        self._connection.ahead([(read, {"id": id_}) for read in (select, STATE, DATA, MEMBERS)])
        case = self._one(select, id_)
        return None if case is None else self._locked(case)

    def lock_for(self, task: TaskId) -> LockedCase | None:
        try:
            return self._lock_for(task)
        except DAMAGED as error:
            of_task = sa.select(user_task.c.case_id).where(user_task.c.id == task)
            raise CaseDamaged(self._connection.execute(of_task).scalar_one()) from error

    def _lock_for(self, task: TaskId) -> LockedCase | None:
        return self._lock_far(task) if self._connection.is_far else self._lock_near(task)

    def _lock_near(self, task: TaskId) -> LockedCase | None:
        """On SQLite, where what is read cannot change meanwhile: who writes holds the whole database."""
        row = self._connection.one(CASE_AND_STATE_OF_TASK, {"id": task})
        if row is None:
            return None
        case = read_case(row)
        self._connection.remember(STATE, {"id": case.id}, [row])
        beside = self._beside(row)
        self._connection.ahead([(read, {"id": case.id}) for read in (DATA, OPEN_TASKS, *beside[True])])
        return self._locked_with(case, task, beside[False], self._connection.rows(OPEN_TASKS, {"id": case.id}))

    def _lock_far(self, task: TaskId) -> LockedCase | None:
        """On PostgreSQL everything is asked at once, and sees what was committed when the lock was had."""
        select = CASE_OF_TASK if self._connection.is_reading else LOCKED_CASE_OF_TASK
        asked = (select, BESIDE_CASE_OF_TASK, *BY_TASK.values())
        rows, beside_rows, *of_case = self._connection.together([(read, {"id": task}) for read in asked])
        if not rows:
            return None
        case = read_case(rows[0])
        beside = self._beside(beside_rows[0])
        if beside[True]:
            self._connection.ahead([(read, {"id": case.id}) for read in beside[True]])
        found = dict(zip(BY_TASK, of_case, strict=True))
        for read, its_rows in found.items():
            self._connection.remember(read, {"id": case.id}, its_rows)
        return self._locked_with(case, task, beside[False], found[OPEN_TASKS])

    def _beside(self, row: Any) -> dict[bool, list[Statement]]:
        """What is to be read besides, and what there is nothing of."""
        beside: dict[bool, list[Statement]] = {True: [], False: []}
        for read, is_there in ((MEMBERS, row.has_members), (WAITS, row.has_waits), (OPEN_INCIDENTS, row.has_incidents)):
            beside[bool(is_there)].append(read)
        return beside

    def _locked_with(self, case: Case, task: TaskId, nothing: Iterable[Statement], open_tasks: Rows) -> LockedCase:
        for read in nothing:
            self._connection.remember(read, {"id": case.id}, [])
        its_row = [row for row in open_tasks if row.id == task]
        if its_row:  # which need not be read alone then
            self._connection.remember(TASK, {"id": task}, its_row)
        return self._locked(case)

    def data(self, id_: CaseId) -> CaseData:
        try:
            scopes = [_scope(row) for row in self._connection.rows(DATA, {"id": id_})]
        except DAMAGED as error:
            raise CaseDamaged(id_) from error
        return CaseData.of(scopes) if scopes else CaseData()

    def state(self, id_: CaseId) -> str:
        try:
            row = self._connection.one(STATE, {"id": id_})
        except DAMAGED as error:
            raise CaseDamaged(id_) from error
        return "" if row is None else str(row.state)

    def save(self, case: Case, state: str, data: CaseData, *, was: LockedCase) -> None:
        def missed() -> NoReturn:
            raise changed("case", case.id)

        written = differing(case_row(case), case_row(was.case))
        same: Values = {"was_id": case.id, "was_revision": was.case.revision}
        self._connection.later(_UPDATE, same | written, missed=missed)
        if state != was.state:
            self._connection.later(_UPDATE_STATE, {"was_id": case.id, "state": state})
        # Scopes are frozen: one that is the same object was not written to.
        self._write_scopes(case.id, (new for id_, new in data.scopes.items() if was.data.scopes.get(id_) is not new))
        gone = [{"gone": id_} for id_ in was.data.scopes if id_ not in data.scopes]
        if gone:
            here = (case_data.c.case_id == case.id) & (case_data.c.scope == sa.bindparam("gone"))
            self._connection.execute(sa.delete(case_data).where(here), gone)

    def put_fields(self, fields: CaseFields) -> None:
        id_ = fields.case_id
        rows: dict[sa.Table, list[Values]] = {
            case_field: [{"case_id": id_, "name": name, "value": value} for name, value in fields.values.items()],
            case_word: [{"case_id": id_, "word": word} for word in sorted(fields.words)],
            case_entry: [
                {"case_id": id_, "position": position, "register": register, "key": key}
                for position, (register, key) in enumerate(fields.entries)
            ],
        }
        for table, written in rows.items():
            self._connection.execute(sa.delete(table).where(table.c.case_id == id_))
            if written:
                self._connection.execute(sa.insert(table), written)

    def fields(self, id_: CaseId) -> CaseFields:
        values, words, entries = (
            self._connection.execute(sa.select(table).where(table.c.case_id == id_)).all()
            for table in (case_field, case_word, case_entry)
        )
        return CaseFields(
            id_,
            {row.name: row.value for row in values},
            frozenset(row.word for row in words),
            tuple((row.register, row.key) for row in sorted(entries, key=lambda row: row.position)),
        )

    def put_called(self, id_: CaseId, versions: Collection[VersionId]) -> None:
        self._connection.execute(sa.delete(case_called).where(case_called.c.case_id == id_))
        if versions:
            self._connection.execute(sa.insert(case_called), [{"case_id": id_, "version_id": version} for version in versions])

    def put_undo(self, undo: Undo) -> None:
        values: Values = {
            "case_id": undo.case_id,
            "revision": undo.revision,
            "task_id": undo.task_id,
            "document": undo.document,
        }
        self._connection.later(_PUT_UNDO, values)

    def undo(self, id_: CaseId) -> Undo | None:
        row = self._connection.execute(sa.select(case_undo).where(case_undo.c.case_id == id_)).one_or_none()
        return None if row is None else Undo(CaseId(row.case_id), row.revision, TaskId(row.task_id), row.document)

    def delete_undo(self, id_: CaseId) -> None:
        self._connection.execute(sa.delete(case_undo).where(case_undo.c.case_id == id_))

    def add_member(self, id_: CaseId, user: UserId) -> None:
        added = insert(self._connection, case_member).values(case_id=id_, user_id=user)
        self._connection.execute(added.on_conflict_do_nothing())

    def members(self, id_: CaseId) -> frozenset[UserId]:
        return frozenset(UserId(row.user_id) for row in self._connection.rows(MEMBERS, {"id": id_}))

    def _locked(self, case: Case) -> LockedCase:
        return LockedCase(case, self.state(case.id), self.data(case.id))

    def _one(self, select: Statement, id_: CaseId | TaskId) -> Case | None:
        try:
            row = self._connection.one(select, {"id": id_})
            return None if row is None else read_case(row)
        except DAMAGED as error:
            raise CaseDamaged(id_) from error

    def _write_scopes(self, id_: CaseId, scopes: Iterable[Scope]) -> None:
        rows = [_scope_row(id_, scope) for scope in scopes]
        if rows:
            self._connection.later(_PUT_SCOPE, *rows)


def case_row(case: Case) -> Values:
    """The columns of a case."""
    return {
        "id": case.id,
        "number": case.number,
        "version_id": case.version_id,
        "process": case.process,
        "title": case.title,
        "unit": case.unit,
        "status": case.status.value,
        "started_at": case.started_at,
        "started_by": case.started_by,
        "responsible": case.responsible,
        "ended_at": case.ended_at,
        "revision": case.revision,
        "history_sequence": case.history_sequence,
        "history_hash": case.history_hash,
    }


def read_case(row: Any) -> Case:
    """The case of a row."""
    return Case(
        id=CaseId(row.id),
        number=row.number,
        version_id=VersionId(row.version_id),
        process=row.process,
        title=row.title,
        unit=UnitId(row.unit),
        status=CaseStatus(row.status),
        started_at=row.started_at,
        started_by=UserId(row.started_by),
        responsible=None if row.responsible is None else UserId(row.responsible),
        ended_at=row.ended_at,
        revision=row.revision,
        history_sequence=row.history_sequence,
        history_hash=row.history_hash,
    )


def _scope_row(id_: CaseId, scope: Scope) -> Values:
    return {
        "case_id": id_,
        "scope": scope.id,
        "parent": scope.parent,
        "kind": scope.kind.value,
        "declared": names(scope.declared),
        "content": scope.text,
    }


def _scope(row: Any) -> Scope:
    parent = None if row.parent is None else ScopeId(row.parent)
    return Scope.read(ScopeId(row.scope), parent, ScopeKind(row.kind), read_name_set(row.declared), row.content)
