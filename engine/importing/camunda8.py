"""The extension elements of Camunda 8 (`zeebe:`) as ours."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..bpmn.foreign import CAMUNDA_8, is_connector
from ..bpmn.foreign import quoted as told
from ..xml import Element, local
from .desk import Desk, Taking, WantedForm, attributes, drop, drop_attribute, extensions, take_over, told_attribute
from .names import form_key
from .tree import text_literal

_JOBS: Final = frozenset({"serviceTask", "sendTask", "businessRuleTask", "scriptTask"})
_MAPPED: Final = frozenset({"serviceTask", "callActivity"})
_CARRIED: Final = frozenset({"receiveTask", "startEvent", "intermediateCatchEvent", "boundaryEvent"})
"""Where outputs read what a message carried."""
_REFUSED: Final = {
    "executionListeners": "listener",
    "taskListeners": "listener",
    "taskHeaders": "headers",
    "linkedResources": "code",
    "conditionalFilter": "conditional-filter",
    "agentDefinition": "code",
    "adHoc": "unknown",
}


def rewrite(element: Element, desk: Desk) -> None:
    """Take over what means the same, leave out what has no effect, and tell of all the rest. What is refused stays."""
    for name, value in attributes(element, CAMUNDA_8).items():
        source = told_attribute(name, value, CAMUNDA_8)
        if CAMUNDA_8.acts(name):
            desk.report.refused(element, source, "unknown")
        else:
            desk.report.left_out(element, source, CAMUNDA_8.harmless[name])
            drop_attribute(element, name, CAMUNDA_8)
    children = sorted(extensions(element, CAMUNDA_8), key=lambda child: local(child) == "ioMapping")  # needs to know the tag
    for child in children:
        if is_connector(child):
            desk.report.refused(element, told(child), "code")
        else:
            take_over(element, child, desk, CAMUNDA_8, taken=_TAKEN, refused=_REFUSED)


def _form(element: Element, child: Element, desk: Desk) -> bool:
    reference = child.get("formId") or child.get("formKey") or child.get("externalReference") or ""
    if not reference or reference.startswith("="):
        desk.report.refused(element, told(child), "form-expression")
        return False
    key = form_key(reference)
    _check_binding(element, child, desk)
    desk.set(element, "form", key, told(child))
    own = reference.rpartition(":")[2]
    wanted = desk.wanted.get(key)
    if wanted is None or not wanted.made_of:
        desk.wanted[key] = WantedForm(key, element.get("name", ""), element, file=own)
    return True


def _check_binding(element: Element, child: Element, desk: Desk) -> bool:
    """Whether it is not bound to a version by a tag of that tool's own; that is told."""
    if child.get("bindingType", "latest") != "versionTag":
        return True
    desk.report.refused(element, told(child), "version")
    return False


def _embedded(element: Element, child: Element, desk: Desk) -> bool:
    """A form inside the process; `camunda-forms:bpmn:<id>` leads to it."""
    key = form_key(child.get("id", ""))
    desk.wanted[key] = WantedForm(key, "", element, "form-js", "".join(map(str, child.itertext())))
    return True


def _assignment(element: Element, child: Element, desk: Desk) -> bool:
    done = True
    for name, attribute in (("assignee", "assignee"), ("candidateGroups", "groups"), ("candidateUsers", "")):
        value = child.get(name, "")
        if not value:
            continue
        source = f'zeebe:assignmentDefinition {name}="{value}"'
        if name == "candidateUsers":
            desk.report.refused(element, source, "users")
            done = False
        elif name == "candidateGroups":
            done &= desk.groups(element, attribute, value, source)
        else:
            done &= desk.person(element, attribute, value, source)
    return done


def _schedule(element: Element, child: Element, desk: Desk) -> bool:
    written = [
        desk.person(element, attribute, child.get(name, ""), f'zeebe:taskSchedule {name}="{child.get(name)}"')
        for name, attribute in (("dueDate", "due"), ("followUpDate", "followUp"))
        if child.get(name)
    ]
    return all(written)


def _priority(element: Element, child: Element, desk: Desk) -> bool:
    return desk.person(element, "priority", child.get("priority", ""), told(child))


def _job(element: Element, child: Element, desk: Desk) -> bool:
    type_ = child.get("type", "")
    if local(element) not in _JOBS or not type_ or type_.startswith("="):
        desk.report.refused(element, told(child), "code" if local(element) in _JOBS else "message-job")
        return False
    return desk.service(element, type_, told(child), retries=child.get("retries", ""))


