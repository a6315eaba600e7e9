"""What the engine needs stored. `storage/` gives it: in memory, on SQLite, on PostgreSQL, held to one contract suite.

A unit of work is one database transaction. Only `commit` makes anything last; leaving the `with` block without it undoes
everything. Rows that are read to be changed are locked (`Cases.lock`), and a write carries the revision it was read at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from .actor import Actor, Membership, Role
from .canonical import Json
from .case import Case, Incident
from .case_data import CaseData
from .definition import FormVersion, ProcessVersion, RegisterVersion
from .history import HistoryEvent, HistoryPayload
from .ids import CaseId, TaskId, Token, UnitId, UserId, VersionId
from .queries import Page, Queries
from .task import UserTask
from .wait import Delivery, Message, OutgoingMessage, StartWait, Wait


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case read for a step: its row, its slim state (canonical JSON text) and its data."""

    case: Case
    state: str
    data: CaseData


@dataclass(frozen=True, slots=True)
class User:
    """A local account. `password_hash` is argon2's encoded form; empty means that the account cannot sign in."""

    id: UserId
    name: str
    full_name: str
    password_hash: str = ""
    roles: frozenset[Role] = frozenset()
    memberships: tuple[Membership, ...] = ()
    is_active: bool = True

    def as_actor(self) -> Actor:
        return Actor(self.id, self.full_name, self.memberships, self.roles)


@dataclass(frozen=True, slots=True)
class Unit:
    """An office or another part of the organisation that owns cases."""

    id: UnitId
    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser or script. `id` is the digest of the secret in the cookie; `csrf` is the token to echo."""

    id: str
    user_id: UserId
    csrf: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One entry of a register; `values` is plain JSON as its schema says."""

    register: str
    key: str
    values: Mapping[str, Json]
    revision: int = 1


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What somebody has typed into a task's form so far, valid or not. `base_sequence`: see queries.TaskForm."""

    task_id: TaskId
    user_id: UserId
    values: Json
    base_sequence: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """One look at a case's (or a register entry's) personal data. `what` is a slug: `case`, `history`, `task-form` …"""

    actor: UserId
    what: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFields:
    """The listable fields of a case's data (`x-list` in its data schema): name to plain text."""

    case_id: CaseId
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undo:
    """What a case was before its last completed task, as text; it holds as long as the case has that revision."""

    case_id: CaseId
    revision: int
    task_id: TaskId
    document: str


class Definitions(Protocol):
    """Deployed versions. Rows are added, never changed."""

    def add_process(self, version: ProcessVersion) -> None: ...
    def process(self, id_: VersionId) -> ProcessVersion | None: ...
    def latest_process(self, key: str) -> ProcessVersion | None:
        """The newest version; None also where its diagram has been deployed anew without this pool."""
        ...

    def process_by_number(self, key: str, number: int) -> ProcessVersion | None: ...
    def latest_processes(self) -> Sequence[ProcessVersion]:
        """The newest version of each process, by key; not of pools that are no more."""
        ...

    def process_versions(self, key: str) -> Sequence[ProcessVersion]:
        """All versions of a process, newest first."""
        ...

    def pools(self, package: str, number: int) -> Sequence[ProcessVersion]:
        """The processes of one package that were deployed together under this number, by key."""
        ...

    def started_by_message(self, name: str) -> ProcessVersion | None:
        """The newest version of the process that a message of this name starts (only newest versions count)."""
        ...

    def add_form(self, version: FormVersion) -> None: ...
    def form(self, id_: VersionId) -> FormVersion | None: ...
    def latest_form(self, key: str) -> FormVersion | None: ...
    def latest_forms(self) -> Sequence[FormVersion]: ...
    def add_register(self, version: RegisterVersion) -> None: ...
    def latest_register(self, key: str) -> RegisterVersion | None: ...
    def latest_registers(self) -> Sequence[RegisterVersion]: ...


