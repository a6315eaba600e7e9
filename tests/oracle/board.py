"""The board of the token game: frames, the moves of tokens, and looking things up.

A frame is a token that stands at a node, and everything that it holds: the frames inside a sub-process or call, the
rounds of a loop, the events that watch an activity or race behind a gateway. Tokens that have come to a join lie in the
frame around it, counted for each flow (`parked`). A frame's `role` says what it is to the frame around it (`up`), its
`phase` what it is about.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tests.oracle.naming import Room

Thing: TypeAlias = dict[str, Any]
"""A plain dictionary: a diagram, a node, a frame, a game."""

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
BESIDE = ("watch", "race", "round", "part")
"""Roles of frames that stand inside the activity or gateway that they belong to."""


class Stuck(Exception):
    """An element cannot go on: its token stays before it and somebody is called. The argument is the incident's kind."""


# tokens


def arrive(game: Thing, scope: Thing, flow: str) -> None:
    """A token comes along a flow: it is parked before a join, else it stands at the node."""
    if scope.get("ending"):
        return
    diagram = diagram_in(game, scope)
    target = diagram["flows"][flow]["to"]
    game["pairs"].add((label(diagram["nodes"][diagram["flows"][flow]["from"]]), label(diagram["nodes"][target])))
    incoming = flows_into(diagram, target)
    kind = diagram["nodes"][target]["kind"]
    is_join = kind in ("parallelGateway", "inclusiveGateway") and len(incoming) > 1
    if not (is_join or diagram["nodes"][target].get("activates")):
        enter(game, scope, target)
        return
    parked = scope["parked"].setdefault(target, {})
    parked[flow] = parked.get(flow, 0) + 1
    if kind == "parallelGateway" and set(parked) == set(incoming):
        go_on_from_join(game, scope, target)
    elif kind == "complexGateway":
        ask(game, scope, target)


def go_on_from_join(game: Thing, scope: Thing, join: str) -> None:
    """One token is consumed from each flow that has any (§13.4.1, §13.4.3)."""
    parked = scope["parked"][join]
    scope["parked"][join] = {flow: count - 1 for flow, count in parked.items() if count > 1}
    scope["stuck"] = None
    enter(game, scope, join)


def ask(game: Thing, scope: Thing, join: str) -> None:
    """Before anything else moves, a complex gateway that waits for its start looks whether it is activated (§13.4.5)."""
    if join not in scope.get("activated", {}) and not is_about_to_go(game, scope, join):
        frame = enter(game, scope, join, asks=True)
        game["ready"].remove(frame["id"])
        game["ready"].insert(0, frame["id"])


def enter(game: Thing, scope: Thing, node: str, role: str = "token", phase: str = "ready", **more: Any) -> Thing:
    """A new frame inside `scope`."""
    of = scope["of"] if role in BESIDE else scope.get("inner", scope["of"])
    frame = {"id": game["next"], "at": node, "of": of, "up": scope["id"], "role": role, "phase": phase, "parked": {}, **more}
    game["next"] += 1
    game["frames"][frame["id"]] = frame
    if role == "token" and scope["role"] != "undo":
        around = f"in {label(node_of(game, scope))}" if scope["at"] else "in process"
        game["pairs"].add((around, label(node_of(game, frame))))
    if phase == "ready":
        game["ready"].append(frame["id"])
    return frame


def remove(game: Thing, frame: Thing) -> None:
    """The frame is gone, and all inside it."""
    for other in [other for other in game["frames"].values() if other["up"] == frame["id"]]:
        remove(game, other)
    del game["frames"][frame["id"]]


def clear(game: Thing, scope: Thing) -> None:
    """Everything inside a scope is withdrawn, what listens there too."""
    for frame in [frame for frame in game["frames"].values() if frame["up"] == scope["id"] and frame["role"] != "watch"]:
        remove(game, frame)
    scope.update(parked={}, activated={})


def leave(game: Thing, frame: Thing, flows: list[str]) -> Thing:
    """The token goes, and one goes out on each of the flows. Gives the scope."""
    scope = up(game, frame)
    remove(game, frame)
    for flow in flows:
        arrive(game, scope, flow)
    return scope


