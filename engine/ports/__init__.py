"""What the engine needs stored. `storage/` gives it: in memory, on SQLite, on PostgreSQL, held to one contract suite.

A unit of work is one database transaction. Only `commit` makes anything last; leaving the `with` block without it undoes
everything. Rows that are read to be changed are locked (`Cases.lock`), and a write carries the revision it was read at.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from ..queries import Queries
from .backlog import Backlog, Backlogs, LateJobs, Queue
from .beside import AccessLog, Changes, Files, FileStore, People, Registers, SavedViews
from .drafts import PackageDrafts
from .forms import FormDrafts, Requests
from .jobs import Jobs
from .records import (
    Access,
    Answer,
    Aspect,
    CaseFields,
    Change,
    DraftKind,
    FormDraft,
    LockedCase,
    RegisterEntry,
    Request,
    SavedView,
    Session,
    StoredFile,
    TaskDraft,
    Undo,
    Unit,
    User,
    about_message,
)
from .statistics import CaseFigures, CaseSelection, Statistics, StepFigures
from .work import Cases, Definitions, Histories, Incidents, Outgoing, Starts, Tasks, Waits

__all__ = [
    "Access",
    "AccessLog",
    "Answer",
    "Aspect",
    "Backlog",
    "Backlogs",
    "CaseFields",
    "CaseFigures",
    "CaseSelection",
    "Cases",
    "Change",
    "Changes",
    "Definitions",
    "DraftKind",
    "FileStore",
    "Files",
    "FormDraft",
    "FormDrafts",
    "Histories",
    "Incidents",
    "Jobs",
    "LateJobs",
    "LockedCase",
    "Outgoing",
    "PackageDrafts",
    "People",
    "Queue",
    "RegisterEntry",
    "Registers",
    "Request",
    "Requests",
    "SavedView",
    "SavedViews",
    "Session",
    "Starts",
    "Statistics",
    "StepFigures",
    "Store",
    "StoredFile",
    "TaskDraft",
    "Tasks",
    "Undo",
    "Unit",
    "UnitOfWork",
    "User",
    "Waits",
    "about_message",
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
    def form_drafts(self) -> FormDrafts: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def starts(self) -> Starts: ...
    @property
    def outgoing(self) -> Outgoing: ...
    @property
    def jobs(self) -> Jobs: ...
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
    def saved_views(self) -> SavedViews: ...
    @property
    def queries(self) -> Queries: ...
    @property
    def statistics(self) -> Statistics: ...
    @property
    def backlogs(self) -> Backlogs: ...
    def commit(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Store(Protocol):
    """Where units of work come from. Safe to share between threads; a unit of work is not."""

    @property
    def is_far(self) -> bool:
        """Whether it is another process, which is waited for, perhaps on another machine."""
        ...

    def require_ready(self) -> None:
        """Raise Misconfigured, saying what to do, where work cannot be done on it.

        It cannot be reached, has not the shape that this release needs, or may not be written.
        """
        ...

    def write(self) -> UnitOfWork:
        """A unit of work that may change things. On SQLite writers take turns."""
        ...

    def read(self) -> UnitOfWork:
        """A unit of work that only reads; it never waits for a writer."""
        ...

    def around(self) -> UnitOfWork:
        """A unit of work that may change things, and that all others of this thread are parts of until its block ends.

        A part sees what the whole has done so far. What it does not commit is undone alone; what it commits lasts when the
        whole is committed, and not before.
        """
        ...

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do what no database can undo: at once, or inside an `around` when that is committed, never when it is undone."""
        ...
