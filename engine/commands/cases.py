"""Starting, suspending, resuming, cancelling and mending cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from .. import bpmn, feel
from ..actor import Action
from ..canonical import Json
from ..case import Case, CaseStatus
from ..case_data import CaseData, is_path
from ..data_schema import DataSchema
from ..definition import ProcessVersion
from ..errors import NotAllowed, NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..history import EventType, NewEvent
from ..ids import ROOT_SCOPE, CaseId, ScopeId, UnitId, new_id
from ..ports import LockedCase
from ..schema import pointer
from . import house as houses
from .free_text import given_reason
from .house import Shelf
from .occurrence import Occurrence
from .recording import save_without_step
from .references import missing_references
from .rights import locked_case
from .stepping import require_active, take_step


def start(
    at: Occurrence,
    key: str,
    *,
    unit: UnitId,
    data: Mapping[str, Json] | None = None,
    submission: Mapping[str, Json] | None = None,
) -> Case:
    """Start a case of a process in one of the actor's units.

    `submission` are the answers to the start form where the process has one; where it has none, `data` are top-level names
    of the case's data.

    Raises:
        NotFound: no such process, or no such unit for this actor.
        NotAllowed: the actor is in none of the process's start groups in that unit.
        NotPossible: cases of this process are not started by people.
        Rejected: data or submission break their schema, or the process does not begin with that one.
    """
    version = at.unit.definitions.latest_process(key)
    if version is None:
        raise NotFound("process", key)
    _require_may_start(at, version, unit)
    process = houses.process(at.house, at.unit, version.id)
    starts = process.model.plain_starts()
    if not starts:
        raise NotPossible(f"A case of {key} begins by a message, signal or time, not by hand. Send the message instead.")
    detail = starts[0].detail
    if isinstance(detail, bpmn.PersonTask):
        _require_no_data(key, data or {})
        values = _answers(at, process, detail, submission)
    elif submission:
        raise Rejected(f"The process {key} has no start form. Send the values as data.")
    else:
        values = typed_data(at, process.data_schema, data or {})
    return begin(at, version, bpmn.Start(starts[0].id, values), unit=unit)


def start_from_case(at: Occurrence, key: str, data: Mapping[str, feel.Value], *, unit: UnitId) -> Case:
    """Start a case because another case's service task asks for it."""
    version = at.unit.definitions.latest_process(key)
    if version is None:
        raise NotFound("process", key)
    process = houses.process(at.house, at.unit, version.id)
    starts = process.model.plain_starts()
    if not starts:
        raise NotPossible(f"A case of {key} begins with a message. Use case.message instead.")
    values = typed_data(at, process.data_schema, cast("dict[str, Json]", feel.to_json(dict(data))))
    return begin(at, version, bpmn.Start(starts[0].id, values), unit=unit)


def begin(at: Occurrence, version: ProcessVersion, command: bpmn.Start, *, unit: UnitId) -> Case:
    """A new case row and its first step."""
    case = Case(
        id=CaseId(new_id()),
        number=at.unit.cases.next_number(at.now.astimezone(at.house.settings.zone).year),
        version_id=version.id,
        process=version.key,
        title=version.name,
        unit=unit,
        status=CaseStatus.ACTIVE,
        started_at=at.now,
        started_by=at.actor.id,
    )
    return take_step(at, None, case, command)


def suspend(at: Occurrence, id_: CaseId, *, reason: str) -> Case:
    """Let nothing happen in the case until it is resumed: no task, no timer, no message."""
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    require_active(locked.case)
    case = replace(locked.case, status=CaseStatus.SUSPENDED)
    return save_without_step(at, locked, case, [NewEvent(EventType.CASE_SUSPENDED, payload={"reason": reason})])


def resume(at: Occurrence, id_: CaseId, *, reason: str) -> Case:
    """Let the case go on."""
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    if locked.case.status is not CaseStatus.SUSPENDED:
        raise NotPossible(f"Case {locked.case.number} is not suspended.")
    case = replace(locked.case, status=CaseStatus.ACTIVE)
    return save_without_step(at, locked, case, [NewEvent(EventType.CASE_RESUMED, payload={"reason": reason})])


def cancel(at: Occurrence, id_: CaseId, *, reason: str) -> Case:
    """End the case where it stands; open tasks are withdrawn."""
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    if not locked.case.is_open:
        raise NotPossible(f"Case {locked.case.number} is {locked.case.status.value} already.")
    told = [NewEvent(EventType.CASE_CANCELLED, payload={"reason": reason})]
    case = replace(locked.case, status=CaseStatus.ACTIVE)
    return take_step(at, locked, case, bpmn.CancelCase(), also=told)


