"""Copy-on-write tables. Committed tables are never changed, so readers keep the ones they began with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TypeAlias, TypeVar

from ...case import Case, Incident
from ...case_data import CaseData
from ...definition import DraftSave, FormVersion, PackageDraft, ProcessVersion, RegisterVersion, Retirement
from ...history import HistoryEvent, HistoryPayload
from ...ids import CaseId, TaskId, Token, UserId, VersionId
from ...job import Job
from ...ports import (
    Access,
    CaseFields,
    Change,
    DraftKind,
    FormDraft,
    RegisterEntry,
    Request,
    SavedView,
    Session,
    StoredFile,
    TaskDraft,
    Undo,
    Unit,
    User,
)
from ...task import UserTask
from ...wait import Delivery, Message, OutgoingMessage, StartWait, Wait

K = TypeVar("K")
V = TypeVar("V")
Linked: TypeAlias = tuple[HistoryEvent, HistoryPayload | None]


class Table(Mapping[K, V]):
    """Rows by key, in the order in which they were added. A fork shares the rows until one side writes."""

    __slots__ = ("_is_shared", "_rows")

    def __init__(self, rows: dict[K, V] | None = None) -> None:
        self._rows: dict[K, V] = {} if rows is None else rows
        self._is_shared = rows is not None

    def fork(self) -> Table[K, V]:
        """The same rows in a table of its own. The table forked from must not be written to afterwards."""
        return Table(self._rows)

    def put(self, key: K, row: V) -> None:
        self._own()[key] = row

    def remove(self, key: K) -> None:
        """Forget the row; nothing happens if there is none."""
        if key in self._rows:
            del self._own()[key]

    def _own(self) -> dict[K, V]:
        if self._is_shared:
            self._rows = dict(self._rows)
            self._is_shared = False
        return self._rows

    def __getitem__(self, key: K) -> V:
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[K]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(slots=True)
class Tables:
    """Everything that a store holds."""

    processes: Table[VersionId, ProcessVersion] = field(default_factory=Table)
    forms: Table[VersionId, FormVersion] = field(default_factory=Table)
    register_versions: Table[VersionId, RegisterVersion] = field(default_factory=Table)
    version_files: Table[VersionId, Mapping[str, str]] = field(default_factory=Table)
    package_drafts: Table[str, PackageDraft] = field(default_factory=Table)
    draft_saves: Table[str, tuple[tuple[DraftSave, PackageDraft], ...]] = field(default_factory=Table)
    retirements: Table[str, Retirement] = field(default_factory=Table)
    cases: Table[CaseId, Case] = field(default_factory=Table)
    case_ids: Table[str, CaseId] = field(default_factory=Table)
    states: Table[CaseId, str] = field(default_factory=Table)
    data: Table[CaseId, CaseData] = field(default_factory=Table)
    fields: Table[CaseId, CaseFields] = field(default_factory=Table)
    called: Table[CaseId, frozenset[VersionId]] = field(default_factory=Table)
    undos: Table[CaseId, Undo] = field(default_factory=Table)
    members: Table[CaseId, frozenset[UserId]] = field(default_factory=Table)
    tasks: Table[TaskId, UserTask] = field(default_factory=Table)
    case_tasks: Table[CaseId, tuple[TaskId, ...]] = field(default_factory=Table)
    open_tasks: Table[CaseId, tuple[TaskId, ...]] = field(default_factory=Table)
    ended_by: Table[tuple[CaseId, str], Mapping[UserId, int]] = field(default_factory=Table)
    drafts: Table[TaskId, Mapping[UserId, TaskDraft]] = field(default_factory=Table)
    form_drafts: Table[tuple[UserId, DraftKind, str], FormDraft] = field(default_factory=Table)
    requests: Table[tuple[UserId, str], Request] = field(default_factory=Table)
    waits: Table[CaseId, Mapping[Token, Wait]] = field(default_factory=Table)
    messages: Table[str, Message] = field(default_factory=Table)
    deliveries: Table[Delivery, bool] = field(default_factory=Table)
    outgoing: Table[str, tuple[int, OutgoingMessage]] = field(default_factory=Table)
    jobs: Table[str, tuple[int, Job]] = field(default_factory=Table)
    starts: Table[tuple[str, str, int], StartWait] = field(default_factory=Table)
    history: Table[CaseId, tuple[Linked, ...]] = field(default_factory=Table)
    incidents: Table[str, Incident] = field(default_factory=Table)
    case_incidents: Table[CaseId, tuple[str, ...]] = field(default_factory=Table)
    entries: Table[tuple[str, str], RegisterEntry] = field(default_factory=Table)
    users: Table[UserId, User] = field(default_factory=Table)
    units: Table[str, Unit] = field(default_factory=Table)
    sessions: Table[str, Session] = field(default_factory=Table)
    saved_views: Table[str, SavedView] = field(default_factory=Table)
    accesses: Table[str, tuple[Access, ...]] = field(default_factory=Table)
    files: Table[str, StoredFile] = field(default_factory=Table)
    changes: Table[int, Change] = field(default_factory=Table)
    counters: Table[str, int] = field(default_factory=Table)

    def fork(self) -> Tables:
        """The same tables for one unit of work to change."""
        return Tables(*(getattr(self, name).fork() for name in _NAMES))

    def count(self, counter: str) -> int:
        """The next number of a counter, from 1."""
        number = self.counters.get(counter, 0) + 1
        self.counters.put(counter, number)
        return number


_NAMES = tuple(column.name for column in fields(Tables))
