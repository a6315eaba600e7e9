"""Starting, suspending, resuming, cancelling and mending cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from .. import bpmn, feel
from ..actor import Action
from ..canonical import Json
from ..case import Case, CaseStatus
from ..data_schema import DataSchema
from ..definition import ProcessVersion
from ..errors import NotAllowed, NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..history import EventType, NewEvent
from ..ids import CaseId, UnitId, new_id
from ..ports import DraftKind
from ..schema import pointer
from ..sentences import sentence
from . import house as houses
from . import job_outcomes
from .free_text import given_reason
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
        said = sentence("A case of {key} begins by a message, signal or time, not by hand. Send the message instead.", key=key)
        raise NotPossible(said)
    detail = starts[0].detail
    if isinstance(detail, bpmn.PersonTask):
        _require_no_data(key, data or {})
        values = _answers(at, process, detail, submission)
    elif submission:
        raise Rejected(f"The process {key} has no start form. Send the values as data.")
    else:
        values = typed_data(at, process.data_schema, data or {})
    at.unit.form_drafts.remove(at.actor.id, DraftKind.START, key)
    return begin(at, version, bpmn.Start(starts[0].id, values), unit=unit)


def start_from_case(at: Occurrence, key: str, data: Mapping[str, feel.Value], *, unit: UnitId) -> Case:
    """Start a case because another case's service task asks for it."""
    version = at.unit.definitions.latest_process(key)
    if version is None:
        raise NotFound("process", key)
    process = houses.process(at.house, at.unit, version.id)
    starts = process.model.plain_starts()
    if not starts:
        raise NotPossible(sentence("A case of {key} begins with a message. Use case.message instead.", key=key))
    values = typed_data(at, process.data_schema, cast("dict[str, Json]", feel.to_json(dict(data))))
    return begin(at, version, bpmn.Start(starts[0].id, values), unit=unit)


def begin(at: Occurrence, version: ProcessVersion, command: bpmn.Start, *, unit: UnitId) -> Case:
    """A new case row and its first step. Raises NotPossible where the process is retired."""
    retired = at.unit.definitions.retirement(version.key)
    if retired is not None:
        since = retired.at.astimezone(at.house.settings.zone).date().isoformat()
        said = sentence(
            "No new cases of {key} begin: it was retired on {day}. Reason: {reason}.",
            key=version.key,
            day=since,
            reason=retired.reason,
        )
        raise NotPossible(said)
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
    save_without_step(at, locked, case, [NewEvent(EventType.CASE_RESUMED, payload={"reason": reason})])
    at.unit.waits.tell_again(id_)  # whoever was told meanwhile has found the case suspended
    at.unit.jobs.tell_again(id_)
    return job_outcomes.tell_kept(at, id_)


def cancel(at: Occurrence, id_: CaseId, *, reason: str) -> Case:
    """End the case where it stands; open tasks are withdrawn."""
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    if not locked.case.is_open:
        raise NotPossible(f"Case {locked.case.number} is {locked.case.status.value} already.")
    told = [NewEvent(EventType.CASE_CANCELLED, payload={"reason": reason})]
    case = replace(locked.case, status=CaseStatus.ACTIVE)
    return take_step(at, locked, case, bpmn.CancelCase(), also=told)


def typed_data(at: Occurrence, schema: DataSchema, data: Mapping[str, Json]) -> dict[str, feel.Value]:
    """Plain JSON as the FEEL values that the data schema says. Raises Rejected with every problem."""
    given = cast("Mapping[str, object]", data)
    problems = schema.check(given) or missing_references(at, schema.register_references(given))
    if problems:
        raise Rejected(sentence("The data do not fit the process. Correct the fields named."), problems=problems)
    return schema.typed(cast("Mapping[str, object]", data))


def _require_may_start(at: Occurrence, version: ProcessVersion, unit: UnitId) -> None:
    if at.actor.is_system:
        return
    if unit not in at.actor.units:
        raise NotFound("unit of yours", unit)
    if not version.is_startable:
        raise NotPossible(f"Cases of {version.key} are started by other processes, not by people.")
    require_starter(at, version, unit)


def may_start(at: Occurrence, version: ProcessVersion) -> bool:
    """Whether there is a unit in which the actor begins cases of the process."""
    groups = version.start_groups
    return version.is_startable and any(not groups or at.actor.is_in_any(groups, unit=unit) for unit in at.actor.units)


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
        raise Rejected(sentence("The start form is not right yet. Correct the fields named."), problems=problems)
    typed = form.typed(answers)
    return {f"{detail.bind}.{name}" if detail.bind else name: value for name, value in typed.items()}
