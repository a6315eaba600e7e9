"""One diagram for each package: a process, or those whose pools send each other messages, and nothing of the others."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Final

from ..xml import BPMN, BPMNDI, STEGVIS, Element, local, namespace, qname, with_prefix
from .desk import drop, drop_names
from .report import Report

_NODES: Final = ("Task", "Event", "Gateway", "Process", "Activity", "task")
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


def packages_of(root: Element) -> list[list[int]]:
    """Which of the `processes_of` belong in one package, by their numbers: those whose pools send each other messages.

    The first of each names the package: one that people or programs may start, where there is one.
    """
    processes = processes_of(root)
    owners = _owners(root, processes)
    group = list(range(len(processes)))
    for flow in root.iter(qname(BPMN, "messageFlow")):
        ends = [owners.get(flow.get(end, "")) for end in ("sourceRef", "targetRef")]
        one, other = (None if end is None else group[end] for end in ends)
        if one is not None and other is not None:
            group = [one if found == other else found for found in group]
    members = [[number for number, own in enumerate(group) if own == wanted] for wanted in dict.fromkeys(group)]
    return [sorted(numbers, key=lambda number: not is_plainly_started(processes[number])) for numbers in members]


def is_plainly_started(process: Element) -> bool:
    """Whether it has a start event without a trigger."""
    starts = process.iterchildren(qname(BPMN, "startEvent"))
    return any(not any(local(child).endswith("EventDefinition") for child in start) for start in starts)


def _owners(root: Element, processes: list[Element]) -> dict[str, int]:
    """The number of the process that a participant or an element belongs to, by its id."""
    numbers = {process.get("id", ""): number for number, process in enumerate(processes)}
    owners = {
        str(pool.get("id")): numbers[reference]
        for pool in root.iter(qname(BPMN, "participant"))
        if (reference := pool.get("processRef", "")) in numbers
    }
    for number, process in enumerate(processes):
        owners |= {str(one.get("id")): number for one in process.iter() if one is not process and one.get("id")}
    return owners


def alone(root: Element, numbers: list[int], report: Report) -> tuple[Element, list[Element]]:
    """The file with only some of its `processes_of`, as a diagram of its own: the root and the processes."""
    root = with_prefix(copy.deepcopy(root), "stegvis", STEGVIS)
    found = processes_of(root)
    processes = [found[number] for number in numbers]
    pool = _only_pools(root, processes, report)
    for other in root.findall(qname(BPMN, "process")):
        if other not in processes:
            if other not in found and len(other):
                report.left_out(other, f"process {other.get('name') or other.get('id', '')}", "not-executable")
            drop(other)
    _drop_unused(root, processes, report)
    kept = {str(one.get("id")) for one in root.iter() if namespace(one) == BPMN and one.get("id")}
    for diagram in root.findall(qname(BPMNDI, "BPMNDiagram")):
        for shape in [*diagram.iter(qname(BPMNDI, "BPMNShape")), *diagram.iter(qname(BPMNDI, "BPMNEdge"))]:
            if shape.get("bpmnElement", "") not in kept:
                drop(shape)
        if not any(True for _ in diagram.iter(qname(BPMNDI, "BPMNShape"))):
            drop(diagram)
        for plane in diagram.iter(qname(BPMNDI, "BPMNPlane")):
            if plane.get("bpmnElement", "") not in kept:
                plane.set("bpmnElement", pool or processes[0].get("id", ""))
    return root, processes


def _only_pools(root: Element, processes: list[Element], report: Report) -> str:
    """Keep the pools of these processes and of the parties outside that they write to; the id of the collaboration that
    holds them, empty when there is none.
    """
    ids = {process.get("id", "") for process in processes}
    own = {id_ for process in processes for one in process.iter() if (id_ := one.get("id", ""))}
    own |= {str(pool.get("id")) for pool in root.iter(qname(BPMN, "participant")) if pool.get("processRef") in ids}
    outside = _outside(root, processes)
    kept = ""
    for collaboration in root.findall(qname(BPMN, "collaboration")):
        is_kept = not kept and any(one.get("processRef") in ids for one in collaboration)
        named: set[str] = set()
        for flow in collaboration.findall(qname(BPMN, "messageFlow")):
            ends = {end: flow.get(end, "") for end in ("sourceRef", "targetRef")}
            parties = {outside[reference] for reference in ends.values() if reference in outside}
            if not is_kept or not own & {*ends.values()}:
                drop(flow)
                continue
            for end, reference in ends.items():
                flow.set(end, outside.get(reference, reference))
            named |= parties
        for child in collaboration.findall(qname(BPMN, "participant")):
            if child.get("id", "") in named:
                drop_names(child, "processRef")
            elif child.get("processRef") not in ids:
                drop(child)
        if is_kept:
            kept = collaboration.get("id", "")
        else:
            drop(collaboration)
    return kept


def _outside(root: Element, processes: list[Element]) -> dict[str, str]:
    """The participants that have none of these processes, by their own ids and those of everything drawn in them."""
    ids = {process.get("id", "") for process in processes}
    drawn = {one.get("id", ""): one for one in root.findall(qname(BPMN, "process"))}
    found: dict[str, str] = {}
    for pool in root.iter(qname(BPMN, "participant")):
        reference, id_ = pool.get("processRef", ""), pool.get("id", "")
        if id_ and reference not in ids:
            inside = drawn[reference].iter() if reference in drawn else ()
            found |= {id_: id_, **{str(one.get("id")): id_ for one in inside if one.get("id")}}
    return found


def _drop_unused(root: Element, processes: list[Element], report: Report) -> None:
    """Drop what is declared beside the processes and that neither these nor what they use refer to."""
    declared = [one for one in root if namespace(one) in (BPMN, "") and local(one) not in _KEPT]
    holders = (*processes, *(one for tag in ("messageFlow", "group") for one in root.iter(qname(BPMN, tag))))
    used = {name for one in holders for name in _mentioned(one)}
    waiting = [*declared]
    while found := [one for one in waiting if used.intersection(_ids(one))]:
        for one in found:
            waiting.remove(one)
            used |= _mentioned(one)
    for one in waiting:
        report.left_out(one, f"{local(one)} {one.get('name') or one.get('id', '')}", "unused")
        drop(one)


def _ids(element: Element) -> Iterator[str]:
    return (id_ for one in element.iter() if (id_ := one.get("id")))


def _mentioned(element: Element) -> set[str]:
    found: set[str] = set()
    for one in element.iter():
        found |= {str(value) for name, value in one.attrib.items() if name != "id"}
        if not len(one) and one.text:
            found.add(one.text.strip())
    return found
