"""Pools: which process each is of, and the message flows that join them.

A pool whose participant has no process, or an empty one, is a party outside: what is sent to it leaves the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..finding import Severity
from ..sentences import Sentence, sentence
from ..xml import BPMN, STEGVIS, Element, local, qname
from .model import ACTIVITIES, MessageEvent, MessageThrow, Node
from .notes import Notes, is_bpmn
from .process_model import ProcessModel

PARTICIPANT = qname(STEGVIS, "participant")
MESSAGE_TASKS = frozenset({"sendTask", "receiveTask"})


@dataclass(frozen=True, slots=True)
class Pool:
    """A participant. `process` is the id of its process, empty for a party outside."""

    id: str
    name: str
    process: str


def processes_of(root: Element) -> list[Element]:
    """The processes of a file; of several, those in which nothing is drawn are left out."""
    found = list(root.iterchildren(qname(BPMN, "process")))
    drawn = [process for process in found if any(is_bpmn(child) and local(child) != "documentation" for child in process)]
    return drawn or found[:1]


def pools_of(root: Element) -> list[Pool]:
    """The participants of the file's collaboration, in its order."""
    processes = {process.get("id", "") for process in processes_of(root)}
    found = []
    for element in root.iter(qname(BPMN, "participant")):
        reference = element.get("processRef", "").rpartition(":")[2]
        name = " ".join(element.get("name", "").split()) or element.get("id", "")
        found.append(Pool(element.get("id", ""), name, reference if reference in processes else ""))
    return found


def complete_messages(root: Element) -> None:
    """Write into the elements what only the message flows say: which message it is, and to which party outside it goes."""
    elements = {element.get("id", ""): element for element in root.iter("*")}
    outside = {pool.id: pool.name for pool in pools_of(root) if not pool.process}
    for flow in root.iter(qname(BPMN, "messageFlow")):
        ends = [elements.get(flow.get(end, "")) for end in ("sourceRef", "targetRef")]
        held = [_message_holders(end) for end in ends if end is not None]
        holders = [of_end[0] for of_end in held if len(of_end) == 1]  # of several, nothing tells which one is meant
        told = [flow.get("messageRef", ""), *(holder.get("messageRef", "") for holder in holders)]
        message = next((reference for reference in told if reference), "")
        for holder in holders:
            if message and not holder.get("messageRef"):
                holder.set("messageRef", message)
        sender = ends[0]
        name = outside.get(flow.get("targetRef", ""), "")
        if name and sender is not None and _message_holders(sender) and not sender.get(PARTICIPANT):
            sender.set(PARTICIPANT, name)


def _message_holders(element: Element) -> list[Element]:
    """What has the `messageRef` of an element that sends or receives, several for an event with several messages."""
    if not is_bpmn(element):
        return []
    return [element] if local(element) in MESSAGE_TASKS else element.findall(qname(BPMN, "messageEventDefinition"))


