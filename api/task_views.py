"""How a user task looks to a caller: in a list, and ready to be filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from engine import feel
from engine.ids import UserId
from engine.ports import TaskDraft
from engine.queries import TaskCount
from engine.task import UserTask
from engine.views import Completed

from .bodies import Object, View, plain
from .choice_views import ChoiceView
from .forms import FormView
from .people import Names, PersonView


class TaskView(View, frozen=True, kw_only=True):
    """Work for a person."""

    id: str
    case_id: str
    process: Annotated[str, msgspec.Meta(description="The key of the process definition whose diagram holds the task.")]
    element: Annotated[str, msgspec.Meta(description="The element's id in its diagram.")]
    path: Annotated[str, msgspec.Meta(description="The same with the call activities that lead there.")]
    name: Annotated[str, msgspec.Meta(description="The element's name in the diagram.")]
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]
    unit: str
    state: Annotated[str, msgspec.Meta(description="`ready`, `claimed`, `completed` or `cancelled`.")]
    candidate_groups: Annotated[list[str], msgspec.Meta(description="Who may do it; empty means anybody in the unit.")]
    on_behalf_of: Annotated[str, msgspec.Meta(description="The outside party that staff answer for, or empty.")]
    claimed_by: PersonView | None
    created_at: datetime
    due: datetime | None
    follow_up: Annotated[datetime | None, msgspec.Meta(description="When to look at it again.")]
    priority: Annotated[int, msgspec.Meta(description="0 to 100, most urgent highest.")]
    loop_counter: Annotated[int | None, msgspec.Meta(description="Which of several alike, from 1.")]
    ended_at: datetime | None
    ended_by: PersonView | None
    revision: Annotated[int, msgspec.Meta(description="Grows with every change; the ETag.")]

    @classmethod
    def of(cls, task: UserTask, names: Names) -> TaskView:
        return cls(
            id=task.id,
            case_id=task.case_id,
            process=task.process,
            element=task.element,
            path=task.path,
            name=task.name,
            name_en=task.name_en or task.name,
            unit=task.unit,
            state=task.state.value,
            candidate_groups=sorted(task.candidate_groups),
            on_behalf_of=task.on_behalf_of,
            claimed_by=names.person(task.claimed_by),
            created_at=task.created_at,
            due=task.due,
            follow_up=task.follow_up,
            priority=task.priority,
            loop_counter=task.loop_counter,
            ended_at=task.ended_at,
            ended_by=names.person(task.ended_by),
            revision=task.revision,
        )


class EntryKeyView(View, frozen=True, kw_only=True):
    """An entry of a register, by its key."""

    register: str
    key: str

    @classmethod
    def of(cls, about: tuple[str, str] | None) -> EntryKeyView | None:
        return cls(register=about[0], key=about[1]) if about else None


About = Annotated[
    EntryKeyView | None,
    msgspec.Meta(description="Whom the case is about, if its data name somebody; `POST /registers/…/names` says who it is."),
]


class TaskRowView(View, frozen=True, kw_only=True):
    """A task in a list, with what it takes to recognise its case."""

    task: TaskView
    case_number: str
    case_title: str
    about: About


class TaskList(View, frozen=True, kw_only=True):
    items: list[TaskRowView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


class TaskCountView(View, frozen=True, kw_only=True):
    """How many tasks there are. One task may be in several of these numbers."""

    open: int
    overdue: Annotated[int, msgspec.Meta(description="Those whose due time has passed.")]
    today: Annotated[int, msgspec.Meta(description="Those due before today ends, the overdue ones too (`dueBefore`).")]
    week: Annotated[int, msgspec.Meta(description="Those due before the seven days after today end, the others too.")]
    new: Annotated[int, msgspec.Meta(description="Those created since yesterday began (`createdSince`).")]

    @classmethod
    def of(cls, count: TaskCount) -> TaskCountView:
        return cls(open=count.open, overdue=count.overdue, today=count.today, week=count.week, new=count.new)


class TaskCountsView(View, frozen=True, kw_only=True):
    """How many open tasks there are, and the moments that they were counted by, in days of the installation's time zone."""

    all: TaskCountView
    mine: Annotated[TaskCountView, msgspec.Meta(description="Those that I hold (`mine=true`).")]
    free: Annotated[TaskCountView, msgspec.Meta(description="Those that nobody holds (`states=ready`).")]
    now: datetime
    today_before: datetime
    week_before: datetime
    new_since: datetime


