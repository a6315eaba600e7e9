"""Cases with their state and data, in SQL."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ...canonical import dumps, loads
from ...case import Case, CaseStatus
from ...case_data import CaseData, Scope, ScopeKind, decode, encode
from ...ids import CaseId, ScopeId, TaskId, UnitId, UserId, VersionId
from ...ports import CaseFields, LockedCase, Undo
from ..refusals import changed
from .rows import Values, but_key, count, insert, insert_of, is_reading, names, read_names
from .tables import case_data, case_field, case_instance, case_member, case_state, case_undo

# Statements of every step, built once: building them anew each time costs more than running them.
_UPDATE = sa.update(case_instance).where(
    case_instance.c.id == sa.bindparam("was_id"), case_instance.c.revision == sa.bindparam("was_revision")
)
_UPDATE_STATE = sa.update(case_state).where(case_state.c.case_id == sa.bindparam("was_id"))
_BY_ID = sa.select(case_instance).where(case_instance.c.id == sa.bindparam("id"))
_LOCK = _BY_ID.with_for_update()
_STATE = sa.select(case_state.c.state).where(case_state.c.case_id == sa.bindparam("id"))


class SqlCases:
    """See `ports.Cases`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def next_number(self, year: int) -> str:
        return f"{year:04d}-{count(self._connection, f'case-number:{year:04d}'):06d}"

    def add(self, case: Case, state: str, data: CaseData) -> None:
        self._connection.execute(sa.insert(case_instance), case_row(case))
        self._connection.execute(sa.insert(case_state), {"case_id": case.id, "state": state})
        self._write_scopes(case.id, data.scopes.values())

    def get(self, id_: CaseId) -> Case | None:
        return self._one(_BY_ID, id_)

    def by_number(self, number: str) -> Case | None:
        row = self._connection.execute(sa.select(case_instance).where(case_instance.c.number == number)).one_or_none()
        return None if row is None else read_case(row)

    def lock(self, id_: CaseId) -> LockedCase | None:
        # State and data are read by statements of their own, after the lock: a join would show them as they were
        # when we began to wait for it.
        case = self._one(_BY_ID if is_reading(self._connection) else _LOCK, id_)
        return None if case is None else LockedCase(case, self.state(id_), self.data(id_))

    def data(self, id_: CaseId) -> CaseData:
        rows = self._connection.execute(sa.select(case_data).where(case_data.c.case_id == id_).order_by(case_data.c.scope))
        scopes = [_scope(row) for row in rows]
        return CaseData.of(scopes) if scopes else CaseData()

    def state(self, id_: CaseId) -> str:
        return self._connection.execute(_STATE, {"id": id_}).scalar_one_or_none() or ""

    def save(self, case: Case, state: str, data: CaseData, *, was: LockedCase) -> None:
        same = {"was_id": case.id, "was_revision": was.case.revision}
        if self._connection.execute(_UPDATE, same | but_key(case_row(case))).rowcount != 1:
            raise changed("case", case.id)
        if state != was.state:
            self._connection.execute(_UPDATE_STATE, {"was_id": case.id, "state": state})
        # Scopes are frozen: one that is the same object was not written to.
        self._write_scopes(case.id, (new for id_, new in data.scopes.items() if was.data.scopes.get(id_) is not new))
        gone = [{"gone": id_} for id_ in was.data.scopes if id_ not in data.scopes]
        if gone:
            here = (case_data.c.case_id == case.id) & (case_data.c.scope == sa.bindparam("gone"))
            self._connection.execute(sa.delete(case_data).where(here), gone)

    def put_fields(self, fields: CaseFields) -> None:
        self._connection.execute(sa.delete(case_field).where(case_field.c.case_id == fields.case_id))
        rows = [{"case_id": fields.case_id, "name": name, "value": value} for name, value in fields.values.items()]
        if rows:
            self._connection.execute(sa.insert(case_field), rows)

    def put_undo(self, undo: Undo) -> None:
        values = {"case_id": undo.case_id, "revision": undo.revision, "task_id": undo.task_id, "document": undo.document}
        self._connection.execute(_put_undo(self._connection.dialect.name), values)

    def undo(self, id_: CaseId) -> Undo | None:
        row = self._connection.execute(sa.select(case_undo).where(case_undo.c.case_id == id_)).one_or_none()
        return None if row is None else Undo(CaseId(row.case_id), row.revision, TaskId(row.task_id), row.document)

    def delete_undo(self, id_: CaseId) -> None:
        self._connection.execute(sa.delete(case_undo).where(case_undo.c.case_id == id_))

    def add_member(self, id_: CaseId, user: UserId) -> None:
        added = insert(self._connection, case_member).values(case_id=id_, user_id=user)
        self._connection.execute(added.on_conflict_do_nothing())

    def members(self, id_: CaseId) -> frozenset[UserId]:
        select = sa.select(case_member.c.user_id).where(case_member.c.case_id == id_)
        return frozenset(UserId(user) for user in self._connection.execute(select).scalars())

    def _one(self, select: sa.Select[Any], id_: CaseId) -> Case | None:
        row = self._connection.execute(select, {"id": id_}).one_or_none()
        return None if row is None else read_case(row)

    def _write_scopes(self, id_: CaseId, scopes: Iterable[Scope]) -> None:
        rows = [_scope_row(id_, scope) for scope in scopes]
        if rows:
            self._connection.execute(_put_scope(self._connection.dialect.name), rows)


@functools.cache
def _put_scope(dialect: str) -> postgresql.Insert | sqlite.Insert:
    put = insert_of(dialect, case_data)
    written = {name: put.excluded[name] for name in ("parent", "kind", "declared", "content")}
    return put.on_conflict_do_update(index_elements=["case_id", "scope"], set_=written)


@functools.cache
def _put_undo(dialect: str) -> postgresql.Insert | sqlite.Insert:
    put = insert_of(dialect, case_undo)
    written = {name: put.excluded[name] for name in ("revision", "task_id", "document")}
    return put.on_conflict_do_update(index_elements=["case_id"], set_=written)


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
        "content": dumps(encode(dict(scope.values))),
    }


def _scope(row: Any) -> Scope:
    return Scope(
        id=ScopeId(row.scope),
        parent=None if row.parent is None else ScopeId(row.parent),
        kind=ScopeKind(row.kind),
        declared=frozenset(read_names(row.declared)),
        values=cast("dict[str, Any]", decode(loads(row.content))),
    )