def check_pools(root: Element, models: Mapping[str, ProcessModel], notes: Notes) -> None:
    """Note pools that say nothing and message flows that cannot be what they look like."""
    pools = pools_of(root)
    taken: dict[str, str] = {}
    for element, pool in zip(root.iter(qname(BPMN, "participant")), pools, strict=True):
        if pool.process and pool.process in taken:
            message = sentence("The pools “{one}” and “{other}” are of one process.", one=taken[pool.process], other=pool.name)
            notes.add("pool-process", element, message, sentence("Give each pool a process of its own, or remove one."))
        taken.setdefault(pool.process, pool.name)
    if len(models) > 1:
        for id_, model in models.items():
            if id_ not in taken:
                remedy = sentence("Draw a pool around it, or put it in a folder of its own.")
                notes.say("one-process", sentence("The process `{id}` is in no pool.", id=id_), remedy, id_, line=model.line)
    names = {message.get("id", ""): message.get("name", "") for message in root.iterchildren(qname(BPMN, "message"))}
    reader = _FlowReader(pools, models, names, notes)
    for flow in root.iter(qname(BPMN, "messageFlow")):
        reader.check(flow)


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a message flow: a pool, and the element in it, None for the border."""

    pool: Pool
    node: Node | None = None

    @property
    def is_outside(self) -> bool:
        return not self.pool.process


class _FlowReader:
    def __init__(self, pools: list[Pool], models: Mapping[str, ProcessModel], names: Mapping[str, str], notes: Notes) -> None:
        self.names = names
        self.notes = notes
        self.ends = {pool.id: _End(pool) for pool in pools}
        self.refused = {finding.element for finding in notes.findings if finding.rule == "not-supported"}
        self.receivers: dict[str, str] = {}
        for pool in pools:
            model = models.get(pool.process)
            for node in model.nodes.values() if model is not None else ():
                self.ends[node.id] = _End(pool, node)

    def check(self, flow: Element) -> None:
        """Note what is wrong with one message flow."""
        self.notes.check_attributes(flow, {"nameEn"})
        references = [flow.get(end, "") for end in ("sourceRef", "targetRef")]
        if self.refused & {*references}:
            return
        ends = [self.ends.get(reference) for reference in references]
        source, target = ends
        if source is None or target is None:
            missing = references[0] if source is None else references[1]
            message = sentence(
                "The message flow leads from or to `{missing}`, which is no pool and no element of one.", missing=missing
            )
            self._refuse(flow, message, sentence("Connect it to what sends and what receives."))
        elif source.pool == target.pool:
            remedy = sentence("Use a sequence flow: inside a pool the data are there for all.")
            self._refuse(flow, sentence("The message flow stays in its pool."), remedy)
        else:
            self._check_ends(flow, source, target)

    def _check_ends(self, flow: Element, source: _End, target: _End) -> None:
        for end, other, kind in ((source, target, MessageThrow), (target, source, MessageEvent)):
            if end.is_outside:
                continue
            if end.node is None:
                message = sentence("Nothing in “{pool}” says which element the message flow is for.", pool=end.pool.name)
                remedy = sentence("Lead the message flow to the element itself, not to the border of its pool.")
                self._refuse(flow, message, remedy)
                return
            if not any(isinstance(detail, kind) for detail in end.node.triggers):
                self._check_silent(flow, end.node, other, sends=end is source)
                return
        if source.node is not None:
            before = self.receivers.setdefault(source.node.id, target.pool.id)
            if before != target.pool.id:
                message = sentence("“{name}” sends its message to two pools.", name=source.node.label)
                remedy = sentence("One message has one receiver: draw another sender, or throw a signal.")
                self._refuse(flow, message, remedy)
        self._check_names(flow, source.node, target.node)

    def _check_silent(self, flow: Element, node: Node, other: _End, *, sends: bool) -> None:
        """A task that neither sends nor receives: with a party outside people talk, between two processes nobody does."""
        if other.is_outside and node.kind in ACTIVITIES:
            message = sentence(
                "“{name}” sends and receives no message by itself: what people say to “{pool}” is a drawing only.",
                name=node.label,
                pool=other.pool.name,
            )
            remedy = sentence("Remove the message flow, or draw a send or receive task.")
            self.notes.add("message-flow-drawn", flow, message, remedy, Severity.WARNING)
        elif sends:
            remedy = sentence("Draw a send task or a throwing message event.")
            self._refuse(flow, sentence("“{name}” sends no message.", name=node.label), remedy)
        else:
            remedy = sentence("Draw a receive task or a catching message event.")
            self._refuse(flow, sentence("“{name}” receives no message.", name=node.label), remedy)

    def _check_names(self, flow: Element, source: Node | None, target: Node | None) -> None:
        said = [
            {detail.name for detail in node.triggers if isinstance(detail, MessageThrow | MessageEvent)}
            for node in (source, target)
            if node is not None
        ]
        said += [{self.names[reference]} for reference in [flow.get("messageRef", "")] if reference in self.names]
        if said and not set.intersection(*said):
            told = ", ".join(f"`{name}`" for name in sorted(set.union(*said)))
            message = sentence("The ends of the message flow speak of different messages: {names}.", names=told)
            remedy = sentence("Let both ends, and the message flow, refer to one message.")
            self.notes.add("message-names", flow, message, remedy)

    def _refuse(self, flow: Element, message: Sentence, remedy: Sentence) -> None:
        self.notes.add("message-flow", flow, message, remedy)
