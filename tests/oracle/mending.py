"""Small repairs after which a drawn, mutated or shrunk diagram is one that may be deployed."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.board import Thing, events_of
from tests.oracle.choosing import is_offered
from tests.oracle.naming import mend_names

CHOOSING = ("exclusiveGateway", "inclusiveGateway", "complexGateway")
STARTS: list[Any] = ["waitingForStart", "=", True]
OTHER_ACTIVITIES = ("task", "subProcess", "transaction", "adHocSubProcess", "callActivity")
GATEWAYS = (*CHOOSING, "parallelGateway", "eventBasedGateway")


def mend(diagram: Thing, random: Random | None = None) -> None:
    """Take out what no token reaches, end what leads nowhere, and put conditions where BPMN has them.

    `random` (None: never) decides whether a gateway with conditions gets a default flow.
    """
    take_out_unreachable(diagram)
    undone = {node["host"] for node in diagram["nodes"].values() if "host" in node and node["on"]["type"] == "compensate"}
    for node in diagram["nodes"].values():
        if node.get("on", {}).get("activity") not in (None, *undone):
            del node["on"]["activity"]
    nodes, flows = diagram["nodes"], diagram["flows"]
    begins = diagram.get("begins")
    if begins and (begins["at"] not in nodes or len(begins["payloads"]) != len(events_of(nodes[begins["at"]]))):
        del diagram["begins"]
    if diagram.get("reopens") not in {flow["to"] for flow in flows.values() if not nodes[flow["to"]]["in"]}:
        diagram.pop("reopens", None)
    for id_ in [id_ for id_, node in nodes.items() if node["kind"] == "adHocSubProcess"]:
        set_order(diagram, id_)
    for id_, node in list(nodes.items()):
        leads_on = any(flow["from"] == id_ for flow in flows.values())
        is_beside = "host" in node and node["on"]["type"] == "compensate"
        if not (leads_on or is_beside) and node["kind"] in (*GATEWAYS, "startEvent", "boundaryEvent"):
            is_in_ad_hoc = node["in"] and nodes[node["in"]]["kind"] == "adHocSubProcess"
            nodes[f"{id_}end"] = {"kind": "task" if is_in_ad_hoc else "endEvent", "in": node["in"]}
            flows[f"{id_}-{id_}end"] = {"from": id_, "to": f"{id_}end"}
    mend_names(diagram)
    for id_, node in nodes.items():
        set_activation(diagram, id_, node)
        set_conditions(diagram, id_, node, has_default=random is not None and random.random() < 0.85)


def set_order(diagram: Thing, ad_hoc: str) -> None:
    """One thing at a time only where nothing splits; what is to be done once is what people begin."""
    inside = {id_: node for id_, node in diagram["nodes"].items() if node["in"] == ad_hoc}
    leave = [flow["from"] for flow in diagram["flows"].values()]
    splits = [
        id_
        for id_, node in inside.items()
        if (leave.count(id_) > 1 and node["kind"] not in ("exclusiveGateway", "eventBasedGateway"))
        or (node.get("beside") and id_ in leave)
    ]
    if splits:
        diagram["nodes"][ad_hoc].pop("sequential", None)
    for id_, node in inside.items():
        if not is_offered(diagram, id_, node):
            node.pop("once", None)
    if not inside:
        diagram["nodes"][ad_hoc] = {"kind": "task", "in": diagram["nodes"][ad_hoc]["in"]}


def set_activation(diagram: Thing, id_: str, node: Thing) -> None:
    """A complex gateway to which several flows lead has a condition over these and the data."""
    into = [f"flow {flow_id}" for flow_id, flow in diagram["flows"].items() if flow["to"] == id_]
    junction, *conditions = node.pop("activates", ["and"])
    if node["kind"] == "complexGateway" and len(into) > 1:
        conditions = [one for one in conditions if one[0] in into or not one[0].startswith("flow ")]
        node["activates"] = [junction, *(conditions or [["activationCount", ">=", 2]])]


def set_conditions(diagram: Thing, id_: str, node: Thing, *, has_default: bool) -> None:
    """Conditions and a default flow only where they are asked; everywhere where they are needed."""
    outgoing = {flow_id: flow for flow_id, flow in diagram["flows"].items() if flow["from"] == id_}
    old = node.pop("default", None)
    is_join = "activates" in node
    for flow in outgoing.values():
        if flow.get("if", [""])[0] == "waitingForStart" and not is_join:
            del flow["if"]
    is_choice = is_join or (node["kind"] in CHOOSING and len(outgoing) > 1)
    is_activity = node["kind"].endswith("Task") or node["kind"] in OTHER_ACTIVITIES
    if not is_choice and not (is_activity and any(flow.get("if") for flow in outgoing.values())):
        for flow in outgoing.values():
            flow.pop("if", None)
        return
    bare = [flow_id for flow_id, flow in outgoing.items() if not flow.get("if")]
    if is_choice:
        for number, flow_id in enumerate(bare):
            outgoing[flow_id]["if"] = list(STARTS) if is_join else ["x", "!=", number]
    default = old if old in outgoing else (bare or list(outgoing))[0]
    if (old in outgoing or has_default) and any(flow.get("if") for id_, flow in outgoing.items() if id_ != default):
        node["default"] = default
        outgoing[default].pop("if", None)


def take_out_unreachable(diagram: Thing) -> None:
    """Remove nodes that no token can reach, with their flows, and links that have lost their other end."""
    nodes, flows = diagram["nodes"], diagram["flows"]
    while True:
        reached = reachable(diagram)
        thrown = [(nodes[id_]["in"], nodes[id_]["on"]) for id_ in reached if is_link(nodes[id_], "intermediateThrowEvent")]
        caught = [(nodes[id_]["in"], nodes[id_]["on"]) for id_ in reached if is_link(nodes[id_], "intermediateCatchEvent")]
        for node in nodes.values():
            if is_link(node, "intermediateThrowEvent") and (node["in"], node["on"]) not in caught:
                del node["on"]
        gone = {id_ for id_ in nodes if id_ not in reached}
        gone |= {
            id_
            for id_, node in nodes.items()
            if is_link(node, "intermediateCatchEvent") and (node["in"], node["on"]) not in thrown
        }
        for id_ in gone:
            del nodes[id_]
        for flow_id in [flow_id for flow_id, flow in flows.items() if flow["from"] in gone or flow["to"] in gone]:
            del flows[flow_id]
        if not gone:
            return


def is_link(node: Thing, kind: str) -> bool:
    return bool(node["kind"] == kind and node.get("on", {}).get("type") == "link")


def begins(node: Thing) -> bool:
    """Whether the node is reached when what is around it is."""
    return bool(node["kind"] == "startEvent" or node.get("byEvent") or node.get("instantiate"))


def reachable(diagram: Thing) -> set[str]:
    nodes = diagram["nodes"]
    found: set[str] = set()
    edge = {id_ for id_, node in nodes.items() if begins(node) and not node["in"]}
    while edge:
        id_ = edge.pop()
        if id_ in found:
            continue
        found.add(id_)
        edge |= {flow["to"] for flow in diagram["flows"].values() if flow["from"] == id_}
        edge |= {other for other, node in nodes.items() if node.get("host") == id_}
        edge |= {nodes[id_]["on"]["handler"]} & set(nodes) if nodes[id_].get("on", {}).get("handler") else set()
        edge |= {other for other, node in nodes.items() if node["in"] == id_ and begins(node)}
        if nodes[id_]["kind"] == "adHocSubProcess":
            edge |= {other for other, node in nodes.items() if node["in"] == id_ and is_offered(diagram, other, node)}
        if is_link(nodes[id_], "intermediateThrowEvent"):
            end = ("intermediateCatchEvent", nodes[id_]["in"], nodes[id_]["on"])
            edge |= {other for other, node in nodes.items() if (node["kind"], node["in"], node.get("on")) == end}
    return found
