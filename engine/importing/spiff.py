"""The extension elements of SpiffArena (`spiffworkflow:`), and the Python in its diagrams, as ours."""

from __future__ import annotations

import ast
from typing import Final

from ..bpmn.foreign import SPIFF
from ..bpmn.foreign import quoted as told
from ..xml import BPMN, Element, add, build, local, qname, text_of
from . import python
from .desk import Desk, Taking, WantedForm, attributes, drop, drop_attribute, extensions, inner, take_over, told_attribute
from .names import form_key
from .untranslatable import Untranslatable

_REFUSED: Final = {
    "serviceTaskOperator": "code",
    "allowGuest": "guest",
    "guestConfirmation": "guest",
    "messageVariable": "payload",
    "payloadExpression": "payload",
    "signalButtonLabel": "unknown",
    "processVariableCorrelation": "correlation",
}
_FORM: Final = frozenset({"formJsonSchemaFilename", "formUiSchemaFilename"})


def rewrite(element: Element, desk: Desk) -> None:
    """Take over what means the same, leave out what has no effect, and tell of all the rest. What is refused stays."""
    for name, value in attributes(element, SPIFF).items():
        source = told_attribute(name, value, SPIFF)
        if name in SPIFF.harmless:
            desk.report.left_out(element, source, SPIFF.harmless[name])
            drop_attribute(element, name, SPIFF)
        else:
            desk.report.refused(element, source, "unknown")
    _script_task(element, desk)
    for child in list(extensions(element, SPIFF)):
        take_over(element, child, desk, SPIFF, taken=_TAKEN, refused=_REFUSED)
    _loop(element, desk)


def _script_task(element: Element, desk: Desk) -> None:
    script = element.find(qname(BPMN, "script"))
    if local(element) != "scriptTask" or script is None or element.get("scriptFormat", "python").lower() not in ("python", ""):
        return
    text = "".join(map(str, script.itertext()))
    try:
        written = python.read_script(text)
    except Untranslatable as error:
        desk.report.untranslated(element, text, error)
        element.set("scriptFormat", "python")
        return
    desk.written |= written.roots
    element.set("scriptFormat", "feel")
    script.text = written.text
    desk.report.translated(element, text, written.text)


def _instructions(element: Element, child: Element, desk: Desk) -> bool:
    """What people are told while they do the task; here it is the element's documentation."""
    text = text_of(child)
    if "{{" in text or "{%" in text:
        desk.report.refused(element, told(child), "calculated-text")
        return False
    if text:
        documentation = build(qname(BPMN, "documentation"), text=text)
        element.insert(len(element.findall(qname(BPMN, "documentation"))), documentation)
        desk.report.taken(element, told(child), f"documentation: {text}")
    return True


def _properties(element: Element, child: Element, desk: Desk) -> bool:
    """The form, among properties that are for other programs."""
    files: dict[str, str] = {}
    for one in list(inner(child, "property")):
        name, value = one.get("name", ""), one.get("value", "")
        if name in _FORM:
            files[name] = value
        else:
            desk.report.left_out(element, told(one), "metadata")
    if schema := files.get("formJsonSchemaFilename", ""):
        key = form_key(schema)
        if layout := files.get("formUiSchemaFilename", ""):
            desk.report.left_out(element, f"formUiSchemaFilename={layout}", "layout")
        desk.set(element, "form", key, f"formJsonSchemaFilename={schema}")
        desk.wanted.setdefault(key, WantedForm(key, element.get("name", ""), element, "json-schema", file=schema))
    return True


def _variable(element: Element, child: Element, desk: Desk) -> bool:
    """Where the answers of a form are kept."""
    name = text_of(child)
    if local(element) != "userTask" or not name.isidentifier():
        desk.report.refused(element, told(child), "payload")
        return False
    desk.set(element, "bind", name, told(child))
    return True


def _around(element: Element, child: Element, desk: Desk) -> bool:
    """A script before or after: nothing here means the same, but its FEEL can be shown."""
    text = "".join(map(str, child.itertext()))
    if not text.strip():
        return True
    try:
        desk.report.refused(element, told(child), "script", hint=python.read_script(text).text)
    except Untranslatable as error:
        desk.report.untranslated(element, text, error)
    return False


def _decision(element: Element, child: Element, desk: Desk) -> bool:
    decision = text_of(child)
    desk.decisions.add(decision)
    desk.set(element, "decision", decision, told(child))
    desk.report.refused(element, told(child), "decision-result", hint="stegvis:result")
    return True


def _payload(element: Element, child: Element, desk: Desk) -> bool:
    """A dictionary of values, each a payload's member; it is said on the event or its message."""
    event = _sender(element)
    try:
        parsed = ast.parse(text_of(child), mode="eval").body if len(text_of(child)) < python.LONGEST else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parsed = None
    if event is None or not isinstance(parsed, ast.Dict):
        desk.report.refused(element, told(child), "payload")
        return False
    done = True
    for key, value in zip(parsed.keys, parsed.values, strict=True):
        name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        written = desk.translate.value(element, ast.unparse(value)) if name.isidentifier() else ""
        if written:
            desk.map(event, "input", name, written, f"messagePayload {name}")
        done &= bool(written)
    return done


def _sender(element: Element) -> Element | None:
    """The sending event or task that a payload belongs to."""
    holder = element if not local(element).endswith("EventDefinition") else element.getparent()
    return holder if holder is not None and local(holder) in ("sendTask", "intermediateThrowEvent", "endEvent") else None


def _loop(element: Element, desk: Desk) -> None:
    """The loop's list and item are names of data there, whether or not they are drawn."""
    if local(element) != "multiInstanceLoopCharacteristics":
        return
    names = {
        tag: found.get("id", "") or found.get("name", "") if tag.endswith("Item") else text_of(found)
        for tag in ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem")
        if (found := element.find(qname(BPMN, tag))) is not None
    }
    for tag, attribute, value in (
        ("loopDataInputRef", "collection", "= {}"),
        ("inputDataItem", "item", "{}"),
        ("loopDataOutputRef", "collect", "{}"),
        ("outputDataItem", "collectExpression", "= {}"),
    ):
        if tag not in names:
            continue
        if not names[tag].isidentifier():
            desk.report.refused(element, f"{tag} {names[tag]}", "collected")
            continue
        desk.set(element, attribute, value.format(names[tag]), f"{tag} {names[tag]}")
        for old in element.findall(qname(BPMN, tag)):
            drop(old)
    if collected := names.get("loopDataOutputRef", ""):
        desk.written.add(collected)
    if item := names.get("outputDataItem", ""):
        holder = element.find(qname(BPMN, "extensionElements"))
        if holder is None:
            holder = build(qname(BPMN, "extensionElements"))
            element.insert(0, holder)
        add(holder, "{urn:stegvis:bpmn:1}local", {"name": item})


_TAKEN: Final[dict[str, Taking]] = {
    "calledDecisionId": _decision,
    "instructionsForEndUser": _instructions,
    "messagePayload": _payload,
    "postScript": _around,
    "preScript": _around,
    "properties": _properties,
    "variableName": _variable,
}
