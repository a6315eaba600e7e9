"""What it takes to work on a task, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..canonical import Json
from ..completion import FieldConflict
from ..form import Form
from ..ids import UserId
from ..ports import TaskDraft
from ..task import UserTask
from .choice import Choice


@dataclass(frozen=True, slots=True)
class Group:
    """What a candidate group is called."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Handover:
    """Somebody gave a task to whoever holds it, or a case to whoever is responsible; `note` is what they said, or empty."""

    at: datetime
    by: UserId
    note: str


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What it takes to work on a task. `values` prefill the form; send `base_sequence` back with the submission.

    `about` is the register entry that its case is about, by register and key, if the data name one. `handover` is how it came
    to its holder, where somebody else gave it to them. `choice` is what may be begun, where the
    task is an ad-hoc sub-process.
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
    handover: Handover | None = None
    about: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """A task that has been completed. `kept` are the fields that somebody else had changed meanwhile and that the submission
    left as they were when the form was opened: they stay as the other wrote them. `by` and `at` tell of the last such change.
    """

    task: UserTask
    kept: tuple[FieldConflict, ...] = ()
    by: UserId | None = None
    at: datetime | None = None
