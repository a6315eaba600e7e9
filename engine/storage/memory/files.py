"""Files of cases, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from ...ids import CaseId
from ...ports import StoredFile
from ..refusals import taken
from .tables import Tables


class MemoryFiles:
    """See `ports.Files`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, file: StoredFile) -> None:
        if file.id in self._tables.files:
            raise taken("file", file.id)
        self._tables.files.put(file.id, file)

    def get(self, id_: str) -> StoredFile | None:
        return self._tables.files.get(id_)

    def of_case(self, case_id: CaseId) -> Sequence[StoredFile]:
        return [file for file in self._tables.files.values() if file.case_id == case_id]

    def newest(self, limit: int) -> Sequence[StoredFile]:
        return list(self._tables.files.values())[::-1][:limit]

    def remove(self, id_: str) -> None:
        self._tables.files.remove(id_)

    def known(self, ids: Collection[str]) -> frozenset[str]:
        return frozenset(id_ for id_ in ids if id_ in self._tables.files)


class MemoryFileStore:
    """See `ports.FileStore`."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._kept_at: dict[str, datetime] = {}

    def put(self, id_: str, content: bytes) -> None:
        self._contents[id_] = content
        self._kept_at[id_] = datetime.now(UTC)

    def get(self, id_: str) -> bytes | None:
        return self._contents.get(id_)

    def remove(self, id_: str) -> None:
        self._contents.pop(id_, None)

    def kept_before(self, moment: datetime) -> list[str]:
        return [id_ for id_ in self._contents if self._kept_at[id_] < moment]
