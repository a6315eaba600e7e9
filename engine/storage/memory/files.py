"""Files of cases, in memory."""

from __future__ import annotations

from collections.abc import Sequence

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


class MemoryFileStore:
    """See `ports.FileStore`."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, id_: str, content: bytes) -> None:
        self._contents[id_] = content

    def get(self, id_: str) -> bytes | None:
        return self._contents.get(id_)
