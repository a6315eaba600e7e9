"""A case: one client's (or one matter's) way through a process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from . import feel
from .ids import CaseId, Token, UnitId, UserId, VersionId


class CaseStatus(StrEnum):
    """Where a case stands as a whole."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Case:
    """The row about a case that lists and rules need; its tokens and data are kept apart.

    `revision` grows by one with every step. `history_sequence` and `history_hash` are the head of the case's chain of
    history events. All times are aware UTC.
    """

    id: CaseId
    number: str
    version_id: VersionId
    process: str
    title: str
    unit: UnitId
    status: CaseStatus
    started_at: datetime
    started_by: UserId
    responsible: UserId | None = None
    ended_at: datetime | None = None
    revision: int = 0
    history_sequence: int = 0
    history_hash: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in (CaseStatus.ACTIVE, CaseStatus.SUSPENDED)


class IncidentState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Incident:
    """Something in a case that could not be done and waits for a person.

    `kind` is a stable slug (`expression-failed`, `no-flow`, `runaway`, `deadlock`, `handler-failed` …); `message` names
    the element, what failed and what to do, and carries no personal data; `message_sv` says it in Swedish, empty where that
    is not known. The token stays before the element.
    `name` and `name_en` are what people call the element, empty where no element is stuck; `reads` the paths of the data that
    an expression which failed reads. `tried_at` is when it was last tried in vain, None until it has been tried again.
    """

    id: str
    case_id: CaseId
    token: Token
    element: str
    kind: str
    message: str
    opened_at: datetime
    state: IncidentState = IncidentState.OPEN
    attempts: int = 1
    resolved_at: datetime | None = None
    resolved_by: UserId | None = None
    name: str = ""
    name_en: str = ""
    reads: tuple[str, ...] = ()
    tried_at: datetime | None = None
    message_sv: str = ""

    def told(self, language: str) -> str:
        """The message, in Swedish for `sv` where that is known, else in English."""
        return (language == "sv" and self.message_sv) or self.message

    @property
    def last_tried_at(self) -> datetime:
        """When it failed the last time."""
        return self.tried_at or self.opened_at

    @property
    def call(self) -> str:
        """The path of the call that the token stands in (`follow-up`), as a correction names it. Empty outside calls."""
        return call_of(self.element)


def call_of(element: str) -> str:
    """The path of the call that an element lies in, by the element's path: `follow-up` of `follow-up.note-attempt`."""
    return element.rpartition(".")[0]


TO_BE_SEEN: Final = frozenset({"bad-message", "cannot-start", "cannot-send", "not-received"})
"""Kinds of incidents that no token is stuck at: there is nothing to retry, they are marked as seen."""


def seen_in_expressions(case: Case) -> dict[str, feel.Value]:
    """What expressions read of a case by the name `case`."""
    return {
        "id": case.id,
        "number": case.number,
        "unit": case.unit,
        "responsible": case.responsible,
        "startedAt": case.started_at,
        "startedBy": case.started_by,
        "process": case.process,
    }
