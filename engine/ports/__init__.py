"""What the engine needs stored. `storage/` gives it: in memory, on SQLite, on PostgreSQL, held to one contract suite.

A unit of work is one database transaction. Only `commit` makes anything last; leaving the `with` block without it undoes
everything. Rows that are read to be changed are locked (`Cases.lock`), and a write carries the revision it was read at.
"""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from ..queries import Queries
from .beside import AccessLog, Changes, Files, FileStore, People, Registers
from .drafts import PackageDrafts
from .records import (
    Access,
    Aspect,
    CaseFields,
    Change,
    LockedCase,
    RegisterEntry,
    Session,
    StoredFile,
    TaskDraft,
    Undo,
    Unit,
    User,
)
from .work import Cases, Definitions, Histories, Incidents, Outgoing, Starts, Tasks, Waits

__all__ = [
    "Access",
    "AccessLog",
    "Aspect",
    "CaseFields",
    "Cases",
    "Change",
    "Changes",
    "Definitions",
    "FileStore",
    "Files",
    "Histories",
    "Incidents",
    "LockedCase",
    "Outgoing",
    "PackageDrafts",
    "People",
    "RegisterEntry",
    "Registers",
    "Session",
    "Starts",
    "Store",
    "StoredFile",
    "TaskDraft",
    "Tasks",
    "Undo",
    "Unit",
    "UnitOfWork",
    "User",
    "Waits",
]


class UnitOfWork(Protocol):
    """One transaction over everything."""

    @property
    def definitions(self) -> Definitions: ...
    @property
    def package_drafts(self) -> PackageDrafts: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def starts(self) -> Starts: ...
    @property
    def outgoing(self) -> Outgoing: ...
    @property
    def histories(self) -> Histories: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def people(self) -> People: ...
    @property
    def access_log(self) -> AccessLog: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def files(self) -> Files: ...
    @property
    def queries(self) -> Queries: ...
    def commit(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Store(Protocol):
    """Where units of work come from. Safe to share between threads; a unit of work is not."""

    def write(self) -> UnitOfWork:
        """A unit of work that may change things. On SQLite writers take turns."""
        ...

    def read(self) -> UnitOfWork:
        """A unit of work that only reads; it never waits for a writer."""
        ...
