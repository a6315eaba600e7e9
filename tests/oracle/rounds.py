"""Loops: rounds of an activity, at once or one after the other (§13.3.6, §13.3.7). A round has names of its own."""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle import undoing
from tests.oracle.board import Stuck, Thing


def rounds_of(game: Thing, frame: Thing, loop: Thing | None) -> list[int] | None:
    """What there will be rounds for: None for no loop; for a standard loop nothing, or something for a first round."""
    if loop is None:
        return None
    seen = play.variables_of(game, frame)
    if loop["type"] == "standard":
        begins = not loop.get("before") or play.holds(loop.get("while"), seen, loopCounter=0)
        return [0] if begins else []
    if "over" in loop:
        return [seen[item] if isinstance(item, str) else item for item in loop["over"]]
    times: int = seen[loop["times"]] if isinstance(loop["times"], str) else loop["times"]
    if times < 0:
        raise Stuck("expression-failed")
    return [*range(1, times + 1)]


def begin_rounds(game: Thing, frame: Thing, items: list[int]) -> None:
    frame.update(phase="rounds", items=items, begun=0, ended=0, given={})
    for _ in items if play.node_of(game, frame)["loop"]["type"] == "parallel" else [0]:
        begin_round(game, frame)


def begin_round(game: Thing, frame: Thing) -> None:
    frame["begun"] += 1
    node, own = play.node_of(game, frame), {"loopCounter": frame["begun"]}
    own |= {"item": frame["items"][frame["begun"] - 1]} if node["loop"].get("item") else {}
    own |= {"own": 0} if node.get("local") else {}
    play.enter(game, frame, frame["at"], "round", own=own, number=frame["begun"])


def end_round(game: Thing, frame: Thing) -> None:
    """One round is done: keep what it gives. Was it enough, or does another follow?"""
    body, seen = play.up(game, frame), play.variables_of(game, play.up(game, frame))
    loop: Thing = play.node_of(game, frame)["loop"]
    body["ended"] += 1
    if loop.get("collect"):
        body["given"][frame["number"]] = play.variables_of(game, frame)[loop["collect"]]
    undoing.note(game, frame)
    play.remove(game, frame)
    if loop["type"] == "standard":
        may = loop.get("times") is None or body["begun"] < loop["times"]
        if may and play.holds(loop.get("while"), seen, loopCounter=body["begun"]):
            begin_round(game, body)
        return
    counts = {
        "numberOfInstances": len(body["items"]),
        "numberOfCompletedInstances": body["ended"],
        "numberOfActiveInstances": body["begun"] - body["ended"],
    }
    if loop.get("until") and play.holds(loop["until"], seen, **counts):
        play.clear(game, body)
    elif loop["type"] == "sequential" and body["begun"] < len(body["items"]):
        begin_round(game, body)


def collect(game: Thing, frame: Thing) -> None:
    """All rounds are over: write the list of what they gave."""
    if play.node_of(game, frame).get("loop", {}).get("collect") and frame["role"] == "token":
        given = [value for _, value in sorted(frame.get("given", {}).items())]
        play.variables_of(game, frame)["list"] = given
