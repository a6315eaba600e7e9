"""From BPMN XML to a ProcessModel, refusing by name whatever is not executed. Collects every finding, not the first."""

from __future__ import annotations

from dataclasses import replace

from ..finding import Finding
from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, line, local, qname, read_xml, text_of
from . import data_objects, details
from .ad_hoc_details import is_own_condition
from .event_details import Declarations, read_declarations
from .loop_details import LOOP_TAGS, read_loop
from .model import SUB_PROCESSES, Flow, Node, NodeKind
from .notes import Notes, is_bpmn
from .pools import check_pools, complete_messages, processes_of
from .process_model import ProcessModel
from .shared_definitions import DEFINITION, put_definitions_in
from .store_checks import check_stores
from .unheeded import check_unheeded
from .xsd_like import check_written

DRAWN_ONLY = frozenset(
    {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "incoming", "outgoing"}
)
ROOT_DRAWN_ONLY = frozenset(
    {"import", "extension", "dataStore", "itemDefinition", "category", "message", "error", "signal", "escalation"}
)
INSTANTIATING = (NodeKind.RECEIVE_TASK, NodeKind.EVENT_BASED)
INTERRUPTS = {NodeKind.START: "isInterrupting"}
KINDS = {kind.value: kind for kind in NodeKind}


def read_bpmn(source: bytes, *, file: str) -> tuple[ProcessModel | None, list[Finding]]:
    """The one process in a diagram and all that is wrong with it. No process when the file cannot be understood at all.

    Of a diagram with several it is the first; `read_pools` gives them all.
    """
    models, findings = read_pools(source, file=file)
    return next(iter(models.values()), None), findings


def read_pools(source: bytes, *, file: str) -> tuple[dict[str, ProcessModel], list[Finding]]:
    """The processes of a diagram by id, in the order of the file, and all that is wrong with them."""
    root, findings = read_xml(source, name=file)
    if root is None:
        return {}, findings
    if root.tag != qname(BPMN, "definitions"):
        remedy = sentence("Save it as BPMN 2.0 XML: the outermost element is `definitions` in the BPMN model namespace.")
        wrong = sentence("{file} is not a BPMN 2.0 diagram.", file=file)
        return {}, [Finding("not-bpmn", wrong, remedy, file=file, line=line(root))]
    put_definitions_in(root)
    complete_messages(root)
    models, findings = _read_definitions(root, file=file)
    notes = Notes(file)
    notes.findings += findings
    check_pools(root, models, notes)
    check_unheeded(root, notes)
    return models, check_written(root, notes)


def read_definitions(root: Element, *, file: str) -> tuple[ProcessModel | None, list[Finding]]:
    """The one process of a `definitions` element that has been parsed, without what is looked for in designers' files only."""
    models, findings = _read_definitions(root, file=file)
    return next(iter(models.values()), None), findings


def _read_definitions(root: Element, *, file: str) -> tuple[dict[str, ProcessModel], list[Finding]]:
    notes = Notes(file)
    declarations = read_declarations(root, notes)
    processes = processes_of(root)
    for child in root:
        if not is_bpmn(child) or local(child) in ROOT_DRAWN_ONLY or local(child).endswith(DEFINITION):
            continue
        match local(child):
            case "process":
                continue
            case "collaboration":
                _read_collaboration(child, notes)
            case other:
                notes.refuse(child, sentence("`{other}` is not supported", other=other))
    if not processes:
        remedy = sentence("Draw one, or save it from another editor.")
        notes.add("one-process", root, sentence("The diagram has no process."), remedy)
    models: dict[str, ProcessModel] = {}
    seen: set[str] = set()
    for process in processes:
        model = _ProcessReader(process, declarations, notes, seen).read()
        if model.id in models:
            twice = sentence("Two processes have the id `{id}`.", id=model.id)
            notes.add("same-id", process, twice, sentence("Give each an id of its own."))
        models.setdefault(model.id, model)
    return models, notes.findings


