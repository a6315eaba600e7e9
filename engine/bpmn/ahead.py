"""What comes after a place in a diagram, in words: the next things that people would call steps, and the way to each."""

from __future__ import annotations

from ..views import Ahead
from .model import ACTIVITIES, GATEWAYS, Flow, Node, NodeKind
from .process_model import ProcessModel


def ahead(model: ProcessModel, id_: str) -> tuple[Ahead, ...]:
    """The steps that may follow the element, in the order of the file; gateways and unnamed events are passed."""
    found: dict[str, Ahead] = {}
    seen = {id_}
    waiting = _onward(model, model.nodes[id_], None)
    while waiting:
        node, way = waiting.pop(0)
        if node.id in seen:
            continue
        seen.add(node.id)
        if _is_step(node):
            ways = (way.name, way.name_en or way.name) if way is not None else ("", "")
            found[node.id] = Ahead(node.id, node.label, node.label_en, node.kind.value, *ways)
        else:
            waiting += _onward(model, node, way)
    return tuple(found.values())


def _onward(model: ProcessModel, node: Node, way: Flow | None) -> list[tuple[Node, Flow | None]]:
    """The nodes after this one, each with the last named flow on the way there."""
    linked = model.link_target(node)
    flows = [model.flows[flow] for flow in node.outgoing]
    steps = [(model.nodes[flow.target], flow if flow.name else way) for flow in flows]
    return [*steps, *([(linked, way)] if linked is not None else [])]


def _is_step(node: Node) -> bool:
    if node.kind in GATEWAYS:
        return False
    return node.kind in ACTIVITIES or (bool(node.name) and node.kind is not NodeKind.START)
