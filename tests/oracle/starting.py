"""How a case begins (§10.5.2, §13.5.1): at its plain start event, or where a message, a signal or a time begins it.

`begins` of a diagram says where: `{"at": a node, "part": which of its triggers, "payloads": a number for each}`. That is a
start event, a receive task that begins cases, or an event behind a gateway that does; what the messages brought is with
the first token. Of a parallel gateway the other events are waited for.
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
    came = [*zip(play.events_of(nodes[begins["at"]]), begins["payloads"], strict=True)]
    came = came if nodes[begins["at"]].get("on", {}).get("all") else [came[begins["part"]]]
    before = next((flow["from"] for flow in diagram["flows"].values() if flow["to"] == begins["at"]), "")
    if before:
        game["pairs"].add((play.label(nodes[before]), play.label(nodes[begins["at"]])))
    brought = {event["sets"]: payload for event, payload in came if event.get("sets")}
    play.enter(game, root, begins["at"], brought=brought)
    if before and nodes[before].get("all"):
        for id_ in [id_ for id_, flow in diagram["flows"].items() if flow["from"] == before and flow["to"] != begins["at"]]:
            play.arrive(game, root, id_)


def is_plain_start(node: Thing) -> bool:
    return bool(node["kind"] == "startEvent" and "on" not in node)


def take(game: Thing, frame: Thing) -> list[str]:
    """The first token is where the case began: what was brought is written. Gives the ways out."""
    seen, brought = play.variables_of(game, frame), frame["brought"]
    flows = play.ways_out(game, frame, {**seen, **brought})
    seen.update(brought)
    game["weigh"] = game["weigh"] or bool(brought)
    return flows