class DraftView(View, frozen=True, kw_only=True):
    """What one has typed so far, valid or not."""

    values: object
    base_sequence: int
    saved_at: datetime
    revision: Annotated[str, msgspec.Meta(description="Another text after each save; send it as `If-Match` with the next.")]

    @classmethod
    def of(cls, draft: TaskDraft) -> DraftView:
        return cls(
            values=plain(draft.values),
            base_sequence=draft.base_sequence,
            saved_at=draft.saved_at,
            revision=draft.revision,
        )


class KeptFieldView(View, frozen=True, kw_only=True):
    """A field that somebody else changed while the form was open, and that was sent as the form had shown it."""

    path: Annotated[str, msgspec.Meta(description="JSON Pointer into the form.")]
    shown: Annotated[object, msgspec.Meta(description="What the form showed.")]
    value: Annotated[object, msgspec.Meta(description="What the other made it, and what it stays.")]


class CompletedView(TaskView, frozen=True, kw_only=True):
    """A task that has been completed, and how it met what others wrote meanwhile."""

    kept: Annotated[
        list[KeptFieldView], msgspec.Meta(description="The fields that only others changed while the form was open.")
    ]
    kept_by: Annotated[str, msgspec.Meta(description="Who changed something last, by display name.")]
    kept_at: datetime | None

    @classmethod
    def of_completed(cls, done: Completed, names: Names) -> CompletedView:
        fields = [
            KeptFieldView(path=one.path, shown=plain(feel.to_json(one.yours)), value=plain(feel.to_json(one.theirs)))
            for one in done.kept
        ]
        by = names.person(done.by)
        task = msgspec.structs.asdict(TaskView.of(done.task, names))
        return cls(**task, kept=fields, kept_by=by.name if by else "", kept_at=done.at)


class HandoverView(View, frozen=True, kw_only=True):
    """How a task came to whoever holds it, or a case to whoever is responsible."""

    at: datetime
    by: PersonView
    note: Annotated[str, msgspec.Meta(description="What was said with it, or empty.")]


class TaskFormView(View, frozen=True, kw_only=True):
    """Everything needed to fill in a task."""

    task: TaskView
    case_number: str
    case_title: str
    about: About
    form: Annotated[FormView | None, msgspec.Meta(description="Null for a task that is only ticked off.")]
    form_version: Annotated[int | None, msgspec.Meta(description="The number of the form's version; null without a form.")]
    scope: Annotated[str, msgspec.Meta(description="The part of the case's data that it is about, as history names it.")]
    bind: Annotated[str, msgspec.Meta(description="Where in that data its answers lie; empty for the top.")]
    values: Annotated[Object, msgspec.Meta(description="What the case already knows, as a start for the form.")]
    draft: DraftView | None
    choice: Annotated[
        ChoiceView | None, msgspec.Meta(description="What may be begun, where the task is an open ad-hoc sub-process.")
    ]
    handover: Annotated[HandoverView | None, msgspec.Meta(description="Where somebody gave the task to its holder.")]
    base_sequence: Annotated[int, msgspec.Meta(description="Send it back with drafts and with the submission.")]


class BegunView(View, frozen=True, kw_only=True):
    """What came of beginning an activity."""

    task: Annotated[TaskView, msgspec.Meta(description="The ad-hoc sub-process's own task, with its new revision.")]
    opened: Annotated[list[TaskView], msgspec.Meta(description="The tasks that the activity has opened.")]


def task_people(*tasks: UserTask) -> list[UserId | None]:
    """The people that a view of these tasks names."""
    return [person for task in tasks for person in (task.claimed_by, task.ended_by)]