class Cases(Protocol):
    """Case rows with state and data."""

    def next_number(self, year: int) -> str:
        """A case number never given before: `2025-000123`."""
        ...

    def add(self, case: Case, state: str, data: CaseData) -> None: ...
    def get(self, id_: CaseId) -> Case | None: ...
    def by_number(self, number: str) -> Case | None: ...
    def lock(self, id_: CaseId) -> LockedCase | None:
        """The case, held until the end of the unit of work: nobody else can take a step in it meanwhile."""
        ...

    def data(self, id_: CaseId) -> CaseData: ...
    def state(self, id_: CaseId) -> str: ...
    def save(self, case: Case, state: str, data: CaseData, *, was: LockedCase) -> None:
        """Write what differs from `was`; `case.revision` is one more than `was.case.revision`.

        Raises:
            RevisionConflict: the row no longer has the revision of `was`.
        """
        ...

    def put_fields(self, fields: CaseFields) -> None: ...
    def put_undo(self, undo: Undo) -> None:
        """Keep what the case was, in place of what was kept of it before."""
        ...

    def undo(self, id_: CaseId) -> Undo | None: ...
    def delete_undo(self, id_: CaseId) -> None: ...
    def add_member(self, id_: CaseId, user: UserId) -> None: ...
    def members(self, id_: CaseId) -> frozenset[UserId]: ...


class Tasks(Protocol):
    def add(self, task: UserTask) -> None: ...
    def get(self, id_: TaskId) -> UserTask | None: ...
    def by_token(self, case_id: CaseId, token: Token) -> UserTask | None:
        """The newest task made for the token."""
        ...

    def of_case(self, case_id: CaseId) -> Sequence[UserTask]:
        """All tasks of the case, oldest first."""
        ...

    def done_by(self, case_id: CaseId, path: str) -> frozenset[UserId]:
        """Who has ended a task at this path of the case."""
        ...

    def save(self, task: UserTask, *, revision: int) -> None:
        """Write the task that was read at `revision`.

        Raises:
            RevisionConflict: somebody else changed it.
        """
        ...

    def put_draft(self, draft: TaskDraft) -> None: ...
    def draft(self, task_id: TaskId, user: UserId) -> TaskDraft | None: ...
    def delete_drafts(self, task_id: TaskId) -> None: ...


class Waits(Protocol):
    """What tokens wait for, one row each; and messages on their way to them."""

    def open(self, wait: Wait) -> None: ...
    def close(self, case_id: CaseId, token: Token) -> None: ...
    def get(self, case_id: CaseId, token: Token) -> Wait | None: ...
    def of_case(self, case_id: CaseId) -> Sequence[Wait]: ...
    def due(self, now: datetime, limit: int) -> Sequence[Wait]:
        """Timers of active cases whose time has come, longest overdue first."""
        ...

    def next_due(self) -> datetime | None:
        """When the next timer of an active case is due."""
        ...

    def lock_message(self, name: str, key_hash: str) -> None:
        """Sender and subscriber of one (name, key) go through here one at a time, so that neither misses the other."""
        ...

    def waiting_for(self, name: str, key_hash: str) -> Sequence[Wait]: ...
    def waiting_for_signal(self, name: str) -> Sequence[Wait]:
        """Every token, of whatever case, that waits for the signal now."""
        ...

    def add_message(self, message: Message) -> None: ...
    def message(self, id_: str) -> Message | None: ...
    def save_message(self, message: Message) -> None:
        """Write the payload of a message anew, and whether it is lost; nothing else of it changes."""
        ...

    def delete_message(self, id_: str) -> bool:
        """Forget a message without deliveries; false when it was gone already."""
        ...

    def expired_unmatched(self, now: datetime, limit: int) -> Sequence[Message]:
        """Messages whose time is out, that nobody has received and that are not lost yet, oldest first."""
        ...

    def lost_messages(self, limit: int) -> Sequence[Message]:
        """Messages that were lost and that nobody has seen yet, oldest first."""
        ...

    def delete_expired_messages(self, now: datetime, limit: int) -> int:
        """Forget messages that were delivered and whose time is out, with their deliveries; gives how many."""
        ...

    def unmatched(self, name: str, key_hash: str, now: datetime) -> Sequence[Message]:
        """Messages that nobody has received and that have not expired, oldest first."""
        ...

    def add_delivery(self, delivery: Delivery) -> None: ...
    def pending_deliveries(self, limit: int) -> Sequence[Delivery]: ...
    def deliveries_of(self, message_id: str) -> Sequence[Delivery]:
        """Where the message was sent, finished or not, oldest first."""
        ...

    def finish_delivery(self, delivery: Delivery, at: datetime) -> bool:
        """Mark it as done; false when it was already. Whoever gets true, and nobody else, hands the message over."""
        ...


