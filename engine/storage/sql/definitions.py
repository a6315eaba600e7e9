"""Deployed versions, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import sqlalchemy as sa

from ...definition import FormVersion, ProcessVersion, RegisterVersion, Retirement
from ...ids import UserId, VersionId
from ..json_text import read_json, write_json
from .connection import Connection
from .rows import insert, names, read_name_set, read_names, read_texts, texts
from .statement import Values
from .tables import form_version, process_retirement, process_version, register_version, start_subscription, version_files

V = TypeVar("V")


class SqlDefinitions:
    """See `ports.Definitions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_process(self, version: ProcessVersion) -> None:
        self._connection.execute(sa.insert(process_version), _process_row(version))
        started_by = [{"message_name": name, "version_id": version.id} for name in version.start_messages]
        if started_by:
            self._connection.execute(sa.insert(start_subscription), started_by)

    def process(self, id_: VersionId) -> ProcessVersion | None:
        return self._one(_process, sa.select(process_version).where(process_version.c.id == id_))

    def latest_process(self, key: str) -> ProcessVersion | None:
        return self._one(_process, _newest_processes().where(process_version.c.key == key))

    def process_by_number(self, key: str, number: int) -> ProcessVersion | None:
        columns = process_version.c
        return self._one(_process, sa.select(process_version).where(columns.key == key, columns.version == number))

    def latest_processes(self) -> Sequence[ProcessVersion]:
        return self._all(_process, _newest_processes())

    def pools(self, package: str, number: int) -> Sequence[ProcessVersion]:
        columns = process_version.c
        among = sa.or_(columns.pool_of == package, sa.and_(columns.key == package, columns.pool_of == ""))
        return self._all(_process, sa.select(process_version).where(columns.version == number, among).order_by(columns.key))

    def process_versions(self, key: str) -> Sequence[ProcessVersion]:
        columns = process_version.c
        return self._all(_process, sa.select(process_version).where(columns.key == key).order_by(columns.version.desc()))

    def started_by_message(self, name: str) -> ProcessVersion | None:
        started = sa.select(start_subscription.c.version_id).where(start_subscription.c.message_name == name)
        columns = process_version.c
        retired = sa.select(process_retirement.c.key).where(process_retirement.c.ended_at.is_(None))
        newest = _newest_processes().where(columns.id.in_(started), columns.key.not_in(retired)).order_by(None)
        return self._one(_process, newest.order_by(columns.deployed_at.desc(), columns.key.desc()).limit(1))

    def put_retirement(self, retirement: Retirement) -> None:
        row = asdict(retirement)
        change = sa.update(process_retirement).where(process_retirement.c.id == retirement.id)
        if self._connection.execute(change, row).rowcount == 0:
            self._connection.execute(sa.insert(process_retirement), row)

    def retirement(self, key: str) -> Retirement | None:
        columns = process_retirement.c
        return self._one(_retirement, sa.select(process_retirement).where(columns.key == key, columns.ended_at.is_(None)))

    def retirements(self) -> Sequence[Retirement]:
        columns = process_retirement.c
        return self._all(_retirement, sa.select(process_retirement).order_by(columns.key, columns.at, columns.id))

    def put_files(self, id_: VersionId, files: Mapping[str, str]) -> None:
        put = insert(self._connection, version_files).values(version_id=id_, files=texts(files))
        self._connection.execute(put.on_conflict_do_update(index_elements=["version_id"], set_={"files": put.excluded.files}))

    def files(self, id_: VersionId) -> Mapping[str, str] | None:
        select = sa.select(version_files.c.files).where(version_files.c.version_id == id_)
        found = self._connection.execute(select).scalar_one_or_none()
        return None if found is None else read_texts(found)

    def add_form(self, version: FormVersion) -> None:
        self._connection.execute(sa.insert(form_version), _file_row(version))

    def form(self, id_: VersionId) -> FormVersion | None:
        return self._one(_form, sa.select(form_version).where(form_version.c.id == id_))

    def latest_form(self, key: str) -> FormVersion | None:
        return self._one(_form, _newest_of(form_version, key))

    def form_versions(self, key: str) -> Sequence[FormVersion]:
        columns = form_version.c
        return self._all(_form, sa.select(form_version).where(columns.key == key).order_by(columns.version.desc()))

    def latest_forms(self) -> Sequence[FormVersion]:
        return self._all(_form, _newest(form_version))

    def add_register(self, version: RegisterVersion) -> None:
        self._connection.execute(sa.insert(register_version), _file_row(version))

    def latest_register(self, key: str) -> RegisterVersion | None:
        return self._one(_register, _newest_of(register_version, key))

    def latest_registers(self) -> Sequence[RegisterVersion]:
        return self._all(_register, _newest(register_version))

    def _one(self, read: Callable[[Any], V], select: sa.Select[Any]) -> V | None:
        row = self._connection.execute(select).one_or_none()
        return None if row is None else read(row)

    def _all(self, read: Callable[[Any], V], select: sa.Select[Any]) -> Sequence[V]:
        return [read(row) for row in self._connection.execute(select)]


def _newest_of(table: sa.Table, key: str) -> sa.Select[Any]:
    return sa.select(table).where(table.c.key == key).order_by(table.c.version.desc()).limit(1)


def _newest(table: sa.Table) -> sa.Select[Any]:
    """The newest version of each key, by key."""
    later = table.alias("later")
    has_later = sa.exists().where(later.c.key == table.c.key, later.c.version > table.c.version)
    return sa.select(table).where(~has_later).order_by(table.c.key)


def _newest_processes() -> sa.Select[Any]:
    """The newest version of each process, by key, but of pools that are no more."""
    main = process_version.alias("main")
    columns = process_version.c
    is_withdrawn = sa.exists().where(main.c.key == columns.pool_of, main.c.version > columns.version)
    return _newest(process_version).where(~is_withdrawn)


def _retirement(row: Any) -> Retirement:
    ended_by = None if row.ended_by is None else UserId(row.ended_by)
    return Retirement(row.id, row.key, row.at, UserId(row.by), row.reason, row.ended_at, ended_by, row.ended_reason)


def _process_row(version: ProcessVersion) -> Values:
    return {
        "id": version.id,
        "key": version.key,
        "version": version.version,
        "name": version.name,
        "digest": version.digest,
        "diagram": version.diagram,
        "compiled": version.compiled,
        "compiler": version.compiler,
        "data_schema": write_json(version.data_schema),
        "deployed_at": version.deployed_at,
        "deployed_by": version.deployed_by,
        "forms": texts(version.forms),
        "calls": texts(version.calls),
        "decisions": texts(version.decisions),
        "start_messages": write_json(list(version.start_messages)),
        "is_startable": version.is_startable,
        "start_groups": names(version.start_groups),
        "start_form": version.start_form,
        "name_en": version.name_en,
        "pool_of": version.pool_of,
        "note": version.note,
    }


def _process(row: Any) -> ProcessVersion:
    return ProcessVersion(
        id=VersionId(row.id),
        key=row.key,
        version=row.version,
        name=row.name,
        digest=row.digest,
        diagram=row.diagram,
        compiled=row.compiled,
        compiler=row.compiler,
        data_schema=read_json(row.data_schema),
        deployed_at=row.deployed_at,
        deployed_by=UserId(row.deployed_by),
        forms={key: VersionId(id_) for key, id_ in read_texts(row.forms).items()},
        calls={key: VersionId(id_) for key, id_ in read_texts(row.calls).items()},
        decisions=read_texts(row.decisions),
        start_messages=read_names(row.start_messages),
        is_startable=row.is_startable,
        start_groups=read_name_set(row.start_groups),
        start_form=row.start_form,
        name_en=row.name_en,
        pool_of=row.pool_of,
        note=row.note,
    )


def _file_row(version: FormVersion | RegisterVersion) -> Values:
    return {
        "id": version.id,
        "key": version.key,
        "version": version.version,
        "digest": version.digest,
        "files": texts(version.files),
        "deployed_at": version.deployed_at,
    }


def _form(row: Any) -> FormVersion:
    return FormVersion(VersionId(row.id), row.key, row.version, row.digest, read_texts(row.files), row.deployed_at)


def _register(row: Any) -> RegisterVersion:
    return RegisterVersion(VersionId(row.id), row.key, row.version, row.digest, read_texts(row.files), row.deployed_at)
