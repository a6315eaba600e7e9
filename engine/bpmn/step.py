"""What goes into one step of a case and what comes out of it. Values only: nothing here reads or writes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from .. import feel
from ..canonical import Json
from ..case import Case, CaseStatus
from ..case_data import CaseData
from ..clock import STOCKHOLM
from ..feel.limits import STEPS
from ..handlers import HandlerEffect, Records
from ..history import NewEvent
from ..ids import ROOT_SCOPE, ScopeId, Token, UserId, VersionId
from ..wait import WaitKind
from .job_orders import JobOrder, JobOutcome
from .loaded import Library, LoadedProcess


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the case at one start event, with values for its data (path to value).

    `part` says which of the event's triggers has come. `payload` is what the message carried that began it, `due` when the
    timer was due that did. `also` are the payloads of the other messages that it needed, by the number of their trigger.
    """

    event: str
    values: Mapping[str, feel.Value] = field(default_factory=dict)
    payload: Mapping[str, feel.Value] | None = None
    due: datetime | None = None
    part: int = 0
    also: Mapping[int, Mapping[str, feel.Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """A person's task is done; `writes` are the merged fields, by path in the task's scope.

    `reason` is what history tells of why it was done on somebody's behalf, if it was.
    """

    token: Token
    writes: Mapping[str, feel.Value] = field(default_factory=dict)
    reason: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeginActivity:
    """Somebody begins an activity (`element`, its id) inside the ad-hoc sub-process whose token this is."""

    token: Token
    element: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a token waited for has come: a timer's time, or a message with its payload."""

    token: Token
    payload: Mapping[str, feel.Value] | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again the element that an incident is about; history tells the reason, where there is one."""

    token: Token
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectData:
    """An operator mends data, by path in `scope`: the case's own, or those at `element`, in a `round` of a loop."""

    writes: Mapping[str, feel.Value]
    scope: ScopeId = ROOT_SCOPE
    element: str = ""
    reason: str = ""
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CancelCase:
    """An operator ends the case."""


@dataclass(frozen=True, slots=True)
class Skip:
    """An operator lets the case go on after an element that is stuck, along `flows` (ids) where it does not choose itself."""

    token: Token
    flows: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddToken:
    """An operator puts a token at an element. `path` leads there through calls; `inside` tells scopes of the same apart."""

    path: str
    inside: Token | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveToken:
    """An operator takes a token from where it stands to another `element` (id) of the same scope."""

    token: Token
    element: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CancelToken:
    """An operator withdraws a token and all inside it."""

    token: Token
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """An operator lets a case that has ended go on."""

    reason: str = ""


Intervention: TypeAlias = Skip | AddToken | MoveToken | CancelToken | Reopen
Outcome: TypeAlias = Trigger | JobOutcome
Command: TypeAlias = Start | CompleteTask | BeginActivity | Outcome | Retry | CorrectData | CancelCase | Intervention


@dataclass(frozen=True, slots=True)
class StepContext:
    """Everything a step may look at. `now` is aware UTC; `budget` bounds the elements that one step may run."""

    process: LoadedProcess
    library: Library
    case: Case
    now: datetime
    actor: UserId
    records: Records
    calendar: feel.Calendar
    zone: ZoneInfo = STOCKHOLM
    budget: int = 1_000
    feel_budget: int = STEPS


@dataclass(frozen=True, slots=True)
class WaitOrder:
    """A token begins to wait. A task's details are in the TaskOrder with the same token."""

    token: Token
    kind: WaitKind
    element: str
    due: datetime | None = None
    name: str = ""
    key_hash: str = ""


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """Work for a person, to be listed. Times are aware UTC. `not_by_element`: who did that step may not do this one."""

    token: Token
    element: str
    path: str
    name: str
    name_en: str
    scope: ScopeId
    form_version_id: VersionId | None = None
    bind: str = ""
    candidate_groups: frozenset[str] = frozenset()
    assignee: UserId | None = None
    due: datetime | None = None
    follow_up: datetime | None = None
    priority: int = 50
    not_by_path: str = ""
    on_behalf_of: str = ""
    loop_counter: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentOrder:
    """A token is stuck. `message`, in Swedish `message_sv`, carries no personal data. `is_retry`: the same incident, tried
    again in vain, `attempts` times.

    `name` and `name_en` are what the element is called; `reads` the paths of the data that the expression which failed reads.
    """

    token: Token
    element: str
    kind: str
    message: str
    is_retry: bool = False
    attempts: int = 1
    name: str = ""
    name_en: str = ""
    reads: tuple[str, ...] = ()
    message_sv: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of `advance`: to be saved as it is, in one transaction.

    `closed` are tokens that no longer wait as they did before, with whether their work was done (True) or withdrawn
    (False); a token may be in `closed` and wait anew in `waits`.
    `resolved` are tokens whose incident is over, `closed_jobs` those that no longer wait for a job of before.
    """

    state: str
    data: CaseData
    status: CaseStatus
    waits: tuple[WaitOrder, ...] = ()
    tasks: tuple[TaskOrder, ...] = ()
    jobs: tuple[JobOrder, ...] = ()
    closed_jobs: tuple[Token, ...] = ()
    closed: tuple[tuple[Token, bool], ...] = ()
    incidents: tuple[IncidentOrder, ...] = ()
    resolved: tuple[Token, ...] = ()
    effects: tuple[HandlerEffect, ...] = ()
    events: tuple[NewEvent, ...] = ()