def correct_data(at: Occurrence, id_: CaseId, changes: Mapping[str, Json], *, reason: str, call: str = "") -> Case:
    """Mend the case's own data, by path; the values are checked and typed by the process's data schema.

    `call` is the path of a call activity under way (`intake`): then the data of the process that it runs are mended.

    Raises:
        Rejected: a name is not declared, or a value does not fit.
        NotPossible: no such call is under way, or several rounds of it are.
    """
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    require_active(locked.case)
    process = houses.process(at.house, at.unit, locked.case.version_id)
    scope = ROOT_SCOPE
    if call:
        process, scope = _called(at, locked, process, call)
    writes: dict[str, feel.Value] = {}
    for path, value in changes.items():
        writes |= _corrected(at, process.data_schema, locked.data, scope, path, value)
    return take_step(at, locked, locked.case, bpmn.CorrectData(writes, scope, call, reason))


def _called(at: Occurrence, locked: LockedCase, process: bpmn.LoadedProcess, call: str) -> tuple[bpmn.LoadedProcess, ScopeId]:
    """The process that a call activity runs now, and the scope of its data."""
    shelf = Shelf(at.house, at.unit)
    found = [place for place in bpmn.places(locked.state, process, shelf) if place.path == call]
    running = [(place.called_version_id, place.called_scope) for place in found if place.called_scope is not None]
    if len(running) > 1:
        raise NotPossible(f"`{call}` is under way {len(running)} times at once; its data cannot be told apart yet.")
    for version_id, scope in running:
        if version_id is not None and scope is not None:
            return shelf.process(version_id), scope
    raise NotPossible(f"No call `{call}` is under way in case {locked.case.number}. See where the case stands.")


def typed_data(at: Occurrence, schema: DataSchema, data: Mapping[str, Json]) -> dict[str, feel.Value]:
    """Plain JSON as the FEEL values that the data schema says. Raises Rejected with every problem."""
    given = cast("Mapping[str, object]", data)
    problems = schema.check(given) or missing_references(at, schema.register_references(given))
    if problems:
        raise Rejected("The data do not fit the process. Correct the fields named.", problems=problems)
    return schema.typed(cast("Mapping[str, object]", data))


def _require_may_start(at: Occurrence, version: ProcessVersion, unit: UnitId) -> None:
    if at.actor.is_system:
        return
    if unit not in at.actor.units:
        raise NotFound("unit of yours", unit)
    if not version.is_startable:
        raise NotPossible(f"Cases of {version.key} are started by other processes, not by people.")
    require_starter(at, version, unit)


def require_starter(at: Occurrence, version: ProcessVersion, unit: UnitId) -> None:
    """Refuse somebody who is in none of the process's start groups. Raises NotAllowed."""
    if at.actor.is_system:
        return
    if version.start_groups and not at.actor.is_in_any(version.start_groups, unit=unit):
        groups = ", ".join(sorted(version.start_groups))
        raise NotAllowed(f"Cases of {version.key} are started by {groups}. Ask one of them.")


def _require_no_data(key: str, data: Mapping[str, Json]) -> None:
    sv = "Ärendet börjar med ett formulär. Det här hör inte dit."
    en = "The case begins with a form. This is not part of it."
    problems = [FieldProblem(f"/data{pointer((name,))}", "additionalProperties", sv, en) for name in data]
    if problems:
        raise Rejected(f"The process {key} begins with a form. Send its answers as submission, and no data.", problems=problems)


def _answers(
    at: Occurrence, process: bpmn.LoadedProcess, detail: bpmn.PersonTask, submission: Mapping[str, Json] | None
) -> dict[str, feel.Value]:
    form = houses.form(at.house, at.unit, process.forms[detail.form])
    answers = dict(submission or {})
    problems = form.check(answers) or missing_references(at, form.register_references(answers))
    if problems:
        raise Rejected("The start form is not right yet. Correct the fields named.", problems=problems)
    typed = form.typed(answers)
    return {f"{detail.bind}.{name}" if detail.bind else name: value for name, value in typed.items()}


def _corrected(
    at: Occurrence, schema: DataSchema, data: CaseData, scope: ScopeId, path: str, value: Json
) -> dict[str, feel.Value]:
    """The write that a correction means; what was wrong beside it before is not held against it."""
    if not is_path(path):
        raise Rejected(f"`{path}` is no path of names. Name a field, with dots between the names: contact.channel.")
    name, *way = path.split(".")
    before = cast("Json", feel.to_json(data.read(scope, name)))
    problems = schema.check_correction({name: _put(before, way, value, path)})
    known = schema.check_correction({name: before}) if before is not None else []
    named = {name: _put(before, way, value, path)}
    problems += missing_references(at, schema.register_references(cast("dict[str, object]", named)))
    own = pointer(tuple(path.split(".")))
    new = [problem for problem in problems if problem.path == own or problem not in known]
    if new:
        raise Rejected("The data do not fit the process. Correct the fields named.", problems=new)
    typed = schema.typed({name: _put(before, way, value, path)})[name]
    for member in way:
        typed = typed.get(member) if isinstance(typed, dict) else None
    return {path: typed}


def _put(holder: Json, way: list[str], value: Json, path: str) -> Json:
    if not way:
        return value
    if not isinstance(holder, dict | None):
        raise Rejected(f"`{path}` leads through something that has no members. Correct the whole of it.")
    return {**(holder or {}), way[0]: _put((holder or {}).get(way[0]), way[1:], value, path)}
