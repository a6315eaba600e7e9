"""Names in expressions: where in a diagram which can be seen, and a room of names as a frame sees it.

Beside the case's variables there are local ones: `own`, which sub-processes and rounds may declare and which counts as 0
until it is written, the `item` of a round, and its `loopCounter`.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from typing import Any, TypeAlias

VARIABLES = ("x", "y", "z")
OWN = "own"
WRITTEN = (*VARIABLES, OWN)
SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
COUNTS = ("numberOfInstances", "numberOfCompletedInstances", "numberOfActiveInstances")

Slot: TypeAlias = tuple[Any, Any, list[str]]
"""A list or dictionary, the index in it at which a name stands, and the names that can be seen there."""


class Room(ChainMap[str, Any]):
    """Names, the innermost first. What is written goes to the innermost that has the name, else to the outermost."""

    def __setitem__(self, name: str, value: Any) -> None:
        next((names for names in self.maps if name in names), self.maps[-1])[name] = value


def around(diagram: dict[str, Any], id_: str) -> list[str]:
    """The names that can be seen beside a node."""
    scope = diagram["nodes"][id_]["in"]
    return inside(diagram, scope) if scope else [*VARIABLES]


def inside(diagram: dict[str, Any], id_: str) -> list[str]:
    """The names that can be seen in an activity: by its work, or by what lies in it."""
    node = diagram["nodes"][id_]
    names = set(around(diagram, id_)) | ({OWN} if node.get("local") else set())
    if "loop" in node:
        names |= {"loopCounter", *(["item"] if node["loop"].get("item") else [])}
    return sorted(names)


def slots(diagram: dict[str, Any]) -> Iterator[Slot]:
    """All places in a diagram where a name stands."""
    for id_, node in diagram["nodes"].items():
        yield from slots_of_events(diagram, id_, node)
        seen, beside = inside(diagram, id_), around(diagram, id_)
        if "set" in node:
            yield node["set"], 0, [name for name in seen if name in WRITTEN]
            if node["set"][1]:
                yield node["set"], 1, seen
        yield from ((node[key], 0, seen) for key in ("fails", "until") if node.get(key))
        yield from ((node["takes"], name, seen) for name in node.get("takes", {}))
        for condition in node.get("activates", [])[1:]:
            counted = condition[0] == "activationCount" or condition[0].startswith("flow ")
            yield condition, 0, [*beside, *[condition[0]] * counted]
        yield from slots_of_loop(node.get("loop", {}), seen, beside)
    for flow in diagram["flows"].values():
        if flow.get("if") and flow["if"][0] != "waitingForStart":
            yield flow["if"], 0, around(diagram, flow["from"])


def slots_of_events(diagram: dict[str, Any], id_: str, node: dict[str, Any]) -> Iterator[Slot]:
    event = node.get("on", {})
    begins_by_event = node["kind"] == "startEvent" and node["in"]
    seen = around(diagram, node["in"]) if begins_by_event else around(diagram, id_)
    written = inside(diagram, id_) if node["kind"] == "receiveTask" else around(diagram, id_)
    for one in event.get("of", [event]):
        if one.get("if"):
            yield one["if"], 0, seen
        if one.get("sets"):
            yield one, "sets", [name for name in written if name in WRITTEN]


def slots_of_loop(loop: dict[str, Any], seen: list[str], beside: list[str]) -> Iterator[Slot]:
    if isinstance(loop.get("times"), str):
        yield loop, "times", beside
    yield from ((loop["over"], place, beside) for place, one in enumerate(loop.get("over", [])) if isinstance(one, str))
    if loop.get("collect"):
        yield loop, "collect", seen
    if loop.get("while"):
        yield loop["while"], 0, [*beside, "loopCounter"]
    if loop.get("until"):
        yield loop["until"], 0, [*beside, *COUNTS]


def mend_names(diagram: dict[str, Any]) -> None:
    """Declare what can be declared only, and take another name where one cannot be seen."""
    for node in diagram["nodes"].values():
        is_standard = node.get("loop", {}).get("type", "standard") == "standard"
        if is_standard and node["kind"] not in SUB_PROCESSES:
            node.pop("local", None)
    for holder, key, names in slots(diagram):
        if holder[key] not in names:
            holder[key] = "x"
