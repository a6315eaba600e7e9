"""Ad-hoc sub-processes (§10.3.5, §13.3.5): people choose what is done in them, until a condition holds or they say so.

The frame of one is in the phase `person` while things may be begun in it; after that it is `ending`.
"""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle.board import Stuck, Thing

EVENTS_AND_GATEWAYS = ("Event", "Gateway")


def is_open(game: Thing, frame: Thing) -> bool:
    is_ad_hoc = frame["at"] and play.node_of(game, frame)["kind"] == "adHocSubProcess"
    return bool(is_ad_hoc and frame["phase"] == "person")


def left_to_begin(game: Thing, frame: Thing) -> list[str]:
    """What may be begun in it, now or later: the activities that no flow leads to."""
    diagram, begun = play.diagram_of(game, frame), frame.get("begun", {})
    inside = {id_: node for id_, node in diagram["nodes"].items() if node["in"] == frame["at"]}
    return [id_ for id_, node in inside.items() if is_offered(diagram, id_, node) and not (node.get("once") and begun.get(id_))]


def is_apart(node: Thing) -> bool:
    return bool(node.get("undoes") or node.get("byEvent"))


def is_offered(diagram: Thing, id_: str, node: Thing) -> bool:
    is_activity = not node["kind"].endswith(EVENTS_AND_GATEWAYS)
    return is_activity and not is_apart(node) and not play.flows_into(diagram, id_)


def choices(game: Thing, frame: Thing) -> list[str]:
    """What may be begun now: in sequence nothing while something is under way."""
    is_busy = play.node_of(game, frame).get("sequential") and play.contents(game, frame)
    return [] if is_busy else left_to_begin(game, frame)


def begin(game: Thing, frame: Thing, element: str) -> None:
    frame["begun"] = {**frame.get("begun", {}), element: frame.get("begun", {}).get(element, 0) + 1}
    play.enter(game, frame, element)


def stays_open(game: Thing, frame: Thing) -> bool:
    """Whether it is not over although nothing goes on in it."""
    return is_open(game, frame) and bool(left_to_begin(game, frame))


def is_enough(game: Thing, scope: Thing, inside: Thing) -> bool:
    """Whether it is over because something in it is done."""
    until = play.node_of(game, scope).get("until") if is_open(game, scope) else None
    return bool(until and play.holds(until, play.variables_of(game, inside)))


def require_enough(game: Thing, frame: Thing) -> None:
    """Nothing is left to begin. Raises Stuck when that was not enough."""
    seen = {**play.variables_of(game, frame), **frame.get("own", {})}
    if is_open(game, frame) and not play.holds(play.node_of(game, frame).get("until"), seen):
        raise Stuck("nothing-left")


def end(game: Thing, frame: Thing) -> None:
    """Nothing begins any more: what is under way is withdrawn, or activities come to their own end."""
    frame.update(phase="holding", ending=True, stuck=None, parked={}, activated={})
    for inside in play.contents(game, frame):
        is_activity = not play.node_of(game, inside)["kind"].endswith(EVENTS_AND_GATEWAYS)
        is_new = inside["phase"] == "ready" and not inside.get("stuck")
        is_under_way = inside["phase"] == "undoing" or (is_activity and not is_new)
        if not (play.node_of(game, frame).get("stays") and is_under_way):
            play.remove(game, inside)
