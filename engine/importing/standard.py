"""What BPMN itself says in a file of another tool: expressions in its language, timers, ids that are missing."""

from __future__ import annotations

import re
from typing import Final

from ..bpmn.foreign import is_expression
from ..xml import BPMN, BPMNDI, STEGVIS, XSI, Element, local, namespace, text_of
from . import resources
from .desk import Desk, drop, drop_names, literal_texts
from .expressions import Dialect
from .python import read_python
from .tree import Literal
from .untranslatable import Untranslatable

_CONDITIONS: Final = frozenset({"conditionExpression", "completionCondition", "loopCondition", "condition"})
_TIMES: Final = frozenset({"timeDate", "timeDuration", "timeCycle"})
_ISO: Final = re.compile(r"R\d*/.+|-?P.+|\d{4}-\d\d-\d\d.*")


def rewrite(element: Element, desk: Desk) -> None:
    """Rewrite the expressions of one element, whatever tool it came from."""
    tag = local(element)
    if tag in _CONDITIONS or tag == "loopCardinality":
        _expression(element, desk, is_condition=tag in _CONDITIONS)
    elif tag in _TIMES:
        _time(element, desk)
    elif tag == "userTask":
        resources.rewrite(element, desk)
    _names(element, desk)


def _names(element: Element, desk: Desk) -> None:
    """Names and codes that are expressions there: one that gives a text whatever the data are is that text here."""
    for attribute in [str(name) for name in element.attrib]:
        if not is_expression(element, attribute):
            continue
        text = element.get(attribute, "")
        constant = literal_texts(text) or [] if text.strip().startswith("=") else []
        if len(constant) == 1 and constant[0].strip():
            element.set(attribute, constant[0])
            desk.report.translated(element, text, constant[0])
        else:
            name = attribute.rpartition("}")[2]
            reason = "called-expression" if name == "calledElement" else "name-expression"
            desk.report.refused(element, f'{local(element)} {name}="{text}"', reason)


def _expression(element: Element, desk: Desk, *, is_condition: bool) -> None:
    text, language = text_of(element), element.get("language", "")
    if not text:
        desk.report.left_out(element, local(element), "empty")
        drop(element)
        return
    if text.isdecimal() and not is_condition:
        found = f"= {text}"
    else:
        translate = desk.translate.condition if is_condition else desk.translate.value
        found = translate(element, text, language=language)
    if found:
        _write(element, found)


def _write(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    drop_names(element, "language")


def _time(element: Element, desk: Desk) -> None:
    text = text_of(element)
    if not text:
        desk.report.left_out(element, local(element), "empty")
        drop(element)
        return
    if desk.translate.dialect is Dialect.SPIFF:
        found = _spiff_time(element, text, desk)
    elif text.startswith("=") or "${" in text or "#{" in text:
        found = desk.translate.value(element, text)
    else:
        found = text if _ISO.fullmatch(text) else ""
        if not found:
            desk.report.refused(element, text, "cron")
    if found:
        _write(element, found)


def _spiff_time(element: Element, text: str, desk: Desk) -> str:
    """A Python expression there; a text in quotation marks is the time itself."""
    if _ISO.fullmatch(text):
        return text
    try:
        tree = read_python(text, {})
    except Untranslatable as error:
        desk.report.untranslated(element, text, error)
        return ""
    if isinstance(tree, Literal) and isinstance(tree.value, str):
        if _ISO.fullmatch(tree.value):
            desk.report.translated(element, text, tree.value)
            return tree.value
        desk.report.refused(element, text, "cron")
        return ""
    return desk.translate.value(element, text)


def leave_out_others(process: Element, desk: Desk, own: frozenset[str]) -> None:
    """Drop attributes and extension elements of other tools than the one the diagram is from, and tell which tools."""
    dropped: dict[str, list[str]] = {}
    for element in list(process.iter()):
        if namespace(element) != BPMN:
            continue
        for name in list(element.attrib):
            space, _, attribute = str(name).removeprefix("{").rpartition("}")
            if space and space not in (STEGVIS, XSI, *own):
                del element.attrib[name]
                dropped.setdefault(space, []).append(attribute)
        for child in list(element):
            if namespace(child) not in (BPMN, BPMNDI, STEGVIS, *own):
                dropped.setdefault(namespace(child) or 'xmlns=""', []).append(local(child))
                element.remove(child)
        if local(element) == "extensionElements" and not len(element):
            drop(element)
    for space, names in dropped.items():
        shown = ", ".join(sorted(set(names)))
        desk.report.left_out(process, f"{space}: {shown} ({len(names)})", "another-tool")


def give_ids(root: Element) -> list[Element]:
    """Give every flow node and sequence flow without an id one of its own; those that got one."""
    taken = {str(one.get("id")) for one in root.iter() if one.get("id")}
    given: list[Element] = []
    for element in root.iter():
        if namespace(element) != BPMN or element.get("id"):
            continue
        tag = local(element)
        if tag == "sequenceFlow" or tag.endswith(("Task", "Event", "Gateway")) or tag in ("task", "subProcess", "callActivity"):
            number = next(n for n in range(1, len(taken) + 2) if f"{tag}-{n}" not in taken)
            element.set("id", f"{tag}-{number}")
            taken.add(f"{tag}-{number}")
            given.append(element)
    return given
