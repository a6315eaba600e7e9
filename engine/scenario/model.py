"""What a scenario says: values only, as read from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ..canonical import Json


@dataclass(frozen=True, slots=True)
class Filling:
    """How a form is filled in: an example of the form, or what the form already shows; then `fields` over that."""

    example: str | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sending:
    """A message. Without a key it goes straight to the scenario's case."""

    name: str
    key: Mapping[str, Json] | None = None
    payload: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be so now. None (or nothing) means that it is not looked at.

    `waiting`: these wait, and no other task is open. `offered`: these, and nothing else, can be begun. `due` maps an
    element's path to a date or a date and time as text; the empty path stands for the only thing that waits.
    """

    waiting: tuple[str, ...] | None = None
    due: Mapping[str, str] = field(default_factory=dict)
    data: tuple[str, ...] = ()
    unit: str | None = None
    closed: bool | None = None
    incidents: tuple[str, ...] = ()
    offered: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """Complete a task; `item` picks one of a multi-instance, `each` takes them all."""

    task: str
    group: str | None = None
    filling: Filling = field(default_factory=Filling)
    item: int | None = None
    each: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    task: str
    group: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin an activity of an ad-hoc sub-process; `item` picks one of a multi-instance."""

    activity: str
    group: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Finish:
    """Say that an ad-hoc sub-process is done."""

    task: str
    group: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Send:
    sending: Sending
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass: `P14D`, `PT2H`, `P5BD` (business days)."""

    duration: str


@dataclass(frozen=True, slots=True)
class Until:
    """Let time pass until a moment; local when it has no offset."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Cancel:
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """Do nothing; the step only expects something."""


@dataclass(frozen=True, slots=True)
class Throw:
    """Throw a signal from outside."""

    signal: str


class Verb(StrEnum):
    """What an operator does to one place of a case. Values are the verbs of steps."""

    RETRY = "retry"
    SKIP = "skip"
    UNDO = "undo"
    MOVE = "move"
    ADD = "add"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Operate:
    """Put a case right by hand. `along` are the ways out of what is skipped, `to` is where a position is moved."""

    verb: Verb
    element: str
    along: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Mend:
    """Put values of the case's data right, by path; with `call` those of the process that a call runs."""

    values: Mapping[str, Json]
    call: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What another system says of the job at an element: a result, the code of an error, or that a try failed."""

    element: str
    result: Mapping[str, Json] = field(default_factory=dict)
    error: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Let the case go on although it has ended."""

    reason: str


Action = Complete | Claim | Begin | Finish | Send | Throw | Wait | Until | Cancel | Operate | Mend | Reopen | Answer | Look


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `number` counts from 1, `line` is where it begins in the file.

    `process` is whose newest case the step is about, where it is not the scenario's own.
    """

    number: int
    line: int | None
    action: Action
    expect: Expectation | None = None
    process: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """How the case begins: by a start form, data, messages (the last begins it), data over which its start conditions are
    asked, a signal, or the start event of a timer whose time comes.

    `at` is local when it has no offset.
    """

    at: datetime
    unit: str
    group: str | None = None
    data: Mapping[str, Json] = field(default_factory=dict)
    form: Filling | None = None
    messages: tuple[Sending, ...] = ()
    condition: Mapping[str, Json] | None = None
    signal: str | None = None
    timer: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """How the case must have ended: at an end event, in a state, with this being true of its data."""

    at: str | None = None
    state: str | None = None
    data: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story about one case. `file` is how messages name it.

    `registers` holds entries that exist beforehand, `units` and `people` ids that do besides the unit the case starts in
    and those who act.
    """

    file: str
    name: str
    process: str
    title: str
    start: Start
    steps: tuple[Step, ...] = ()
    ends: Ends | None = None
    registers: Mapping[str, tuple[Mapping[str, Json], ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