def _read_collaboration(collaboration: Element, notes: Notes) -> None:
    """Pools and message flows are looked at beside the processes; conversations and choreographies are refused."""
    for child in collaboration:
        if is_bpmn(child) and local(child) not in DRAWN_ONLY | {"participant", "messageFlow"}:
            notes.refuse(child, sentence("`{tag}` is not supported yet", tag=local(child)))


class _ProcessReader:
    def __init__(self, process: Element, declarations: Declarations, notes: Notes, seen: set[str]) -> None:
        self.process = process
        self.declarations = declarations
        self.notes = notes
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.inside: dict[str, tuple[str, ...]] = {}
        self.seen = seen
        self.refused: set[str] = set()
        self.lanes = details.read_lanes(process, notes)

    def read(self) -> ProcessModel:
        process = self.process
        self.notes.check_attributes(process, {"title", "startable", "startGroups", "reopenAt", "nameEn"})
        self.notes.feel_or_text(process, process.get(qname(STEGVIS, "title"), ""), what=sentence("the title"))
        if not self.notes.truth(process, "isExecutable", default=True):
            self.notes.add(
                "not-executable",
                process,
                sentence("The process says that it is not executable."),
                sentence('Set isExecutable="true".'),
            )
        self._read_scope(process, "")
        self._connect()
        drawn = data_objects.read_names(process, self.notes)
        model = ProcessModel(
            id=process.get("id", ""),
            name=process.get("name", "") or process.get("id", ""),
            title=process.get(qname(STEGVIS, "title"), ""),
            nodes=self.nodes,
            flows=self.flows,
            is_startable=self.notes.truth(process, qname(STEGVIS, "startable")),
            start_groups=tuple(process.get(qname(STEGVIS, "startGroups"), "").split()),
            reopen_at=process.get(qname(STEGVIS, "reopenAt"), ""),
            line=line(process),
            is_whole=not self.refused,
            inside=self.inside,
            boundaries=_boundaries(self.nodes),
            name_en=details.name_en(process),
            data_names=drawn.names,
            data_lists=drawn.lists,
            stores=data_objects.read_stores(process, self.notes),
        )
        check_stores(process, model.stores, self.nodes, self.notes)
        if not model.id:
            self.notes.add(
                "no-id", process, sentence("The process has no id."), sentence("Give it the name of its folder as id.")
            )
        return model

    def _read_scope(self, container: Element, scope: str) -> None:
        own: list[str] = []
        for element in container:
            if not is_bpmn(element):
                self.notes.warn_foreign(element)
                continue
            tag = local(element)
            if tag in DRAWN_ONLY or tag in LOOP_TAGS or is_own_condition(element):
                continue
            if tag in data_objects.IN_SCOPES:
                continue
            if tag in data_objects.OF_ELEMENTS:
                data_objects.check_child(element, (), self.notes)
                continue
            if tag not in KINDS and tag != "sequenceFlow":
                self.refused.add(element.get("id", ""))
                self.notes.refuse(element, sentence("`{tag}` is not supported yet", tag=tag))
                continue
            if not self._has_new_id(element):
                continue
            if tag == "sequenceFlow":
                self._read_flow(element)
            else:
                node = self._read_node(element, KINDS[tag], scope)
                own.append(node.id)
                if node.kind in SUB_PROCESSES:
                    self._read_scope(element, node.id)
        self.inside[scope] = tuple(own)

    def _has_new_id(self, element: Element) -> bool:
        id_ = element.get("id", "")
        if not id_:
            self.notes.add(
                "no-id",
                element,
                sentence("A `{tag}` has no id.", tag=local(element)),
                sentence("Give every element an id of its own."),
            )
            return False
        if id_ in self.seen:
            self.notes.add(
                "same-id",
                element,
                sentence("Two elements have the id `{id}`.", id=id_),
                sentence("Give each an id of its own."),
            )
            return False
        self.seen.add(id_)
        return True

    def _read_flow(self, element: Element) -> None:
        self.notes.check_attributes(element, {"nameEn"})
        condition = element.find(qname(BPMN, "conditionExpression"))
        text = text_of(condition)
        if condition is not None:
            text = self.notes.feel(condition, text, what=sentence("the condition"), owner=element)
        flow = Flow(
            id=element.get("id", ""),
            name=element.get("name", ""),
            source=element.get("sourceRef", ""),
            target=element.get("targetRef", ""),
            condition=text,
            line=line(element),
            name_en=details.name_en(element),
        )
        self.flows[flow.id] = flow

    def _read_node(self, element: Element, kind: NodeKind, scope: str) -> Node:
        id_ = element.get("id", "")
        node = Node(
            id=id_,
            kind=kind,
            name=" ".join(element.get("name", "").split()),
            scope=scope,
            line=line(element),
            default=element.get("default", ""),
            lane_group=self.lanes.get(id_, self.nodes[scope].lane_group if scope else ""),
            attached_to=element.get("attachedToRef", ""),
            interrupting=self.notes.truth(element, INTERRUPTS.get(kind, "cancelActivity"), default=True),
            by_event=kind is NodeKind.SUB_PROCESS and self.notes.truth(element, "triggeredByEvent"),
            local=details.read_locals(element) + self._drawn_names(element, kind),
            for_compensation=self.notes.truth(element, "isForCompensation"),
            instantiate=kind in INSTANTIATING and self.notes.truth(element, "instantiate"),
            unit=element.get(qname(STEGVIS, "unit"), "").strip() if kind is NodeKind.START else "",
            name_en=details.name_en(element),
            once=self.notes.truth(element, qname(STEGVIS, "once")),
        )
        detail = details.read_detail(element, kind, self.declarations, self.notes)
        node = replace(node, detail=detail, loop=read_loop(element, self.notes))
        self.nodes[id_] = node
        return node

    def _drawn_names(self, element: Element, kind: NodeKind) -> tuple[str, ...]:
        """The names that a sub-process declares by drawing them in it."""
        return data_objects.read_names(element, self.notes).names if kind in SUB_PROCESSES else ()

    def _connect(self) -> None:
        incoming: dict[str, list[str]] = {}
        outgoing: dict[str, list[str]] = {}
        for flow in list(self.flows.values()):
            ends = [self.nodes.get(flow.source), self.nodes.get(flow.target)]
            if None in ends:
                del self.flows[flow.id]
                missing = flow.source if ends[0] is None else flow.target
                if missing in self.refused:
                    continue
                self.notes.say(
                    "dangling-flow",
                    sentence(
                        "The sequence flow leads from or to `{missing}`, which is not an element of the process.",
                        missing=missing,
                    )
                    if missing
                    else sentence("The sequence flow lacks an end: it leads from nothing, or to nothing."),
                    sentence("Connect it to an element, or remove it."),
                    flow.id,
                    line=flow.line,
                    name=flow.name,
                )
                continue
            if self.nodes[flow.source].scope != self.nodes[flow.target].scope:
                self.notes.say(
                    "flow-crosses-border",
                    sentence("The sequence flow crosses the border of a sub-process."),
                    sentence("End it at the sub-process itself; inside, begin with a start event."),
                    flow.id,
                    line=flow.line,
                    name=flow.name,
                )
            outgoing.setdefault(flow.source, []).append(flow.id)
            incoming.setdefault(flow.target, []).append(flow.id)
        for id_, node in self.nodes.items():
            self.nodes[id_] = replace(node, incoming=tuple(incoming.get(id_, ())), outgoing=tuple(outgoing.get(id_, ())))


def _boundaries(nodes: dict[str, Node]) -> dict[str, tuple[str, ...]]:
    attached: dict[str, tuple[str, ...]] = {}
    for node in nodes.values():
        if node.kind is NodeKind.BOUNDARY:
            attached[node.attached_to] = (*attached.get(node.attached_to, ()), node.id)
    return attached
