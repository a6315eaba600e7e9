"""Reading cases, tasks and history for somebody: rights are checked, and looks at personal data are put on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from .. import bpmn, feel
from ..actor import Action, Actor, Role
from ..canonical import Json
from ..case import Case
from ..case_data import CaseData
from ..errors import NotFound, Rejected
from ..finding import FieldProblem
from ..history import ChainHead, EventType, first_break, read_payload
from ..ids import ROOT_SCOPE, CaseId, ScopeId, TaskId, UnitId, VersionId
from ..ports import Access, LockedCase
from ..queries import CaseChoice, CaseFilter, CaseSearch, Page, TaskCounts, TaskFilter, TaskOrder, TaskRow, TaskTimes
from ..task import TaskState, UserTask
from ..views import CaseView, Choice, Handover, OfferedMessage, Position, Running, TaskForm
from ..wait import Wait, WaitKind
from . import choices, handing_over
from . import house as houses
from .house import Shelf
from .occurrence import Occurrence
from .rights import require
from .user_tasks import bound_values

OPEN_STATES = frozenset({TaskState.READY, TaskState.CLAIMED})
_GIVEN_OR_TAKEN = frozenset({EventType.TASK_ASSIGNED, EventType.TASK_CLAIMED, EventType.TASK_RELEASED})


def readable_units(actor: Actor) -> frozenset[UnitId] | None:
    """The units whose cases the actor may read; None for all."""
    return None if actor.is_system or Role.AUDITOR in actor.roles else actor.units


def cases(at: Occurrence, choice: CaseChoice, *, cursor: str | None, limit: int) -> Page[Case]:
    """A page of the cases that the actor may read, newest first. Raises Rejected: a version is asked for, but of no process."""
    return at.unit.queries.cases(case_filter(at, choice), cursor=cursor, limit=limit)


def case_filter(at: Occurrence, choice: CaseChoice, search: CaseSearch | None = None) -> CaseFilter:
    """What the actor asks for, within what the actor may read. Raises Rejected."""
    return CaseFilter(
        reader=at.actor.id,
        reader_units=readable_units(at.actor),
        unit=choice.unit,
        process=choice.process,
        status=choice.status,
        number=choice.number,
        started_from=choice.started_from,
        started_before=choice.started_before,
        search=search,
        versions=versions_of(at, choice.process, choice.version),
        about=choice.about,
        worker=choice.worker,
        responsible=choice.responsible,
    )


def versions_of(at: Occurrence, process: str | None, number: int | None) -> frozenset[VersionId] | None:
    """What the number of a version means; None where none is asked for. Raises Rejected: it is one of no process."""
    if number is None:
        return None
    if process is None:
        sv, en = "Välj också en process: versionens nummer är ett av dess.", "Choose a process too: the number is one of its."
        raise Rejected("A version is that of a process.", problems=[FieldProblem("/process", "required", sv, en)])
    known = at.unit.definitions.process_versions(process)
    return frozenset(version.id for version in known if version.version == number)


def subjects(at: Occurrence, cases: Sequence[Case]) -> Mapping[CaseId, tuple[str, str]]:
    """The register entry that each of the cases of a page is about, by register and key: whose it is, their register says."""
    return at.unit.queries.subjects([case.id for case in cases])


def tasks(
    at: Occurrence,
    *,
    unit: UnitId | None,
    process: str | None,
    states: frozenset[TaskState],
    due_before: datetime | None,
    mine: bool,
    created_since: datetime | None,
    ids: frozenset[TaskId] | None,
    order: TaskOrder,
    cursor: str | None,
    limit: int,
) -> Page[TaskRow]:
    """A page of the tasks that are the actor's to do."""
    filter_ = TaskFilter(at.actor.id, _groups(at.actor), unit, process, states, due_before, mine, created_since, ids)
    return at.unit.queries.tasks(filter_, order=order, cursor=cursor, limit=limit)


def task_counts(at: Occurrence, *, unit: UnitId | None, process: str | None) -> tuple[TaskCounts, TaskTimes]:
    """How many of the open tasks that are the actor's to do are what, and the moments that they were counted by.

    Days are those of the installation's time zone: today, the seven days after it, and since yesterday for what is new.
    """
    midnight = at.now.astimezone(at.house.settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, week, yesterday = ((midnight + timedelta(days=days)).astimezone(UTC) for days in (1, 8, -1))
    times = TaskTimes(at.now, tomorrow, week, yesterday)
    return at.unit.queries.task_counts(TaskFilter(at.actor.id, _groups(at.actor), unit, process), times), times


def _groups(actor: Actor) -> tuple[tuple[UnitId, frozenset[str]], ...]:
    return tuple((membership.unit, membership.groups) for membership in actor.memberships)


def case(at: Occurrence, id_: CaseId) -> CaseView:
    """The case with its data; the look is put on record."""
    found = readable(at, id_, "case")
    data = at.unit.cases.data(id_)
    case_tasks = at.unit.tasks.of_case(id_)
    waits = _waits(at, id_, case_tasks)
    shelf = Shelf(at.house, at.unit)
    places = bpmn.places(at.unit.cases.state(id_), shelf.process(found.version_id), shelf)
    since = {wait.token: wait.opened_at for wait in waits}
    offered = {place.message: place for place in places if place.waits == "message"}
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
        handover=handing_over.last_handover(at, found),
    )


def _waits(at: Occurrence, id_: CaseId, case_tasks: Sequence[UserTask]) -> list[Wait]:
    """What the case waits for, oldest first; for people with its open tasks, which are their own waits."""
    others = [wait for wait in at.unit.waits.of_case(id_) if wait.kind is not WaitKind.TASK]  # as earlier releases wrote
    for_people = [Wait(id_, task.token, WaitKind.TASK, task.path, task.created_at) for task in case_tasks if task.is_open]
    return sorted([*others, *for_people], key=lambda wait: (wait.opened_at, wait.token))


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


def verify_history(at: Occurrence, id_: CaseId, *, known: ChainHead | None = None) -> tuple[int, str] | None:
    """The first event of the case that does not fit the chain, and why; None when all fit, the case's own head too.

    `known` is a head that was written down earlier and elsewhere: the chain must still lead through it.
    """
    found = readable(at, id_, "verification")
    broken = first_break(at.unit.histories.chain_of(id_), end=ChainHead(found.history_sequence, found.history_hash))
    if broken is not None or known is None or known.sequence == 0:
        return broken
    event, _ = next(iter(at.unit.histories.of_case(id_, after=known.sequence - 1, limit=1)), (None, None))
    if event is None:
        return known.sequence, "it was written down, and is not there: the end of the chain was cut off"
    if ChainHead(event.sequence, event.hash) != known:
        return known.sequence, "it is not the one that was written down: it, or what came before it, was written anew"
    return None


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
        about=subjects(at, [found]).get(found.id),
        handover=_handover(at, task),
        choice=None if form is not None or not task.is_open else _choice(at, found, task),
    )


def _handover(at: Occurrence, task: UserTask) -> Handover | None:
    """How the task came to whoever holds it, if somebody gave it to them."""
    if task.claimed_by is None:
        return None
    for event, payload in at.unit.histories.latest(task.case_id, _GIVEN_OR_TAKEN):
        told = read_payload(event, payload) or {}
        if event.element == task.path and event.at >= task.created_at and told.get("task", task.id) == task.id:
            is_given = event.type is EventType.TASK_ASSIGNED and told.get("to") == task.claimed_by
            return Handover(event.at, event.actor, str(told.get("note", ""))) if is_given else None
    return None


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