class Starts(Protocol):
    """Start events that begin cases by themselves, of the newest version of each process."""

    def replace(self, process: str, starts: Iterable[StartWait]) -> None:
        """Let these begin cases of the process, and none of those that did before."""
        ...

    def of_process(self, process: str) -> Sequence[StartWait]: ...
    def by_signal(self, name: str) -> Sequence[StartWait]:
        """Those that the signal begins, by process and element."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[StartWait]:
        """Those whose time has come, longest overdue first."""
        ...

    def next_due(self) -> datetime | None: ...
    def move_on(self, was: StartWait, to: StartWait) -> bool:
        """Put `to` in the place of `was`; false where somebody did so before, or another version has taken its place."""
        ...


class Outgoing(Protocol):
    """Messages to parties outside that nobody has handed over yet."""

    def add(self, message: OutgoingMessage) -> None: ...
    def get(self, id_: str) -> OutgoingMessage | None: ...
    def waiting(self, participant: str, limit: int, cursor: str | None = None) -> Page[OutgoingMessage]:
        """Those for one party, or for all where it is empty, oldest first.

        Raises:
            Rejected: the cursor is not one that a page gave.
        """
        ...

    def remove(self, id_: str) -> bool:
        """Forget it; false when it was gone already."""
        ...


class Histories(Protocol):
    """Events are appended, never changed; a payload can be erased."""

    def append(self, linked: Iterable[tuple[HistoryEvent, HistoryPayload]]) -> None: ...
    def of_case(
        self, case_id: CaseId, *, after: int = 0, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        """Events by sequence, from the first after `after`. Raises HistoryDamaged where one cannot be read."""
        ...

    def chain_of(self, case_id: CaseId) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        """Everything that is stored as the case's history, one by one by sequence, whatever its number.

        Raises HistoryDamaged when it comes to an event that cannot be read. Ends with the unit of work.
        """
        ...

    def without_case(self) -> Sequence[CaseId]:
        """Cases that have a history but are not there themselves: somebody removed them in the database."""
        ...

    def erase(self, case_id: CaseId, sequences: Iterable[int]) -> None:
        """Remove the payloads of these events. Whoever does tells history."""
        ...


class Incidents(Protocol):
    def add(self, incident: Incident) -> None: ...
    def get(self, id_: str) -> Incident | None: ...
    def of_case(self, case_id: CaseId) -> Sequence[Incident]: ...
    def open_of_case(self, case_id: CaseId) -> Sequence[Incident]:
        """Those that are not solved, oldest first."""
        ...

    def open_for(self, case_id: CaseId, token: Token) -> Incident | None: ...
    def save(self, incident: Incident) -> None: ...


class Registers(Protocol):
    def get(self, register: str, key: str) -> RegisterEntry | None: ...
    def find(self, register: str, where: Mapping[str, Json], limit: int) -> Sequence[RegisterEntry]:
        """Entries whose fields all equal those in `where`, by key."""
        ...

    def search(self, register: str, text: str, fields: Sequence[str], limit: int) -> Sequence[RegisterEntry]:
        """Entries with `text` (without regard to case) in one of `fields`, by key; all when `text` is empty."""
        ...

    def next_key(self, register: str) -> str:
        """A key no entry of the register has."""
        ...

    def add(self, entry: RegisterEntry) -> None:
        """
        Raises:
            Conflict: the key is taken.
        """
        ...

    def save(self, entry: RegisterEntry, *, revision: int) -> None:
        """
        Raises:
            RevisionConflict: the entry no longer has `revision`.
        """
        ...


class People(Protocol):
    """Users, units, sessions."""

    def put_unit(self, unit: Unit) -> None: ...
    def units(self) -> Sequence[Unit]: ...
    def put_user(self, user: User) -> None:
        """Add the user, or replace the one with the same id."""
        ...

    def user(self, id_: UserId) -> User | None: ...
    def user_by_name(self, name: str) -> User | None: ...
    def users(self) -> Sequence[User]: ...
    def add_session(self, session: Session) -> None: ...
    def session(self, id_: str) -> Session | None: ...
    def delete_session(self, id_: str) -> None: ...
    def delete_sessions_of(self, id_: UserId) -> None:
        """Forget the user's sessions: whoever has one must sign in again."""
        ...

    def delete_sessions_before(self, now: datetime) -> None:
        """Forget the sessions that have expired."""
        ...


class AccessLog(Protocol):
    def add(self, access: Access) -> None: ...
    def of_subject(self, subject: str) -> Sequence[Access]: ...


class UnitOfWork(Protocol):
    """One transaction over everything."""

    @property
    def definitions(self) -> Definitions: ...
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
