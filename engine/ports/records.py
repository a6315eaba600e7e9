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