def _script(element: Element, child: Element, desk: Desk) -> bool:
    name, text = child.get("resultVariable", ""), child.get("expression", "")
    if not name.isidentifier():
        desk.report.refused(element, told(child), "script-result")
        return False
    written = desk.translate.value(element, text)
    if written:
        desk.written.add(name)
        desk.script(element, f"{{{name}: {written.removeprefix('= ')}}}", told(child))
    return bool(written)


def _decision(element: Element, child: Element, desk: Desk) -> bool:
    decision, result = child.get("decisionId", ""), child.get("resultVariable", "")
    if not decision or decision.startswith("="):
        desk.report.refused(element, told(child), "called-expression")
        return False
    desk.decisions.add(decision)
    _check_binding(element, child, desk)
    desk.set(element, "decision", decision, told(child))
    if result:
        desk.written.add(result)
        desk.set(element, "result", result, told(child))
    return True


def _called(element: Element, child: Element, desk: Desk) -> bool:
    process = child.get("processId", "")
    if not process or process.startswith("="):
        desk.report.refused(element, told(child), "called-expression")
        return False
    element.set("calledElement", desk.keys.get(process, process))
    if child.get("businessId"):
        desk.report.refused(element, told(child), "unknown")
        return False
    binding = child.get("bindingType", "latest")
    if _check_binding(element, child, desk):
        desk.set(element, "version", "latest" if binding == "latest" else "deployed-with", told(child))
    mapped = {local(one) for io in extensions(element, CAMUNDA_8) if local(io) == "ioMapping" for one in io}
    passes_in = child.get("propagateAllParentVariables", "true") == "true"
    passes_out = child.get("propagateAllChildVariables", "true") == "true" and "output" not in mapped
    if passes_in or passes_out:
        desk.report.refused(element, told(child), "all-variables")
    return True


def _loop(element: Element, child: Element, desk: Desk) -> bool:
    done = True
    for name, attribute in (("inputCollection", "collection"), ("outputElement", "collectExpression")):
        if text := child.get(name, ""):
            written = desk.translate.value(element, text)
            done &= bool(written)
            if written:
                desk.set(element, attribute, written, f'zeebe:loopCharacteristics {name}="{text}"')
    for name, attribute in (("inputElement", "item"), ("outputCollection", "collect")):
        if text := child.get(name, ""):
            desk.set(element, attribute, text, f'zeebe:loopCharacteristics {name}="{text}"')
    if collected := child.get("outputCollection", ""):
        desk.written.add(collected.partition(".")[0])
    return done


def _subscription(element: Element, child: Element, desk: Desk) -> bool:
    """A message's key: one value there, a context here."""
    written = desk.translate.value(element, child.get("correlationKey", ""))
    if written:
        key = f"= {{correlationKey: {written.removeprefix('= ')}}}"
        desk.set(element, "correlation", key, told(child))
    return bool(written)


def _mapping(element: Element, child: Element, desk: Desk) -> bool:
    targets: set[str] = set()
    done = [_mapped(element, one, targets, desk) for one in list(child)]
    return all(done)


def _mapped(element: Element, one: Element, before: set[str], desk: Desk) -> bool:
    """One input or output; `before` are the targets of the inputs before it."""
    target, text, source = one.get("target", ""), one.get("source", ""), told(one)
    tag = local(one)
    if tag == "input" and local(element) in _MAPPED:
        written = desk.translate.value_or_text(element, text)
        if written and not written.startswith("="):
            written = f"= {text_literal(written)}"
        reason = "target" if not target.isidentifier() else "input-order" if _reads(written, before) else ""
        before.add(target)
    elif tag == "output" and (local(element) in _CARRIED or local(element) == "callActivity"):
        written = desk.translate.value(element, text)
        reason = "" if all(part.isidentifier() for part in target.split(".")) else "target"
    else:
        written = text
        reason = "worker-output" if tag == "output" and local(element) == "serviceTask" else "input-output"
    if reason:
        hint = f"= result.{target}" if reason == "worker-output" else ""
        desk.report.refused(element, source, reason, hint=hint)
        return False
    if written:
        desk.map(element, tag, target, written, source)
        drop(one)
    return bool(written)


def _reads(written: str, names: set[str]) -> bool:
    if not written or not names:
        return False
    return bool({path[0] for path in feel.compile_expression(written.removeprefix("=").strip()).paths} & names)


_TAKEN: Final[dict[str, Taking]] = {
    "assignmentDefinition": _assignment,
    "calledDecision": _decision,
    "calledElement": _called,
    "formDefinition": _form,
    "ioMapping": _mapping,
    "loopCharacteristics": _loop,
    "priorityDefinition": _priority,
    "script": _script,
    "subscription": _subscription,
    "taskDefinition": _job,
    "taskSchedule": _schedule,
    "userTaskForm": _embedded,
}
