"""Cases and all that belongs to their steps, as stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..case import Case, Incident
from ..case_data import CaseData
from ..chain_heads import CaseHead
from ..definition import FormVersion, ProcessVersion, RegisterVersion, Retirement
from ..history import EventType, HistoryEvent, HistoryPayload
from ..ids import CaseId, TaskId, Token, UnitId, UserId, VersionId
from ..queries import Page
from ..task import UserTask
from ..wait import Delivery, Message, OutgoingMessage, StartWait, Wait
from .records import CaseFields, LockedCase, TaskDraft, Undo


class Definitions(Protocol):
    """Deployed versions. Rows are added, never changed, but for the files kept beside them."""

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
        """The newest version of the process that a message of this name starts (only newest versions count, and only of
        processes that are not retired).
        """
        ...

    def put_retirement(self, retirement: Retirement) -> None:
        """Add it, or write how it ended. Raises Conflict where another of its process is in force."""
        ...

    def retirement(self, key: str) -> Retirement | None:
        """The one of the process that is in force."""
        ...

    def retirements(self) -> Sequence[Retirement]:
        """All that ever were, by process, oldest first."""
        ...

    def put_files(self, id_: VersionId, files: Mapping[str, str]) -> None:
        """Keep all files of the package that a version came in, by path; those kept before are replaced."""
        ...

    def files(self, id_: VersionId) -> Mapping[str, str] | None:
        """The files that were kept with a version; None where there are none."""
        ...

    def add_form(self, version: FormVersion) -> None: ...
    def form(self, id_: VersionId) -> FormVersion | None: ...
    def latest_form(self, key: str) -> FormVersion | None: ...
    def form_versions(self, key: str) -> Sequence[FormVersion]:
        """Every version of the form, newest first."""
        ...

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
    def lock(self, id_: CaseId) -> LockedCase | None:
        """The case, held until the end of the unit of work: nobody else can take a step in it meanwhile."""
        ...

    def lock_for(self, task: TaskId) -> LockedCase | None:
        """`lock` for the case of a task; None where there is no such task."""
        ...

    def data(self, id_: CaseId) -> CaseData: ...
    def state(self, id_: CaseId) -> str: ...
    def save(self, case: Case, state: str, data: CaseData, *, was: LockedCase) -> None:
        """Write what differs from `was`; `case.revision` is one more than `was.case.revision`.

        Raises:
            RevisionConflict: the row no longer has the revision of `was`. A database may tell only when something is read or
                the unit of work commits; that holds of `Tasks.save` too.
        """
        ...

    def put_fields(self, fields: CaseFields) -> None: ...
    def fields(self, id_: CaseId) -> CaseFields:
        """What was put last; all empty where nothing was."""
        ...

    def put_called(self, id_: CaseId, versions: Collection[VersionId]) -> None:
        """Note which versions the case's call activities run now, in place of those before (for `Queries.open_cases_of`)."""
        ...

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
    def of_case(self, case_id: CaseId) -> Sequence[UserTask]:
        """All tasks of the case, oldest first."""
        ...

    def done_by(self, case_id: CaseId, path: str) -> frozenset[UserId]:
        """Who has ended a task at this path of the case."""
        ...

    def save(self, task: UserTask, *, was: UserTask) -> None:
        """Write what differs from the task that was read.

        Raises:
            RevisionConflict: somebody else changed it.
        """
        ...

    def put_draft(self, draft: TaskDraft, *, was: str | None = None) -> None:
        """Keep it in place of the person's own before; `was` is the revision of that one, empty for none, None for any.

        Raises:
            RevisionConflict: there is another by now.
        """
        ...

    def draft(self, task_id: TaskId, user: UserId) -> TaskDraft | None: ...
    def delete_draft(self, task_id: TaskId, user: UserId) -> None: ...
    def forget_drafts(self, before: datetime) -> None:
        """Forget drafts of tasks that have ended that were last saved before then."""
        ...


class Waits(Protocol):
    """What tokens wait for, one row each; and messages on their way to them."""

    def open(self, wait: Wait) -> None: ...
    def close(self, case_id: CaseId, token: Token) -> None: ...
    def get(self, case_id: CaseId, token: Token) -> Wait | None: ...
    def of_case(self, case_id: CaseId) -> Sequence[Wait]: ...
    def due(self, now: datetime, limit: int) -> Sequence[Wait]:
        """Timers of active cases whose time has come, longest overdue first."""
        ...

    def next_due(self, after: datetime | None = None) -> datetime | None:
        """When the next timer of an active case is due: of all, or of those that are due after then."""
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

    def lost_messages(self, limit: int, cursor: str | None = None) -> Page[Message]:
        """Messages that were lost and that nobody has seen yet, oldest first.

        Raises:
            Rejected: the cursor is not one that a page gave.
        """
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

    def tell_again(self, case_id: CaseId) -> None:
        """Let workers hear anew, once this is stored, of the case's timers and of what is on its way to it."""
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

    def next_due(self, after: datetime | None = None) -> datetime | None:
        """When the next one is due: of all, or of those that are due after then."""
        ...

    def move_on(self, was: StartWait, to: StartWait) -> bool:
        """Put `to` in the place of `was`; false where somebody did so before, or another version has taken its place."""
        ...


class Outgoing(Protocol):
    """Messages to parties outside that nobody has handed over yet."""

    def add(self, message: OutgoingMessage) -> None: ...
    def get(self, id_: str) -> OutgoingMessage | None: ...
    def waiting(
        self,
        participant: str,
        limit: int,
        cursor: str | None = None,
        *,
        reader: UserId | None = None,
        units: frozenset[UnitId] = frozenset(),
    ) -> Page[OutgoingMessage]:
        """Those for one party, or for all where it is empty, oldest first; with a `reader`, of the cases of these units and
        those that the reader is a member of.

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

    def latest(
        self, case_id: CaseId, types: frozenset[EventType], *, before: int | None = None, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        """Events of these types, the newest first, from the last one before `before`. Raises HistoryDamaged as `of_case`."""
        ...

    def chain_of(self, case_id: CaseId) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        """Everything that is stored as the case's history, one by one by sequence, whatever its number.

        Raises HistoryDamaged when it comes to an event that cannot be read. Ends with the unit of work.
        """
        ...

    def heads(self, named: Collection[str] | None = None, *, limit: int | None = None) -> Sequence[CaseHead]:
        """Where the chain of each case ends, the newest first: of all, or of those with these numbers or ids.

        Also of a case that cannot be read itself, because somebody altered its row.
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
