"""The attributes and extension elements of Camunda 7 (and Operaton, Activiti, Flowable) as ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..bpmn.foreign import CAMUNDA_7
from ..bpmn.foreign import quoted as told
from ..xml import BPMN, Element, local, qname, text_of
from .desk import Desk, WantedForm, attributes, drop, drop_attribute, extensions, inner, told_attribute
from .juel import is_juel
from .names import form_key, slug
from .tree import text_literal
from .untranslatable import Untranslatable

NAMES: Final = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
    "loopCounter": "loopCounter - 1",
}
"""What names mean here; rounds are counted from 0 there."""

_PERSON: Final = {"assignee": "assignee", "dueDate": "due", "followUpDate": "followUp", "priority": "priority"}
_GROUPS: Final = {"candidateGroups": "groups", "candidateStarterGroups": "startGroups"}
_REFUSED: Final = {
    **dict.fromkeys(("class", "delegateExpression", "expression", "type", "connector", "field", "resource"), "code"),
    **dict.fromkeys(("candidateUsers", "candidateStarterUsers"), "users"),
    **dict.fromkeys(("executionListener", "taskListener"), "listener"),
    **dict.fromkeys(("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable"), "error-variable"),
    **dict.fromkeys(("variableMappingClass", "variableMappingDelegateExpression", "formHandlerClass"), "code"),
    **dict.fromkeys(
        ("calledElementVersion", "calledElementVersionTag", "decisionRefVersion", "decisionRefVersionTag"), "version"
    ),
    "errorEventDefinition": "code",
    **dict.fromkeys(("variableName", "variableEvents"), "conditional-filter"),
    **dict.fromkeys(("caseRef", "caseBinding", "caseVersion", "caseTenantId"), "cmmn"),
    "skipExpression": "skipped",
    "potentialStarter": "users",
    "formProperty": "form-field",
}


def rewrite(element: Element, desk: Desk) -> None:
    """Take over what means the same, leave out what has no effect, and tell of all the rest. What is refused stays."""
    found = attributes(element, CAMUNDA_7)

    def take(name: str) -> tuple[str, str]:
        """The value and how it is told; it is removed from the element."""
        value = found.pop(name)
        drop_attribute(element, name, CAMUNDA_7)
        return value, told_attribute(name, value, CAMUNDA_7)

    special = _SPECIAL.get(local(element))
    if special is not None:
        special(element, found, take, desk)
    for name in list(found):
        source = told_attribute(name, found[name], CAMUNDA_7)
        if name in _PERSON:
            is_done = desk.person(element, _PERSON[name], found[name], source)
        elif name in _GROUPS:
            is_done = desk.groups(element, _GROUPS[name], found[name], source)
        elif name in CAMUNDA_7.harmless:
            desk.report.left_out(element, source, CAMUNDA_7.harmless[name])
            is_done = True
        else:
            desk.report.refused(element, source, _REFUSED.get(name, "unknown"))
            is_done = False
        if is_done:
            take(name)
    for child in extensions(element, CAMUNDA_7):
        if _child(element, child, desk):
            drop(child)


Found = dict[str, str]
Take = Callable[[str], tuple[str, str]]


def _process(element: Element, found: Found, take: Take, desk: Desk) -> None:
    if "isStartableInTasklist" in found:
        value, source = take("isStartableInTasklist")
        desk.set(element, "startable", "false" if value == "false" else "true", source)


def _form(element: Element, found: Found, take: Take, desk: Desk) -> None:
    if "initiator" in found:
        value, source = take("initiator")
        desk.report.translated(element, source, "case.startedBy")
    for name in ("formKey", "formRef"):
        if name not in found:
            continue
        if is_juel(found[name]):
            desk.report.refused(element, told_attribute(name, found.pop(name), CAMUNDA_7), "form-expression")
            continue
        value, source = take(name)
        key = form_key(value)
        desk.set(element, "form", key, source)
        desk.wanted.setdefault(key, WantedForm(key, element.get("name", ""), element, file=value))


def _service(element: Element, found: Found, take: Take, desk: Desk) -> None:
    if found.get("type") == "external" and "topic" in found:
        if is_juel(found["topic"]):
            desk.report.refused(element, told_attribute("topic", found.pop("topic"), CAMUNDA_7), "called-expression")
            found.pop("type")
            return
        if desk.service(element, found["topic"], told_attribute("topic", found["topic"], CAMUNDA_7)):
            take("type")
            take("topic")
        else:
            found.pop("topic")  # told already
            found.pop("type")
    elif "expression" in found and "resultVariable" in found:
        text = desk.translate.value(element, found["expression"])
        if text and found["resultVariable"].isidentifier():
            name, _ = take("resultVariable")
            _, source = take("expression")
            desk.written.add(name)
            desk.script(element, f"{{{name}: {text.removeprefix('= ')}}}", source)
        else:
            found.pop("expression")  # told already
            found.pop("resultVariable")


def _rule(element: Element, found: Found, take: Take, desk: Desk) -> None:
    if "decisionRef" not in found:
        _service(element, found, take, desk)
        return
    if is_juel(found["decisionRef"]):
        desk.report.refused(element, told_attribute("decisionRef", found.pop("decisionRef"), CAMUNDA_7), "called-expression")
    else:
        value, source = take("decisionRef")
        desk.decisions.add(value)
        desk.set(element, "decision", value, source)
    result = ""
    if "resultVariable" in found:
        result, source = take("resultVariable")
        desk.written.add(result)
        desk.set(element, "result", result, source)
    mapped = found.get("mapDecisionResult", "resultList")
    if "mapDecisionResult" in found:
        take("mapDecisionResult")
    source = told_attribute("mapDecisionResult", mapped, CAMUNDA_7)
    if mapped == "singleEntry":
        desk.report.taken(element, source, f'stegvis:result="{result}"')
    else:
        desk.report.refused(element, source, "decision-result", hint=result or "stegvis:result")


def _call(element: Element, found: Found, take: Take, desk: Desk) -> None:
    binding = found.get("calledElementBinding", "latest")
    source = told_attribute("calledElementBinding", binding, CAMUNDA_7)
    if "calledElementBinding" in found:
        take("calledElementBinding")
    if binding in ("latest", "deployment"):
        desk.set(element, "version", "latest" if binding == "latest" else "deployed-with", source)
    elif binding != "version":
        desk.report.refused(element, source, "version")


def _script(element: Element, found: Found, take: Take, desk: Desk) -> None:
    script = element.find(qname(BPMN, "script"))
    text, language = text_of(script), element.get("scriptFormat", "")
    name = found.get("resultVariable", "")
    if not text:
        return
    dialect = "" if language.lower() in ("juel", "") else language
    if not name and dialect and "feel" not in dialect.lower():
        desk.report.untranslated(element, text, Untranslatable("language", dialect))
        return
    if not name:
        desk.report.refused(element, text, "script-result")
        return
    written = desk.translate.value(element, text, language=dialect) if name.isidentifier() else ""
    if written:
        take("resultVariable")
        desk.written.add(name)
        desk.script(element, f"{{{name}: {written.removeprefix('= ')}}}", f"{language} {text}")
    else:
        found.pop("resultVariable")  # the script was told


def _loop(element: Element, found: Found, take: Take, desk: Desk) -> None:
    if "collection" in found:
        text = found["collection"].strip()
        value = f"= {text}" if text.isidentifier() else desk.translate.value(element, text)
        if value:
            _, source = take("collection")
            desk.set(element, "collection", value, source)
        else:
            found.pop("collection")
    if "elementVariable" in found:
        value, source = take("elementVariable")
        desk.set(element, "item", value, source)


_SPECIAL: Final[dict[str, Callable[[Element, Found, Take, Desk], None]]] = {
    "process": _process,
    "startEvent": _form,
    "userTask": _form,
    "serviceTask": _service,
    "sendTask": _service,
    "businessRuleTask": _rule,
    "callActivity": _call,
    "scriptTask": _script,
    "multiInstanceLoopCharacteristics": _loop,
}


def _child(element: Element, child: Element, desk: Desk) -> bool:
    """Take over one extension element; whether it is done with."""
    source = told(child)
    match local(child):
        case "in" | "out" if local(element) == "callActivity":
            return _passed(element, child, desk, source)
        case "inputOutput":
            done = [_parameter(element, one, desk) for one in list(child)]
            return all(done)
        case "formData":
            return _form_data(element, child, desk)
        case name if name in CAMUNDA_7.harmless:
            desk.report.left_out(element, source, CAMUNDA_7.harmless[name])
            return True
        case name:
            desk.report.refused(element, source, _REFUSED.get(name, "unknown"))
            return False


def _passed(element: Element, child: Element, desk: Desk, source: str) -> bool:
    if child.get("businessKey"):
        desk.report.left_out(element, source, "business-key")
        return True
    if child.get("local") == "true":
        desk.report.refused(element, source, "local")
        return False
    if child.get("variables"):
        desk.report.refused(element, source, "all-variables")
        return False
    target, name = child.get("target", ""), child.get("source", "")
    text = f"= {name}" if name.isidentifier() else desk.translate.value(element, child.get("sourceExpression", ""))
    if not target.isidentifier():
        desk.report.refused(element, source, "target")
        return False
    if text:
        desk.map(element, "input" if local(child) == "in" else "output", target, text, source)
    return bool(text)


def _parameter(element: Element, parameter: Element, desk: Desk) -> bool:
    """An `inputParameter` of a service task with a handler. Nothing means the same as others, or as outputs."""
    name, source = parameter.get("name", ""), told(parameter)
    if local(parameter) != "inputParameter" or local(element) != "serviceTask":
        is_output = local(parameter) == "outputParameter" and local(element) == "serviceTask"
        reason, hint = ("worker-output", f"= result.{name}") if is_output else ("input-output", "")
        desk.report.refused(element, source, reason, hint=hint)
        return False
    if not name.isidentifier():
        desk.report.refused(element, source, "target")
        return False
    value = _parameter_value(element, parameter, desk)
    if value:
        desk.map(element, "input", name, f"= {value}", source)
        drop(parameter)
    return bool(value)


def _parameter_value(element: Element, holder: Element, desk: Desk) -> str:
    """FEEL for a text, an expression, a list or a map; empty when it was refused and told."""
    shapes = list(holder)
    if not shapes:
        written = desk.translate.value_or_text(element, text_of(holder))
        return written.removeprefix("= ") if written.startswith("=") else text_literal(written)
    shape = shapes[0]
    if local(shape) not in ("list", "map"):
        desk.report.refused(element, told(holder), "code")
        return ""
    parts = [_parameter_value(element, one, desk) for one in shape]
    if not all(parts):
        return ""
    if local(shape) == "list":
        return f"[{', '.join(parts)}]"
    keys = [text_literal(one.get("key", "")) for one in shape]
    return f"{{{', '.join(f'{key}: {part}' for key, part in zip(keys, parts, strict=True))}}}"


def _form_data(element: Element, child: Element, desk: Desk) -> bool:
    key = element.get("{urn:stegvis:bpmn:1}form", "") or slug(f"{desk.key}-{element.get('id', 'form')}")
    desk.set(element, "form", key, f"{told(child)} ({len(list(inner(child, 'formField')))})")
    desk.wanted[key] = WantedForm(key, element.get("name", ""), element, "form-data", child)
    return True