def ways_out(game: Thing, frame: Thing, variables: Mapping[str, int], *, may_be_none: bool = False) -> list[str]:
    """The flows that get a token when the node is done (§13.3.1, §13.4). Raises Stuck when there is none to take."""
    if up(game, frame).get("ending"):
        return []
    node, flows = node_of(game, frame), diagram_of(game, frame)["flows"]
    outgoing = [id_ for id_, flow in flows.items() if flow["from"] == frame["at"]]
    conditions = {id_: flows[id_].get("if") for id_ in outgoing}
    if len(outgoing) < 2 and not any(conditions.values()):
        return outgoing
    if node["kind"] not in ("exclusiveGateway", "inclusiveGateway", "complexGateway") and not any(conditions.values()):
        return outgoing
    taken = [id_ for id_ in outgoing if id_ != node.get("default") and holds(conditions[id_], variables)]
    taken = taken or [id_ for id_ in outgoing if id_ == node.get("default")]
    if not taken and not may_be_none:
        raise Stuck("no-flow")
    return taken[:1] if node["kind"] == "exclusiveGateway" else taken


# looking things up


def up(game: Thing, frame: Thing) -> Thing:
    found: Thing = game["frames"][frame["up"]]
    return found


def contents(game: Thing, scope: Thing) -> list[Thing]:
    """What is inside a scope and keeps it open: not the events on its own border, nor those of its event sub-processes."""
    return [
        frame for frame in game["frames"].values() if frame["up"] == scope["id"] and frame["role"] not in ("watch", "listen")
    ]


def is_about_to_go(game: Thing, scope: Thing, join: str) -> bool:
    """Whether a complex gateway asks or resets already. A token that was put there by hand does neither."""
    here = [frame for frame in game["frames"].values() if frame["up"] == scope["id"] and frame["at"] == join]
    return any(frame.get("asks") or frame.get("resets") for frame in here)


def diagram_of(game: Thing, frame: Thing) -> Thing:
    """The diagram that the frame's node is drawn in."""
    found: Thing = game["diagram"]["called"][frame["of"]] if frame["of"] else game["diagram"]
    return found


def diagram_in(game: Thing, scope: Thing) -> Thing:
    """The diagram of what is inside the frame."""
    return diagram_of(game, {"of": scope.get("inner", scope["of"])})


def node_of(game: Thing, frame: Thing) -> Thing:
    found: Thing = diagram_of(game, frame)["nodes"][frame["at"]]
    return found


def flows_into(diagram: Thing, node: str) -> list[str]:
    return [id_ for id_, flow in diagram["flows"].items() if flow["to"] == node]


def events_of(node: Thing) -> list[Thing]:
    """The triggers of an event."""
    event: Thing = node.get("on", {"type": "none"})
    found: list[Thing] = event.get("of", [event])
    return found


def event_of(game: Thing, frame: Thing) -> Thing:
    """What a waiting frame waits for."""
    found: Thing = events_of(node_of(game, frame))[frame.get("part", 0)]
    return found


def whole_of(game: Thing, frame: Thing) -> Thing:
    """The frame of the event that a part belongs to."""
    return up(game, frame) if frame["role"] == "part" else frame


def variables_of(game: Thing, frame: Thing) -> Room:
    """The names that the frame sees: a round its own, then those around it, up to the variables of the innermost call."""
    frame = whole_of(game, frame)
    frame = up(game, frame) if frame["role"] == "watch" else frame
    names = [frame["own"]] if frame["role"] == "round" else []
    frame = up(game, frame) if frame["at"] else frame
    while "variables" not in frame:
        names += [frame["own"]] if "own" in frame else []
        frame = up(game, frame)
    return Room(*names, frame["variables"])


def holds(condition: list[Any] | None, variables: Mapping[str, int], **more: int) -> bool:
    """Whether a condition is true; none is."""
    return condition is None or COMPARE[condition[1]]({**variables, **more}[condition[0]], condition[2])


def label(node: Thing) -> str:
    """What the coverage calls a node."""
    kind: str = node["kind"]
    kind += " by event" if node.get("byEvent") else ""
    kind += f" {'all' if node['on'].get('all') else node['on']['type']}" if "on" in node else ""
    kind += " beside" if node.get("beside") else ""
    kind += " join" if "activates" in node else ""
    kind += " all" if node.get("all") else ""
    return kind


def frames(game: Thing, phase: str) -> list[Thing]:
    """The frames in a phase, oldest first."""
    return [frame for _, frame in sorted(game["frames"].items()) if frame["phase"] == phase]


def stuck(game: Thing) -> list[Thing]:
    return [frame for _, frame in sorted(game["frames"].items()) if frame.get("stuck")]


def path_of(game: Thing, frame: Thing) -> str:
    """The node's id with the call activities around it before it."""
    if not frame["at"]:
        return ""
    frame = whole_of(game, frame)
    scope = up(game, up(game, frame) if frame["role"] in BESIDE else frame)
    while scope["at"] and "inner" not in scope:
        scope = up(game, scope)
    prefix = path_of(game, scope)
    return f"{prefix}.{frame['at']}" if prefix else str(frame["at"])
