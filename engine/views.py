"""What somebody gets to see of a case, a task, a form: plain values, ready for a screen or a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .canonical import Json
from .case import Case, Incident
from .definition import FormVersion, ProcessVersion
from .finding import Finding
from .form import Form
from .history import HistoryEvent
from .ids import CaseId, TaskId, UserId
from .ports import TaskDraft
from .task import UserTask
from .wait import Wait


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that may follow a position. `way` is the name of the flow that leads there, empty where it has none."""

    element: str
    name: str
    name_en: str
    kind: str
    way: str = ""
    way_en: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """One place where a case stands. `kind` is BPMN's element name; `since` is known for waits and tasks.

    `ahead` are the steps that may come next. `token` names the position as long as the case stands there. `data` are those
    that are there and nowhere else: of its round in a loop, of the process that a call runs.
    """

    token: str
    path: str
    element: str
    name: str
    name_en: str
    kind: str
    since: datetime | None = None
    loop_counter: int | None = None
    data: Mapping[str, Json] = field(default_factory=dict)
    ahead: tuple[Ahead, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedMessage:
    """A message that the case waits for now. `payload` is the JSON Schema of what it carries, None when anything will do."""

    name: str
    title: str
    payload: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A process version that the case runs now. `path` is that of the call activity, empty for the case's own process."""

    path: str
    version: ProcessVersion


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody filled in, as it was then. `task` is None for the start form, which whoever began the case filled in."""

    task: UserTask | None
    form: Form
    values: Mapping[str, object]
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferedActivity:
    """An activity of an ad-hoc sub-process that people may begin. `kind` is BPMN's element name.

    `groups` are those that may begin it, `begun` how often it has been; not `is_possible` while something else is under
    way where one thing is done at a time.
    """

    path: str
    element: str
    name: str
    name_en: str
    kind: str
    groups: frozenset[str]
    begun: int = 0
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """An ad-hoc sub-process under way and what may be begun in it.

    `task_id` is the task that it is listed as. It `ends_by_hand` when a person says that it is done, else by a condition.
    """

    path: str
    element: str
    name: str
    name_en: str
    ends_by_hand: bool
    activities: tuple[OfferedActivity, ...]
    task_id: TaskId | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of a choice: the ad-hoc sub-process's task as it is now, and the tasks that the activity has opened so far."""

    choice: UserTask
    opened: tuple[UserTask, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its page shows it.

    `data` is the case's own scope as plain JSON; `called` the data of the processes it calls now, by the path of the call.
    `running` are the versions of its own process and of those.
    """

    case: Case
    data: Mapping[str, Json]
    tasks: Sequence[UserTask]
    waits: Sequence[Wait]
    incidents: Sequence[Incident]
    members: frozenset[UserId]
    positions: Sequence[Position]
    messages: Sequence[OfferedMessage]
    called: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    choices: Sequence[Choice] = ()
    running: Sequence[Running] = ()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event with its payload (None where it was erased) and a plain sentence in each language.

    `is_detail` marks what a reader of the story can do without.
    """

    event: HistoryEvent
    payload: Json
    text_sv: str
    text_en: str
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Strike:
    """That a note holds no longer. `reason` is None where it was erased."""

    at: datetime
    by: UserId
    reason: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a case; `sequence` is its event's in history. `text` is None where it was erased."""

    sequence: int
    at: datetime
    by: UserId
    text: str | None
    struck: Strike | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case with its whole history. `broken` is the first event that does not fit the chain, and why; None when all fit."""

    case: Case
    entries: Sequence[HistoryEntry]
    broken: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What it takes to work on a task. `values` prefill the form; send `base_sequence` back with the submission.

    `choice` is what may be begun, where the task is an ad-hoc sub-process.
    """

    task: UserTask
    case_number: str
    case_title: str
    form: Form | None
    values: Mapping[str, Json]
    draft: TaskDraft | None
    base_sequence: int
    form_version: int | None = None
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    """A form and the version it comes from."""

    form: Form
    version: FormVersion


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A register's entry as somebody may see it.

    `is_protected` is to be marked beside it (“skyddade personuppgifter”); `withheld` are the fields that are kept from
    this reader, whether the entry has them or not.
    """

    register: str
    key: str
    values: Mapping[str, Json]
    revision: int
    is_protected: bool = False
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageReceipt:
    """What became of a message. `case_ids` are those it was delivered to; `started` the case it began."""

    message_id: str
    case_ids: tuple[CaseId, ...] = ()
    started: Case | None = None
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment changed. `unchanged` names packages as `process/intake`; `findings` are warnings."""

    processes: tuple[ProcessVersion, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    registers: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
