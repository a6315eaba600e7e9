"""Which elements and sequence flows a set of scenarios has been through, and which never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .. import xml
from ..bpmn import NodeKind, complete_messages, processes_of, put_definitions_in
from ..definition import Bundle, Package
from ..history import EventType, read_payload
from ..ids import CaseId
from ..package_files import DIAGRAM
from ..ports import Store

_NODES = frozenset(kind.value for kind in NodeKind)
_REFERENCES = {"messageRef": "message", "signalRef": "signal"}
_THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn in one process: ids of elements and flows with their names, and which process each call calls.

    `forms` maps tasks to the keys of their forms, `start_form` is that of its start event; `messages` and `signals` are the
    names that its events wait for.
    """

    key: str
    elements: Mapping[str, str]
    flows: Mapping[str, str]
    calls: Mapping[str, str]
    forms: Mapping[str, str] = field(default_factory=dict)
    start_form: str = ""
    messages: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trail:
    """Where cases have been, and how often: (process, id) of elements and of flows."""

    elements: Counter[tuple[str, str]] = field(default_factory=Counter)
    flows: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: Trail) -> Trail:
        return Trail(self.elements + other.elements, self.flows + other.flows)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of something were reached; `missing` gives the names of the others by id."""

    covered: int
    total: int
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        return 100.0 if not self.total else 100.0 * self.covered / self.total


@dataclass(frozen=True, slots=True)
class ProcessCoverage:
    """One process's share of elements and flows."""

    process: str
    elements: Share
    flows: Share


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of each process, and of all of them together."""

    processes: tuple[ProcessCoverage, ...]

    @property
    def elements(self) -> Share:
        return _sum(process.elements for process in self.processes)

    @property
    def flows(self) -> Share:
        return _sum(process.flows for process in self.processes)


def trail_of(store: Store, case_id: CaseId) -> Trail:
    """Where one case has been, by its history: at what was done, and at what was withdrawn after it had been reached."""
    trail = Trail()
    with store.read() as work:
        history = work.histories.of_case(case_id)
    for event, payload in history:
        if event.type not in (EventType.ELEMENT_COMPLETED, EventType.ELEMENT_CANCELLED):
            continue
        told = read_payload(event, payload) or {}
        if isinstance(process := told.get("process"), str):
            trail.elements[process, event.element.rpartition(".")[2]] += 1
            taken = told.get("flows")
            trail.flows.update((process, str(flow)) for flow in (taken if isinstance(taken, list) else []))
    return trail


def drawings(bundle: Bundle, processes: Iterable[str]) -> list[Drawing]:
    """The drawings of these processes, of the other pools of their diagrams, and of all they call, by key."""
    known: dict[str, Drawing] = {}
    together: dict[str, list[str]] = {}
    for package in bundle.of_kind("process"):
        pools = _drawings(package)
        known = {**pools, **known}
        together |= {key: [*pools] for key in pools}
    drawn: dict[str, Drawing] = {}
    wanted = list(processes)
    while wanted:
        key = wanted.pop()
        if key not in drawn and key in known:
            drawn[key] = known[key]
            wanted += [*known[key].calls.values(), *together[key]]
    return [drawn[key] for key in sorted(drawn)]


def measure(drawn: Iterable[Drawing], trail: Trail) -> Coverage:
    """How much of the drawings the trail has been through."""
    return Coverage(
        tuple(
            ProcessCoverage(one.key, _share(one.elements, one.key, trail.elements), _share(one.flows, one.key, trail.flows))
            for one in drawn
        )
    )


def _drawings(package: Package) -> dict[str, Drawing]:
    """What is drawn in each process of a package's diagram: its own by the package's key, those of other pools by their ids."""
    source = package.files.get(DIAGRAM)
    root, _ = (None, []) if source is None else xml.read_xml(source, name=f"processes/{package.key}/process.bpmn")
    if root is not None:
        put_definitions_in(root)
        complete_messages(root)
    processes = processes_of(root) if root is not None else []
    if not processes or root is None:
        return {} if source is None else {package.key: Drawing(package.key, {}, {}, {})}
    main = next((process for process in processes if process.get("id") == package.key), processes[0])
    keys = {id(process): package.key if process is main else process.get("id", "") for process in processes}
    declared = root.iter(*(xml.qname(xml.BPMN, tag) for tag in _REFERENCES.values()))
    names = {one.get("id", ""): one.get("name", "") for one in declared}
    return {keys[id(process)]: _drawing(keys[id(process)], process, names) for process in processes}


def _drawing(key: str, process: xml.Element, names: Mapping[str, str]) -> Drawing:
    elements: dict[str, str] = {}
    flows: dict[str, str] = {}
    calls: dict[str, str] = {}
    forms: dict[str, str] = {}
    start_form = ""
    heard: dict[str, set[str]] = {reference: set() for reference in _REFERENCES}
    for el in process.iter():
        if xml.namespace(el) != xml.BPMN:
            continue
        tag, id_, name = xml.local(el), el.get("id", ""), " ".join(el.get("name", "").split())
        if tag == "sequenceFlow":
            flows[id_] = name or f"{el.get('sourceRef')} → {el.get('targetRef')}"
        elif tag in _NODES:
            elements[id_] = name
            if tag == "callActivity":
                calls[id_] = el.get("calledElement", "")
            if tag == "receiveTask":
                heard["messageRef"].add(el.get("messageRef", ""))
            if form := el.get(xml.qname(xml.STEGVIS, "form"), ""):
                forms[id_] = form
                start_form = form if tag == "startEvent" else start_form
        elif (event := el.getparent()) is not None and xml.local(event) not in _THROWING:
            for reference, kind in _REFERENCES.items():
                if tag == f"{kind}EventDefinition":
                    heard[reference].add(el.get(reference, ""))
    messages, signals = (frozenset(names[id_] for id_ in ids if id_ in names) for ids in heard.values())
    return Drawing(key, elements, flows, calls, forms, start_form, messages, signals)


def _share(drawn: Mapping[str, str], process: str, been: Counter[tuple[str, str]]) -> Share:
    missing = {id_: name for id_, name in drawn.items() if (process, id_) not in been}
    return Share(len(drawn) - len(missing), len(drawn), missing)


def _sum(shares: Iterable[Share]) -> Share:
    shares = tuple(shares)
    return Share(sum(share.covered for share in shares), sum(share.total for share in shares))
