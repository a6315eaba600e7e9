"""How a case begins (§10.5.2, §13.5.1): at its plain start event, or where a message, a signal or a time begins it.

`begins` of a diagram says where: `{"at": a node, "part": which of its triggers, "payload": number}`. That is a start
event, a receive task that begins cases, or an event behind a gateway that does; what the message brought is with the
first token.
"""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle.board import Thing


def first_token(game: Thing, root: Thing) -> None:
    diagram = game["diagram"]
    nodes, begins = diagram["nodes"], diagram.get("begins")
    if begins is None:
        at = next(id_ for id_, node in nodes.items() if is_plain_start(node) and not node["in"])
        play.enter(game, root, at)
        return
    event = play.events_of(nodes[begins["at"]])[begins["part"]]
    for flow in diagram["flows"].values():
        if flow["to"] == begins["at"]:
            game["pairs"].add((play.label(nodes[flow["from"]]), play.label(nodes[begins["at"]])))
    brought = {event["sets"]: begins["payload"]} if event.get("sets") else {}
    play.enter(game, root, begins["at"], brought=brought)


def is_plain_start(node: Thing) -> bool:
    return bool(node["kind"] == "startEvent" and "on" not in node)


def take(game: Thing, frame: Thing) -> list[str]:
    """The first token is where the case began: what was brought is written. Gives the ways out."""
    seen, brought = play.variables_of(game, frame), frame["brought"]
    flows = play.ways_out(game, frame, {**seen, **brought})
    seen.update(brought)
    game["weigh"] = game["weigh"] or bool(brought)
    return flows
