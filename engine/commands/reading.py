"""Reading cases, tasks and history for somebody: rights are checked, and looks at personal data are put on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from .. import bpmn, feel, story
from ..actor import Action, Actor, Role
from ..canonical import Json
from ..case import Case, CaseStatus
from ..case_data import CaseData
from ..errors import NotFound
from ..history import ChainHead, first_break, read_payload
from ..ids import ROOT_SCOPE, CaseId, ScopeId, TaskId, UnitId
from ..ports import Access, LockedCase
from ..queries import CaseFilter, Page, TaskCounts, TaskFilter, TaskOrder, TaskRow
from ..task import TaskState, UserTask
from ..views import CaseRecord, CaseView, Choice, HistoryEntry, OfferedMessage, Position, Running, TaskForm
from . import choices
from . import house as houses
from .house import Shelf
from .occurrence import Occurrence
from .rights import require
from .user_tasks import bound_values

OPEN_STATES = frozenset({TaskState.READY, TaskState.CLAIMED})


def readable_units(actor: Actor) -> frozenset[UnitId] | None:
    """The units whose cases the actor may read; None for all."""
    return None if actor.is_system or Role.AUDITOR in actor.roles else actor.units


def cases(
    at: Occurrence,
    *,
    unit: UnitId | None,
    process: str | None,
    status: CaseStatus | None,
    number: str | None,
    started_from: datetime | None,
    started_before: datetime | None,
    cursor: str | None,
    limit: int,
) -> Page[Case]:
    """A page of the cases that the actor may read, newest first."""
    filter_ = CaseFilter(at.actor.id, readable_units(at.actor), unit, process, status, number, started_from, started_before)
    return at.unit.queries.cases(filter_, cursor=cursor, limit=limit)


def tasks(
    at: Occurrence,
    *,
    unit: UnitId | None,
    process: str | None,
    states: frozenset[TaskState],
    due_before: datetime | None,
    mine: bool,
    created_since: datetime | None,
    order: TaskOrder,
    cursor: str | None,
    limit: int,
) -> Page[TaskRow]:
    """A page of the tasks that are the actor's to do."""
    filter_ = TaskFilter(at.actor.id, _groups(at.actor), unit, process, states, due_before, mine, created_since)
    return at.unit.queries.tasks(filter_, order=order, cursor=cursor, limit=limit)


def task_counts(at: Occurrence, *, unit: UnitId | None, process: str | None) -> tuple[TaskCounts, datetime]:
    """How many of the open tasks that are the actor's to do are what, and since when those counted as new are."""
    yesterday = at.now.astimezone(at.house.settings.zone).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    since = yesterday.astimezone(UTC)
    filter_ = TaskFilter(at.actor.id, _groups(at.actor), unit, process)
    return at.unit.queries.task_counts(filter_, now=at.now, since=since), since


def _groups(actor: Actor) -> tuple[tuple[UnitId, frozenset[str]], ...]:
    return tuple((membership.unit, membership.groups) for membership in actor.memberships)


def case(at: Occurrence, id_: CaseId) -> CaseView:
    """The case with its data; the look is put on record."""
    found = readable(at, id_, "case")
    data = at.unit.cases.data(id_)
    waits = at.unit.waits.of_case(id_)
    shelf = Shelf(at.house, at.unit)
    places = bpmn.places(at.unit.cases.state(id_), shelf.process(found.version_id), shelf)
    since = {wait.token: wait.opened_at for wait in waits}
    offered = {place.message: place for place in places if place.waits == "message"}
    case_tasks = at.unit.tasks.of_case(id_)
    return CaseView(
        case=found,
        data=cast("dict[str, Json]", feel.to_json(dict(data.scopes[ROOT_SCOPE].values))),
        tasks=case_tasks,
        waits=waits,
        incidents=at.unit.incidents.of_case(id_),
        members=at.unit.cases.members(id_),
        positions=[
            Position(
                token=place.token,
                path=place.path,
                element=place.element,
                name=place.name,
                name_en=place.name_en,
                kind=place.kind.value,
                since=since.get(place.token),
                loop_counter=place.loop_counter,
                data=_own_data(data, place),
                ahead=bpmn.ahead(shelf.process(place.version_id).model, place.element),
            )
            for place in places
            if place.waits or place.holds or place.has_incident
        ],
        messages=[_offered(shelf, place) for _, place in sorted(offered.items())],
        called={
            place.path: cast("dict[str, Json]", feel.to_json(dict(data.scopes[place.called_scope].values)))
            for place in places
            if place.called_scope is not None
        },
        choices=choices.listed(places, [task for task in case_tasks if task.is_open]),
        running=_running(at, found, places),
    )


def _offered(shelf: Shelf, place: bpmn.Place) -> OfferedMessage:
    told = shelf.process(place.version_id).data_schema.message_schema(place.message)
    return OfferedMessage(place.message, place.message_title, None if told is None else told.schema.definition)


