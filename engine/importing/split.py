"""One diagram for each process of a file: what belongs to the process, and nothing of the others."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Final

from ..xml import BPMN, BPMNDI, STEGVIS, Element, local, namespace, qname, text_of, with_prefix
from .desk import drop
from .report import Report

_NODES: Final = ("Task", "Event", "Gateway", "Process", "Activity", "task")
_REFERENCES: Final = frozenset(
    {
        "attachedToRef", "bpmnElement", "calledElement", "dataObjectRef", "dataStoreRef", "default", "errorRef",
        "escalationRef",
        "itemRef", "itemSubjectRef", "messageRef", "operationRef", "processRef", "signalRef", "sourceRef", "targetRef",
    }
)  # fmt: skip
_REFERRING: Final = frozenset(
    {"flowNodeRef", "incoming", "outgoing", "dataInputRefs", "operationRef", "sourceRef", "targetRef"}
)
_KEPT: Final = frozenset({"import", "extension", "process", "collaboration", "BPMNDiagram"})


def processes_of(root: Element) -> list[Element]:
    """The processes that are worth a package: those that may run, else (in a mere drawing) those that hold anything."""
    drawn = [
        one
        for one in root.iterchildren(qname(BPMN, "process"))
        if any(local(child).endswith(_NODES) for child in _elements(one))
    ]
    return [one for one in drawn if one.get("isExecutable", "true") in ("true", "1")] or drawn


def _elements(parent: Element) -> Iterator[Element]:
    return (child for child in parent if namespace(child) == BPMN)


def strip_prefixes(root: Element) -> None:
    """References are qualified names in BPMN; within one file the part after the prefix is the id."""
    ids = {str(one.get("id")) for one in root.iter() if one.get("id")}
    prefixes = {prefix for one in root.iter() for prefix in one.nsmap if prefix}

    def stripped(text: str) -> str:
        prefix, colon, name = text.partition(":")
        return name if colon and prefix in prefixes and text not in ids else text

    for element in root.iter():
        if namespace(element) not in (BPMN, BPMNDI):
            continue
        for attribute in _REFERENCES & {str(name) for name in element.attrib}:
            element.set(attribute, stripped(element.get(attribute, "")))
        if local(element) in _REFERRING and ":" in text_of(element):
            element.text = stripped(text_of(element))


def alone(root: Element, number: int, report: Report) -> tuple[Element, Element]:
    """The file with only one of its `processes_of`, as a diagram of its own: the root and the process."""
    root = with_prefix(copy.deepcopy(root), "stegvis", STEGVIS)
    process = processes_of(root)[number]
    for other in root.findall(qname(BPMN, "process")):
        if other is not process:
            drop(other)
    pool = _only_pool(root, process, report)
    _drop_unused(root, process, report)
    kept = {str(one.get("id")) for one in root.iter() if namespace(one) == BPMN and one.get("id")}
    for diagram in root.findall(qname(BPMNDI, "BPMNDiagram")):
        for shape in [*diagram.iter(qname(BPMNDI, "BPMNShape")), *diagram.iter(qname(BPMNDI, "BPMNEdge"))]:
            if shape.get("bpmnElement", "") not in kept:
                drop(shape)
        if not any(True for _ in diagram.iter(qname(BPMNDI, "BPMNShape"))):
            drop(diagram)
        for plane in diagram.iter(qname(BPMNDI, "BPMNPlane")):
            if plane.get("bpmnElement", "") not in kept:
                plane.set("bpmnElement", pool or process.get("id", ""))
    return root, process


def _only_pool(root: Element, process: Element, report: Report) -> str:
    """Keep the pool of this process alone; the id of the collaboration that holds it, empty when there is none."""
    kept = ""
    for collaboration in root.findall(qname(BPMN, "collaboration")):
        pools = [one for one in collaboration if local(one) == "participant" and one.get("processRef") == process.get("id")]
        for child in list(collaboration):
            if local(child) == "messageFlow" and namespace(child) == BPMN:
                ends = f"{child.get('sourceRef')} → {child.get('targetRef')}"
                report.left_out(child, f"messageFlow {child.get('name') or ends}", "message-flow")
            if local(child) in ("messageFlow", "participant") and child not in pools[:1]:
                drop(child)
        if kept or not pools:
            drop(collaboration)
        else:
            kept = collaboration.get("id", "")
    return kept


def _drop_unused(root: Element, process: Element, report: Report) -> None:
    """Drop what is declared beside the processes and that neither this one nor what it uses refers to."""
    declared = [one for one in root if namespace(one) in (BPMN, "") and local(one) not in _KEPT]
    used = _mentioned(process)
    waiting = [*declared]
    while found := [one for one in waiting if one.get("id", "") in used]:
        for one in found:
            waiting.remove(one)
            used |= _mentioned(one)
    for one in waiting:
        report.left_out(one, f"{local(one)} {one.get('name') or one.get('id', '')}", "unused")
        drop(one)


def _mentioned(element: Element) -> set[str]:
    found: set[str] = set()
    for one in element.iter():
        found |= {str(value) for name, value in one.attrib.items() if name != "id"}
        if not len(one) and one.text:
            found.add(one.text.strip())
    return found
