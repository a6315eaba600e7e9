"""Rows that have no value of their own elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ..actor import Actor, Membership, Role
from ..canonical import Json
from ..case import Case
from ..case_data import CaseData
from ..ids import CaseId, TaskId, UnitId, UserId


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
        if Role.WORKER in self.roles:  # a system's account does jobs and nothing else, whatever else it was given
            return Actor(self.id, self.full_name, roles=frozenset({Role.WORKER}), serves=self.memberships)
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
    """What somebody has typed into a task's form so far, valid or not. `base_sequence`: see queries.TaskForm.

    `revision` is another text each time that it is saved, never one that was.
    """

    task_id: TaskId
    user_id: UserId
    values: Json
    base_sequence: int
    saved_at: datetime
    revision: str


class DraftKind(StrEnum):
    """What a form is for that belongs to no task."""

    START = "start"
    MESSAGE = "message"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What somebody has typed into a form that begins a case, tells one something or adds to a register, valid or not.

    `about` is the key of the process to begin or of the register, or the case's id, a space and the message's name.
    `form_version` is the version of the form that it was typed into, where forms of the kind have versions. `revision` as that
    of a `TaskDraft`.
    """

    user_id: UserId
    kind: DraftKind
    about: str
    values: Json
    form_version: int | None
    saved_at: datetime
    revision: str


def about_message(case_id: CaseId, name: str) -> str:
    """What a draft of a message to a case is about."""
    return f"{case_id} {name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a request, as it was sent: an HTTP status, headers and the body's bytes. It holds personal data."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """A change that its sender may ask for again when no answer came: `key` is theirs, `digest` is of all that is asked.

    `digest` is empty for requests of releases that kept no answers. `answer` is None when it is not kept.
    """

    user_id: UserId
    key: str
    digest: str
    at: datetime
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """One look at a case's (or a register entry's) personal data. `what` is a slug: `case`, `history`, `task-form` …"""

    actor: UserId
    what: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a case. Its content is kept under `id`; `sha256` is that of the content, in hexadecimal."""

    id: str
    case_id: CaseId
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    added_by: UserId


@dataclass(frozen=True, slots=True)
class SavedView:
    """What somebody calls a view of the task list. `search` is what stands in the list's address, names with their texts.

    `is_start` marks the one that they begin with.
    """

    id: str
    owner: UserId
    name: str
    search: Mapping[str, str]
    is_start: bool = False


class Aspect(StrEnum):
    """What of a case has changed. Values are stored: add, never rename."""

    CASE = "case"
    TASKS = "tasks"
    NOTES = "notes"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Change:
    """That something of a case changed, for those who look at it now; history tells what.

    `unit` are those who are told besides the case's members. `serial` grows, but the change with the higher one may be the
    first to be seen.
    """

    serial: int
    case_id: CaseId
    unit: UnitId
    aspects: frozenset[Aspect]
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFields:
    """What lists show of a case's data, and what it is found by.

    `values` are its listable fields (`x-list` in its data schema): name to plain text; `words` are the words in those that
    are no codes. `entries` are the register entries that its fields name: (register, key), as declared, the first the one
    that the case is about.
    """

    case_id: CaseId
    values: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    entries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """What a case was before its last completed task, as text; it holds as long as the case has that revision."""

    case_id: CaseId
    revision: int
    task_id: TaskId
    document: str
