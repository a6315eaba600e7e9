"""Everything that can be seen to be wrong with a process before it runs. All findings, not the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .. import feel
from ..data_schema import DataSchema
from ..finding import Finding, Severity
from ..form import Form
from ..sentences import Sentence, sentence
from . import model as say
from .ad_hoc_checks import check_choosers
from .catching_checks import check_catching
from .choice_checks import check_choices
from .compensation_checks import check_compensation
from .constant_checks import check_constants
from .endless import check_endless
from .flow_checks import check_flows
from .job_checks import check_handler
from .known_results import with_results
from .model import Node, NodeKind
from .name_checks import check_names, paths_of
from .notes import Notes
from .process_model import ProcessModel
from .provided import check_provided
from .soundness import check_soundness
from .time_checks import check_task_times, check_timer
from .unheard_checks import check_unheard

Note = Callable[..., None]
TAKEN = feel.KEYWORDS | {"case", "loopCounter"}
"""Names that mean something already."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process may refer to: the forms, decisions and processes deployed with it or before it.

    `decisions` maps a decision's id to the names it reads, `results` to the type of what it gives.

    `calls` maps a process key to the names its data schema declares, or to None where the process cannot be called because
    it has no plain start event.

    `registers` are the keys of those that exist; None where that is not known.

    `models` are the processes that are deployed or will be, by key: what they throw, send and call.

    `unread` are the files beside it that could not be read and are told already: `form:note`, `process:intake`, and
    `decisions` for any decision file of its own. What only follows from that is not told again.
    """

    data_schema: DataSchema
    forms: Mapping[str, Form] = field(default_factory=dict)
    decisions: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    calls: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    registers: frozenset[str] | None = None
    models: Mapping[str, ProcessModel] = field(default_factory=dict)
    results: Mapping[str, feel.Type] = field(default_factory=dict)
    closed_days: feel.Calendar = field(default_factory=feel.SwedishCalendar)


def check_process(model: ProcessModel, key: str, around: Surroundings, *, file: str) -> list[Finding]:
    """All findings about a process that `read_bpmn` could read. `key` is the name of its folder."""
    notes = Notes(file)
    if model.id != key:
        notes.say(
            "process-key",
            sentence("The process has the id `{model}`, its folder is `{key}`.", model=model.id, key=key),
            sentence("Give both the same name: cases, calls and scenarios find the process by it."),
            model.id,
            line=model.line,
        )
    _check_reopening(model, notes)
    if model.is_whole:
        check_flows(model, notes)
        check_compensation(model, notes)
        if not any(finding.is_error for finding in notes.findings):
            check_soundness(model, notes)
            check_endless(model, around.models, notes)
    for store in model.stores:
        if around.registers is not None and store.register not in around.registers:
            message = sentence("There is no register `{register}`.", register=store.register)
            remedy = sentence("Add registers/{register}/, or correct the name.", register=store.register)
            notes.say("no-register", message, remedy, store.id, line=store.line, name=store.name)
    for node in model.nodes.values():
        _check_node(node, model, around, notes)
    if not _forms(model) & around.unread:  # what an unread form writes would be unknown
        types = with_results(around.data_schema.types, model, around.results, forms=around.forms, models=around.models)
        check_names(model, around.data_schema, types, around.decisions, notes)
        check_choices(model, types, notes)
        if model.is_whole and key in around.models:  # what else there is, is known
            check_provided(model, around.data_schema, around.decisions, around.forms, around.models, notes)
    check_constants(model, around.data_schema, notes)
    if model.is_whole and key in around.models:
        check_unheard(model, key, around.models, notes)
    return notes.findings


def _check_reopening(model: ProcessModel, notes: Notes) -> None:
    node = model.nodes.get(model.reopen_at)
    if model.reopen_at and (node is None or node.scope or not node.incoming):
        notes.say(
            "no-element",
            sentence("`reopenAt` names `{element}`, which is no element in the flow of the process.", element=model.reopen_at),
            sentence("Use the id of an element outside sub-processes that a sequence flow leads to."),
            model.id,
            line=model.line,
        )


def _forms(model: ProcessModel) -> set[str]:
    return {f"form:{node.detail.form}" for node in model.nodes.values() if isinstance(node.detail, say.PersonTask)}


def _check_node(node: Node, model: ProcessModel, around: Surroundings, notes: Notes) -> None:
    def note(rule: str, message: Sentence, remedy: Sentence, severity: Severity = Severity.ERROR) -> None:
        notes.say(rule, message, remedy, node.id, line=node.line, name=node.name, severity=severity)

    for name in (*node.local, *((node.loop.item,) if node.loop is not None and node.loop.item else ())):
        if not name.isidentifier() or name in TAKEN:
            remedy = sentence("Use letters, digits and _, as in signer, and no word of FEEL or of the engine.")
            note("bad-path", sentence("`{name}` is no name for a value of its own.", name=name), remedy)
    for detail in node.triggers:
        _check_detail(node, detail, model, around, note, notes)


def _check_detail(node: Node, detail: say.Detail, model: ProcessModel, around: Surroundings, note: Note, notes: Notes) -> None:
    match detail:
        case say.PersonTask() as task:
            _check_person_task(node, task, model, around, note)
        case say.AdHoc(choice=choice):
            check_choosers(node, choice, note)
            check_task_times(choice, around.closed_days, note)
        case say.RuleTask(decision=decision) if decision and decision not in around.decisions:
            if "decisions" in around.unread:
                return
            known = ", ".join(sorted(around.decisions))
            advice = sentence("Add it in decisions/, or use one of: {known}.", known=known)
            note(
                "no-decision",
                sentence("There is no decision `{decision}`.", decision=decision),
                advice if known else sentence("Add it in decisions/."),
            )
        case say.ServiceTask() as service:
            check_handler(service, note)
        case say.Call() as call:
            _check_call(call, around, note)
        case say.Timer() as timer:
            check_timer(node, timer, around.closed_days, note)
        case say.ErrorEvent() | say.EscalationEvent() if node.kind in (NodeKind.BOUNDARY, NodeKind.START):
            check_catching(node, detail, model, around.models, notes)


def _check_person_task(node: Node, task: say.PersonTask, model: ProcessModel, around: Surroundings, note: Note) -> None:
    if node.kind is NodeKind.USER_TASK and not task.form:
        note("no-form", sentence("The user task has no form."), sentence("Set `stegvis:form`, or make it a manual task."))
    form = around.forms.get(task.form)
    if task.form and form is None and f"form:{task.form}" not in around.unread:
        note(
            "no-form",
            sentence("There is no form `{form}`.", form=task.form),
            sentence("Add forms/{form}/, or correct the name.", form=task.form),
        )
    if node.kind is not NodeKind.START and not (task.groups or task.assignee or node.lane_group):
        note(
            "nobody",
            sentence("Nobody may do this task: it has no candidate groups, no assignee and lies in no lane."),
            sentence("Put it in a lane, or set `stegvis:groups`."),
        )
    if task.not_by and task.not_by not in model.nodes:
        note(
            "no-element",
            sentence("`notBy` names `{not_by}`, which is not in this process.", not_by=task.not_by),
            sentence("Use the id of another task."),
        )
    if task.on_behalf_of and form is not None and "onBehalfReason" not in _required(form):
        note(
            "no-reason",
            sentence(
                "The task is done on behalf of {on_behalf_of}, but its form does not require `onBehalfReason`.",
                on_behalf_of=task.on_behalf_of,
            ),
            sentence("Add the field to the form: why staff do it must be on record."),
        )
    check_task_times(task, around.closed_days, note)


def _required(form: Form) -> list[object]:
    required = form.schema.get("required")
    return required if isinstance(required, list) else []


def _check_call(call: say.Call, around: Surroundings, note: Note) -> None:
    if not call.process:
        return
    if f"process:{call.process}" in around.unread:
        return
    if call.process not in around.calls:
        note(
            "no-process",
            sentence("It calls `{process}`, which is not deployed.", process=call.process),
            sentence("Deploy that process too, or correct the key."),
        )
        return
    names = around.calls[call.process]
    if names is None:
        note(
            "not-callable",
            sentence("`{process}` has no plain start event.", process=call.process),
            sentence("Draw one: a call begins there."),
        )
        return
    for mapping in call.inputs:
        if mapping.target.split(".")[0] not in names:
            note(
                "unknown-input",
                sentence("`{process}` declares no `{target}`.", process=call.process, target=mapping.target),
                sentence("Declare it in its data.schema.json, or use one of: {names}.", names=", ".join(sorted(names))),
            )
    for mapping in call.outputs:
        for unknown in sorted({path[0] for path in paths_of(mapping.expression)} - names - {"case"}):
            note(
                "unknown-output",
                sentence(
                    "The output `{target}` reads `{unknown}`, but `{process}` declares no such name.",
                    target=mapping.target,
                    unknown=unknown,
                    process=call.process,
                ),
                sentence(
                    "Outputs are seen from inside the called process. Use one of: {names}.", names=", ".join(sorted(names))
                ),
            )
