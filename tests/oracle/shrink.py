"""From a walk on which oracle and engine differ to a small one: take out whatever the difference does not need."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from tests.oracle.board import Thing
from tests.oracle.mending import mend
from tests.oracle.subject import findings_of
from tests.oracle.walk import Walk, replay


def shrink(walk: Walk, most: int = 600) -> Walk:
    """A walk that differs too and has nothing left that could be taken out; at most so many are tried."""
    tried = 0
    smaller = True
    while smaller:
        smaller = False
        for diagram, variables, actions in _smaller(walk):
            tried += 1
            if tried > most:
                return walk
            found = None if findings_of(diagram) else replay(diagram, variables, actions)
            if found is not None and found.difference:
                walk, smaller = found, True
                break
    return walk


def _smaller(walk: Walk) -> Iterator[tuple[Thing, dict[str, int], list[Thing]]]:
    """Walks with one thing less, the largest first."""
    for key, diagram in [("", walk.diagram), *walk.diagram["called"].items()]:
        for cut in _cuts(diagram):
            whole = copy.deepcopy(walk.diagram)
            part = whole["called"][key] if key else whole
            part.update(copy.deepcopy(cut))
            mend(part)
            if _size(whole) < _size(walk.diagram):
                yield whole, walk.variables, walk.actions
    for key in walk.diagram["called"]:
        if not any(node.get("calls") == key for node in _all_nodes(walk.diagram)):
            called = {other: diagram for other, diagram in walk.diagram["called"].items() if other != key}
            yield {**walk.diagram, "called": called}, walk.variables, walk.actions
    for number in range(len(walk.actions)):
        yield walk.diagram, walk.variables, [*walk.actions[:number], *walk.actions[number + 1 :]]
    for number, action in enumerate(walk.actions):
        for less in ("afresh", "writes"):
            if action.get(less):
                plainer = {**action, less: {}} if less == "writes" else {k: v for k, v in action.items() if k != less}
                yield walk.diagram, walk.variables, [*walk.actions[:number], plainer, *walk.actions[number + 1 :]]
    for less in ("reopens", "begins"):
        if less in walk.diagram:
            yield {key: said for key, said in walk.diagram.items() if key != less}, walk.variables, walk.actions
    for name, value in walk.variables.items():
        if value:
            yield walk.diagram, {**walk.variables, name: 0}, walk.actions


def _cuts(diagram: Thing) -> Iterator[Thing]:
    """The nodes and flows of a process without one node (what led to it leads on), one flow, or one thing said."""
    for id_, node in diagram["nodes"].items():
        inside = _inside(diagram, id_)
        nodes = {other: said for other, said in diagram["nodes"].items() if other not in inside and said.get("host") != id_}
        nodes = copy.deepcopy(nodes)
        flows = {flow_id: dict(flow) for flow_id, flow in diagram["flows"].items()}
        after = [flow["to"] for flow in flows.values() if flow["from"] == id_]
        if node["kind"] != "startEvent":
            del nodes[id_]
            for flow in flows.values():
                if flow["to"] == id_ and after and after[0] != id_:
                    flow["to"] = after[0]
            yield {"nodes": nodes, "flows": _between(nodes, flows)}
        for less in ("loop", "on", "default", "until", "sequential", "stays", "once", "fails", "local", "takes"):
            plain = {key: value for key, value in node.items() if key != less}
            if plain != node and not (less == "on" and node["kind"] not in ("endEvent", "intermediateThrowEvent")):
                yield {"nodes": {**copy.deepcopy(diagram["nodes"]), id_: plain}}
        triggers = node.get("on", {}).get("of", [])
        for number in range(len(triggers)):
            left = [*triggers[:number], *triggers[number + 1 :]]
            on = {**node["on"], "of": left} if len(left) > 1 else left[0]
            yield {"nodes": {**copy.deepcopy(diagram["nodes"]), id_: {**node, "on": on}}}
        if inside or node["kind"] in ("scriptTask", "sendTask", "serviceTask", "businessRuleTask", "callActivity"):
            nodes = {other: said for other, said in copy.deepcopy(diagram["nodes"]).items() if other not in inside}
            plain = {"kind": "task", "in": node["in"]}
            yield {"nodes": {**nodes, id_: plain}, "flows": _between({**nodes, id_: plain}, flows_of(diagram))}
    for gone in diagram["flows"]:
        yield {"flows": {flow_id: dict(flow) for flow_id, flow in diagram["flows"].items() if flow_id != gone}}


def flows_of(diagram: Thing) -> Thing:
    return {flow_id: dict(flow) for flow_id, flow in diagram["flows"].items()}


def _between(nodes: Thing, flows: Thing) -> Thing:
    return {flow_id: flow for flow_id, flow in flows.items() if flow["from"] in nodes and flow["to"] in nodes}


def _inside(diagram: Thing, scope: str) -> set[str]:
    found = {id_ for id_, node in diagram["nodes"].items() if node["in"] == scope}
    return found.union(*(_inside(diagram, id_) for id_ in found))


def _all_nodes(diagram: Thing) -> list[Thing]:
    return [*diagram["nodes"].values(), *(node for called in diagram["called"].values() for node in called["nodes"].values())]


def _size(diagram: Thing) -> int:
    """How much is drawn."""
    own = sum(len(node) for node in diagram["nodes"].values()) + 3 * len(diagram["nodes"])
    own += sum(len(flow) for flow in diagram["flows"].values())
    return own + sum(_size(called) for called in diagram["called"].values())