def _running(at: Occurrence, case: Case, places: Sequence[bpmn.Place]) -> list[Running]:
    """The case's own version first, then those that it calls now, in the order of the diagram."""
    called = {place.path: place.called_version_id for place in places if place.called_version_id is not None}
    versions = {path: at.unit.definitions.process(id_) for path, id_ in {"": case.version_id, **called}.items()}
    return [Running(path, version) for path, version in versions.items() if version is not None]


def _own_data(data: CaseData, place: bpmn.Place) -> dict[str, Json]:
    """What only the position has: the data of the process that it runs, or of its round of a loop."""
    if place.called_scope is None and place.scope != ScopeId(place.token):
        return {}
    return cast("dict[str, Json]", feel.to_json(dict(data.scopes[place.called_scope or place.scope].values)))


def history(at: Occurrence, id_: CaseId, *, after: int, limit: int) -> list[HistoryEntry]:
    """The case's events in order, each with a plain sentence; the look is put on record.

    Raises HistoryDamaged where an event cannot be told, because somebody altered what is stored.
    """
    readable(at, id_, "history")
    return _told(at, id_, after=after, limit=limit)


def _told(at: Occurrence, id_: CaseId, *, after: int = 0, limit: int | None = None) -> list[HistoryEntry]:
    names: dict[str, str] = {user.id: user.full_name for user in at.unit.people.users()}
    units: dict[str, str] = {unit.id: unit.name for unit in at.unit.people.units()}
    entries = []
    for event, payload in at.unit.histories.of_case(id_, after=after, limit=limit):
        told = read_payload(event, payload)
        sentence = story.tell(event, told, names=names, units=units)
        entries.append(HistoryEntry(event, told, sentence.sv, sentence.en, sentence.is_detail))
    return entries


def record(at: Occurrence, id_: CaseId) -> CaseRecord:
    """Everything that the case's history tells, and whether its chain holds, for somebody who takes it away; put on record.

    Raises HistoryDamaged where an event cannot be told, because somebody altered what is stored.
    """
    found = readable(at, id_, "export")
    end = ChainHead(found.history_sequence, found.history_hash)
    return CaseRecord(found, _told(at, id_), first_break(at.unit.histories.chain_of(id_), end=end))


def verify_history(at: Occurrence, id_: CaseId) -> tuple[int, str] | None:
    """The first event of the case that does not fit the chain, and why; None when all fit, the case's own head too."""
    found = readable(at, id_, "verification")
    return first_break(at.unit.histories.chain_of(id_), end=ChainHead(found.history_sequence, found.history_hash))


def task_form(at: Occurrence, id_: TaskId) -> TaskForm:
    """The task's form with what it is prefilled with; the look is put on record."""
    task = at.unit.tasks.get(id_)
    if task is None:
        raise NotFound("task", id_)
    try:
        found = readable(at, task.case_id, "task-form")
    except NotFound as error:
        raise NotFound("task", id_) from error
    form = houses.form(at.house, at.unit, task.form_version_id) if task.form_version_id else None
    version = at.unit.definitions.form(task.form_version_id) if task.form_version_id else None
    values: dict[str, feel.Value] = {}
    if form is not None and task.is_open:
        locked = LockedCase(found, "", at.unit.cases.data(task.case_id))
        seen = bound_values(locked.data, task)
        values = {name: seen[name] for name in form.names if seen.get(name) is not None}
    return TaskForm(
        task=task,
        case_number=found.number,
        case_title=found.title,
        form=form,
        form_version=version.version if version is not None else None,
        values=cast("dict[str, Json]", feel.to_json(values)),
        draft=at.unit.tasks.draft(id_, at.actor.id),
        base_sequence=found.history_sequence,
        choice=None if form is not None or not task.is_open else _choice(at, found, task),
    )


def _choice(at: Occurrence, case: Case, task: UserTask) -> Choice | None:
    """What the task offers to begin, if it is an ad-hoc sub-process."""
    shelf = Shelf(at.house, at.unit)
    places = bpmn.places(at.unit.cases.state(case.id), shelf.process(case.version_id), shelf)
    return next(iter(choices.listed((place for place in places if place.token == task.token), [task])), None)


def open_tasks(at: Occurrence, id_: CaseId) -> Sequence[UserTask]:
    """The case's open tasks, without its data."""
    return at.unit.queries.open_tasks(id_)


def readable(at: Occurrence, id_: CaseId, what: str) -> Case:
    """The case, if the actor may read it; the look at `what` is put on record. Raises NotFound."""
    found = at.unit.cases.get(id_)
    if found is None:
        raise NotFound("case", id_)
    require(at, at.actor, Action.READ, found)
    at.unit.access_log.add(Access(at.actor.id, what, id_, at.now))
    return found
