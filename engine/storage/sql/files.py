"""Files of cases, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from ...ids import CaseId, UserId
from ...ports import StoredFile
from .connection import Connection
from .tables import stored_file

_FILE = stored_file.c


class SqlFiles:
    """See `ports.Files`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, file: StoredFile) -> None:
        row = {
            "id": file.id,
            "case_id": file.case_id,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "added_at": file.added_at,
            "added_by": file.added_by,
        }
        self._connection.execute(sa.insert(stored_file), row)

    def get(self, id_: str) -> StoredFile | None:
        row = self._connection.execute(sa.select(stored_file).where(_FILE.id == id_)).one_or_none()
        return None if row is None else _read(row)

    def of_case(self, case_id: CaseId) -> Sequence[StoredFile]:
        select = sa.select(stored_file).where(_FILE.case_id == case_id).order_by(_FILE.serial)
        return [_read(row) for row in self._connection.execute(select)]

    def newest(self, limit: int) -> Sequence[StoredFile]:
        select = sa.select(stored_file).order_by(_FILE.serial.desc()).limit(limit)
        return [_read(row) for row in self._connection.execute(select)]

    def remove(self, id_: str) -> None:
        self._connection.execute(sa.delete(stored_file).where(_FILE.id == id_))

    def known(self, ids: Collection[str]) -> frozenset[str]:
        return frozenset(self._connection.execute(sa.select(_FILE.id).where(_FILE.id.in_(ids))).scalars())


def _read(row: Any) -> StoredFile:
    return StoredFile(
        row.id, CaseId(row.case_id), row.name, row.media_type, row.size, row.sha256, row.added_at, UserId(row.added_by)
    )
