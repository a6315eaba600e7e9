"""A case as its page shows it, and cases as searches find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..canonical import Json
from ..case import Case, Incident
from ..definition import ProcessVersion
from ..ids import CaseId, UserId
from ..task import UserTask
from ..wait import Wait
from .choice import Choice
from .register import ShownEntry
from .task import Handover


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
class CaseView:
    """A case as its page shows it.

    `data` is the case's own scope as plain JSON; `called` the data of the processes it calls now, by the path of the call.
    `running` are the versions of its own process and of those. `handover` is how it came to whoever is responsible, where
    somebody else handed it to them.
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
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that a search found: the entry that it is about, if it is about one that may be seen, and its open tasks."""

    case: Case
    about: ShownEntry | None
    tasks: Sequence[UserTask]


@dataclass(frozen=True, slots=True)
class MessageReceipt:
    """What became of a message. `case_ids` are those it was delivered to; `started` the case it began."""

    message_id: str
    case_ids: tuple[CaseId, ...] = ()
    started: Case | None = None
    is_pending: bool = False
