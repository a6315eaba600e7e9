"""What a tool left in a file of BPMN that contradicts the rest of it or has no meaning there: left out, and told.

Whoever draws here is asked to mend it (the checks refuse it); of an imported file it is known what its own tool did: nothing.
"""

from __future__ import annotations

from ..bpmn.xsd_like import unknown_attributes
from ..xml import BPMN, Element, local, namespace, qname, text_of
from .desk import drop, drop_names
from .report import Report

_ENDS = {"incoming": "targetRef", "outgoing": "sourceRef"}


def leave_out(root: Element, report: Report) -> None:
    """Take it out of a diagram whose references have no prefixes."""
    language = root.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        report.left_out(root, f'expressionLanguage="{language}"', "expression-language")
        drop_names(root, "expressionLanguage")
    for element in [one for one in root.iter() if namespace(one) == BPMN]:
        for name in unknown_attributes(element):
            report.left_out(element, f'{name}="{element.get(name)}"', "unknown-attribute")
            drop_names(element, name)
    for process in root.iterchildren(qname(BPMN, "process")):
        _leave_out(process, report)


def _leave_out(process: Element, report: Report) -> None:
    ids = {one.get("id") for one in process.iter() if one.get("id")}
    flows = {one.get("id"): one for one in process.iter(qname(BPMN, "sequenceFlow"))}
    for flow in flows.values():
        if flow.get("isImmediate", "").strip() in ("false", "0"):
            report.left_out(flow, 'isImmediate="false"', "immediate")
            drop_names(flow, "isImmediate")
    for element in list(process.iter(*(qname(BPMN, tag) for tag in (*_ENDS, "flowNodeRef")))):
        around, tag, text = element.getparent(), local(element), text_of(element)
        if tag == "flowNodeRef":
            if text not in ids:
                report.left_out(element, f"flowNodeRef {text}", "lane")
                drop(element)
        elif around is not None and (text not in flows or flows[text].get(_ENDS[tag]) != around.get("id")):
            report.left_out(element, f"{tag} {text}", "flows")
            drop(element)
