"""One process of a diagram: its nodes and flows, and how they lie in each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .model import ACTIVITIES, AllEvents, Detail, Flow, Link, MessageEvent, Multiple, Node, NodeKind, PersonTask


@dataclass(frozen=True, slots=True)
class DataStore:
    """A data store that is drawn, and the register that it stands for."""

    id: str
    name: str
    register: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """What begins a case by itself: a node, and which of its triggers."""

    node: Node
    part: int = 0

    @property
    def trigger(self) -> Detail:
        return self.node.triggers[self.part]


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """One process. `nodes` and `flows` hold those of the embedded sub-processes too.

    `data_names` are names of its data that are drawn as data objects, `data_lists` those of them that hold several things.
    `reopen_at` is the element where a case that has ended goes on when it is reopened, empty where it may not be.
    `name_en`, here and on nodes and flows, is the name in English, empty where the designer gave none.

    It is not whole when elements of the diagram were refused: what leads to them is left out.
    """

    id: str
    name: str
    title: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    is_startable: bool = False
    start_groups: tuple[str, ...] = ()
    reopen_at: str = ""
    line: int | None = None
    is_whole: bool = True
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boundaries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name_en: str = ""
    data_names: tuple[str, ...] = ()
    data_lists: frozenset[str] = frozenset()
    stores: tuple[DataStore, ...] = ()

    @property
    def message_names(self) -> frozenset[str]:
        """The names of the messages that it waits for or that start it."""
        return frozenset(
            detail.name for node in self.nodes.values() for detail in node.triggers if isinstance(detail, MessageEvent)
        )

    def link_target(self, node: Node) -> Node | None:
        """The catching event that a throwing link goes on at."""
        same = (
            self.nodes[id_]
            for id_ in self.inside.get(node.scope, ())
            if self.nodes[id_].kind is NodeKind.CATCH and self.nodes[id_].detail == node.detail
        )
        return next(same, None) if node.kind is NodeKind.THROW and isinstance(node.detail, Link) else None

    def following(self, id_: str) -> tuple[str, ...]:
        """The nodes that a token may come to next: where the flows lead, and where a link does."""
        node = self.nodes[id_]
        linked = self.link_target(node)
        return (*(self.flows[flow].target for flow in node.outgoing), *((linked.id,) if linked is not None else ()))

    def start_events(self, scope: str = "") -> tuple[Node, ...]:
        """The start events of the process, or of one sub-process."""
        return tuple(self.nodes[id_] for id_ in self.inside.get(scope, ()) if self.nodes[id_].kind is NodeKind.START)

    def plain_starts(self, scope: str = "") -> tuple[Node, ...]:
        """The start events without a trigger: somebody begins there, or a call does."""
        return tuple(node for node in self.start_events(scope) if node.detail is None or isinstance(node.detail, PersonTask))

    def triggered_starts(self) -> tuple[Node, ...]:
        """Where a case begins by itself: start events with a trigger, receive tasks that begin the process, and the events
        behind a gateway that does.
        """
        top = self.in_scope("")
        plain = {node.id for node in self.plain_starts()}
        own = [node for node in top if node.kind is NodeKind.START and node.id not in plain]
        tasks = [node for node in top if node.kind is NodeKind.RECEIVE_TASK and node.instantiate]
        return (*own, *tasks, *(node for node in top if self.gateway_before(node) is not None))

    def gateway_before(self, node: Node) -> Node | None:
        """The event-based gateway that begins the process and that the node stands behind."""
        sources = (self.nodes[self.flows[flow].source] for flow in node.incoming)
        return next((one for one in sources if one.kind is NodeKind.EVENT_BASED and one.instantiate), None)

    @property
    def start_messages(self) -> tuple[str, ...]:
        """The names of the messages that begin a case."""
        triggers = (beginning.trigger for beginning in self.beginnings())
        return tuple(dict.fromkeys(trigger.name for trigger in triggers if isinstance(trigger, MessageEvent)))

    def beginnings(self) -> tuple[Beginning, ...]:
        """All that begins a case by itself, in the order of the file."""
        return tuple(Beginning(node, part) for node in self.triggered_starts() for part in range(len(node.triggers)))

    def started_by(self, message: str) -> Beginning | None:
        """What begins the case that a message of this name starts."""
        for beginning in self.beginnings():
            if isinstance(beginning.trigger, MessageEvent) and beginning.trigger.name == message:
                return beginning
        return None

    def needs_all(self, beginning: Beginning) -> bool:
        """Whether a case begins only when all triggers of the event have come."""
        return isinstance(beginning.node.detail, Multiple) and beginning.node.detail.is_parallel

    def belonging(self, beginning: Beginning) -> tuple[Beginning, ...]:
        """What else belongs to the case that begins by this: all other triggers of a parallel event, or all other events
        behind a parallel gateway.
        """
        if self.needs_all(beginning):
            parts = range(len(beginning.node.triggers))
            return tuple(Beginning(beginning.node, part) for part in parts if part != beginning.part)
        gateway = self.gateway_before(beginning.node)
        if gateway is None or not isinstance(gateway.detail, AllEvents):
            return ()
        behind = (self.nodes[self.flows[flow].target] for flow in gateway.outgoing)
        return tuple(Beginning(node) for node in behind if node is not beginning.node)

    def begun_by_people(self, scope: str) -> tuple[Node, ...]:
        """The activities in an ad-hoc sub-process that no flow leads to: people begin them (BPMN 2.0.2 §13.3.5)."""
        inside = (node for node in self.in_scope(scope) if node.kind in ACTIVITIES)
        return tuple(node for node in inside if not node.incoming and not (node.for_compensation or node.by_event))

    def event_sub_processes(self, scope: str = "") -> tuple[Node, ...]:
        """The event sub-processes directly in the process, or in one sub-process."""
        return tuple(node for node in self.in_scope(scope) if node.by_event)

    def is_listener(self, node: Node) -> bool:
        """Whether the node is the start event of an event sub-process: no token begins there before its event happens."""
        return node.kind is NodeKind.START and node.scope != "" and self.nodes[node.scope].by_event

    def in_scope(self, scope: str) -> tuple[Node, ...]:
        """The nodes directly in one scope, in the order of the file."""
        return tuple(self.nodes[id_] for id_ in self.inside.get(scope, ()))
