"""Whether an inclusive join has to wait: BPMN 2.0.2, table 13.3, read backwards from the join's flows.

The gateway is activated when a flow in has a token and, for every path of sequence flows from a token to a flow in that
has none, there is also a path from that token to a flow in that has one. No path visits the gateway or crosses the
border of the scope.

The standard says nothing of boundary events. Here (docs/reference/bpmn.md) a boundary event that may still happen is one
more way to come to a flow without a token, and does not count as a way to one that has a token.
"""

from __future__ import annotations

from typing import Any

THROWN = ("error", "escalation", "cancel")


def may_still_come(game: dict[str, Any], scope: dict[str, Any], join: str) -> bool:
    """Whether some token in the scope holds the join up."""
    of = scope.get("inner", scope["of"])
    diagram = game["diagram"]["called"][of] if of else game["diagram"]
    into = [id_ for id_, flow in diagram["flows"].items() if flow["to"] == join]
    full = {id_ for id_ in into if scope["parked"].get(join, {}).get(id_)} | {*scope.get("activated", {}).get(join, [])}
    waited_for = upstream(diagram, set(into) - full, join, events=True)
    excused = upstream(diagram, full, join, events=False)
    places: list[tuple[str, list[str]]] = [(id_, []) for id_, flows in scope["parked"].items() if flows and id_ != join]
    for frame in game["frames"].values():
        if frame["up"] == scope["id"] and frame["role"] not in ("watch", "listen", "apart") and frame["at"] != join:
            places.append((place_of(diagram, frame), live_events(game, diagram, frame)))
    for node, events in places:
        by_flow = any(id_ in set(into) - full or to in waited_for for id_, to in next_steps(diagram, node))
        if (by_flow or waited_for & set(events)) and node not in excused:
            return True
    return False


def place_of(diagram: dict[str, Any], frame: dict[str, Any]) -> str:
    """Where a token goes on from: a transaction that is being cancelled goes on from its cancel event."""
    if not frame.get("cancels"):
        return str(frame["at"])
    nodes = diagram["nodes"].items()
    return str(next(id_ for id_, node in nodes if node.get("host") == frame["at"] and node["on"]["type"] == "cancel"))


def upstream(diagram: dict[str, Any], flows: set[str], join: str, *, events: bool) -> set[str]:
    """The nodes from which a token can come to one of the flows without visiting the join."""
    found: set[str] = set()
    edge = {diagram["flows"][id_]["from"] for id_ in flows}
    while edge:
        node = edge.pop()
        if node == join or node in found:
            continue
        found.add(node)
        drawn = diagram["nodes"][node]
        edge |= {flow["from"] for flow in diagram["flows"].values() if flow["to"] == node}
        if events and "host" in drawn:
            edge.add(drawn["host"])
        if drawn["kind"] == "intermediateCatchEvent" and drawn["on"]["type"] == "link":
            edge |= {id_ for id_, other in diagram["nodes"].items() if throws_to(other, drawn)}
    return found


def next_steps(diagram: dict[str, Any], node: str) -> list[tuple[str, str]]:
    """The flows out of a node with the nodes they lead to; a link is a flow without an id."""
    steps = [(id_, flow["to"]) for id_, flow in diagram["flows"].items() if flow["from"] == node]
    drawn = diagram["nodes"][node]
    return steps + [("", id_) for id_, other in diagram["nodes"].items() if throws_to(drawn, other)]


def throws_to(thrower: dict[str, Any], catcher: dict[str, Any]) -> bool:
    """Whether a link leads from one node to the other."""
    kinds = (thrower["kind"], catcher["kind"])
    if kinds != ("intermediateThrowEvent", "intermediateCatchEvent") or thrower["in"] != catcher["in"]:
        return False
    ends = (thrower.get("on"), catcher["on"])
    return bool(ends[0] == ends[1] and catcher["on"]["type"] == "link")


def live_events(game: dict[str, Any], diagram: dict[str, Any], frame: dict[str, Any]) -> list[str]:
    """The boundary events of a standing token that may still happen: those that wait, and those that are thrown to.

    Of an activity that could not begin, all of them.
    """
    border = {id_: node for id_, node in diagram["nodes"].items() if node.get("host") == frame["at"]}
    if frame["phase"] == "ready":
        return list(border)
    waiting = [other["at"] for other in game["frames"].values() if other["up"] == frame["id"] and other["role"] == "watch"]
    return waiting + [
        id_ for id_, node in border.items() if any(one["type"] in THROWN for one in node["on"].get("of", [node["on"]]))
    ]
