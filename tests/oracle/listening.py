"""Event sub-processes (§10.3.5, §13.5.4): what begins in a scope when something happens while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from tests.oracle import board as play
from tests.oracle.board import Thing


def starts_in(game: Thing, scope: Thing) -> list[str]:
    """The start events of the event sub-processes directly in a scope."""
    nodes = play.diagram_in(game, scope)["nodes"]
    inside = "" if "inner" in scope or not scope["at"] else scope["at"]
    handlers = [id_ for id_, node in nodes.items() if node.get("byEvent") and node["in"] == inside]
    return [
        id_ for handler in handlers for id_, node in nodes.items() if node["kind"] == "startEvent" and node["in"] == handler
    ]


def begin(game: Thing, scope: Thing, start: str, came: dict[str, int] | None = None) -> None:
    """The event sub-process begins. Interrupting, it takes the place of all that goes on in the scope."""
    node = play.diagram_in(game, scope)["nodes"][start]
    if not node.get("beside"):
        play.clear(game, scope)
        scope.update(stuck=None, phase="holding", ending=is_ad_hoc(game, scope))
    play.enter(game, scope, node["in"], came=came)


def is_ad_hoc(game: Thing, scope: Thing) -> bool:
    """In an ad-hoc sub-process nothing is chosen any more when an event sub-process has interrupted it."""
    return bool(scope["at"] and play.node_of(game, scope)["kind"] == "adHocSubProcess")


def catches(game: Thing, scope: Thing, event: Thing, left: Thing | None) -> str | None:
    """The start event in the scope that an error or escalation begins, which came out of the activity `left` in it.

    An interrupting event sub-process is all that is left of its scope; one that does not interrupt does not catch its own.
    """
    if scope["at"] and (not scope.get("holds") or scope["phase"] == "undoing"):
        return None
    nodes = play.diagram_in(game, scope)["nodes"]
    starts = starts_in(game, scope)
    if left is not None and nodes[left["at"]].get("byEvent"):
        own = [id_ for id_ in starts if nodes[id_]["in"] == left["at"]]
        starts = [id_ for id_ in starts if id_ not in own and all(nodes[other].get("beside") for other in own)]
    return best(nodes, starts, event)


def best(nodes: Thing, catchers: Iterable[str], event: Thing) -> str | None:
    """Who catches it: one that names the code goes before one that catches all."""
    fitting = [
        (caught.get("name", ""), id_)
        for id_ in catchers
        for caught in play.events_of(nodes[id_])
        if caught["type"] == event["type"] and caught.get("name", "") in ("", event["name"])
    ]
    return max(fitting)[1] if fitting else None
